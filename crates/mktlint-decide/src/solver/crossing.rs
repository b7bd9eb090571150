//! Whether two of many diagrams have somebody in common: the short way of [`super::meeting`] for very many pairs.

use rustc_hash::FxHashMap;

use super::Solver;
use super::flat::{ALL, Flat, FlatId};
use super::theory::{Answer, Possible};

/// Pairs of nodes that are remembered while all pairs are walked; as many as the nearest memory holds.
const REMEMBERED: usize = 1 << 12;

/// Branches that are looked at for one pair before the caller has to find another way.
const STEPS: usize = 20_000;

/// Answers to one attribute that are remembered, before all are forgotten.
const JUDGED: usize = 100_000;

/// A walk through two diagrams at once, none of which asks for differences or what is not understood.
pub(super) struct Crossing<'s, 'a> {
    solver: &'s Solver<'a>,
    flat: &'s Flat,
    /// Pairs of nodes that have nobody in common; newer ones displace older in their place.
    apart: Vec<(FlatId, FlatId)>,
    frames: Vec<Frame>,
    said: Said,
}

/// Two nodes on the way, and the branch that is under way.
struct Frame {
    nodes: (FlatId, FlatId),
    /// The next ways of the nodes that ask, and where they end.
    next: (u32, u32),
    end: (u32, u32),
    level: u32,
    /// What was answered about the attribute above, and with the branch that is under way.
    above: SaidId,
    said: SaidId,
    /// Whether they are the first that ask about their attribute.
    is_first: bool,
    /// Whether an answer below was refuted: on another way to these nodes it might not be.
    is_refuted: bool,
    /// Whether it could not be said of an answer below.
    is_unclear: bool,
}

impl<'s, 'a> Crossing<'s, 'a> {
    pub fn new(solver: &'s Solver<'a>, flat: &'s Flat) -> Self {
        Self { solver, flat, apart: vec![(ALL, ALL); REMEMBERED], frames: Vec::new(), said: Said::default() }
    }

    /// Whether somebody is in both; `None` when the walk gets too long, or answers are too hard to judge.
    pub fn meet(&mut self, a: FlatId, b: FlatId) -> Option<bool> {
        self.frames.clear();
        self.said.make_room();
        let mut next = Some((a, b));
        let mut is_unclear = false;
        for _ in 0..STEPS {
            match next.take() {
                Some(nodes) if self.is_somebody(nodes) => {
                    if !self.frames.iter().any(|frame| frame.is_unclear) {
                        return Some(true);
                    }
                    self.hurt(true, true);
                }
                Some((a, b)) if self.flat.are_apart(a, b) || self.apart[self.slot((a, b))] == (a, b) => {}
                Some(nodes) => self.enter(nodes),
                None => {}
            }
            let Some(frame) = self.frames.last_mut() else { return (!is_unclear).then_some(false) };
            match frame.branch(self.flat) {
                Some((from, last, nodes)) => next = self.answer(from, last).then_some(nodes),
                None => is_unclear |= self.leave(),
            }
        }
        None
    }

    /// Whether all ways on lead to somebody.
    fn is_somebody(&self, nodes: (FlatId, FlatId)) -> bool {
        match nodes {
            (ALL, other) | (other, ALL) => self.flat.is_free(other),
            _ => false,
        }
    }

    /// Where two nodes are remembered.
    fn slot(&self, (a, b): (FlatId, FlatId)) -> usize {
        let key = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (key >> 40) as usize & (self.apart.len() - 1)
    }

    fn enter(&mut self, (a, b): (FlatId, FlatId)) {
        let (one, other) = (self.flat.level_of(a), self.flat.level_of(b));
        let level = one.min(other);
        let ways = |node: FlatId, own: u32| if own == level { self.flat.ways_of(node) } else { (0, 0) };
        let (left, right) = (ways(a, one), ways(b, other));
        let above = self.frames.last();
        let above = above.filter(|frame| self.flat.level(frame.level).at == self.flat.level(level).at);
        let (is_first, above) = (above.is_none(), above.map_or(NOTHING, |frame| frame.said));
        self.frames.push(Frame {
            nodes: (a, b),
            next: (left.0, right.0),
            end: (left.1, right.1),
            level,
            above,
            said: NOTHING,
            is_first,
            is_refuted: false,
            is_unclear: false,
        });
    }

    /// Takes the branch over these ranges; whether it goes with those before.
    fn answer(&mut self, from: u32, last: u32) -> bool {
        let Some(frame) = self.frames.last_mut() else { return true };
        if !self.flat.level(frame.level).has_links {
            return true;
        }
        let saying = Saying { above: frame.above, level: frame.level, from, last };
        let (said, judged) = self.said.add(saying, self.solver, self.flat);
        frame.said = said;
        match judged {
            Judged::Possible => return true,
            Judged::Refuted => self.hurt(true, false),
            Judged::Unclear => self.hurt(true, true),
        }
        false
    }

    /// Notes on the last nodes why a branch of theirs was not followed.
    fn hurt(&mut self, is_refuted: bool, is_unclear: bool) {
        if let Some(frame) = self.frames.last_mut() {
            frame.is_refuted |= is_refuted;
            frame.is_unclear |= is_unclear;
        }
    }

    /// Leaves the last nodes; whether nothing is left and it could not be said of some branch.
    ///
    /// Nobody is in both from nodes whose branches all ended at nobody. When some were refuted, that holds as well if the
    /// refutation did not rest on answers before.
    fn leave(&mut self) -> bool {
        let Some(frame) = self.frames.pop() else { return false };
        if !frame.is_unclear && (!frame.is_refuted || frame.is_first) {
            let slot = self.slot(frame.nodes);
            self.apart[slot] = frame.nodes;
            return false;
        }
        self.hurt(frame.is_refuted, frame.is_unclear);
        self.frames.is_empty() && frame.is_unclear
    }
}

impl Frame {
    /// The next ranges that lead on from both, and where to.
    fn branch(&mut self, flat: &Flat) -> Option<(u32, u32, (FlatId, FlatId))> {
        let (asks_one, asks_other) = (self.end.0 != 0, self.end.1 != 0);
        while (!asks_one || self.next.0 < self.end.0) && (!asks_other || self.next.1 < self.end.1) {
            if !asks_other {
                let way = flat.way(self.next.0);
                self.next.0 += 1;
                return Some((way.from, way.last, (way.child, self.nodes.1)));
            }
            let other = flat.way(self.next.1);
            if !asks_one {
                self.next.1 += 1;
                return Some((other.from, other.last, (self.nodes.0, other.child)));
            }
            let one = flat.way(self.next.0);
            let (from, last) = (one.from.max(other.from), one.last.min(other.last));
            self.next.0 += u32::from(one.last == last);
            self.next.1 += u32::from(other.last == last);
            if from <= last {
                return Some((from, last, (one.child, other.child)));
            }
        }
        None
    }
}

/// What was answered about one attribute so far.
type SaidId = u32;

/// No answer.
const NOTHING: SaidId = 0;

/// An answer behind others about the same attribute.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Saying {
    above: SaidId,
    level: u32,
    from: u32,
    last: u32,
}

/// What answers to one attribute are together.
#[derive(Clone, Copy)]
enum Judged {
    Possible,
    Refuted,
    Unclear,
}

/// Answers to one attribute that were judged, each numbered from 1.
#[derive(Default)]
struct Said {
    ids: FxHashMap<Saying, SaidId>,
    found: Vec<(Saying, Judged)>,
}

impl Said {
    /// To be called when no number is in use.
    fn make_room(&mut self) {
        if self.found.len() >= JUDGED {
            *self = Self::default();
        }
    }

    fn add(&mut self, saying: Saying, solver: &Solver<'_>, flat: &Flat) -> (SaidId, Judged) {
        if let Some(id) = self.ids.get(&saying) {
            return (*id, self.found[*id as usize - 1].1);
        }
        let judged = self.judge(saying, solver, flat);
        self.found.push((saying, judged));
        let id = self.found.len() as SaidId;
        self.ids.insert(saying, id);
        (id, judged)
    }

    /// A value alone is always possible.
    fn judge(&self, saying: Saying, solver: &Solver<'_>, flat: &Flat) -> Judged {
        if !flat.level(saying.level).is_linked {
            return Judged::Possible;
        }
        let mut answers = Vec::new();
        let mut saying = saying;
        loop {
            let level = flat.level(saying.level);
            answers.push(Answer { level: level.id, spans: vec![level.span(saying.from, saying.last)] });
            match (saying.above as usize).checked_sub(1) {
                Some(above) => saying = self.found[above].0,
                None => break,
            }
        }
        answers.reverse();
        match solver.theory().solve(&answers) {
            Possible::Yes(_) => Judged::Possible,
            Possible::No => Judged::Refuted,
            Possible::Unclear => Judged::Unclear,
        }
    }
}
