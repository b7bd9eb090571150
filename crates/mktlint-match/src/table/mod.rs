//! From the hash of a word to what it may be an anchor of.

mod peek;
mod rarity;

pub(crate) use peek::Peek;
pub(crate) use rarity::Rarity;

use serde::{Deserialize, Serialize};

/// What to confirm where an anchor word was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Target {
    /// A literal, around the word.
    Literal(u32, Peek),
    /// A pattern, in a window around the word.
    Pattern(u32),
}

/// The anchors of all needles. A bitmap turns away nearly all words of a text;
/// it has 16 bits for each anchor, so it stays in the first cache.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct AnchorTable {
    /// A power of two words, or empty.
    bitmap: Vec<u64>,
    /// A power of two, at most half full, or empty. Linear probing.
    slots: Vec<Slot>,
    /// The targets of all slots, grouped by slot.
    targets: Vec<Target>,
}

/// One anchor word; free when it has no targets.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Slot {
    hash: u32,
    first: u32,
    end: u32,
}

impl AnchorTable {
    /// Lays out `anchors`.
    pub(crate) fn new(mut anchors: Vec<(u32, Target)>) -> AnchorTable {
        if anchors.is_empty() {
            return AnchorTable::default();
        }
        // Stable, so that targets of one word keep the order of the needles.
        anchors.sort_by_key(|&(hash, _)| hash);
        // The many ways to match one pattern often share their rarest word.
        anchors.dedup();
        let words = anchors.chunk_by(|a, b| a.0 == b.0).count();
        let mut table = AnchorTable {
            bitmap: vec![0; (16 * words).next_power_of_two().max(64) / 64],
            slots: vec![Slot::default(); (2 * words).next_power_of_two()],
            targets: anchors.iter().map(|&(_, target)| target).collect(),
        };
        let mut first = 0;
        for group in anchors.chunk_by(|a, b| a.0 == b.0) {
            let end = first + group.len() as u32;
            table.insert(Slot { hash: group[0].0, first, end });
            first = end;
        }
        table
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    fn insert(&mut self, slot: Slot) {
        let bit = top_bits(slot.hash, self.bitmap.len() * 64);
        self.bitmap[bit / 64] |= 1 << (bit % 64);
        let mut at = top_bits(slot.hash, self.slots.len());
        while self.slots[at].first < self.slots[at].end {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = slot;
    }

    /// Whether `hash` can be that of an anchor; says yes to about one word in
    /// sixteen that is none.
    #[inline]
    pub(crate) fn may_hold(&self, hash: u32) -> bool {
        let bit = top_bits(hash, self.bitmap.len() * 64);
        self.bitmap.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 != 0)
    }

    /// What a word with `hash` is an anchor of.
    pub(crate) fn targets(&self, hash: u32) -> &[Target] {
        let mut at = top_bits(hash, self.slots.len());
        for _ in 0..self.slots.len() {
            match self.slots.get(at) {
                Some(slot) if slot.first < slot.end && slot.hash == hash => {
                    return self.targets.get(slot.first as usize..slot.end as usize).unwrap_or(&[]);
                }
                Some(slot) if slot.first < slot.end => at = (at + 1) & (self.slots.len() - 1),
                _ => return &[],
            }
        }
        &[]
    }

    /// Checks sizes and indices; `literals` and `patterns` are how many of
    /// those there are.
    pub(crate) fn verify(&self, literals: usize, patterns: usize) -> Result<(), String> {
        let size_fits = |len: usize| len == 0 || len.is_power_of_two() && len < 1 << 26;
        if !size_fits(self.bitmap.len()) || !size_fits(self.slots.len()) {
            return Err("the anchor table has an impossible size".to_owned());
        }
        let bounds = |slot: &Slot| slot.first <= slot.end && slot.end as usize <= self.targets.len();
        if !self.slots.iter().all(bounds) {
            return Err("an anchor points behind the targets".to_owned());
        }
        let known = |target: &Target| match *target {
            Target::Literal(id, _) => (id as usize) < literals,
            Target::Pattern(id) => (id as usize) < patterns,
        };
        if self.targets.iter().all(known) { Ok(()) } else { Err("an anchor points nowhere".to_owned()) }
    }
}

/// The highest bits of `hash`, as an index below `len`, a power of two.
#[inline]
fn top_bits(hash: u32, len: usize) -> usize {
    ((u64::from(hash) * len as u64) >> 32) as usize
}
