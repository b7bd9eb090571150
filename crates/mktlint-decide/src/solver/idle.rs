//! Conditions that change nothing.

use jiff::civil::DateTime;

use super::Solver;
use super::apply::{Budget, Exceeded, Operation};
use super::store::{EVERYONE, NOBODY, NodeId};
use crate::{Formula, Origin};

/// Deeper parts are not looked at.
const DEPTH: usize = 200;

impl Solver<'_> {
    /// Parts of `formula` (operands of `and` and `or`, not entered through definitions) without which it describes the
    /// same people, one at a time: where the first condition of each is written. A part of one that is idle is not
    /// named again.
    pub fn idle(&mut self, formula: &Formula, now: DateTime) -> Vec<Origin> {
        self.tidy();
        let mut budget = self.budget();
        let mut found = Vec::new();
        // What was found before the work became too much is right.
        let _ = self.idle_in(formula, EVERYONE, 0, now, &mut budget, &mut found);
        found
    }

    /// Looks for idle parts of a formula that matters for the people `care` alone.
    fn idle_in(
        &mut self,
        formula: &Formula,
        care: NodeId,
        depth: usize,
        now: DateTime,
        budget: &mut Budget,
        found: &mut Vec<Origin>,
    ) -> Result<(), Exceeded> {
        let (parts, operation) = match formula {
            Formula::Not(inner) if depth < DEPTH => {
                return self.idle_in(inner, care, depth + 1, now, budget, found);
            }
            Formula::And(parts) if depth < DEPTH => (parts, Operation::And),
            Formula::Or(parts) if depth < DEPTH => (parts, Operation::Or),
            _ => return Ok(()),
        };
        let nodes: Vec<NodeId> = parts
            .iter()
            .map(|part| self.build(part, now).map(|built| built.0).map_err(|_| Exceeded))
            .collect::<Result<_, _>>()?;
        let others = self.others(&nodes, operation, budget)?;
        for ((part, node), others) in parts.iter().zip(nodes).zip(others) {
            // Whom the part decides about: in `and` those whom all others let in, in `or` those whom none does.
            let care = match operation {
                Operation::And => self.apply(budget, Operation::And, care, others)?,
                _ => self.apply(budget, Operation::Without, care, others)?,
            };
            let changed = match operation {
                Operation::And => self.apply(budget, Operation::Without, care, node)?,
                _ => self.apply(budget, Operation::And, care, node)?,
            };
            if self.is_surely_nobody(changed) {
                found.extend(part.first_tag().map(|tag| Origin { definition: None, tag }));
            } else {
                self.idle_in(part, care, depth + 1, now, budget, found)?;
            }
        }
        Ok(())
    }

    /// For each diagram all others together.
    fn others(
        &mut self,
        nodes: &[NodeId],
        operation: Operation,
        budget: &mut Budget,
    ) -> Result<Vec<NodeId>, Exceeded> {
        let neutral = if operation == Operation::And { EVERYONE } else { NOBODY };
        let mut behind = vec![neutral];
        for node in nodes.iter().rev() {
            let last = behind.last().copied().unwrap_or(neutral);
            behind.push(self.apply(budget, operation, last, *node)?);
        }
        let mut before = neutral;
        let mut others = Vec::with_capacity(nodes.len());
        for (node, behind) in nodes.iter().zip(behind.iter().rev().skip(1)) {
            others.push(self.apply(budget, operation, before, *behind)?);
            before = self.apply(budget, operation, before, *node)?;
        }
        Ok(others)
    }
}
