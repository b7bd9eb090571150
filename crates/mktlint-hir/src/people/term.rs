//! Values as formulas can test them.

use mktlint_decide::{Formula, Test, Value};
use smol_str::SmolStr;

use super::Why;
use super::linear::Linear;
use super::point::Point;
use crate::model::expr::Length;

/// A value: an attribute, a constant, or something simple that is made of these.
#[derive(Clone, Debug)]
pub enum Term {
    /// `true` or `false`: when it is true, and when it is there.
    Condition {
        /// When it is true.
        holds: Formula,
        /// When it is not missing.
        known: Formula,
    },
    /// A number of some unit, with the attributes in it.
    Number(Linear),
    /// A length of time that is written in the policy.
    Length(Length),
    /// A name, a text or a time of day that is written in the policy.
    Word(Value),
    /// An attribute that is a name, a text, a time of day or a set.
    Attribute(SmolStr),
    /// A day or a moment.
    Point(Point),
    /// The days from the second to the first.
    Gap(Point, Point),
    /// Values in order.
    Items(Vec<Term>),
    /// The variable of a quantifier over a set.
    Item,
    /// How many items a set has.
    Size {
        /// The set.
        attribute: SmolStr,
        /// Whether a set that is missing counts as empty.
        missing_is_empty: bool,
    },
    /// Missing.
    Missing,
}

/// A value that depends: each with the condition under which it is this one. The conditions exclude each other.
#[derive(Clone, Debug)]
pub struct Cases(pub Vec<(Formula, Term)>);

/// How many values one expression may have: `if` and `or else` inside each other multiply.
const MOST_CASES: usize = 16;

/// The number of conditions in a formula: what a copy of it costs.
pub fn weight(formula: &Formula) -> u32 {
    match formula {
        Formula::Not(inner) => weight(inner),
        Formula::And(parts) | Formula::Or(parts) => parts.iter().map(weight).fold(1, u32::saturating_add),
        Formula::Const(_)
        | Formula::Test { .. }
        | Formula::Difference { .. }
        | Formula::Opaque { .. }
        | Formula::Named { .. } => 1,
    }
}

impl Term {
    fn weight(&self) -> u32 {
        match self {
            Self::Condition { holds, known } => weight(holds).saturating_add(weight(known)),
            Self::Items(items) => items.iter().map(Self::weight).fold(1, u32::saturating_add),
            _ => 1,
        }
    }
}

impl Cases {
    /// What a copy costs.
    pub fn weight(&self) -> u32 {
        let each = self.0.iter().map(|(guard, term)| weight(guard).saturating_add(term.weight()));
        each.fold(0, u32::saturating_add)
    }

    /// What it costs to put each of this with each of `other`.
    pub fn weight_with(&self, other: &Self) -> u32 {
        let times =
            |a: &Self, b: &Self| a.weight().saturating_mul(u32::try_from(b.0.len()).unwrap_or(u32::MAX));
        times(self, other).saturating_add(times(other, self))
    }

    /// Always the same.
    pub fn one(term: Term) -> Self {
        Self(vec![(Formula::Const(true), term)])
    }

    /// The value, when it is always the same.
    pub fn into_one(self) -> Result<Term, Why> {
        match <[_; 1]>::try_from(self.0) {
            Ok([(_, term)]) => Ok(term),
            Err(_) => Err("it depends on what an item is made of".into()),
        }
    }

    /// Each value put through `change`.
    pub fn map(self, mut change: impl FnMut(Term) -> Result<Term, Why>) -> Result<Self, Why> {
        self.0.into_iter().map(|(guard, term)| Ok((guard, change(term)?))).collect::<Result<_, _>>().map(Self)
    }

    /// Each value of this with each of `other`.
    pub fn with(
        self,
        other: &Self,
        mut join: impl FnMut(Term, Term) -> Result<Term, Why>,
    ) -> Result<Self, Why> {
        let mut cases = Vec::new();
        for (guard, term) in self.0 {
            for (guard2, term2) in &other.0 {
                let both = and([guard.clone(), guard2.clone()]);
                cases.push((both, join(term.clone(), term2.clone())?));
            }
        }
        Self::of(cases)
    }

    /// Cases, when they are not too many.
    pub fn of(cases: Vec<(Formula, Term)>) -> Result<Self, Why> {
        if cases.len() > MOST_CASES {
            return Err("too many values are possible".into());
        }
        Ok(Self(cases))
    }

    /// The condition that `test` makes of the value.
    pub fn test(self, mut test: impl FnMut(Term) -> Result<Formula, Why>) -> Result<Formula, Why> {
        let cases: Result<Vec<Formula>, Why> = self
            .0
            .into_iter()
            .map(|(guard, term)| {
                let test = test(term)?;
                Ok(and([without_known(guard, &test), test]))
            })
            .collect();
        Ok(or(cases?))
    }
}

/// The guard without `a is known` where a test of `a` follows, which is false of what is missing anyway.
fn without_known(guard: Formula, test: &Formula) -> Formula {
    let Formula::Test { attribute: tested, .. } = test else { return guard };
    let is_said = |part: &Formula| matches!(part, Formula::Test { attribute, test: Test::Known, .. } if attribute == tested);
    match guard {
        Formula::And(parts) => and(parts.into_iter().filter(|part| !is_said(part))),
        guard if is_said(&guard) => Formula::Const(true),
        guard => guard,
    }
}

/// Both or all; constants among them are worked in.
pub fn and(parts: impl IntoIterator<Item = Formula>) -> Formula {
    let mut kept: Vec<Formula> = Vec::new();
    for part in parts {
        match part {
            Formula::Const(true) => {}
            Formula::Const(false) => return part,
            part => kept.push(part),
        }
    }
    if kept.len() == 1 { kept.swap_remove(0) } else { all_or_true(kept) }
}

fn all_or_true(parts: Vec<Formula>) -> Formula {
    if parts.is_empty() { Formula::Const(true) } else { Formula::And(parts) }
}

/// One of them; constants among them are worked in.
pub fn or(parts: impl IntoIterator<Item = Formula>) -> Formula {
    let mut kept: Vec<Formula> = Vec::new();
    for part in parts {
        match part {
            Formula::Const(false) => {}
            Formula::Const(true) => return part,
            part => kept.push(part),
        }
    }
    match kept.len() {
        0 => Formula::Const(false),
        1 => kept.swap_remove(0),
        _ => Formula::Or(kept),
    }
}

/// The opposite.
pub fn not(formula: Formula) -> Formula {
    match formula {
        Formula::Const(value) => Formula::Const(!value),
        Formula::Not(inner) => *inner,
        other => Formula::Not(Box::new(other)),
    }
}
