//! The conditions that leave nobody.

use jiff::civil::DateTime;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::Solver;
use super::apply::{Budget, Exceeded, Operation};
use super::store::{EVERYONE, NodeId};
use crate::{Formula, Origin};

/// Conditions that must all hold, at most. More are left out of explanations.
const MOST: usize = 10_000;

/// One of the conditions that must all hold for a formula to be true.
#[derive(Clone, Debug)]
pub(super) struct Conjunct<'f> {
    pub formula: &'f Formula,
    /// Whether it must be false.
    pub negated: bool,
    /// The definition that it stands in.
    pub definition: Option<&'f SmolStr>,
}

impl Conjunct<'_> {
    /// Where its conditions are written, in order.
    pub fn origins(&self) -> Vec<Origin> {
        let mut origins = Vec::new();
        let mut stack = vec![self.formula];
        while let Some(formula) = stack.pop() {
            match formula {
                Formula::Const(_) => {}
                Formula::Test { tag, .. }
                | Formula::Difference { tag, .. }
                | Formula::Opaque { tag, .. }
                | Formula::Named { tag, .. } => {
                    let origin = Origin { definition: self.definition.cloned(), tag: *tag };
                    if !origins.contains(&origin) {
                        origins.push(origin);
                    }
                }
                Formula::Not(inner) => stack.push(inner),
                Formula::And(parts) | Formula::Or(parts) => stack.extend(parts.iter().rev()),
            }
        }
        origins
    }
}

impl<'a> Solver<'a> {
    /// The conditions that must all hold, entered through definitions, in order of mention. `None` when there are too
    /// many.
    pub(super) fn conjuncts<'f>(&self, formula: &'f Formula) -> Option<Vec<Conjunct<'f>>>
    where
        'a: 'f,
    {
        let mut found = Vec::new();
        let mut entered: FxHashSet<(&SmolStr, bool)> = FxHashSet::default();
        let mut stack = vec![Conjunct { formula, negated: false, definition: None }];
        while let Some(part) = stack.pop() {
            match (part.formula, part.negated) {
                (Formula::Not(inner), negated) => {
                    stack.push(Conjunct { formula: inner, negated: !negated, ..part });
                }
                (Formula::And(parts), false) | (Formula::Or(parts), true) => {
                    stack.extend(parts.iter().rev().map(|formula| Conjunct { formula, ..part }));
                }
                (Formula::Named { name, .. }, negated) => match self.definitions.get_key_value(name) {
                    Some((name, formula)) if entered.insert((name, negated)) => {
                        stack.push(Conjunct { formula, negated, definition: Some(name) });
                    }
                    Some(_) => {}
                    None => found.push(part),
                },
                _ => found.push(part),
            }
            if found.len() + stack.len() > MOST {
                return None;
            }
        }
        Some(found)
    }

    /// The diagram of a conjunct.
    pub(super) fn conjunct(
        &mut self,
        budget: &mut Budget,
        part: &Conjunct<'_>,
        now: DateTime,
    ) -> Result<NodeId, Exceeded> {
        let (node, _) = self.build(part.formula, now).map_err(|_| Exceeded)?;
        if part.negated { self.apply(budget, Operation::Without, EVERYONE, node) } else { Ok(node) }
    }

    /// The fewest conditions of `formula` that leave nobody: without any one of them somebody is left. They are the
    /// operands of `and`, entered through definitions. Empty when somebody is left, or when that cannot be said.
    pub fn blame(&mut self, formula: &Formula, now: DateTime) -> Vec<Origin> {
        self.tidy();
        let Some(parts) = self.conjuncts(formula) else { return Vec::new() };
        let guilty = self.guilty(&parts, now).unwrap_or_default();
        let mut origins: Vec<Origin> = guilty.into_iter().flat_map(|n| parts[n].origins()).collect();
        let mut seen = FxHashSet::default();
        origins.retain(|origin| seen.insert(origin.clone()));
        origins
    }

    /// The numbers of conjuncts that leave nobody between them, in order.
    ///
    /// The last conjunct of the shortest beginning that leaves nobody is needed, whatever the others; with it in front,
    /// the next such end is needed, too, until those found leave nobody by themselves.
    fn guilty(&mut self, parts: &[Conjunct<'_>], now: DateTime) -> Result<Vec<usize>, Exceeded> {
        let mut budget = self.budget();
        let nodes: Vec<NodeId> =
            parts.iter().map(|part| self.conjunct(&mut budget, part, now)).collect::<Result<_, _>>()?;
        let (mut found, mut least, mut end) = (Vec::new(), EVERYONE, nodes.len());
        while !self.is_surely_nobody(least) {
            let mut left = least;
            let mut last = None;
            for (n, node) in nodes[..end].iter().enumerate() {
                left = self.apply(&mut budget, Operation::And, left, *node)?;
                if self.is_surely_nobody(left) {
                    last = Some(n);
                    break;
                }
            }
            let Some(last) = last else { return Ok(Vec::new()) };
            least = self.apply(&mut budget, Operation::And, least, nodes[last])?;
            found.push(last);
            end = last;
        }
        found.sort_unstable();
        Ok(found)
    }
}
