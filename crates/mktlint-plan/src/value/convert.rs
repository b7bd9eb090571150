//! From what a file says to the declared type.

use std::borrow::Cow;

use mktlint_asset::{Asset, Value as Given};
use mktlint_diag::Place;
use mktlint_hir::places::country;
use mktlint_measure::date::{parse_datetime, parse_day, parse_time};
use mktlint_measure::language;
use mktlint_text::Span;
use rust_decimal::Decimal;

use super::{Datum, TextValue, Unknown, Value, parse, show};
use crate::{FieldType, Plan};

/// A value of a file and what it must be.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// For the names of types.
    pub plan: &'a Plan,
    /// Where texts stand.
    pub asset: &'a Asset,
    /// The field, as messages name it.
    pub name: &'a str,
    /// The bytes of the value, when it is no text.
    pub span: Span,
}

/// `given` as a value of type `ty`: unknown, with its place, when it is none.
pub fn convert<'a>(given: &'a Given, ty: FieldType, source: Source<'a>) -> Value<'a> {
    if let FieldType::List(item) = ty {
        return list(given, item, source);
    }
    scalar(given, ty, source).map_or_else(|| not_a(given, ty, source), Value::Known)
}

/// A list of what a list holds; of a text that is no list its pieces between commas, of anything else itself.
fn list<'a>(given: &'a Given, item: u32, source: Source<'a>) -> Value<'a> {
    let ty = source.plan.types.get(item as usize).copied().unwrap_or(FieldType::Any);
    match given {
        Given::List(items) => {
            let values = items.iter().flat_map(|item| match item {
                Given::Text(range) => {
                    let members = members(source.asset.slice(*range), ty, source);
                    members.unwrap_or_else(|| vec![convert(item, ty, source)])
                }
                _ => vec![convert(item, ty, source)],
            });
            Value::list(values.collect())
        }
        Given::Text(range) if !matches!(ty, FieldType::Text | FieldType::Any) => {
            let words = source.asset.slice(*range);
            let pieces = words.split([',', ';', '|']).map(str::trim).filter(|piece| !piece.is_empty());
            let values = pieces.flat_map(|piece| {
                members(piece, ty, source).unwrap_or_else(|| vec![piece_of(piece, given, ty, source)])
            });
            Value::list(values.collect())
        }
        // `audience: {email: vip, sms: texters}`: all that it names.
        Given::Record(members) if ty == FieldType::Text => {
            let values = members.iter().map(|(_, value)| list(value, item, source));
            let items = values.flat_map(|value| match value {
                Value::Known(Datum::List(items)) => items.iter().collect(),
                value => vec![value],
            });
            Value::list(items.collect())
        }
        _ => Value::list(vec![convert(given, ty, source)]),
    }
}

/// The country that `words` names; a subdivision (`US-CA`) counts as its country.
fn country_of(words: &str) -> Option<&'static str> {
    let upper = words.to_ascii_uppercase();
    country(upper.split('-').next().unwrap_or_default())
}

/// The countries of a region, where a list of countries names one.
fn members<'a>(words: &str, ty: FieldType, source: Source<'a>) -> Option<Vec<Value<'a>>> {
    let is_country = ty == FieldType::Country && country(&words.trim().to_ascii_uppercase()).is_none();
    let countries = source.plan.region(words.trim()).filter(|_| is_country)?;
    Some(countries.map(|code| Value::Known(Datum::Country(code.into()))).collect())
}

fn piece_of<'a>(piece: &'a str, given: &'a Given, ty: FieldType, source: Source<'a>) -> Value<'a> {
    let datum = from_text(TextValue::new(piece), ty, source.plan);
    datum.map_or_else(|| unlike(piece.to_owned(), place(given, source), ty, source), Value::Known)
}

fn scalar<'a>(given: &'a Given, ty: FieldType, source: Source<'a>) -> Option<Datum<'a>> {
    match (given, ty) {
        (Given::Text(range), _) => from_text(TextValue::at(source.asset, *range), ty, source.plan),
        (Given::List(_) | Given::Record(_), FieldType::Any) => natural(given, source),
        (Given::List(_) | Given::Record(_), _) => None,
        (_, FieldType::Any) => natural(given, source),
        (_, FieldType::Text) => {
            natural(given, source).map(|datum| Datum::Text(TextValue::new(show::datum(&datum))))
        }
        (Given::Bool(value), FieldType::Bool) => Some(Datum::Bool(*value)),
        (Given::Date(date), FieldType::Date) => Some(Datum::Date(*date)),
        (Given::DateTime(at), FieldType::Date) => Some(Datum::Date(at.date())),
        (Given::Date(date), FieldType::DateTime) => Some(Datum::DateTime(date.at(0, 0, 0, 0))),
        (Given::DateTime(at), FieldType::DateTime) => Some(Datum::DateTime(*at)),
        (Given::Time(time), FieldType::Time) => Some(Datum::Time(*time)),
        (Given::Int(value), _) => from_number(Decimal::from(*value), ty, source.plan),
        (Given::Decimal(value), _) => from_number(*value, ty, source.plan),
        _ => None,
    }
}

/// What the file says, without any type.
fn natural<'a>(given: &'a Given, source: Source<'a>) -> Option<Datum<'a>> {
    Some(match given {
        Given::Bool(value) => Datum::Bool(*value),
        Given::Int(value) => Datum::Int(*value),
        Given::Decimal(value) => Datum::Decimal(*value),
        Given::Date(date) => Datum::Date(*date),
        Given::DateTime(at) => Datum::DateTime(*at),
        Given::Time(time) => Datum::Time(*time),
        Given::Text(range) => Datum::Text(TextValue::at(source.asset, *range)),
        Given::List(items) => {
            let items: Vec<_> = items.iter().map(|item| convert(item, FieldType::Any, source)).collect();
            Datum::List(super::List::Values(items.into()))
        }
        Given::Record(_) => return None,
    })
}

fn from_number<'a>(number: Decimal, ty: FieldType, plan: &'a Plan) -> Option<Datum<'a>> {
    match ty {
        FieldType::Int => number.is_integer().then(|| number.try_into().ok().map(Datum::Int)).flatten(),
        FieldType::Decimal => Some(Datum::Decimal(number)),
        FieldType::Percent => Some(Datum::Percent(number)),
        FieldType::Money(Some(currency)) => Some(Datum::Money(number, Cow::Borrowed(plan.str(currency)))),
        _ => None,
    }
}

fn from_text<'a>(text: TextValue<'a>, ty: FieldType, plan: &'a Plan) -> Option<Datum<'a>> {
    let words = text.words.clone();
    let words = words.trim();
    match ty {
        FieldType::Any | FieldType::Text => Some(Datum::Text(text)),
        FieldType::Bool => boolean(words).map(Datum::Bool),
        FieldType::Int | FieldType::Decimal => from_number(parse::decimal(words)?, ty, plan),
        FieldType::Percent => parse::percent(words).map(Datum::Percent),
        FieldType::Money(currency) => money(words, currency.map(|id| plan.str(id))),
        FieldType::Duration => parse::duration(words).map(Datum::Duration),
        FieldType::Date => parse_day(words).ok().map(Datum::Date),
        FieldType::DateTime => {
            let day = || parse_day(words).ok().map(|day| day.at(0, 0, 0, 0));
            parse_datetime(words).ok().or_else(day).map(Datum::DateTime)
        }
        FieldType::Time => parse_time(words).ok().map(Datum::Time),
        FieldType::Country => country_of(words).map(|code| Datum::Country(code.into())),
        FieldType::Language => language::tag(words).map(|tag| Datum::Language(tag.into())),
        FieldType::Enum(_, members) => {
            let wanted = words.replace(['-', ' '], "_");
            let member = plan.strs(members).find(|member| member.eq_ignore_ascii_case(&wanted))?;
            Some(Datum::Member(Cow::Borrowed(member)))
        }
        FieldType::List(_) => None,
    }
}

fn boolean(words: &str) -> Option<bool> {
    match words.to_ascii_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

fn money<'a>(words: &str, fixed: Option<&'a str>) -> Option<Datum<'a>> {
    match (parse::money(words), fixed) {
        (Some((amount, currency)), None) => Some(Datum::Money(amount, Cow::Owned(currency))),
        (Some((amount, currency)), Some(fixed)) => {
            (currency == fixed).then_some(Datum::Money(amount, fixed.into()))
        }
        (None, Some(fixed)) => parse::decimal(words).map(|amount| Datum::Money(amount, fixed.into())),
        (None, None) => None,
    }
}

fn not_a<'a>(given: &'a Given, ty: FieldType, source: Source<'a>) -> Value<'a> {
    let found = match natural(given, source) {
        Some(datum) => show::datum(&datum),
        None => "a table".into(),
    };
    unlike(found, place(given, source), ty, source)
}

fn unlike<'a>(found: String, place: Place, ty: FieldType, source: Source<'a>) -> Value<'a> {
    let wanted = type_name(ty, source.plan).to_owned();
    let is_closed = matches!(ty, FieldType::Enum(..) | FieldType::Bool);
    let form = (is_closed || example(ty, source.plan).is_some()).then(|| form(ty, source.plan));
    Value::unknown(Unknown::NotA { field: source.name.to_owned(), found, wanted, form, place })
}

fn place(given: &Given, source: Source<'_>) -> Place {
    let span = match given {
        Given::Text(range) => source.asset.source(*range),
        _ => source.span,
    };
    Place::new(source.asset.file.clone(), span)
}

/// What can be written where a value of type `ty` is wanted, with an example.
pub fn form(ty: FieldType, plan: &Plan) -> String {
    match ty {
        FieldType::Bool => "`true` or `false`".to_owned(),
        FieldType::Enum(_, members) => {
            const SHOWN: usize = 12;
            let quoted: Vec<String> =
                plan.strs(members).take(SHOWN).map(|member| format!("`{member}`")).collect();
            let more = if plan.strs(members).nth(SHOWN).is_some() { ", …" } else { "" };
            format!("one of {}{more}", quoted.join(", "))
        }
        FieldType::List(item) => {
            let item = plan.types.get(item as usize).copied().unwrap_or(FieldType::Any);
            format!("a list, each item {}", form(item, plan))
        }
        FieldType::Text => "a text".to_owned(),
        _ => {
            let name = type_name(ty, plan);
            example(ty, plan).map_or_else(|| format!("a {name}"), |example| format!("a {name} (`{example}`)"))
        }
    }
}

/// A value whose type's name does not show one.
fn example(ty: FieldType, plan: &Plan) -> Option<String> {
    Some(match ty {
        FieldType::Int => "3".to_owned(),
        FieldType::Decimal => "2.5".to_owned(),
        FieldType::Percent => "0.3%".to_owned(),
        FieldType::Money(currency) => format!("{} 20", currency.map_or("EUR", |currency| plan.str(currency))),
        FieldType::Duration => "30 days".to_owned(),
        _ => return None,
    })
}

/// What people call a type.
pub fn type_name(ty: FieldType, plan: &Plan) -> &str {
    match ty {
        FieldType::Any => "value",
        FieldType::Bool => "yes or no",
        FieldType::Int => "whole number",
        FieldType::Decimal => "number",
        FieldType::Percent => "percentage",
        FieldType::Money(_) => "sum of money",
        FieldType::Duration => "length of time",
        FieldType::Date => "day (`2026-11-22`)",
        FieldType::DateTime => "day and time (`2026-11-22T09:00`)",
        FieldType::Time => "time of day (`09:00`)",
        FieldType::Country => "country code (`DE`)",
        FieldType::Language => "language code (`en`, `de-AT`)",
        FieldType::Text => "text",
        FieldType::Enum(name, _) => plan.str(name),
        FieldType::List(_) => "list",
    }
}
