//! Whether diagrams have somebody in common, without building what they have in common.

use rustc_hash::FxHashMap;

use super::Solver;
use super::axis::{MISSING, Ordinal};
use super::level::{LevelId, What};
use super::store::{EVERYONE, NOBODY, NodeId, Run};
use super::theory::{Answer, Possible};

/// Three diagrams; one that does not matter is that of everyone.
pub(super) type Three = [NodeId; 3];

/// Nodes that are remembered for a single question.
const FEW: usize = 1 << 8;

/// Nodes that are looked at for one question before the caller has to find another way.
const STEPS: usize = 20_000;

/// Answers to one attribute that are remembered, before all are forgotten.
const JUDGED: usize = 100_000;

/// A walk through three diagrams at once, in search of somebody who is in all.
pub(super) struct Meeting<'s, 'a> {
    solver: &'s Solver<'a>,
    /// Nodes that have nobody in common; newer ones displace older in their place.
    apart: Vec<Three>,
    frames: Vec<Frame>,
    /// Whether attributes can be judged one by one: no difference goes over more than one.
    pub is_local: bool,
    judged: AllJudged,
}

/// What was found about answers to one attribute.
pub(super) type AllJudged = FxHashMap<Vec<(LevelId, Ordinal, Ordinal)>, Judged>;

/// What answers to one attribute are together.
#[derive(Clone, Copy, Debug)]
pub(super) enum Judged {
    Possible,
    Refuted,
    Unclear,
}

/// Nodes on the way, and the branch that is under way.
struct Frame {
    nodes: Three,
    next: [usize; 3],
    level: LevelId,
    span: (Ordinal, Ordinal),
    /// Where the next branch begins.
    begin: Ordinal,
    /// Whether they are the first that ask about their attribute.
    is_first: bool,
    /// Whether an answer below was refuted: on another way to these nodes it might not be.
    is_refuted: bool,
    /// Whether it could not be said of an answer below.
    is_unclear: bool,
}

impl Solver<'_> {
    /// Whether somebody is in all three, by a short walk; `None` when that does not tell.
    pub(super) fn meet(&self, nodes: Three) -> Option<bool> {
        let mut meeting = Meeting::new(self, FEW);
        meeting.is_local = !self.levels.have_differences();
        meeting.meet(nodes)
    }

    /// The same, for one of many questions about the same conditions: what was judged is kept.
    pub(super) fn meet_again(&mut self, nodes: Three) -> Option<bool> {
        let judged = std::mem::take(&mut self.judged);
        let mut meeting = Meeting::new(self, FEW);
        meeting.is_local = !self.levels.have_differences();
        meeting.judged = judged;
        let answer = meeting.meet(nodes);
        self.judged = meeting.judged;
        answer
    }
}

impl<'s, 'a> Meeting<'s, 'a> {
    /// A walk that remembers so many nodes, a power of two.
    pub fn new(solver: &'s Solver<'a>, remembered: usize) -> Self {
        Self {
            solver,
            apart: vec![[NOBODY; 3]; remembered],
            frames: Vec::new(),
            is_local: true,
            judged: FxHashMap::default(),
        }
    }

    /// Whether somebody is in all three; `None` when that hangs on what is not understood, or the walk gets too long.
    pub fn meet(&mut self, nodes: Three) -> Option<bool> {
        self.frames.clear();
        let mut steps = STEPS;
        let mut next = Some(nodes);
        let mut is_unclear = false;
        loop {
            match next.take() {
                None => {}
                Some([EVERYONE, EVERYONE, EVERYONE]) if self.is_person() => return Some(true),
                Some([EVERYONE, EVERYONE, EVERYONE]) => self.hurt(true, true),
                Some(nodes) if nodes.contains(&NOBODY) || self.apart[self.slot(nodes)] == nodes => {}
                Some(nodes) => self.enter(nodes),
            }
            let Some(frame) = self.frames.last_mut() else { break };
            next = branch(self.solver, frame);
            if next.is_none() {
                is_unclear |= self.leave();
                continue;
            }
            steps -= 1;
            if steps == 0 {
                return None;
            }
            if !self.check() {
                next = None;
            }
        }
        (!is_unclear).then_some(false)
    }

    /// Where nodes are remembered.
    fn slot(&self, [a, b, c]: Three) -> usize {
        let key = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let key = (key ^ u64::from(c)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (key >> 32) as usize & (self.apart.len() - 1)
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
        match level.what {
            What::Value | What::Minus(_) => return true,
            What::Opaque(_) => {
                self.hurt(false, true);
                return false;
            }
            What::Text(..) | What::Item(_) => {}
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
        let answer = |(level, from, to): &(LevelId, Ordinal, Ordinal)| Answer {
            level: *level,
            spans: vec![(*from, *to)],
        };
        let answers: Vec<Answer> = key.iter().map(answer).collect();
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

    /// Notes on the last nodes why a branch of theirs was not followed.
    fn hurt(&mut self, is_refuted: bool, is_unclear: bool) {
        if let Some(frame) = self.frames.last_mut() {
            frame.is_refuted |= is_refuted;
            frame.is_unclear |= is_unclear;
        }
    }

    fn enter(&mut self, nodes: Three) {
        let levels = &self.solver.levels;
        let [a, b, c] = nodes.map(|node| self.solver.store.level(node));
        let first = |a: LevelId, b: LevelId| if levels.rank(a) <= levels.rank(b) { a } else { b };
        let level = first(first(a, b), c);
        let begin = levels.axis(level).start();
        let at = |frame: &Frame| levels.level(frame.level).at;
        let is_first = self.frames.last().is_none_or(|frame| at(frame) != levels.level(level).at);
        self.frames.push(Frame {
            nodes,
            next: [0; 3],
            level,
            span: (begin, begin),
            begin,
            is_first,
            is_refuted: false,
            is_unclear: false,
        });
    }

    /// Leaves the last nodes; whether nothing is left and it could not be said of some branch.
    ///
    /// Nobody is in all from nodes whose branches all ended at nobody. When some were refuted, that holds as well if the
    /// refutation did not rest on answers before.
    fn leave(&mut self) -> bool {
        let Some(frame) = self.frames.pop() else { return false };
        let is_settled = !frame.is_unclear && (!frame.is_refuted || (frame.is_first && self.is_local));
        if is_settled {
            let slot = self.slot(frame.nodes);
            self.apart[slot] = frame.nodes;
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

/// The next children that may have somebody in common.
fn branch(solver: &Solver<'_>, frame: &mut Frame) -> Option<Three> {
    let runs = frame.nodes.map(|node| {
        let is_asked = solver.store.level(node) == frame.level;
        if is_asked { solver.store.runs(node) } else { &[] }
    });
    loop {
        let mut children = frame.nodes;
        let mut last = None;
        let mut is_dead = false;
        for at in 0..3 {
            let Some(run) = runs[at].get(frame.next[at]) else { continue };
            children[at] = run.child;
            // Up to the end of a branch to nobody there is nobody; else up to the end of the shortest.
            last = match last {
                None => Some(run.last),
                Some(end) => match (is_dead, run.child == NOBODY) {
                    (false, true) => Some(run.last),
                    (true, false) => Some(end),
                    (true, true) => Some(run.last.max(end)),
                    (false, false) => Some(run.last.min(end)),
                },
            };
            is_dead |= run.child == NOBODY;
        }
        let last = last?;
        for at in 0..3 {
            let is_over = |run: &&Run| run.last <= last;
            frame.next[at] += runs[at][frame.next[at]..].iter().take_while(is_over).count();
        }
        frame.span = (frame.begin, last);
        frame.begin = if last == MISSING { solver.levels.axis(frame.level).first } else { last + 1 };
        if !is_dead {
            return Some(children);
        }
    }
}
