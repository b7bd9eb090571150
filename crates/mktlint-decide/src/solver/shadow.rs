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
    /// The shadows of these diagrams, in order.
    pub(super) fn shadows(&self, roots: &[NodeId]) -> Shadows {
        let nodes: Vec<Vec<NodeId>> = roots.iter().map(|root| self.reachable(*root)).collect();
        let ranges = self.ranges(&nodes);
        let attributes: Vec<(usize, usize)> = ranges
            .values()
            .map(|ranges| (ranges.start, ranges.start + ranges.lasts.len().div_ceil(64)))
            .collect();
        let width = attributes.iter().map(|attribute| attribute.1).max().unwrap_or(0);
        let mut words = vec![0; width * roots.len()];
        for (n, (root, nodes)) in roots.iter().zip(&nodes).enumerate() {
            self.cast(*root, nodes, &ranges, &mut words[n * width..(n + 1) * width]);
        }
        Shadows { attributes, width, words }
    }

    /// By rank of level.
    fn ranges(&self, nodes: &[Vec<NodeId>]) -> BTreeMap<u32, Ranges> {
        let mut lasts: BTreeMap<u32, Vec<Ordinal>> = BTreeMap::new();
        for node in nodes.iter().flatten() {
            let level = self.store.level(*node);
            if self.levels.level(level).what == What::Value {
                let lasts = lasts.entry(self.levels.rank(level)).or_default();
                lasts.extend(self.store.runs(*node).iter().map(|run| run.last));
            }
        }
        let mut start = 0;
        let mut ranges = BTreeMap::new();
        for (rank, mut lasts) in lasts {
            lasts.sort_unstable();
            lasts.dedup();
            if lasts.len() <= MOST_RANGES {
                let n_words = lasts.len().div_ceil(64);
                ranges.insert(rank, Ranges { lasts, start });
                start += n_words;
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
