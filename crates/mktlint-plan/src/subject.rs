//! What a rule judges one at a time.

use mktlint_asset::{Asset, PartKind, Role, TextId, TextRange};
use mktlint_text::Span;

use crate::{Context, Datum, Record, Scope, StrId, Value, fields};

/// One thing that a rule judges.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject<'a> {
    /// The value of `it`.
    pub it: Value<'a>,
    /// The bytes of the file that a finding about it points at.
    pub span: Span,
    /// Its words, for `match`: of a field its text, of a part its words, of an asset the running text. `None` when it
    /// has none.
    pub text: Option<TextRange>,
}

/// The things in the asset of `context` that `scope` speaks of, in order; without a scope the running text and every
/// field that people read.
///
/// An asset or part is one subject. A field is one for each value in it, so that of a list every item is judged; when
/// it is missing there is none, and when it is unknown there is one that is unknown.
pub fn subjects<'a>(scope: Option<&Scope>, context: &Context<'a>) -> Vec<Subject<'a>> {
    let asset: &'a Asset = context.asset;
    let Some(scope) = scope else { return texts(asset) };
    if !scope.covers(asset.kind) {
        return Vec::new();
    }
    let records = match scope.part {
        None => vec![Value::record(Record::Asset(asset))],
        Some(kind) => of_kind(context, kind),
    };
    match scope.field {
        None => records.into_iter().filter_map(|record| whole(record, asset)).collect(),
        Some(name) => records.iter().flat_map(|record| of_field(context, record, name)).collect(),
    }
}

/// Every text that people read.
fn texts(asset: &Asset) -> Vec<Subject<'_>> {
    let read = asset.texts.iter().zip(0..).filter(|(text, _)| text.is_read());
    let ranges = read.map(|(text, at)| TextRange { text: TextId(at), start: 0, end: text.mapped.len() });
    ranges.map(|range| of_range(asset, range)).collect()
}

fn of_range(asset: &Asset, range: TextRange) -> Subject<'_> {
    let it = Value::Known(Datum::Text(crate::TextValue::at(asset, range)));
    Subject { it, span: asset.source(range), text: Some(range) }
}

fn of_kind<'a>(context: &Context<'a>, kind: PartKind) -> Vec<Value<'a>> {
    match fields::parts(context, kind) {
        Value::Known(Datum::List(parts)) => parts.iter().collect(),
        _ => Vec::new(),
    }
}

fn whole<'a>(it: Value<'a>, asset: &'a Asset) -> Option<Subject<'a>> {
    let Value::Known(Datum::Record(record)) = it else { return None };
    let text = match record {
        Record::Asset(asset) => {
            let body = asset.texts.first().filter(|text| text.role == Role::Body);
            body.map(|text| TextRange { text: TextId(0), start: 0, end: text.mapped.len() })
        }
        _ => fields::words(record).as_text().and_then(|text| text.origin).map(|(_, range)| range),
    };
    Some(Subject { it, span: fields::span(record).unwrap_or(asset.span), text })
}

fn of_field<'a>(context: &Context<'a>, record: &Value<'a>, name: StrId) -> Vec<Subject<'a>> {
    let here = match record {
        Value::Known(Datum::Record(record)) => fields::span(*record),
        _ => None,
    };
    let here = here.unwrap_or(context.asset.span);
    let here = context.asset.fields.get(context.plan.str(name)).map_or(here, |field| match record {
        Value::Known(Datum::Record(Record::Asset(_))) => field.span,
        _ => here,
    });
    match fields::field(context, record, name) {
        Value::Missing => Vec::new(),
        Value::Known(Datum::List(items)) => items.iter().map(|item| of_value(context, item, here)).collect(),
        value => vec![of_value(context, value, here)],
    }
}

fn of_value<'a>(context: &Context<'a>, it: Value<'a>, here: Span) -> Subject<'a> {
    let own =
        it.as_text().and_then(|text| text.origin).filter(|(asset, _)| std::ptr::eq(*asset, context.asset));
    match own {
        Some((asset, range)) => Subject { it, span: asset.source(range), text: Some(range) },
        None => Subject { it, span: here, text: None },
    }
}
