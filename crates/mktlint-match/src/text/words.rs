//! Cuts a text into words and hashes them, the whole cost of a scan.

use super::chars::{is_invisible, is_spaceless, is_word, key};
use super::hash::{HASHED, hash_short, hash_word};
use crate::pattern::{AnchorWord, Extent};

/// Calls `found` with the hash and the start of each word of `text`, in order
/// of position as far as runs of letters go.
///
/// A word is a maximal run of word characters with invisible ones left out;
/// each character of a script without spaces is a word alone. Where there are
/// invisible characters a second cut is reported as well, the one that a regex
/// sees: there a zero-width space separates, and a joiner is a letter.
#[inline]
pub(crate) fn for_each_word(text: &str, mut found: impl FnMut(u32, usize)) {
    let bytes = text.as_bytes();
    // Where the run that reaches into this block started.
    let mut start = 0;
    let mut open = 0;
    let (blocks, rest) = bytes.as_chunks::<64>();
    // Never full, so the zeros behind the text end the last run.
    let mut last = [0; 64];
    last[..rest.len()].copy_from_slice(rest);
    for (n, block) in blocks.iter().chain([&last]).enumerate() {
        let mask = letters(block);
        // A bit for each change from separator to letter or back.
        let mut edges = mask ^ ((mask << 1) | open);
        let mut next = || {
            let at = n * 64 + edges.trailing_zeros() as usize;
            let any = edges != 0;
            edges &= edges.wrapping_sub(1);
            any.then_some(at)
        };
        if open == 0 {
            match next() {
                Some(at) => start = at,
                None => continue,
            }
        }
        while let Some(end) = next() {
            run(text, start, end, &mut found);
            match next() {
                Some(at) => start = at,
                None => break,
            }
        }
        open = mask >> 63;
    }
}

/// The words of a short text without invisible characters.
pub(crate) fn words_of(text: &str) -> Vec<AnchorWord> {
    let mut words = Vec::new();
    for_each_word(text, |hash, start| {
        let rest = text.get(start..).unwrap_or_default();
        let len = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        words.push(AnchorWord { hash, at: start as u32, len: len as u32, extent: Extent::Whole });
    });
    words
}

/// The bytes of `block` that are ASCII word characters or not ASCII, one bit each.
///
/// Apart, because the compiler reads it byte by byte when it is inlined.
#[inline(never)]
fn letters(block: &[u8; 64]) -> u64 {
    let mut mask = 0;
    for (n, chunk) in block.as_chunks::<8>().0.iter().enumerate() {
        mask |= letters_of_eight(u64::from_le_bytes(*chunk)) << (8 * n);
    }
    mask
}

/// Eight comparisons at once: adding `0x80 - n` to a byte below 0x80 sets its
/// top bit when it is at least `n`, without carrying into the next.
#[inline]
fn letters_of_eight(chunk: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOP: u64 = 0x80 * EACH;
    let at_least = |bytes: u64, n: u8| bytes + (0x80 - u64::from(n)) * EACH;
    let ascii = chunk & !TOP;
    let lower = ascii | (0x20 * EACH);
    let digit = at_least(ascii, b'0') & !at_least(ascii, b'9' + 1);
    let letter = at_least(lower, b'a') & !at_least(lower, b'z' + 1);
    let underscore = !at_least(ascii ^ (u64::from(b'_') * EACH), 1);
    let top_bits = (chunk | digit | letter | underscore) & TOP;
    // The multiplication gathers the top bits of the bytes in the last byte.
    (top_bits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// A run of ASCII word characters and of characters beyond ASCII.
#[inline(always)]
fn run(text: &str, start: usize, end: usize, found: &mut impl FnMut(u32, usize)) {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    match hash_short(rest, end - start) {
        Some(hash) => found(hash, start),
        None => long_run(text, start, end, found),
    }
}

/// A run that is longer, at the end of the text, or not ASCII.
#[inline(never)]
fn long_run(text: &str, start: usize, end: usize, found: &mut impl FnMut(u32, usize)) {
    let Some(run) = text.get(start..end) else { return };
    if run.is_ascii() {
        return found(hash_word(&run.as_bytes()[..run.len().min(HASHED)]), start);
    }
    if cut(run, start, Invisible::LeftOut, found) {
        cut(run, start, Invisible::AsRegex, found);
    }
}

/// What to do with invisible characters.
#[derive(Clone, Copy, PartialEq)]
enum Invisible {
    LeftOut,
    AsRegex,
}

/// Cuts a run by characters; says whether any was invisible.
fn cut(run: &str, offset: usize, invisible: Invisible, found: &mut impl FnMut(u32, usize)) -> bool {
    let mut word = Word::default();
    let mut any_invisible = false;
    for (at, c) in run.char_indices() {
        if is_invisible(c) {
            any_invisible = true;
            if invisible == Invisible::LeftOut {
                continue;
            }
        }
        if !is_word(c) {
            word.end(found);
        } else if is_spaceless(c) {
            word.end(found);
            word.push(c, offset + at);
            word.end(found);
        } else {
            word.push(c, offset + at);
        }
    }
    word.end(found);
    any_invisible
}

/// How many bytes of a folded word make a stem.
const STEM: usize = 4;

/// The hash of how the word at `at` starts. Words that are shorter than a stem
/// give some hash too.
#[inline]
pub(crate) fn hash_stem(text: &str, at: usize) -> u32 {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    hash_short(rest, STEM).unwrap_or_else(|| hash_long_stem(text, at))
}

#[inline(never)]
fn hash_long_stem(text: &str, at: usize) -> u32 {
    let mut folded = [0; STEM + 4];
    let mut len = 0;
    for c in text.get(at..).unwrap_or_default().chars() {
        len += key(c).encode_utf8(&mut folded[len..]).len();
        if len >= STEM {
            break;
        }
    }
    hash_word(&folded[..STEM])
}

/// A word being put together: where it starts and what it folds to.
#[derive(Clone)]
pub(crate) struct Word {
    start: usize,
    len: usize,
    /// Room for the character that reaches [`HASHED`].
    folded: [u8; HASHED + 4],
}

impl Default for Word {
    fn default() -> Word {
        Word { start: 0, len: 0, folded: [0; HASHED + 4] }
    }
}

impl Word {
    /// Adds a word character; the first one says where the word starts.
    #[inline]
    pub(crate) fn push(&mut self, c: char, at: usize) {
        if self.len == 0 {
            self.start = at;
        }
        if self.len < HASHED {
            self.len += key(c).encode_utf8(&mut self.folded[self.len..]).len();
        }
    }

    /// Drops the word; gives the hash of how it starts, if it is long enough.
    pub(crate) fn cut_off(&mut self) -> Option<u32> {
        let len = std::mem::take(&mut self.len);
        self.folded.get(..STEM).filter(|_| len >= STEM).map(hash_word)
    }

    /// Hands over the word, if there is one, and starts another.
    #[inline]
    pub(crate) fn end(&mut self, found: &mut impl FnMut(u32, usize)) {
        if self.len > 0 {
            found(hash_word(&self.folded[..self.len.min(HASHED)]), self.start);
            self.len = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &[(&str, usize)]) {
        let mut actual = Vec::new();
        for_each_word(text, |hash, start| actual.push((hash, start)));
        let expected: Vec<_> = words.iter().map(|&(word, at)| (hash_word(word.as_bytes()), at)).collect();
        assert_eq!(actual, expected, "{text:?}");
    }

    #[test]
    fn words_are_folded_and_found_where_they_start() {
        check("", &[]);
        check("Free, FREE_trial 2x!", &[("free", 0), ("free_trial", 6), ("2x", 17)]);
        check("Straße ＦＲＥＥ “it’s”", &[("straße", 0), ("free", 8), ("it", 24), ("s", 29)]);
        check("我们SEO", &[("我", 0), ("们", 3), ("seo", 6)]);
    }

    #[test]
    fn invisible_characters_give_both_cuts() {
        check("cli\u{ad}nic", &[("clinic", 0), ("cli", 0), ("nic", 5)]);
        check("a\u{200d}b", &[("ab", 0), ("a\u{200d}b", 0)]);
    }

    #[test]
    fn words_cross_blocks_and_may_be_long() {
        let long = "a".repeat(200);
        let text = format!("{} {long} end", "-".repeat(62));
        check(&text, &[(&long[..HASHED], 63), ("end", 264)]);
    }
}
