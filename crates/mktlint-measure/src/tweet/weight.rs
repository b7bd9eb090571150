//! How long a post is on X.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::{class, url};
use crate::length::Weight;
use crate::text::is_emoji;

/// What each character weighs, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights<'a> {
    /// First and last code point of each range, in order, and what its characters weigh.
    pub ranges: &'a [(u32, u32, u32)],
    /// What any other character weighs, and an emoji.
    pub default: u32,
    /// What a link weighs, however long it is.
    pub url: u32,
    /// Whether an emoji of several characters weighs as much as one.
    pub joins_emoji: bool,
}

impl Weights<'static> {
    /// Those in force, configuration 3: at most 280.
    pub const CURRENT: Self = Self {
        ranges: &[(0, 4351, 100), (8192, 8205, 100), (8208, 8223, 100), (8242, 8247, 100)],
        default: 200,
        url: 2300,
        joins_emoji: true,
    };
}

/// Returns the length of `text` as X counts it: Latin, Greek, Cyrillic, Hebrew and Arabic letters one, Chinese, Japanese
/// and Korean characters and emoji two, any link 23. Text of white space alone has 0.
///
/// Counted after composition (NFC): a letter and its accent are one.
pub fn weighted_length(text: &str, weights: &Weights<'_>) -> Weight {
    if text.trim().is_empty() {
        return Weight(0);
    }
    let text = composed(text);
    let (mut sum, mut at) = (0, 0);
    for url in url::urls(&text) {
        sum += weights.of(&text[at..url.start]) + u64::from(weights.url);
        at = url.end;
    }
    sum += weights.of(&text[at..]);
    Weight::of(usize::try_from(sum / 100).unwrap_or(usize::MAX))
}

/// Whether `text` has a character that X accepts in no post: U+FFFE, U+FEFF or U+FFFF.
pub fn has_invalid_characters(text: &str) -> bool {
    text.contains(class::is_invalid)
}

impl Weights<'_> {
    /// What `text` weighs, which holds no link.
    fn of(&self, text: &str) -> u64 {
        let weigh = |grapheme: &str| {
            if self.joins_emoji && is_emoji(grapheme) {
                return u64::from(self.default);
            }
            grapheme.chars().map(|it| u64::from(self.of_char(it))).sum()
        };
        text.graphemes(true).map(weigh).sum()
    }

    fn of_char(&self, it: char) -> u32 {
        let point = u32::from(it);
        let range = self.ranges.iter().find(|(first, last, _)| (*first..=*last).contains(&point));
        range.map_or(self.default, |(_, _, weight)| *weight)
    }
}

fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}
