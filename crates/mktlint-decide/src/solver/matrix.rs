//! Which of many sets overlap.

use rustc_hash::FxHashMap;

use super::apply::Operation;
use super::axis::{MISSING, Ordinal};
use super::level::{LevelId, What};
use super::store::{EVERYONE, NOBODY, NodeId, Run};
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

/// As many for a single question.
const FEW: usize = 1 << 8;

/// Pairs of nodes that are looked at for one pair of sets before both are combined.
const STEPS: usize = 20_000;

/// A set, and whether its conditions depend on each other.
#[derive(Clone, Copy)]
struct Set {
    root: NodeId,
    /// Whether it asks for differences, which go over more than one attribute.
    has_difference: bool,
}

/// A walk through two diagrams at once, in search of somebody who is in both. Nothing is built.
struct Meeting<'s, 'a> {
    solver: &'s Solver<'a>,
    /// Pairs that have nobody in common.
    apart: Vec<(NodeId, NodeId)>,
    frames: Vec<Frame>,
    /// Whether attributes can be judged one by one.
    is_local: bool,
    /// What was found about answers to one attribute.
    judged: FxHashMap<Vec<(LevelId, Ordinal, Ordinal)>, Judged>,
}

/// What answers to one attribute are together.
#[derive(Clone, Copy)]
enum Judged {
    Possible,
    Refuted,
    Unclear,
}

/// Answers to one attribute that are remembered, before all are forgotten.
const JUDGED: usize = 100_000;

/// A pair on the way, and the branch that is under way.
struct Frame {
    pair: (NodeId, NodeId),
    next: (usize, usize),
    level: LevelId,
    span: (Ordinal, Ordinal),
    /// Where the next branch begins.
    begin: Ordinal,
    /// Whether it is the first pair that asks about its attribute.
    is_first: bool,
    /// Whether an answer below was refuted: on another way to this pair it might not be.
    is_refuted: bool,
    /// Whether it could not be said of an answer below.
    is_unclear: bool,
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
        let mut overlaps = Vec::with_capacity(sets.len() * sets.len().saturating_sub(1) / 2);
        let mut unclear = Vec::new();
        let mut meeting = Meeting::new(self, REMEMBERED);
        for (n, a) in sets.iter().enumerate() {
            for b in &sets[n + 1..] {
                meeting.is_local = !a.has_difference && !b.has_difference;
                let answer = meeting.meet(a.root, b.root);
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

    /// Whether somebody is in both, by a short walk; `None` when that does not tell.
    pub(super) fn meet(&self, a: NodeId, b: NodeId) -> Option<bool> {
        let mut meeting = Meeting::new(self, FEW);
        meeting.is_local = !self.levels.have_differences();
        meeting.meet(a, b)
    }

    fn overlap_of_two(&mut self, a: NodeId, b: NodeId) -> Option<bool> {
        let both = self.settled(Operation::And, a, b).ok()?;
        if self.is_surely_somebody(both) {
            return Some(true);
        }
        self.is_surely_nobody(both).then_some(false)
    }
}

impl<'s, 'a> Meeting<'s, 'a> {
    /// A walk that remembers so many pairs, a power of two.
    fn new(solver: &'s Solver<'a>, remembered: usize) -> Self {
        Self {
            solver,
            apart: vec![(NOBODY, NOBODY); remembered],
            frames: Vec::new(),
            is_local: true,
            judged: FxHashMap::default(),
        }
    }

    /// Where a pair is remembered.
    fn slot(&self, a: NodeId, b: NodeId) -> usize {
        let key = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (key >> 32) as usize & (self.apart.len() - 1)
    }

    /// Whether somebody is in both; `None` when that hangs on what is not understood, or the walk gets too long.
    fn meet(&mut self, a: NodeId, b: NodeId) -> Option<bool> {
        self.frames.clear();
        let mut steps = STEPS;
        let mut pair = Some((a, b));
        let mut is_unclear = false;
        loop {
            if let Some((a, b)) = pair.take() {
                match (a, b) {
                    (EVERYONE, EVERYONE) if self.is_person() => return Some(true),
                    (EVERYONE, EVERYONE) => self.hurt(true, true),
                    (NOBODY, _) | (_, NOBODY) => {}
                    _ if self.apart[self.slot(a, b)] == (a, b) => {}
                    _ => self.enter(a, b),
                }
            }
            let Some(frame) = self.frames.last_mut() else { break };
            pair = branch(self.solver, frame);
            if pair.is_some() {
                steps -= 1;
                if steps == 0 || !self.check() {
                    pair = None;
                    is_unclear |= steps == 0;
                }
                if steps == 0 {
                    break;
                }
            } else {
                is_unclear |= self.leave();
            }
        }
        (!is_unclear).then_some(false)
    }

    /// Whether the answers on the way are those of a person. Those about one attribute were checked on the way.
    fn is_person(&self) -> bool {
        if self.is_local {
            return !self.frames.iter().any(|frame| frame.is_unclear);
        }
        let answers: Vec<Answer> = self.frames.iter().map(Frame::answer).collect();
        matches!(self.solver.theory().solve(&answers), Possible::Yes(_))
    }

    /// Whether the branch that is under way goes with those before; marks its frame when it does not.
    fn check(&mut self) -> bool {
        let levels = &self.solver.levels;
        let Some(frame) = self.frames.last() else { return true };
        let level = levels.level(frame.level);
        if level.is_opaque() {
            self.hurt(false, true);
            return false;
        }
        if !level.is_linked() {
            return true;
        }
        if let What::Minus(_) = level.what {
            return true;
        }
        let near = self.frames.iter().filter(|frame| levels.level(frame.level).at == level.at);
        let key: Vec<_> = near.map(|frame| (frame.level, frame.span.0, frame.span.1)).collect();
        let judged = match self.judged.get(&key) {
            Some(judged) => *judged,
            None => self.judge(key),
        };
        match judged {
            Judged::Possible => return true,
            Judged::Refuted => self.hurt(true, false),
            Judged::Unclear => self.hurt(true, true),
        }
        false
    }

    fn judge(&mut self, key: Vec<(LevelId, Ordinal, Ordinal)>) -> Judged {
        let answers: Vec<Answer> =
            key.iter().map(|(level, from, to)| Answer { level: *level, spans: vec![(*from, *to)] }).collect();
        let judged = match self.solver.theory().solve(&answers) {
            Possible::Yes(_) => Judged::Possible,
            Possible::No => Judged::Refuted,
            Possible::Unclear => Judged::Unclear,
        };
        if self.judged.len() >= JUDGED {
            self.judged.clear();
        }
        self.judged.insert(key, judged);
        judged
    }

    /// Notes on the last pair why a branch of it was not followed.
    fn hurt(&mut self, is_refuted: bool, is_unclear: bool) {
        if let Some(frame) = self.frames.last_mut() {
            frame.is_refuted |= is_refuted;
            frame.is_unclear |= is_unclear;
        }
    }

    fn enter(&mut self, a: NodeId, b: NodeId) {
        let levels = &self.solver.levels;
        let (over, under) = (self.solver.store.level(a), self.solver.store.level(b));
        let level = if levels.rank(over) <= levels.rank(under) { over } else { under };
        let begin = levels.axis(level).start();
        let at = |frame: &Frame| levels.level(frame.level).at;
        let is_first = self.frames.last().is_none_or(|frame| at(frame) != levels.level(level).at);
        self.frames.push(Frame {
            pair: (a, b),
            next: (0, 0),
            level,
            span: (begin, begin),
            begin,
            is_first,
            is_refuted: false,
            is_unclear: false,
        });
    }

    /// Leaves the last pair; whether nothing is left and it could not be said of some branch.
    ///
    /// Nobody is in both from a pair whose branches all ended at nobody. When some were refuted, that holds as well if
    /// the refutation did not rest on answers before the pair.
    fn leave(&mut self) -> bool {
        let Some(frame) = self.frames.pop() else { return false };
        let is_settled = !frame.is_unclear && (!frame.is_refuted || (frame.is_first && self.is_local));
        if is_settled {
            let (a, b) = frame.pair;
            let slot = self.slot(a, b);
            self.apart[slot] = (a, b);
            return false;
        }
        self.hurt(frame.is_refuted, frame.is_unclear);
        self.frames.is_empty() && frame.is_unclear
    }
}

impl Frame {
    fn answer(&self) -> Answer {
        Answer { level: self.level, spans: vec![self.span] }
    }
}

/// The next pair of children that may have somebody in common.
fn branch(solver: &Solver<'_>, frame: &mut Frame) -> Option<(NodeId, NodeId)> {
    let (a, b) = frame.pair;
    let runs = |node: NodeId| {
        let is_asked = solver.store.level(node) == frame.level;
        if is_asked { solver.store.runs(node) } else { &[] }
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
        let is_at = |run: Option<&Run>| usize::from(run.is_some_and(|run| run.last == last));
        frame.next = (i + is_at(one), j + is_at(other));
        frame.span = (frame.begin, last);
        frame.begin = if last == MISSING { solver.levels.axis(frame.level).first } else { last + 1 };
        if pair.0 != NOBODY && pair.1 != NOBODY {
            return Some(pair);
        }
    }
}
