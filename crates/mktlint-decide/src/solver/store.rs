//! Nodes of diagrams, each once.

use std::hash::{BuildHasher, Hasher};

use rustc_hash::FxBuildHasher;

use super::axis::Ordinal;
use super::level::LevelId;

/// A diagram, by its first node.
pub type NodeId = u32;

/// The diagram of no people.
pub const NOBODY: NodeId = 0;
/// The diagram of all people.
pub const EVERYONE: NodeId = 1;

/// One branch of a node: from the place behind the branch before up to and with `last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The last place.
    pub last: Ordinal,
    /// Where it leads.
    pub child: NodeId,
}

#[derive(Clone, Copy, Debug)]
struct Head {
    level: LevelId,
    start: u32,
    end: u32,
}

/// All nodes of one solver. Two diagrams of one function are one node: neighbouring branches to one child are one run,
/// a node of a single run is its child, and no node is there twice.
#[derive(Debug)]
pub struct Store {
    heads: Vec<Head>,
    runs: Vec<Run>,
    /// Open addressing: the number of a node, or 0.
    table: Vec<NodeId>,
}

impl Default for Store {
    fn default() -> Self {
        let end = Head { level: LevelId::MAX, start: 0, end: 0 };
        Self { heads: vec![end, end], runs: Vec::new(), table: vec![0; 1 << 10] }
    }
}

impl Store {
    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// The number of branches of all nodes.
    pub fn n_runs(&self) -> usize {
        self.runs.len()
    }

    /// The level of a node; of the two ends a number that is no level.
    pub fn level(&self, node: NodeId) -> LevelId {
        self.heads[node as usize].level
    }

    /// The branches of a node, in order; none of the two ends.
    pub fn runs(&self, node: NodeId) -> &[Run] {
        let head = self.heads[node as usize];
        &self.runs[head.start as usize..head.end as usize]
    }

    /// The node with these branches, of which no two neighbours lead to one child.
    pub fn node(&mut self, level: LevelId, runs: &[Run]) -> NodeId {
        if let [only] = runs {
            return only.child;
        }
        if self.heads.len() * 2 > self.table.len() {
            self.grow();
        }
        let mut slot = hash(level, runs) as usize & (self.table.len() - 1);
        loop {
            match self.table[slot] {
                0 => break,
                id if self.level(id) == level && self.runs(id) == runs => return id,
                _ => slot = (slot + 1) & (self.table.len() - 1),
            }
        }
        let id = self.heads.len() as NodeId;
        let start = self.runs.len() as u32;
        self.runs.extend_from_slice(runs);
        self.heads.push(Head { level, start, end: self.runs.len() as u32 });
        self.table[slot] = id;
        id
    }

    fn grow(&mut self) {
        let size = self.table.len() * 4;
        let mut table = vec![0; size];
        for id in 2..self.heads.len() as NodeId {
            let mut slot = hash(self.level(id), self.runs(id)) as usize & (size - 1);
            while table[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            table[slot] = id;
        }
        self.table = table;
    }
}

/// Adds a branch, joined with the one before when both lead to one child.
pub fn push(runs: &mut Vec<Run>, start: usize, run: Run) {
    match runs[start..].last_mut() {
        Some(before) if before.child == run.child => before.last = run.last,
        _ => runs.push(run),
    }
}

fn hash(level: LevelId, runs: &[Run]) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    hasher.write_u32(level);
    for run in runs {
        hasher.write_u64(run.last as u64 ^ (run.last >> 64) as u64);
        hasher.write_u32(run.child);
    }
    hasher.finish()
}
