//! Compact copies of many diagrams, for walks through very many pairs of them.
//!
//! Most of the time of such walks is spent waiting for memory. Here the nodes of one diagram stand one behind the other,
//! places are numbers of ranges, and branches to nobody are left out.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Solver;
use super::axis::{MISSING, Ordinal};
use super::level::{LevelId, Levels, What};
use super::store::{EVERYONE, NOBODY, NodeId};

/// A node of a copy; [`ALL`] is everyone.
pub(super) type FlatId = u32;

/// Everyone.
pub(super) const ALL: FlatId = 0;

/// Ways on from a node: those ranges, the last one too, lead to that child.
#[derive(Clone, Copy)]
pub(super) struct Way {
    pub from: u32,
    pub last: u32,
    pub child: FlatId,
}

struct Node {
    /// The place in `levels`; of everyone behind all.
    level: u32,
    /// Where its ways begin; they end where those of the next node begin.
    start: u32,
    /// Whether a test of a part of a text or an item of a set is asked from here on.
    is_linked: bool,
    /// Which values occur from here on, see [`Outline`].
    outline: u128,
}

/// A level that the diagrams ask.
pub(super) struct FlatLevel {
    pub id: LevelId,
    /// The position of the attribute.
    pub at: u32,
    /// Whether a part of a text or an item of a set is asked for.
    pub is_linked: bool,
    /// Whether that is so of some level of the attribute, so that answers can contradict each other.
    pub has_links: bool,
    /// The first place of all.
    start: Ordinal,
    /// The place behind the missing value.
    first: Ordinal,
    /// The last place of each range, in order.
    lasts: Vec<Ordinal>,
    outline: Outline,
}

/// The bits of one level in a rough picture of all values that occur below a node: neighbouring ranges share a bit. Two
/// nodes that have no bit of some level in common have nobody in common.
#[derive(Clone, Copy, Default)]
struct Outline {
    shift: u32,
    width: u32,
}

impl Outline {
    fn all(self) -> u128 {
        ((1_u128 << self.width) - 1) << self.shift
    }

    /// The bits of these ranges, of `n`.
    fn some(self, from: u32, last: u32, n: usize) -> u128 {
        let bit = |range: u32| (u64::from(range) * u64::from(self.width) / n.max(1) as u64) as u32;
        if self.width == 0 {
            return 0;
        }
        let n_bits = bit(last) - bit(from) + 1;
        ((1_u128 << n_bits) - 1) << (self.shift + bit(from))
    }
}

/// Copies of many diagrams, each over the same ranges.
pub(super) struct Flat {
    levels: Vec<FlatLevel>,
    nodes: Vec<Node>,
    ways: Vec<Way>,
    /// The first node of each diagram; `None` of nobody.
    pub roots: Vec<Option<FlatId>>,
    /// The highest bit of each level in an outline.
    tops: u128,
    /// All other bits of each level.
    lows: u128,
}

impl Flat {
    pub fn level(&self, level: u32) -> &FlatLevel {
        &self.levels[level as usize]
    }

    /// The place of the level that a node asks; of everyone behind all.
    pub fn level_of(&self, node: FlatId) -> u32 {
        self.nodes[node as usize].level
    }

    /// Where the ways of a node begin and end.
    pub fn ways_of(&self, node: FlatId) -> (u32, u32) {
        (self.nodes[node as usize].start, self.nodes[node as usize + 1].start)
    }

    pub fn way(&self, at: u32) -> Way {
        self.ways[at as usize]
    }

    /// Whether every way from here on leads to somebody.
    pub fn is_free(&self, node: FlatId) -> bool {
        !self.nodes[node as usize].is_linked
    }

    /// Whether some level has no value that occurs from both nodes on.
    pub fn are_apart(&self, a: FlatId, b: FlatId) -> bool {
        let both = self.nodes[a as usize].outline & self.nodes[b as usize].outline;
        // Whatever is set below the highest bit of a level carries into it, and no further.
        (((both & self.lows) + self.lows) | both) & self.tops != self.tops
    }
}

impl FlatLevel {
    /// The places of these ranges.
    pub fn span(&self, from: u32, last: u32) -> (Ordinal, Ordinal) {
        let before = (from as usize).checked_sub(1).map(|before| self.lasts[before]);
        let begin = match before {
            None => self.start,
            Some(MISSING) => self.first,
            Some(before) => before + 1,
        };
        (begin, self.lasts[last as usize])
    }

    fn new(levels: &Levels, id: LevelId, lasts: Vec<Ordinal>) -> Self {
        let (level, axis) = (levels.level(id), levels.axis(id));
        Self {
            id,
            at: level.at,
            is_linked: level.is_linked(),
            has_links: level.is_linked(),
            start: axis.start(),
            first: axis.first,
            lasts,
            outline: Outline::default(),
        }
    }
}

impl Solver<'_> {
    /// Copies of diagrams, of each its first node and all its nodes in order of levels. `lasts` are by
    /// rank of level.
    pub(super) fn flat(
        &self,
        diagrams: &[(NodeId, Vec<NodeId>)],
        lasts: &BTreeMap<u32, Vec<Ordinal>>,
    ) -> Flat {
        let levels: Vec<FlatLevel> = lasts
            .iter()
            .map(|(rank, lasts)| FlatLevel::new(&self.levels, self.levels.at_rank(*rank), lasts.clone()))
            .collect();
        let level = levels.len() as u32;
        let everyone = Node { level, start: 0, is_linked: false, outline: u128::MAX };
        let mut flat =
            Flat { levels, nodes: vec![everyone], ways: Vec::new(), roots: Vec::new(), tops: 0, lows: 0 };
        flat.share_bits(&self.levels);
        flat.spread_links();
        for (root, nodes) in diagrams {
            flat.copy(self, *root, nodes, lasts);
        }
        let start = flat.ways.len() as u32;
        flat.nodes.push(Node { level, start, is_linked: false, outline: 0 });
        flat
    }
}

impl Flat {
    /// Gives each level that asks for a value the same number of bits in outlines, or as many as it has ranges.
    fn share_bits(&mut self, levels: &Levels) {
        let is_value = |level: &&mut FlatLevel| levels.level(level.id).what == What::Value;
        let n = self.levels.iter_mut().filter(is_value).count();
        let mut shift = 0;
        for (at, level) in self.levels.iter_mut().filter(is_value).enumerate() {
            let fair = (u128::BITS - shift) / (n - at) as u32;
            let width = fair.min(level.lasts.len() as u32).min(u128::BITS / 2);
            if width == 0 {
                continue;
            }
            level.outline = Outline { shift, width };
            shift += width;
            self.tops |= 1 << (shift - 1);
            self.lows |= level.outline.all() & !(1 << (shift - 1));
        }
    }

    /// A value comes before the other questions about its attribute.
    fn spread_links(&mut self) {
        let mut linked = None;
        for level in self.levels.iter_mut().rev() {
            level.has_links |= linked == Some(level.at);
            linked = if level.has_links { Some(level.at) } else { linked };
        }
    }

    fn copy(
        &mut self,
        solver: &Solver<'_>,
        root: NodeId,
        nodes: &[NodeId],
        lasts: &BTreeMap<u32, Vec<Ordinal>>,
    ) {
        let base = self.nodes.len() as u32;
        let mut ids: FxHashMap<NodeId, FlatId> = nodes.iter().copied().zip(base..).collect();
        ids.insert(EVERYONE, ALL);
        self.roots.push(ids.get(&root).copied());
        let ranks: Vec<u32> = lasts.keys().copied().collect();
        for node in nodes {
            let rank = solver.levels.rank(solver.store.level(*node));
            let level = ranks.partition_point(|other| *other < rank);
            self.nodes.push(Node {
                level: level as u32,
                start: self.ways.len() as u32,
                is_linked: false,
                outline: 0,
            });
            let lasts = &self.levels[level].lasts;
            let mut from = 0;
            for run in solver.store.runs(*node) {
                let last = lasts.partition_point(|last| *last < run.last) as u32;
                if run.child != NOBODY {
                    self.ways.push(Way { from, last, child: ids[&run.child] });
                }
                from = last + 1;
            }
        }
        self.sum_up(base as usize);
    }

    /// Fills in what is below the nodes from `base` on, children first.
    fn sum_up(&mut self, base: usize) {
        let mut end = self.ways.len();
        for at in (base..self.nodes.len()).rev() {
            let start = self.nodes[at].start as usize;
            let level = &self.levels[self.nodes[at].level as usize];
            let (mut own, mut below, mut is_linked) = (0, 0, level.is_linked);
            for way in &self.ways[start..end] {
                let child = &self.nodes[way.child as usize];
                own |= level.outline.some(way.from, way.last, level.lasts.len());
                below |= child.outline;
                is_linked |= child.is_linked;
            }
            let outline = below & !level.outline.all() | own;
            self.nodes[at].outline = outline;
            self.nodes[at].is_linked = is_linked;
            end = start;
        }
    }
}
