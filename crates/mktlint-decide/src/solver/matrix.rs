//! Which of many sets overlap.

use super::apply::Operation;
use super::level::What;
use super::meeting::Meeting;
use super::store::{EVERYONE, NodeId};
use super::{People, Solver};

/// Which of `n` sets overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The number of sets.
    pub n: usize,
    /// For each pair `(a, b)` with `a < b`, row by row: whether somebody is in both; `None` when that cannot be said.
    pub overlaps: Vec<Option<bool>>,
}

impl Matrix {
    /// Whether somebody is in both of two different sets; `None` when that cannot be said, or one is not there.
    pub fn overlap(&self, a: usize, b: usize) -> Option<bool> {
        let (a, b) = (a.min(b), a.max(b));
        if a == b || b >= self.n {
            return None;
        }
        let rows_before = a * (2 * self.n - a - 1) / 2;
        self.overlaps.get(rows_before + b - a - 1).copied().flatten()
    }
}

/// Pairs of nodes that are remembered while all pairs of sets are walked. More spare few steps, and each of those then
/// waits for memory.
const REMEMBERED: usize = 1 << 12;

/// A set, and whether it asks for differences, which go over more than one attribute.
#[derive(Clone, Copy)]
struct Set {
    root: NodeId,
    has_difference: bool,
}

impl Solver<'_> {
    /// Which of `sets` overlap.
    pub fn matrix(&mut self, sets: &[People]) -> Matrix {
        self.tidy();
        let sets: Vec<Set> = sets
            .iter()
            .map(|people| Set {
                root: self.load(people),
                has_difference: people
                    .diagram
                    .levels
                    .iter()
                    .any(|level| matches!(level.what, What::Minus(_))),
            })
            .collect();
        let roots: Vec<NodeId> = sets.iter().map(|set| set.root).collect();
        let shadows = self.shadows(&roots);
        let mut overlaps = Vec::with_capacity(sets.len() * sets.len().saturating_sub(1) / 2);
        let mut unclear = Vec::new();
        let mut meeting = Meeting::new(self, REMEMBERED);
        for (n, a) in sets.iter().enumerate() {
            for (m, b) in sets.iter().enumerate().skip(n + 1) {
                if shadows.are_apart(n, m) {
                    overlaps.push(Some(false));
                    continue;
                }
                meeting.is_local = !a.has_difference && !b.has_difference;
                let answer = meeting.meet([a.root, b.root, EVERYONE]);
                if answer.is_none() {
                    unclear.push((overlaps.len(), a.root, b.root));
                }
                overlaps.push(answer);
            }
        }
        for (at, a, b) in unclear {
            overlaps[at] = self.overlap_of_two(a, b);
        }
        Matrix { n: sets.len(), overlaps }
    }

    fn overlap_of_two(&mut self, a: NodeId, b: NodeId) -> Option<bool> {
        let both = self.settled(Operation::And, a, b).ok()?;
        if self.is_surely_somebody(both) {
            return Some(true);
        }
        self.is_surely_nobody(both).then_some(false)
    }
}
