//! Two values against each other.

use mktlint_decide::{Comparison, Domain, Formula, ItemTest, Operand, Tag, Test, Value};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use smol_str::{SmolStr, format_smolstr};

use super::linear::{Linear, divided, seconds};
use super::point::Days;
use super::term::{Term, and, not, or, weight};
use super::{Lowering, Why};

impl Lowering<'_> {
    /// `a <comparison> b`: false when one is missing.
    pub fn compare(&self, op: Comparison, a: Term, b: Term, tag: Tag) -> Result<Formula, Why> {
        let days = Days(tag);
        match (a, b) {
            (Term::Missing, _) | (_, Term::Missing) => Ok(Formula::Const(false)),
            (Term::Number(a), Term::Number(b)) => numbers(days, op, &a, &b),
            (Term::Number(a), Term::Length(b)) => numbers(days, op, &a, &Linear::length(b)),
            (Term::Length(a), Term::Number(b)) => numbers(days, op, &Linear::length(a), &b),
            (Term::Length(a), Term::Length(b)) => Ok(Formula::Const(op.fits(seconds(a).cmp(&seconds(b))))),
            (Term::Point(a), Term::Point(b)) => days.compare(op, &a, &b),
            (Term::Gap(a, b), Term::Length(length)) => days.gap(op, (&a, &b), length),
            (Term::Length(length), Term::Gap(a, b)) => days.gap(op.mirrored(), (&a, &b), length),
            (Term::Attribute(name), Term::Word(value)) => {
                Ok(days.test(&name, Test::Compare(op, Operand::Value(value))))
            }
            (Term::Word(value), Term::Attribute(name)) => {
                Ok(days.test(&name, Test::Compare(op.mirrored(), Operand::Value(value))))
            }
            (Term::Attribute(a), Term::Attribute(b)) => self.attributes(days, op, &a, &b),
            (Term::Word(a), Term::Word(b)) => Ok(Formula::Const(op.fits(a.cmp(&b)))),
            (Term::Condition { holds: a, known: x }, Term::Condition { holds: b, known: y }) => {
                self.spend(weight(&a).saturating_add(weight(&b)))?;
                let same = or([and([a.clone(), b.clone()]), and([not(a), not(b)])]);
                Ok(and([x, y, if op == Comparison::Equal { same } else { not(same) }]))
            }
            (Term::Size { attribute, missing_is_empty }, Term::Number(n)) => {
                size(days, op, &attribute, missing_is_empty, n.number())
            }
            (Term::Number(n), Term::Size { attribute, missing_is_empty }) => {
                size(days, op.mirrored(), &attribute, missing_is_empty, n.number())
            }
            (Term::Gap(..), _) | (_, Term::Gap(..)) => Err("it compares two differences of days".into()),
            (Term::Item, _) | (_, Term::Item) => Err("it compares an item with more than a value".into()),
            _ => Err("it compares lists".into()),
        }
    }

    /// Two attributes against each other: by each of their values, when these are few.
    fn attributes(&self, days: Days, op: Comparison, a: &SmolStr, b: &SmolStr) -> Result<Formula, Why> {
        let known = and([a, b].map(|name| days.test(name, Test::Known)));
        if a == b {
            return Ok(if op == Comparison::Equal { known } else { Formula::Const(false) });
        }
        if [a, b].into_iter().any(|name| self.is_set(name)) {
            return Err("it compares two sets item by item".into());
        }
        let is = |name: &SmolStr, value: &Value| {
            days.test(name, Test::Compare(Comparison::Equal, Operand::Value(value.clone())))
        };
        let members = self.shared_members(a, b)?;
        let same = or(members.iter().map(|value| and([is(a, value), is(b, value)])));
        Ok(if op == Comparison::Equal { same } else { and([known, not(same)]) })
    }

    fn is_set(&self, name: &str) -> bool {
        let domain = self.schema.find(name).map(|found| &found.domain);
        matches!(domain, Some(Domain::SetOfNames { .. } | Domain::SetOfTexts))
    }

    /// The values that two attributes share, when both have few.
    pub fn shared_members(&self, a: &str, b: &str) -> Result<Vec<Value>, Why> {
        let members = |name: &str| match self.schema.find(name).map(|found| &found.domain) {
            Some(Domain::Names { members, open: false } | Domain::SetOfNames { members, open: false }) => {
                Ok(members)
            }
            _ => Err(format_smolstr!("it compares `{a}` and `{b}` with each other")),
        };
        let (one, other) = (members(a)?, members(b)?);
        self.spend(one.len() as u32 * 2)?;
        Ok(one.iter().filter(|name| other.contains(name)).cloned().map(Value::Name).collect())
    }

    /// `item in list`: false when one is missing.
    pub fn contains(&self, list: Term, item: Term, tag: Tag) -> Result<Formula, Why> {
        let days = Days(tag);
        match (list, item) {
            (Term::Missing, _) | (_, Term::Missing) => Ok(Formula::Const(false)),
            (Term::Items(items), Term::Attribute(name)) if items.iter().all(is_word) => {
                Ok(days.test(&name, Test::OneOf(words(items))))
            }
            (Term::Items(items), item) => {
                let each: Result<Vec<Formula>, Why> = items
                    .into_iter()
                    .map(|own| self.compare(Comparison::Equal, item.clone(), own, tag))
                    .collect();
                Ok(or(each?))
            }
            (Term::Attribute(set), Term::Word(value)) => {
                Ok(days.test(&set, Test::Any(ItemTest::OneOf(vec![value]))))
            }
            (Term::Attribute(set), Term::Attribute(name)) => {
                let has = |value: &Value| days.test(&set, Test::Any(ItemTest::OneOf(vec![value.clone()])));
                let is = |value: &Value| {
                    days.test(&name, Test::Compare(Comparison::Equal, Operand::Value(value.clone())))
                };
                let members = self.shared_members(&set, &name)?;
                Ok(or(members.iter().map(|value| and([is(value), has(value)]))))
            }
            _ => Err("it looks for something that is no attribute".into()),
        }
    }
}

/// Whether it is a value of the policy that a set can hold.
pub const fn is_word(term: &Term) -> bool {
    matches!(term, Term::Word(_))
}

/// The values among `items`, each once.
pub fn words(items: Vec<Term>) -> Vec<Value> {
    let mut found = Vec::new();
    for item in items {
        if let Term::Word(value) = item
            && !found.contains(&value)
        {
            found.push(value);
        }
    }
    found
}

/// Two sums: one attribute against a number, or a difference of two attributes.
fn numbers(days: Days, op: Comparison, a: &Linear, b: &Linear) -> Result<Formula, Why> {
    if a.unit != b.unit {
        return match op {
            Comparison::Equal | Comparison::NotEqual if a.parts.is_empty() && b.parts.is_empty() => {
                Ok(Formula::Const(op == Comparison::NotEqual))
            }
            _ => Err("it compares two units".into()),
        };
    }
    let sum = a.clone().plus(b, Decimal::NEGATIVE_ONE)?;
    let known = sum.parts.iter().filter(|(_, factor)| factor.is_zero());
    let known = and(known.map(|(name, _)| days.test(name, Test::Known)));
    let parts: Vec<&(SmolStr, Decimal)> = sum.parts.iter().filter(|(_, factor)| !factor.is_zero()).collect();
    let test = match parts.as_slice() {
        [] => Formula::Const(op.fits(sum.constant.cmp(&Decimal::ZERO))),
        [(name, factor)] => {
            let at = divided(-sum.constant, *factor)?.normalize();
            let op = if factor.is_sign_negative() { op.mirrored() } else { op };
            days.test(name, Test::Compare(op, Operand::Value(Value::Number(at))))
        }
        [(one, factor), (other, opposite)] if *factor == -*opposite => {
            let (left, right, factor) =
                if factor.is_sign_negative() { (other, one, *opposite) } else { (one, other, *factor) };
            days.difference(left, right, op, divided(-sum.constant, factor)?.normalize())
        }
        _ => return Err("it computes with more than the difference of two attributes".into()),
    };
    Ok(and([known, test]))
}

/// The number of items against a number.
fn size(
    days: Days,
    op: Comparison,
    set: &SmolStr,
    missing_is_empty: bool,
    at: Option<Decimal>,
) -> Result<Formula, Why> {
    let at = at.ok_or_else(|| Why::from("it compares a count with an attribute"))?;
    let known = days.test(set, Test::Known);
    let found = match op.of_whole(at) {
        Ok((op, at)) => match at.to_u32() {
            Some(at) => days.test(set, Test::Size(op, at)),
            // Fewer than no items, or more than any set has.
            None if op.fits(Decimal::ZERO.cmp(&at)) => known.clone(),
            None => Formula::Const(false),
        },
        Err(true) => known.clone(),
        Err(false) => Formula::Const(false),
    };
    let empty_fits = missing_is_empty && op.fits(Decimal::ZERO.cmp(&at));
    Ok(if empty_fits { or([not(known), found]) } else { found })
}
