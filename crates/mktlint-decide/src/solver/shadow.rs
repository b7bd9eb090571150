//! Which values of each attribute occur in a set at all.
//!
//! Two sets that have no country in common have nobody in common. That is seen without a walk, by a few words of bits.

use std::collections::BTreeMap;

use super::Solver;
use super::axis::Ordinal;
use super::level::What;
use super::store::{EVERYONE, NOBODY, NodeId};

/// An attribute with more ranges than this is left out.
const MOST_RANGES: usize = 4_096;

/// The shadows of many sets, each over the same ranges.
pub(super) struct Shadows {
    /// The words of each attribute, one behind the other.
    attributes: Vec<(usize, usize)>,
    /// Words of one set.
    width: usize,
    /// All sets, one behind the other.
    words: Vec<u64>,
}

/// The ranges that all sets together tell apart at one level.
struct Ranges {
    /// The last place of each, in order.
    lasts: Vec<Ordinal>,
    /// Where its bits begin, in words.
    start: usize,
}

impl Shadows {
    /// Whether some attribute has no value that occurs in both sets.
    pub fn are_apart(&self, a: usize, b: usize) -> bool {
        let set = |n: usize| &self.words[n * self.width..(n + 1) * self.width];
        let (a, b) = (set(a), set(b));
        let meet =
            |(from, to): &(usize, usize)| a[*from..*to].iter().zip(&b[*from..*to]).any(|(a, b)| a & b != 0);
        !self.attributes.iter().all(meet)
    }
}

impl Solver<'_> {
    /// The last places of all ranges that diagrams tell apart, in order, by rank of level.
    pub(super) fn lasts(&self, diagrams: &[(NodeId, Vec<NodeId>)]) -> BTreeMap<u32, Vec<Ordinal>> {
        let mut lasts: BTreeMap<u32, Vec<Ordinal>> = BTreeMap::new();
        for node in diagrams.iter().flat_map(|(_, nodes)| nodes) {
            let lasts = lasts.entry(self.levels.rank(self.store.level(*node))).or_default();
            lasts.extend(self.store.runs(*node).iter().map(|run| run.last));
        }
        for lasts in lasts.values_mut() {
            lasts.sort_unstable();
            lasts.dedup();
        }
        lasts
    }

    /// The shadows of diagrams, in order: of each its first node and all its nodes in order of levels.
    pub(super) fn shadows(
        &self,
        diagrams: &[(NodeId, Vec<NodeId>)],
        lasts: &BTreeMap<u32, Vec<Ordinal>>,
    ) -> Shadows {
        let ranges = self.ranges(lasts);
        let attributes: Vec<(usize, usize)> = ranges
            .values()
            .map(|ranges| (ranges.start, ranges.start + ranges.lasts.len().div_ceil(64)))
            .collect();
        let width = attributes.iter().map(|attribute| attribute.1).max().unwrap_or(0);
        let mut words = vec![0; width * diagrams.len()];
        for (n, (root, nodes)) in diagrams.iter().enumerate() {
            self.cast(*root, nodes, &ranges, &mut words[n * width..(n + 1) * width]);
        }
        Shadows { attributes, width, words }
    }

    /// Those of values, by rank of level.
    fn ranges(&self, lasts: &BTreeMap<u32, Vec<Ordinal>>) -> BTreeMap<u32, Ranges> {
        let mut start = 0;
        let mut ranges = BTreeMap::new();
        for (rank, lasts) in lasts {
            let is_value = self.levels.level(self.levels.at_rank(*rank)).what == What::Value;
            if is_value && lasts.len() <= MOST_RANGES {
                ranges.insert(*rank, Ranges { lasts: lasts.clone(), start });
                start += lasts.len().div_ceil(64);
            }
        }
        ranges
    }

    /// Sets the bits of one diagram. A level that some way leaves out is free there.
    fn cast(&self, root: NodeId, nodes: &[NodeId], ranges: &BTreeMap<u32, Ranges>, words: &mut [u64]) {
        let mut fill = |ranges: &Ranges, from: usize, to: usize| {
            for bit in from..to {
                words[ranges.start + bit / 64] |= 1 << (bit % 64);
            }
        };
        let rank = |node: NodeId| self.levels.rank(self.store.level(node));
        let left_out = |over: Option<u32>, child: NodeId, fill: &mut dyn FnMut(&Ranges, usize, usize)| {
            let under = if child == EVERYONE { u32::MAX } else { rank(child) };
            let from = over.map_or(0, |rank| rank + 1);
            for (_, ranges) in ranges.range(from..under) {
                fill(ranges, 0, ranges.lasts.len());
            }
        };
        if root != NOBODY {
            left_out(None, root, &mut fill);
        }
        for node in nodes {
            let own = rank(*node);
            let ranges = ranges.get(&own);
            let mut from = 0;
            for run in self.store.runs(*node) {
                let to = ranges.map_or(0, |ranges| ranges.lasts.partition_point(|last| *last <= run.last));
                if run.child != NOBODY {
                    if let Some(ranges) = ranges {
                        fill(ranges, from, to);
                    }
                    left_out(Some(own), run.child, &mut fill);
                }
                from = to;
            }
        }
    }
}
