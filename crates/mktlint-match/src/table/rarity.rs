//! Which word of a needle is the rarest, and so the best to look it up by.

use rustc_hash::FxHashMap;

use crate::pattern::AnchorWord;
use crate::text::words::for_each_word;

/// Words of marketing text, most frequent first: English, then German, French
/// and Spanish function words, then characters of Chinese and Japanese.
static COMMON_WORDS: &str = include_str!("../../data/common_words.txt");

/// How frequent words are, in text at large and among the needles.
pub(crate) struct Rarity {
    /// By hash; a higher number is more frequent.
    frequency: FxHashMap<u32, u32>,
    uses: FxHashMap<u32, u32>,
}

impl Rarity {
    /// Learns how often the needles use each word.
    pub(crate) fn new(words: &[AnchorWord]) -> Rarity {
        let mut frequency = FxHashMap::default();
        for_each_word(COMMON_WORDS, |hash, start| {
            frequency.entry(hash).or_insert((COMMON_WORDS.len() - start) as u32);
        });
        let mut uses = FxHashMap::default();
        for word in words {
            *uses.entry(word.hash).or_default() += 1;
        }
        Rarity { frequency, uses }
    }

    /// The word to look a needle up by: rare in text, then used by few other
    /// needles (which would all have to be confirmed), then long.
    pub(crate) fn rarest<'w>(&self, words: &'w [AnchorWord]) -> Option<&'w AnchorWord> {
        let count = |map: &FxHashMap<u32, u32>, hash| map.get(&hash).copied().unwrap_or(0);
        words.iter().min_by_key(|word| {
            (count(&self.frequency, word.hash), count(&self.uses, word.hash), u32::MAX - word.len)
        })
    }
}
