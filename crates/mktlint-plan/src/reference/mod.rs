//! The slow, obvious evaluator.
//!
//! It reads expressions as the language reference does, looks every name up when it meets it, and searches every text
//! anew. The interpreter must agree with it on everything. How two values compare or add up is the same code in both;
//! which values meet, in which order, and what stays undone is written twice.

use std::sync::Arc;

use mktlint_hir::model::DeclPath;
use mktlint_hir::model::expr::{Body, Const, ExprId, ExprKind, Quantifier, Segment};
use mktlint_hir::model::item::{ItemKind, Meaning, Needle};
use mktlint_hir::model::program::Program;
use mktlint_hir::people;
use mktlint_match::MatcherBuilder;

use crate::eval::pure;
use crate::value::{arithmetic, compare, temporal};
use crate::{Context, Datum, Record, TextValue, Truth, Unknown, Value, builtin, fields, lower};

/// What the expression `id` of `body` gives.
///
/// For tests, for values of fixtures, and as the meaning of the language: it takes time that grows with the size of
/// the expression after every `fn` and `let` is put in, and stack that grows with its depth.
pub fn eval<'a>(program: &'a Program, body: &'a Body, id: ExprId, context: &Context<'a>) -> Value<'a> {
    Evaluator { program, context }.eval(body, id, &[])
}

struct Evaluator<'a, 'c> {
    program: &'a Program,
    context: &'c Context<'a>,
}

impl<'a> Evaluator<'a, '_> {
    fn eval(&self, body: &'a Body, id: ExprId, locals: &[Value<'a>]) -> Value<'a> {
        let of = |id: ExprId| self.eval(body, id, locals);
        let each = |ids: &[ExprId]| ids.iter().map(|id| of(*id)).collect::<Vec<_>>();
        let context = self.context;
        match &body.get(id).kind {
            ExprKind::Error => deferred("an expression with a mistake"),
            ExprKind::Const(value) => constant(value),
            ExprKind::Now => Value::Known(Datum::DateTime(context.now)),
            ExprKind::It => context.it.clone(),
            ExprKind::Asset => Value::record(Record::Asset(context.asset)),
            ExprKind::Campaign => context.campaign(),
            ExprKind::Match => context.matched(),
            ExprKind::Local(n) => locals.get(*n as usize).cloned().unwrap_or(Value::Missing),
            ExprKind::Field(record, name) => self.field(&of(*record), name),
            ExprKind::Parts(name) => {
                lower::part_kind(name).map_or_else(|| deferred(name), |kind| fields::parts(context, kind))
            }
            ExprKind::Interpolate(segments) => pure::interpolate(&self.segments(body, segments, locals)),
            ExprKind::List(items) => Value::list(each(items)),
            ExprKind::Not(condition) => compare::not(of(*condition)),
            ExprKind::And(conditions) => compare::all(each(conditions)),
            ExprKind::Or(conditions) => compare::any(each(conditions)),
            ExprKind::Compare(comparison, left, right) => {
                compare::compare(*comparison, &of(*left), &of(*right))
            }
            ExprKind::Arithmetic(operator, left, right) => {
                arithmetic::arithmetic(*operator, &of(*left), &of(*right))
            }
            ExprKind::Negate(value) => arithmetic::negate(&of(*value)),
            ExprKind::In(item, list) | ExprKind::Has(list, item) => compare::contains(&of(*list), &of(*item)),
            ExprKind::InRange(value, least, greatest, inclusive) => {
                let (least, greatest) = (least.map(of), greatest.map(of));
                compare::in_range(&of(*value), least.as_ref(), greatest.as_ref(), *inclusive)
            }
            ExprKind::IsKnown(value) => pure::is_known(&of(*value)),
            ExprKind::OrElse(value, otherwise) => match of(*value) {
                Value::Missing => of(*otherwise),
                value => value,
            },
            ExprKind::Temporal(test, day, other) => {
                temporal::temporal(*test, &of(*day), &of(*other), context.now)
            }
            ExprKind::Ago(length, past) => temporal::ago(&of(*length), *past, context.now),
            ExprKind::TextTest(test, text, part) => compare::text_test(*test, &of(*text), &of(*part)),
            ExprKind::Matches(text, needles) => compare::on_text(&of(*text), |text| found(needles, text)),
            ExprKind::CountMatches(text, needles) => {
                builtin::count_matches(&of(*text), |text| count_found(needles, text))
            }
            ExprKind::HasShape(text, shape) => {
                compare::on_text(&of(*text), |text| shape.matches(text.as_str()))
            }
            ExprKind::Meets(meeting, left, right) => compare::meets(*meeting, &of(*left), &of(*right)),
            ExprKind::If(condition, then, otherwise) => {
                let condition = of(*condition);
                match condition.truth() {
                    Truth::True => of(*then),
                    Truth::False => of(*otherwise),
                    Truth::Unknown => compare::truth(condition),
                }
            }
            ExprKind::Quantifier(quantifier, list, local, condition) => {
                self.quantifier(body, *quantifier, &of(*list), (*local, *condition), locals)
            }
            ExprKind::Call(function, args) if builtin::is_pure(*function) => {
                builtin::call(*function, &each(args))
            }
            ExprKind::Call(function, args) => match each(args).first() {
                Some(text) => builtin::call_longest(*function, text, context),
                None => Value::Missing,
            },
            ExprKind::CallFn(path, args) => self.declaration(ItemKind::Fn, path, &each(args)),
            ExprKind::Let(path) => self.declaration(ItemKind::Let, path, &[]),
            ExprKind::Fact(path) => self.fact(path),
            ExprKind::Audience(path) => self.declaration(ItemKind::Audience, path, &[]),
            ExprKind::Region(path) => self.region(path),
            condition @ (ExprKind::UsesRegulatedClaims | ExprKind::UsesClaims(_)) => {
                context.uses(&lower::claims_meant(self.program, condition))
            }
            ExprKind::CouldInclude(condition) => {
                let schema = &context.plan.people.schema;
                context.could_include(&Arc::new(people::formula(self.program, schema, body, *condition)))
            }
            ExprKind::ChangeOnly(kinds) => {
                context.changed(|changes| changes.iter().all(|kind| kinds.contains(kind)))
            }
            ExprKind::ChangeTouches(kinds) => {
                context.changed(|changes| kinds.iter().any(|kind| changes.contains(kind)))
            }
            ExprKind::Deferred(words) => deferred(words),
        }
    }

    fn field(&self, record: &Value<'a>, name: &str) -> Value<'a> {
        match self.context.plan.find_str(name) {
            Some(name) => fields::field(self.context, record, name),
            None => Value::unknown(Unknown::NotGiven(name.to_owned())),
        }
    }

    fn fact(&self, path: &DeclPath) -> Value<'a> {
        let name = self.context.plan.find_str(path.name());
        let found = name.map_or(Value::Missing, |name| fields::fact(self.context, name));
        match (found, lower::given(self.program, path)) {
            (Value::Missing, Some(given)) => self.declaration(ItemKind::Given, &given.item.path, &[]),
            (found, _) => found,
        }
    }

    fn segments(&self, body: &'a Body, segments: &'a [Segment], locals: &[Value<'a>]) -> Vec<Value<'a>> {
        let value = |segment: &'a Segment| match segment {
            Segment::Text(text) => Value::text(text.as_str()),
            Segment::Expr(id) => self.eval(body, *id, locals),
        };
        segments.iter().map(value).collect()
    }

    fn quantifier(
        &self,
        body: &'a Body,
        quantifier: Quantifier,
        list: &Value<'a>,
        (local, condition): (u32, ExprId),
        locals: &[Value<'a>],
    ) -> Value<'a> {
        let items: Vec<Value<'a>> = match list {
            Value::Known(Datum::List(list)) => list.iter().collect(),
            Value::Missing => Vec::new(),
            Value::Unknown(_) => return list.clone(),
            Value::Known(other) => {
                let words = format!("`{}` as a list", crate::value::show::datum(other));
                return Value::unknown(Unknown::Mismatch(words));
            }
        };
        let answers = items.into_iter().map(|item| {
            let mut inner = locals.to_vec();
            inner.resize(inner.len().max(local as usize + 1), Value::Missing);
            inner[local as usize] = item;
            self.eval(body, condition, &inner)
        });
        match quantifier {
            Quantifier::Any => compare::any(answers),
            Quantifier::All => compare::all(answers),
            Quantifier::None => compare::not(compare::any(answers)),
            Quantifier::Count => count(&answers.map(compare::truth).collect::<Vec<_>>()),
        }
    }

    /// The value of a `fn`, `let` or `audience`.
    fn declaration(&self, kind: ItemKind, path: &DeclPath, args: &[Value<'a>]) -> Value<'a> {
        match lower::condition_of(self.program, kind, path) {
            Some((placed, id)) => self.eval(&placed.item.body, id, args),
            None => deferred(&path.0),
        }
    }

    fn region(&self, path: &DeclPath) -> Value<'a> {
        match self.program.find(ItemKind::Region, path).map(|placed| &placed.item.meaning) {
            Some(Meaning::Region(countries)) => Value::list(
                countries.iter().map(|code| Value::Known(Datum::Country(code.as_str().into()))).collect(),
            ),
            _ => deferred(&path.0),
        }
    }
}

fn deferred(words: &str) -> Value<'static> {
    Value::unknown(Unknown::Deferred(words.to_owned()))
}

/// How many are true; the first unknown when there is one.
fn count<'a>(answers: &[Value<'a>]) -> Value<'a> {
    let n_true = answers.iter().filter(|answer| answer.truth() == Truth::True).count();
    compare::first_unknown(answers).unwrap_or_else(|| Value::count(n_true))
}

/// A value of the policy.
fn constant(value: &Const) -> Value<'_> {
    Value::Known(match value {
        Const::Bool(value) => Datum::Bool(*value),
        Const::Int(value) => Datum::Int(*value),
        Const::Decimal(value) => Datum::Decimal(*value),
        Const::Percent(value) => Datum::Percent(*value),
        Const::Money(amount, currency) => Datum::Money(*amount, currency.as_str().into()),
        Const::Duration(length) => Datum::Duration(*length),
        Const::Date(date) => Datum::Date(*date),
        Const::DateTime(at) => Datum::DateTime(*at),
        Const::Time(time) => Datum::Time(*time),
        Const::Country(code) => Datum::Country(code.as_str().into()),
        Const::Language(tag) => Datum::Language(tag.as_str().into()),
        Const::Text(text) => Datum::Text(TextValue::new(text.as_str())),
        Const::Member(_, name) => Datum::Member(name.as_str().into()),
    })
}

/// Whether one of `needles` is found.
fn found(needles: &[Needle], text: &TextValue<'_>) -> bool {
    count_found(needles, text.as_str()) > 0
}

/// How often `needles` are found, by a matcher made for the occasion.
fn count_found(needles: &[Needle], text: &str) -> usize {
    let mut builder = MatcherBuilder::new();
    let wanted = needles.iter().filter_map(|needle| lower::needle(needle, false));
    let ids: Vec<_> = wanted.filter_map(|needle| builder.add(needle).ok()).collect();
    let matcher = builder.build();
    ids.into_iter().map(|id| matcher.find(id, text).len()).sum()
}
