//! Conditions that change nothing.

use jiff::civil::DateTime;

use super::Solver;
use super::apply::{Budget, Exceeded, Operation};
use super::store::{EVERYONE, NOBODY, NodeId};
use crate::{Formula, Origin};

/// Deeper parts are not looked at.
const DEPTH: usize = 200;

/// How parts are joined, and whether their opposites are meant: `or` is `not` of `and` of opposites.
struct Joined<'f> {
    parts: &'f [Formula],
    is_or: bool,
}

impl<'f> Joined<'f> {
    fn of(mut formula: &'f Formula) -> Option<Self> {
        for _ in 0..DEPTH {
            match formula {
                Formula::Not(inner) => formula = inner,
                Formula::And(parts) => return Some(Self { parts, is_or: false }),
                Formula::Or(parts) => return Some(Self { parts, is_or: true }),
                _ => return None,
            }
        }
        None
    }
}

/// Whom a part decides about: those who are in all three. The first two are of the whole formula and large, so what they
/// have in common is not built.
type Care = [NodeId; 3];

impl Solver<'_> {
    /// Parts of `formula` (operands of `and` and `or`, not entered through definitions) without which it describes the
    /// same people, one at a time: where the first condition of each is written. A part of one that is idle is not
    /// named again.
    pub fn idle(&mut self, formula: &Formula, now: DateTime) -> Vec<Origin> {
        self.tidy();
        let mut found = Vec::new();
        // What was found before the work became too much is right.
        let _ = self.idle_in_all(formula, now, &mut found);
        found
    }

    fn idle_in_all(
        &mut self,
        formula: &Formula,
        now: DateTime,
        found: &mut Vec<Origin>,
    ) -> Result<(), Exceeded> {
        let mut budget = self.budget();
        let Some(joined) = Joined::of(formula) else { return Ok(()) };
        let nodes = self.needed(&joined, now, &mut budget)?;
        let behind = self.all_behind(&nodes, &mut budget)?;
        let mut before = EVERYONE;
        for (n, (part, node)) in joined.parts.iter().zip(&nodes).enumerate() {
            self.idle_part(part, *node, [before, behind[n + 1], EVERYONE], 0, now, &mut budget, found)?;
            before = self.apply(&mut budget, Operation::And, before, *node)?;
        }
        Ok(())
    }

    /// Looks at a part of which `needed` must hold for people of `care`: itself in `and`, its opposite in `or`.
    #[allow(clippy::too_many_arguments, reason = "one walk with its place and its means")]
    fn idle_part(
        &mut self,
        part: &Formula,
        needed: NodeId,
        care: Care,
        depth: usize,
        now: DateTime,
        budget: &mut Budget,
        found: &mut Vec<Origin>,
    ) -> Result<(), Exceeded> {
        let [before, behind, here] = care;
        let changed = self.apply(budget, Operation::Without, here, needed)?;
        if self.have_nobody([before, behind, changed], budget)? {
            found.extend(part.first_tag().map(|tag| Origin { definition: None, tag }));
            return Ok(());
        }
        let Some(joined) = Joined::of(part).filter(|_| depth < DEPTH) else { return Ok(()) };
        let nodes = self.needed(&joined, now, budget)?;
        let after = self.all_behind(&nodes, budget)?;
        let mut so_far = here;
        for (n, (part, node)) in joined.parts.iter().zip(&nodes).enumerate() {
            let care = self.apply(budget, Operation::And, so_far, after[n + 1])?;
            self.idle_part(part, *node, [before, behind, care], depth + 1, now, budget, found)?;
            so_far = self.apply(budget, Operation::And, so_far, *node)?;
        }
        Ok(())
    }

    /// The parts of `and`, or the opposites of the parts of `or`.
    fn needed(
        &mut self,
        joined: &Joined<'_>,
        now: DateTime,
        budget: &mut Budget,
    ) -> Result<Vec<NodeId>, Exceeded> {
        let mut nodes = Vec::with_capacity(joined.parts.len());
        for part in joined.parts {
            let node = self.build(part, now).map_err(|_| Exceeded)?.0;
            nodes.push(if joined.is_or {
                self.apply(budget, Operation::Without, EVERYONE, node)?
            } else {
                node
            });
        }
        Ok(nodes)
    }

    /// For each diagram it and all behind it together; behind the last everyone.
    fn all_behind(&mut self, nodes: &[NodeId], budget: &mut Budget) -> Result<Vec<NodeId>, Exceeded> {
        let mut behind = vec![EVERYONE];
        let mut all = EVERYONE;
        for node in nodes.iter().rev() {
            all = self.apply(budget, Operation::And, all, *node)?;
            behind.push(all);
        }
        behind.reverse();
        Ok(behind)
    }

    /// Whether there is certainly nobody who is in all three.
    fn have_nobody(&mut self, nodes: Care, budget: &mut Budget) -> Result<bool, Exceeded> {
        if let Some(found) = self.meet_again(nodes) {
            return Ok(!found);
        }
        let all = self.join(budget, Operation::And, nodes.to_vec())?;
        Ok(all == NOBODY || self.is_surely_nobody(all))
    }
}
