//! Which of many sets overlap.

use super::apply::Operation;
use super::crossing::Crossing;
use super::level::{Level, What};
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

/// Pairs of nodes that are remembered on walks that need more than compact copies.
const REMEMBERED: usize = 1 << 12;

/// What the levels of a set ask for beyond single attributes.
#[derive(Clone, Copy)]
struct Asks {
    differences: bool,
    what_is_not_understood: bool,
}

impl Asks {
    fn of(people: &People) -> Self {
        let levels = &people.diagram.levels;
        Self {
            differences: levels.iter().any(|level| matches!(level.what, What::Minus(_))),
            what_is_not_understood: levels.iter().any(Level::is_opaque),
        }
    }

    fn nothing(self) -> bool {
        !self.differences && !self.what_is_not_understood
    }
}

impl Solver<'_> {
    /// Which of `sets` overlap.
    pub fn matrix(&mut self, sets: &[People]) -> Matrix {
        self.tidy();
        let roots: Vec<NodeId> = sets.iter().map(|people| self.load(people)).collect();
        let asks: Vec<Asks> = sets.iter().map(Asks::of).collect();
        let mut overlaps = self.walk_pairs(&roots, &asks);
        let pairs = (0..sets.len()).flat_map(|a| (a + 1..sets.len()).map(move |b| (a, b)));
        for (found, (a, b)) in overlaps.iter_mut().zip(pairs) {
            if found.is_none() {
                *found = self.overlap_of_two(roots[a], roots[b]);
            }
        }
        Matrix { n: sets.len(), overlaps }
    }

    /// Which pairs overlap, row by row, as far as short walks tell.
    fn walk_pairs(&self, roots: &[NodeId], asks: &[Asks]) -> Vec<Option<bool>> {
        let diagrams: Vec<_> = roots.iter().map(|root| (*root, self.reachable(*root))).collect();
        let lasts = self.lasts(&diagrams);
        let shadows = self.shadows(&diagrams, &lasts);
        let flat = self.flat(&diagrams, &lasts);
        let mut crossing = Crossing::new(self, &flat);
        let mut meeting = Meeting::new(self, REMEMBERED);
        let n = roots.len();
        let mut overlaps = Vec::with_capacity(n * n.saturating_sub(1) / 2);
        for a in 0..n {
            for b in a + 1..n {
                overlaps.push(match (flat.roots[a], flat.roots[b]) {
                    _ if shadows.are_apart(a, b) => Some(false),
                    (Some(one), Some(other)) if asks[a].nothing() && asks[b].nothing() => {
                        crossing.meet(one, other)
                    }
                    _ => {
                        meeting.is_local = !asks[a].differences && !asks[b].differences;
                        meeting.meet([roots[a], roots[b], EVERYONE])
                    }
                });
            }
        }
        overlaps
    }

    fn overlap_of_two(&mut self, a: NodeId, b: NodeId) -> Option<bool> {
        let both = self.settled(Operation::And, a, b).ok()?;
        if self.is_surely_somebody(both) {
            return Some(true);
        }
        self.is_surely_nobody(both).then_some(false)
    }
}
