//! Conditions.

use mktlint_decide::{Formula, Test, TextTest as Like};
use smol_str::{SmolStr, format_smolstr};

use super::point::{Days, Point};
use super::sets::like;
use super::term::{Cases, Term, and, not, or, weight};
use super::value::unfit;
use super::{Lowering, Why};
use crate::model::expr::{Comparison, Const, ExprId, ExprKind, Quantifier, Temporal, TextTest};

impl Lowering<'_> {
    /// The condition `id`.
    pub fn condition(&self, id: ExprId) -> Formula {
        let made = self.spend(1).and_then(|()| self.deeper(|| self.try_condition(id)));
        made.unwrap_or_else(|why| self.opaque(id, why))
    }

    fn opaque(&self, id: ExprId, why: Why) -> Formula {
        Formula::Opaque { key: self.key(id), why, tag: self.tag(id) }
    }

    fn try_condition(&self, id: ExprId) -> Result<Formula, Why> {
        let tag = self.tag(id);
        let days = Days(tag);
        match &self.body.get(id).kind {
            ExprKind::Const(Const::Bool(value)) => Ok(Formula::Const(*value)),
            ExprKind::Not(inner) => Ok(Formula::Not(Box::new(self.condition(*inner)))),
            ExprKind::And(items) => Ok(Formula::And(self.operands(items))),
            ExprKind::Or(items) => Ok(Formula::Or(self.operands(items))),
            ExprKind::If(condition, then, otherwise) => {
                let condition = self.condition(*condition);
                self.spend(weight(&condition))?;
                Ok(or([
                    and([condition.clone(), self.condition(*then)]),
                    and([not(condition), self.condition(*otherwise)]),
                ]))
            }
            ExprKind::Audience(path) => Ok(Formula::Named { name: path.0.clone(), tag }),
            ExprKind::Compare(op, a, b) => {
                let op = comparison(*op);
                self.both(*a, *b, |a, b| self.compare(op, a, b, tag))
            }
            ExprKind::In(item, list) | ExprKind::Has(list, item) => {
                self.both(*list, *item, |list, item| self.contains(list, item, tag))
            }
            ExprKind::InRange(value, least, most, inclusive) => {
                let op = if *inclusive {
                    mktlint_decide::Comparison::AtMost
                } else {
                    mktlint_decide::Comparison::Less
                };
                let at_least = mktlint_decide::Comparison::AtLeast;
                let bound = |op, bound: &Option<ExprId>| match bound {
                    Some(bound) => self.both(*value, *bound, |a, b| self.compare(op, a, b, tag)),
                    None => Ok(Formula::Const(true)),
                };
                Ok(and([bound(at_least, least)?, bound(op, most)?]))
            }
            ExprKind::IsKnown(value) => self.is_known(*value, id),
            ExprKind::Temporal(test, day, other) => {
                self.both(*day, *other, |day, other| temporal(days, *test, &day, &other))
            }
            ExprKind::TextTest(test, text, part) => {
                self.both(*text, *part, |text, part| text_test(days, *test, text, part))
            }
            ExprKind::Meets(meeting, a, b) => self.both(*a, *b, |a, b| self.meets(*meeting, a, b, tag)),
            ExprKind::Quantifier(quantifier, list, local, condition) if *quantifier != Quantifier::Count => {
                self.quantifier(*quantifier, *list, *local, *condition, tag)
            }
            ExprKind::Let(_)
            | ExprKind::CallFn(..)
            | ExprKind::Local(_)
            | ExprKind::Field(..)
            | ExprKind::OrElse(..) => self.value(id)?.test(truth),
            kind => match self.tier.and_then(|claims| super::tier::condition(claims, kind, tag)) {
                Some(condition) => Ok(condition),
                None => Err(unfit(kind)),
            },
        }
    }

    fn operands(&self, items: &[ExprId]) -> Vec<Formula> {
        let kept = items.iter().filter(|item| !self.left_out.contains(item));
        kept.map(|item| self.condition(*item)).collect()
    }

    /// A test of two values.
    fn both(
        &self,
        a: ExprId,
        b: ExprId,
        test: impl Fn(Term, Term) -> Result<Formula, Why>,
    ) -> Result<Formula, Why> {
        let (a, b) = (self.value(a)?, self.value(b)?);
        self.spend(a.weight_with(&b))?;
        a.test(|a| b.clone().test(|b| test(a.clone(), b)))
    }

    /// `x is known`
    fn is_known(&self, value: ExprId, id: ExprId) -> Result<Formula, Why> {
        if let ExprKind::Field(base, name) = &self.body.get(value).kind
            && let Some(attribute) = self.attribute(*base, name)
            && self.schema.find(&attribute).is_some()
        {
            return Ok(Days(self.tag(id)).test(&attribute, Test::Known));
        }
        self.value(value)?.test(|term| self.known(&term, id))
    }

    /// When a value is there.
    pub fn known(&self, term: &Term, id: ExprId) -> Result<Formula, Why> {
        let days = Days(self.tag(id));
        let test = |name: &SmolStr| days.test(name, Test::Known);
        let point = |point: &Point| point.attribute().map_or(Formula::Const(true), test);
        Ok(match term {
            Term::Condition { known, .. } => known.clone(),
            Term::Number(linear) => and(linear.parts.iter().map(|(name, _)| test(name))),
            Term::Attribute(name) | Term::Size { attribute: name, missing_is_empty: false } => test(name),
            Term::Point(at) => point(at),
            Term::Gap(a, b) => and([point(a), point(b)]),
            Term::Missing => Formula::Const(false),
            Term::Length(_) | Term::Word(_) | Term::Items(_) | Term::Item | Term::Size { .. } => {
                Formula::Const(true)
            }
        })
    }

    /// `any tag in tags where …` and its kin.
    fn quantifier(
        &self,
        quantifier: Quantifier,
        list_id: ExprId,
        local: u32,
        condition: ExprId,
        tag: mktlint_decide::Tag,
    ) -> Result<Formula, Why> {
        let wanted = quantifier != Quantifier::All;
        let found = self.value(list_id)?.test(|list| match list {
            Term::Attribute(set) => {
                let test = self
                    .with_local(local, Cases::one(Term::Item), self.within.clone())
                    .item_test(condition)?;
                let test = if wanted { test } else { mktlint_decide::ItemTest::Not(Box::new(test)) };
                Ok(Days(tag).test(&set, Test::Any(test)))
            }
            Term::Items(items) => {
                let outer = self.locals.iter().map(Cases::weight).fold(1, u32::saturating_add);
                self.spend(outer.saturating_mul(u32::try_from(items.len()).unwrap_or(u32::MAX)))?;
                let name = self.key(list_id);
                let each = items.into_iter().enumerate().map(|(at, item)| {
                    let within = format_smolstr!("item {at} of {name}: ");
                    let found = self.with_local(local, Cases::one(item), within).condition(condition);
                    if wanted { found } else { not(found) }
                });
                Ok(or(each))
            }
            Term::Missing => Ok(Formula::Const(false)),
            _ => Err(unfit(&ExprKind::Asset)),
        })?;
        Ok(if quantifier == Quantifier::Any { found } else { not(found) })
    }

    /// The same with one more local value. `within` tells conditions on this value from those on others.
    fn with_local(&self, number: u32, value: Cases, within: SmolStr) -> Lowering<'_> {
        let mut locals = self.locals.clone();
        // Numbers of locals are dense: parameters, then quantifiers from the outermost.
        locals.truncate(number as usize);
        locals.push(value);
        Lowering { locals, within, ..*self }
    }
}

/// A value as a condition: missing is false.
fn truth(term: Term) -> Result<Formula, Why> {
    match term {
        Term::Condition { holds, .. } => Ok(holds),
        Term::Missing => Ok(Formula::Const(false)),
        _ => Err("it is no condition".into()),
    }
}

fn temporal(days: Days, test: Temporal, day: &Term, other: &Term) -> Result<Formula, Why> {
    match (day, other) {
        (Term::Missing, _) | (_, Term::Missing) => Ok(Formula::Const(false)),
        (Term::Point(day), Term::Point(other)) => match test {
            Temporal::Before => days.compare(mktlint_decide::Comparison::Less, day, other),
            Temporal::After => days.compare(mktlint_decide::Comparison::Greater, day, other),
            _ => Err("it asks for a length and has a day".into()),
        },
        (Term::Point(day), Term::Length(length)) => days.temporal(test, day, *length),
        _ => Err("the length of time is an attribute".into()),
    }
}

fn text_test(days: Days, test: TextTest, text: Term, part: Term) -> Result<Formula, Why> {
    let test = like(test);
    match (text, part) {
        (Term::Missing, _) | (_, Term::Missing) => Ok(Formula::Const(false)),
        (Term::Attribute(name), Term::Word(mktlint_decide::Value::Text(part))) => {
            Ok(days.test(&name, Test::Text(test, part)))
        }
        (Term::Word(mktlint_decide::Value::Text(words)), Term::Word(mktlint_decide::Value::Text(part))) => {
            Ok(Formula::Const(is_like(test, &words, &part)))
        }
        _ => Err("it compares two texts with each other".into()),
    }
}

fn is_like(test: Like, words: &str, part: &str) -> bool {
    let (words, part) = (words.to_lowercase(), part.to_lowercase());
    match test {
        Like::StartsWith => words.starts_with(&part),
        Like::EndsWith => words.ends_with(&part),
        _ => words.contains(&part),
    }
}

/// The comparison as formulas have it.
pub const fn comparison(op: Comparison) -> mktlint_decide::Comparison {
    match op {
        Comparison::Equal => mktlint_decide::Comparison::Equal,
        Comparison::NotEqual => mktlint_decide::Comparison::NotEqual,
        Comparison::Less => mktlint_decide::Comparison::Less,
        Comparison::AtMost => mktlint_decide::Comparison::AtMost,
        Comparison::Greater => mktlint_decide::Comparison::Greater,
        Comparison::AtLeast => mktlint_decide::Comparison::AtLeast,
    }
}
