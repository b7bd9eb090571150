//! Which of many sets overlap.

use super::apply::Operation;
use super::axis::{MISSING, Ordinal};
use super::level::LevelId;
use super::store::{EVERYONE, NOBODY, NodeId};
use super::theory::{Answer, Possible};
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

/// Pairs of nodes that are remembered to have nobody in common; a newer one displaces an older in its place.
const REMEMBERED: usize = 1 << 18;

/// Pairs of nodes on the way to one that has somebody in both.
struct Meeting<'s, 'a> {
    solver: &'s Solver<'a>,
    /// Pairs that have nobody in common.
    apart: Vec<(NodeId, NodeId)>,
    frames: Vec<Frame>,
}

/// A pair, and the next branch of each.
struct Frame {
    pair: (NodeId, NodeId),
    next: (usize, usize),
    level: LevelId,
    /// The branch that is under way.
    span: (Ordinal, Ordinal),
    /// Where the next one begins.
    begin: Ordinal,
}

impl Solver<'_> {
    /// Which of `sets` overlap.
    pub fn matrix(&mut self, sets: &[People]) -> Matrix {
        self.tidy();
        let roots: Vec<NodeId> = sets.iter().map(|people| self.load(people)).collect();
        let mut overlaps = Vec::with_capacity(roots.len() * roots.len().saturating_sub(1) / 2);
        let mut unclear = Vec::new();
        let mut meeting = Meeting { solver: self, apart: vec![(0, 0); REMEMBERED], frames: Vec::new() };
        for (n, a) in roots.iter().enumerate() {
            for b in &roots[n + 1..] {
                let answer = meeting.overlap(*a, *b);
                if answer.is_none() {
                    unclear.push((overlaps.len(), *a, *b));
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

impl Meeting<'_, '_> {
    /// Whether two diagrams have somebody in common; `None` when the first path found says nothing.
    fn overlap(&mut self, a: NodeId, b: NodeId) -> Option<bool> {
        self.frames.clear();
        if !self.meet(a, b) {
            return Some(false);
        }
        let levels = &self.solver.levels;
        if self.frames.iter().any(|frame| levels.level(frame.level).is_opaque()) {
            return None;
        }
        if !self.frames.iter().any(|frame| levels.level(frame.level).is_linked()) {
            return Some(true);
        }
        let answers: Vec<Answer> = self.frames.iter().map(Frame::answer).collect();
        matches!(self.solver.theory().solve(&answers), Possible::Yes(_)).then_some(true)
    }

    /// Whether some path leads both to everyone; the frames are that path then.
    fn meet(&mut self, a: NodeId, b: NodeId) -> bool {
        let mut pair = Some((a, b));
        loop {
            if let Some((a, b)) = pair.take() {
                match (a, b) {
                    (EVERYONE, EVERYONE) => return true,
                    (NOBODY, _) | (_, NOBODY) => {}
                    _ if self.apart[slot(a, b)] == (a, b) => {}
                    _ => self.enter(a, b),
                }
            }
            let Some(frame) = self.frames.last_mut() else { return false };
            pair = branch(self.solver, frame);
            if pair.is_none() {
                let (a, b) = frame.pair;
                self.apart[slot(a, b)] = (a, b);
                self.frames.pop();
            }
        }
    }

    fn enter(&mut self, a: NodeId, b: NodeId) {
        let levels = &self.solver.levels;
        let (over, under) = (self.solver.store.level(a), self.solver.store.level(b));
        let level = if levels.rank(over) <= levels.rank(under) { over } else { under };
        let begin = levels.axis(level).start();
        self.frames.push(Frame { pair: (a, b), next: (0, 0), level, span: (begin, begin), begin });
    }
}

impl Frame {
    fn answer(&self) -> Answer {
        Answer { level: self.level, spans: vec![self.span] }
    }
}

fn slot(a: NodeId, b: NodeId) -> usize {
    let key = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (key >> 46) as usize & (REMEMBERED - 1)
}

/// The next pair of children that may have somebody in common.
fn branch(solver: &Solver<'_>, frame: &mut Frame) -> Option<(NodeId, NodeId)> {
    let (a, b) = frame.pair;
    let runs = |node: NodeId| {
        let runs = solver.store.runs(node);
        if solver.store.level(node) == frame.level { runs } else { &[] }
    };
    let (ours, theirs) = (runs(a), runs(b));
    loop {
        let (i, j) = frame.next;
        let (one, other) = (ours.get(i), theirs.get(j));
        let (last, pair) = match (one, other) {
            (None, None) => return None,
            (Some(run), None) => (run.last, (run.child, b)),
            (None, Some(run)) => (run.last, (a, run.child)),
            (Some(one), Some(other)) => (one.last.min(other.last), (one.child, other.child)),
        };
        let is_at = |run: Option<&super::store::Run>| usize::from(run.is_some_and(|run| run.last == last));
        frame.next = (i + is_at(one), j + is_at(other));
        frame.span = (frame.begin, last);
        frame.begin = if last == MISSING { solver.levels.axis(frame.level).first } else { last + 1 };
        if pair.0 != NOBODY && pair.1 != NOBODY {
            return Some(pair);
        }
    }
}
