//! `and`, `or`, `without` of two diagrams.

use super::axis::Ordinal;
use super::level::Levels;
use super::store::{EVERYONE, NOBODY, NodeId, Run, Store, push};

/// How two diagrams are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Both.
    And,
    /// Either.
    Or,
    /// The first, but not the second.
    Without,
    /// One of them alone.
    Differ,
}

/// More nodes were needed than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exceeded;

/// What is left of the work that one question may make.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    nodes: usize,
    runs: usize,
}

/// Branches per node that a budget allows. A guess: a list of all countries makes 250.
const BREADTH: usize = 16;

impl Budget {
    /// So many nodes.
    pub fn new(nodes: usize) -> Self {
        Self { nodes, runs: nodes.saturating_mul(BREADTH) }
    }

    /// Takes one node with so many branches.
    pub fn take(&mut self, runs: usize) -> Result<(), Exceeded> {
        self.nodes = self.nodes.checked_sub(1).ok_or(Exceeded)?;
        self.runs = self.runs.checked_sub(runs).ok_or(Exceeded)?;
        Ok(())
    }
}

/// Results that are remembered at most; 1 million take 16 MB.
const REMEMBERED: usize = 1 << 20;

/// What was combined already, as far as it is remembered: each combination has one place, where a newer one displaces an
/// older. The places grow with their use.
#[derive(Debug)]
pub struct Memo {
    places: Vec<Known>,
    used: usize,
}

/// A combination and its result. Two ends are combined nowhere, so the empty one is none.
#[derive(Clone, Copy, Debug)]
struct Known {
    key: (Operation, NodeId, NodeId),
    node: NodeId,
}

const NONE: Known = Known { key: (Operation::And, NOBODY, NOBODY), node: NOBODY };

impl Default for Memo {
    fn default() -> Self {
        Self { places: vec![NONE; 1 << 8], used: 0 }
    }
}

impl Memo {
    fn place(&self, (operation, a, b): (Operation, NodeId, NodeId)) -> usize {
        let mixed = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mixed = (mixed ^ operation as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 32) as usize & (self.places.len() - 1)
    }

    fn get(&self, key: (Operation, NodeId, NodeId)) -> Option<NodeId> {
        let known = self.places[self.place(key)];
        (known.key == key).then_some(known.node)
    }

    fn insert(&mut self, key: (Operation, NodeId, NodeId), node: NodeId) {
        self.used += 1;
        if self.used > self.places.len() && self.places.len() < REMEMBERED {
            let size = self.places.len() * 4;
            let old = std::mem::replace(&mut self.places, vec![NONE; size]);
            for known in old {
                let place = self.place(known.key);
                self.places[place] = known;
            }
        }
        let place = self.place(key);
        self.places[place] = Known { key, node };
    }
}

/// Two nodes whose combination is under way.
struct Frame {
    key: (Operation, NodeId, NodeId),
    /// The next branch of each.
    next: (usize, usize),
    /// Where the branches of the result start in the scratch space.
    start: usize,
    /// The last place of the branch that is under way.
    last: Ordinal,
}

/// Combines diagrams.
pub struct Apply<'s> {
    /// Where nodes are made.
    pub store: &'s mut Store,
    /// The order of levels.
    pub levels: &'s Levels,
    /// What is known already.
    pub memo: &'s mut Memo,
    /// What is left of the work.
    pub budget: &'s mut Budget,
}

impl Apply<'_> {
    /// Combines two diagrams. Keeps its own stack: there can be thousands of levels.
    pub fn run(&mut self, operation: Operation, a: NodeId, b: NodeId) -> Result<NodeId, Exceeded> {
        let (mut frames, mut runs): (Vec<Frame>, Vec<Run>) = (Vec::new(), Vec::new());
        let mut result = match self.known(operation, a, b) {
            Ok(node) => return Ok(node),
            Err(key) => self.enter(&mut frames, runs.len(), key),
        };
        loop {
            let Some(frame) = frames.last_mut() else { return Ok(result.unwrap_or(NOBODY)) };
            if let Some(child) = result.take() {
                push(&mut runs, frame.start, Run { last: frame.last, child });
            }
            match self.branch(frame) {
                Some((a, b)) => {
                    result = match self.known(operation, a, b) {
                        Ok(node) => Some(node),
                        Err(key) => self.enter(&mut frames, runs.len(), key),
                    };
                }
                None => {
                    let (key, start) = (frame.key, frame.start);
                    self.budget.take(runs.len() - start)?;
                    let level = self.top(key.1, key.2);
                    let node = self.store.node(level, &runs[start..]);
                    runs.truncate(start);
                    self.memo.insert(key, node);
                    frames.pop();
                    result = Some(node);
                }
            }
        }
    }

    fn enter(
        &self,
        frames: &mut Vec<Frame>,
        start: usize,
        key: (Operation, NodeId, NodeId),
    ) -> Option<NodeId> {
        frames.push(Frame { key, next: (0, 0), start, last: 0 });
        None
    }

    /// The level that the combination of two nodes asks about first.
    fn top(&self, a: NodeId, b: NodeId) -> u32 {
        let (a, b) = (self.store.level(a), self.store.level(b));
        if self.levels.rank(a) <= self.levels.rank(b) { a } else { b }
    }

    /// The next pair of children; `None` behind the last.
    fn branch(&self, frame: &mut Frame) -> Option<(NodeId, NodeId)> {
        let (_, a, b) = frame.key;
        let (over, under) = (self.store.level(a), self.store.level(b));
        let (over, under) = (self.levels.rank(over), self.levels.rank(under));
        let (i, j) = frame.next;
        if over < under {
            let run = self.store.runs(a).get(i)?;
            (frame.next.0, frame.last) = (i + 1, run.last);
            return Some((run.child, b));
        }
        if under < over {
            let run = self.store.runs(b).get(j)?;
            (frame.next.1, frame.last) = (j + 1, run.last);
            return Some((a, run.child));
        }
        let (one, other) = (self.store.runs(a).get(i)?, self.store.runs(b).get(j)?);
        frame.last = one.last.min(other.last);
        frame.next = (i + usize::from(one.last == frame.last), j + usize::from(other.last == frame.last));
        Some((one.child, other.child))
    }

    /// The combination when it is plain to see or known, else its key.
    fn known(
        &self,
        operation: Operation,
        a: NodeId,
        b: NodeId,
    ) -> Result<NodeId, (Operation, NodeId, NodeId)> {
        if let Some(node) = plain(operation, a, b) {
            return Ok(node);
        }
        let key = match operation {
            Operation::Without => (operation, a, b),
            _ => (operation, a.min(b), a.max(b)),
        };
        self.memo.get(key).ok_or(key)
    }
}

fn plain(operation: Operation, a: NodeId, b: NodeId) -> Option<NodeId> {
    match (operation, a, b) {
        (Operation::And, NOBODY, _) | (Operation::And, _, NOBODY) => Some(NOBODY),
        (Operation::And, EVERYONE, other) | (Operation::And, other, EVERYONE) => Some(other),
        (Operation::Or, EVERYONE, _) | (Operation::Or, _, EVERYONE) => Some(EVERYONE),
        (Operation::Or, NOBODY, other) | (Operation::Or, other, NOBODY) => Some(other),
        (Operation::And | Operation::Or, _, _) if a == b => Some(a),
        (Operation::Without, NOBODY, _) | (Operation::Without, _, EVERYONE) => Some(NOBODY),
        (Operation::Without, _, NOBODY) => Some(a),
        (Operation::Without | Operation::Differ, _, _) if a == b => Some(NOBODY),
        (Operation::Differ, NOBODY, other) | (Operation::Differ, other, NOBODY) => Some(other),
        _ => None,
    }
}
