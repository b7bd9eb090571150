//! One condition that keeps two sets apart.

use jiff::civil::DateTime;

use super::Solver;
use super::apply::{Exceeded, Operation};
use super::blame::Conjunct;
use super::store::NodeId;
use crate::{Formula, Test};

/// One condition that would mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// To be joined with `and`.
    pub condition: Formula,
    /// Whether what is there needs brackets first: it is an `or`, and `and` behind it would bind to its end alone.
    pub needs_brackets: bool,
}

/// Conditions that are tried.
const TRIES: usize = 64;

impl Solver<'_> {
    /// One condition that, joined to `formula` with `and`, keeps it apart from `forbidden` and leaves somebody: the
    /// opposite of a condition that all of `forbidden` fulfil, at best one that loses nobody else; else the opposite of
    /// `forbidden` as a whole.
    pub fn repair(&mut self, formula: &Formula, forbidden: &Formula, now: DateTime) -> Option<Repair> {
        self.tidy();
        let ours = self.build(formula, now).ok()?.0;
        let theirs = self.build(forbidden, now).ok()?.0;
        let rest = self.settled(Operation::Without, ours, theirs).ok()?;
        if !self.is_surely_somebody(rest) {
            return None;
        }
        let needs_brackets = self.is_or(formula);
        let mut lossy = None;
        for condition in self.candidates(forbidden) {
            let left = self.left(ours, theirs, &condition, now).unwrap_or(None);
            match left {
                Some(left) if left == rest => return Some(Repair { condition, needs_brackets }),
                Some(_) if lossy.is_none() => lossy = Some(condition),
                _ => {}
            }
        }
        let condition = lossy.unwrap_or_else(|| Formula::Not(Box::new(forbidden.clone())));
        Some(Repair { condition, needs_brackets })
    }

    /// Whether the formula, or the definition that it names, is an `or` as it is written.
    fn is_or(&self, formula: &Formula) -> bool {
        match formula {
            Formula::Or(parts) => parts.len() > 1,
            Formula::Named { name, .. } => self
                .definitions
                .get(name)
                .is_some_and(|own| matches!(&**own, Formula::Or(parts) if parts.len() > 1)),
            _ => false,
        }
    }

    /// Whom the condition leaves of `ours`; `None` when it does not mend it.
    fn left(
        &mut self,
        ours: NodeId,
        theirs: NodeId,
        condition: &Formula,
        now: DateTime,
    ) -> Result<Option<NodeId>, Exceeded> {
        let mut budget = self.budget();
        let node = self.build(condition, now).map_err(|_| Exceeded)?.0;
        let left = self.apply(&mut budget, Operation::And, ours, node)?;
        let both = self.apply(&mut budget, Operation::And, left, theirs)?;
        Ok((self.is_surely_nobody(both) && self.is_surely_somebody(left)).then_some(left))
    }

    /// The opposites of what all of `forbidden` fulfil; what one phrase says (`within 7 days`) is one condition.
    fn candidates(&self, forbidden: &Formula) -> Vec<Formula> {
        let parts = self.conjuncts(forbidden).unwrap_or_default();
        let is_phrase = |a: &Conjunct<'_>, b: &Conjunct<'_>| {
            !a.negated
                && !b.negated
                && a.definition == b.definition
                && subject(a.formula).is_some()
                && subject(a.formula) == subject(b.formula)
        };
        let groups = parts.chunk_by(is_phrase);
        groups.take(TRIES).filter_map(|group| self.opposite(group)).collect()
    }

    fn opposite(&self, group: &[Conjunct<'_>]) -> Option<Formula> {
        match group {
            [] => None,
            [part] if part.negated => Some(part.formula.clone()),
            [part] => Some(self.simple_opposite(part.formula)),
            parts => {
                let all = parts.iter().map(|part| part.formula.clone()).collect();
                Some(Formula::Not(Box::new(Formula::And(all))))
            }
        }
    }

    fn simple_opposite(&self, formula: &Formula) -> Formula {
        if let Formula::Test { attribute, test: Test::Compare(comparison, operand), tag } = formula
            && let Some(known) = self.schema.find(attribute)
            && !known.optional
        {
            let test = Test::Compare(comparison.opposite(), operand.clone());
            return Formula::Test { attribute: attribute.clone(), test, tag: *tag };
        }
        Formula::Not(Box::new(formula.clone()))
    }
}

/// What a comparison speaks of, and where it is written.
fn subject(formula: &Formula) -> Option<(&str, crate::Tag)> {
    match formula {
        Formula::Test { attribute, test: Test::Compare(..), tag } => Some((attribute, *tag)),
        _ => None,
    }
}
