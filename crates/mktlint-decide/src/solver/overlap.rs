//! People who are in many sets at once, and kinds of people.

use super::apply::{Budget, Exceeded, Operation};
use super::people::Notes;
use super::questions::{joined, too_complex};
use super::store::{EVERYONE, NOBODY, NodeId};
use super::theory::Values;
use super::{People, Solver, Undecided, Verdict, Witness};
use crate::Contact;

/// A person who is in many sets at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The sets, by number, in order: all that the person is in, and the example with believable values for what does
    /// not matter.
    pub sets: Vec<usize>,
    /// The person.
    pub witness: Witness,
}

/// Kinds of people that are counted, one for so many nodes of the limit: each takes a search.
const NODES_PER_CLASS: usize = 20;

impl Solver<'_> {
    /// Somebody who is in at least `k` of `sets`; `Ok(None)` when there is nobody.
    ///
    /// # Errors
    /// When that hangs on conditions that are not understood, or is too complex.
    pub fn overlap(&mut self, k: usize, sets: &[People]) -> Result<Option<Overlap>, Undecided> {
        self.tidy();
        let notes = joined(sets);
        let roots: Vec<NodeId> = sets.iter().map(|people| self.load(people)).collect();
        let mut budget = self.budget();
        let at_least = self.at_least(&mut budget, k, &roots).map_err(|Exceeded| too_complex())?;
        match self.judge(at_least, &notes) {
            Verdict::Holds => Ok(None),
            Verdict::Undecided(undecided) => Err(undecided),
            Verdict::Fails(witness) => self.all_sets(&mut budget, &roots, witness, &notes).map(Some),
        }
    }

    /// All sets that an example is in, and the example that says what matters for these.
    ///
    /// Once more attributes do not matter, their believable values may lead into another set, so this is repeated; sets
    /// are only ever added.
    fn all_sets(
        &mut self,
        budget: &mut Budget,
        roots: &[NodeId],
        mut witness: Witness,
        notes: &Notes,
    ) -> Result<Overlap, Undecided> {
        let mut sets = Vec::new();
        loop {
            let values = self.complete(&witness);
            let own: Vec<usize> = (0..roots.len()).filter(|n| self.leads(roots[*n], &values)).collect();
            if own == sets {
                return Ok(Overlap { sets, witness });
            }
            let chosen: Vec<NodeId> = own.iter().map(|n| roots[*n]).collect();
            let all = self.join(budget, Operation::And, chosen).map_err(|Exceeded| too_complex())?;
            sets = own;
            match self.witness(all, values, notes) {
                Some(found) => witness = found,
                None => return Ok(Overlap { sets, witness }),
            }
        }
    }

    /// Those who are in at least `k` of the diagrams: after each diagram, those who were in at least so many up to there.
    /// Stops as soon as somebody is in `k`.
    fn at_least(&mut self, budget: &mut Budget, k: usize, roots: &[NodeId]) -> Result<NodeId, Exceeded> {
        let mut counts = vec![EVERYONE];
        counts.resize(k + 1, NOBODY);
        for (n, root) in roots.iter().enumerate() {
            // Fewer than that are of no use any more: too few diagrams are left.
            let least = (k + n + 1).saturating_sub(roots.len()).max(1);
            for count in (least..=k.min(n + 1)).rev() {
                let more = self.apply(budget, Operation::And, counts[count - 1], *root)?;
                counts[count] = self.apply(budget, Operation::Or, counts[count], more)?;
            }
            if counts[k] != NOBODY && self.is_surely_somebody(counts[k]) {
                break;
            }
        }
        Ok(counts[k])
    }

    /// The values of an example for all attributes of the schema.
    fn complete(&self, witness: &Witness) -> Values {
        let contact: Contact = witness.contact(self.schema);
        let attributes = self.schema.attributes.iter().enumerate();
        attributes.map(|(at, attribute)| (at as u32, contact.get(&attribute.name).cloned())).collect()
    }

    /// The number of different kinds of people, by which of `sets` they are in; at most 2^n.
    ///
    /// # Errors
    /// When that hangs on conditions that are not understood, or is too complex.
    pub fn classes(&mut self, sets: &[People]) -> Result<usize, Undecided> {
        self.tidy();
        let notes = joined(sets);
        let roots: Vec<NodeId> = sets.iter().map(|people| self.load(people)).collect();
        let mut classes = vec![EVERYONE];
        let mut budget = self.budget();
        for root in roots {
            let mut next = Vec::with_capacity(classes.len() * 2);
            for class in classes {
                for operation in [Operation::And, Operation::Without] {
                    let part =
                        self.apply(&mut budget, operation, class, root).map_err(|Exceeded| too_complex())?;
                    match self.judge(part, &notes) {
                        Verdict::Holds => {}
                        Verdict::Fails(_) => next.push(part),
                        Verdict::Undecided(undecided) => return Err(undecided),
                    }
                }
            }
            classes = next;
            if classes.len() > self.limits.nodes / NODES_PER_CLASS {
                return Err(too_complex());
            }
        }
        Ok(classes.len())
    }
}
