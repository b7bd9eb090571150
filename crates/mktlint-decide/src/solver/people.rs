//! Diagrams that stand on their own.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};
use smol_str::SmolStr;

use super::Solver;
use super::axis::{Kind, MISSING, OTHERS, Ordinal};
use super::level::{Level, LevelId};
use super::store::{EVERYONE, NOBODY, NodeId, Run, push};
use crate::Origin;

/// The people that a formula describes at one moment: an immutable decision diagram, cheap to clone.
///
/// Two that are equal describe the same people, whichever solver made them, as long as the schema is the same. The other
/// way round it holds, too, unless conditions depend on each other: tests of one text that are not plain equality, items
/// of a set and its size, differences. [`Solver::is_equivalent`] decides those.
///
/// Where the conditions are written, and which were relative to `now`, is remembered for answers but not compared.
#[derive(Clone, Debug)]
pub struct People {
    pub(super) diagram: Arc<Diagram>,
    pub(super) notes: Arc<Notes>,
}

/// Nodes, children before parents, numbered as a walk from the root in order of branches leaves them. No node is there
/// twice, so equal functions are equal diagrams.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Diagram {
    hash: u64,
    /// The levels that are asked, in order.
    pub levels: Vec<Level>,
    /// Numbered from 2: 0 is nobody and 1 everyone.
    nodes: Vec<Node>,
    root: u32,
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Node {
    /// The place in `levels`.
    level: u32,
    branches: Branches,
}

/// The branches of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Branches {
    /// Each up to and with a place.
    Runs(Vec<(Ordinal, u32)>),
    /// Words that a solver numbers as it meets them are written out.
    Words { missing: Option<u32>, others: u32, words: Vec<(SmolStr, u32)> },
}

/// What answers say of the conditions that a diagram was made from.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    /// Attributes that were compared with something relative to `now`, by position.
    pub relative: BTreeSet<u32>,
    /// Conditions that may leave a question undecided.
    pub conditions: BTreeMap<Level, Note>,
}

/// One condition.
#[derive(Clone, Debug, Default)]
pub(super) struct Note {
    /// Why it is not understood.
    pub why: Option<SmolStr>,
    /// Where it is written.
    pub origins: BTreeSet<Origin>,
}

impl Notes {
    /// Adds what `other` knows.
    pub fn merge(&mut self, other: &Self) {
        self.relative.extend(&other.relative);
        for (level, note) in &other.conditions {
            let own = self.conditions.entry(level.clone()).or_default();
            own.why = own.why.take().or_else(|| note.why.clone());
            own.origins.extend(note.origins.iter().cloned());
        }
    }

    /// Keeps what concerns these levels.
    fn restrict(&mut self, levels: &[Level]) {
        self.relative.retain(|at| levels.iter().any(|level| level.at == *at));
        self.conditions.retain(|level, _| levels.binary_search(level).is_ok());
    }
}

impl PartialEq for People {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.diagram, &other.diagram) || self.diagram == other.diagram
    }
}

impl Eq for People {}

impl Hash for People {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.diagram.hash);
    }
}

impl Branches {
    fn children(&self) -> impl Iterator<Item = u32> {
        let (runs, missing, others, words): (&[_], _, _, &[_]) = match self {
            Self::Runs(runs) => (runs, None, None, &[]),
            Self::Words { missing, others, words } => (&[], *missing, Some(*others), words),
        };
        let runs = runs.iter().map(|(_, child)| *child);
        runs.chain(missing).chain(others).chain(words.iter().map(|(_, child)| *child))
    }

    fn map(&mut self, number: impl Fn(u32) -> u32) {
        match self {
            Self::Runs(runs) => runs.iter_mut().for_each(|(_, child)| *child = number(*child)),
            Self::Words { missing, others, words } => {
                *missing = missing.map(&number);
                *others = number(*others);
                words.iter_mut().for_each(|(_, child)| *child = number(*child));
            }
        }
    }
}

impl Solver<'_> {
    /// A diagram of this solver, on its own.
    pub(super) fn export(&mut self, root: NodeId, mut notes: Notes) -> People {
        let (ids, found) = self.walk(root);
        let mut levels: Vec<Level> =
            found.iter().map(|(node, _)| self.levels.level(self.store.level(*node)).clone()).collect();
        levels.sort_unstable();
        levels.dedup();
        let nodes: Vec<Node> = found
            .into_iter()
            .map(|(node, mut branches)| {
                branches.map(|child| ids.get(&child).copied().unwrap_or(child));
                let level = self.levels.level(self.store.level(node));
                Node { level: levels.partition_point(|other| other < level) as u32, branches }
            })
            .collect();
        notes.restrict(&levels);
        let hash = FxBuildHasher.hash_one((&levels, &nodes, root.min(2)));
        let number = ids.get(&root).copied().unwrap_or(root);
        let diagram = Arc::new(Diagram { hash, levels, nodes, root: number });
        self.loaded.insert(Arc::as_ptr(&diagram) as usize, (diagram.clone(), root));
        People { diagram, notes: Arc::new(notes) }
    }

    /// The nodes from `root` on, children first, with their branches and new numbers.
    fn walk(&self, root: NodeId) -> (FxHashMap<NodeId, u32>, Vec<(NodeId, Branches)>) {
        let mut ids = FxHashMap::default();
        let mut found = Vec::new();
        let mut stack: Vec<(NodeId, Option<Branches>)> = vec![(root, None)];
        while let Some((node, open)) = stack.pop() {
            if node <= EVERYONE || ids.contains_key(&node) {
                continue;
            }
            match open {
                Some(branches) => {
                    ids.insert(node, found.len() as u32 + 2);
                    found.push((node, branches));
                }
                None => {
                    let branches = self.branches(node);
                    let children: Vec<u32> = branches.children().collect();
                    stack.push((node, Some(branches)));
                    stack.extend(children.into_iter().rev().map(|child| (child, None)));
                }
            }
        }
        (ids, found)
    }

    fn branches(&self, node: NodeId) -> Branches {
        let runs = self.store.runs(node);
        let axis = self.levels.axis(self.store.level(node));
        if !matches!(axis.kind, Kind::Words { .. }) {
            return Branches::Runs(runs.iter().map(|run| (run.last, run.child)).collect());
        }
        let others = runs.last().map_or(NOBODY, |run| run.child);
        let missing = if axis.optional { runs.first().map(|run| run.child) } else { None };
        let mut words = Vec::new();
        let mut from: Ordinal = 0;
        for run in runs {
            let to = run.last.min(self.words.len() as Ordinal - 1);
            if run.child != others {
                words.extend((from..=to).filter_map(|id| Some((self.words.word(id)?.clone(), run.child))));
            }
            from = from.max(run.last.saturating_add(1));
        }
        words.sort_unstable();
        Branches::Words { missing, others, words }
    }

    /// The diagram in this solver.
    pub(super) fn load(&mut self, people: &People) -> NodeId {
        let key = Arc::as_ptr(&people.diagram) as usize;
        if let Some((_, node)) = self.loaded.get(&key) {
            return *node;
        }
        let diagram = &people.diagram;
        let levels: Vec<LevelId> =
            diagram.levels.iter().map(|level| self.levels.id(level.clone(), self.schema)).collect();
        let mut ids: Vec<NodeId> = vec![NOBODY, EVERYONE];
        let mut runs = Vec::new();
        for node in &diagram.nodes {
            runs.clear();
            let level = levels[node.level as usize];
            match &node.branches {
                Branches::Runs(branches) => {
                    runs.extend(
                        branches.iter().map(|(last, child)| Run { last: *last, child: ids[*child as usize] }),
                    );
                }
                Branches::Words { missing, others, words } => {
                    let words = words.iter().map(|(word, child)| (word, ids[*child as usize]));
                    let missing = missing.map(|child| ids[child as usize]);
                    self.words.runs(missing, ids[*others as usize], words, &mut runs);
                }
            }
            ids.push(self.store.node(level, &runs));
        }
        let root = ids[diagram.root as usize];
        self.loaded.insert(key, (people.diagram.clone(), root));
        root
    }
}

/// The words that a solver has met, numbered.
#[derive(Debug, Default)]
pub(super) struct Words {
    words: Vec<SmolStr>,
    ids: FxHashMap<SmolStr, u32>,
}

impl Words {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The place of a word.
    pub fn id(&mut self, word: &SmolStr) -> Ordinal {
        if let Some(id) = self.ids.get(word) {
            return Ordinal::from(*id);
        }
        let id = self.words.len() as u32;
        self.words.push(word.clone());
        self.ids.insert(word.clone(), id);
        Ordinal::from(id)
    }

    /// The place of a word, among the others when it was never met.
    pub fn find(&self, word: &str) -> Ordinal {
        self.ids.get(word).map_or(OTHERS, |id| Ordinal::from(*id))
    }

    /// The word at a place.
    pub fn word(&self, place: Ordinal) -> Option<&SmolStr> {
        self.words.get(usize::try_from(place).ok()?)
    }

    /// Fills `runs` with the branches of a node that leads somewhere else for some words.
    pub fn runs<'w>(
        &mut self,
        missing: Option<NodeId>,
        others: NodeId,
        words: impl Iterator<Item = (&'w SmolStr, NodeId)>,
        runs: &mut Vec<Run>,
    ) {
        let mut points: Vec<(Ordinal, NodeId)> = words.map(|(word, child)| (self.id(word), child)).collect();
        points.sort_unstable();
        if let Some(child) = missing {
            push(runs, 0, Run { last: MISSING, child });
        }
        let mut next = 0;
        for (id, child) in points {
            if id > next {
                push(runs, 0, Run { last: id - 1, child: others });
            }
            push(runs, 0, Run { last: id, child });
            next = id + 1;
        }
        push(runs, 0, Run { last: OTHERS, child: others });
    }
}
