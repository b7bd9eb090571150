//! Words, as Unicode cuts them.

use std::iter::FusedIterator;
use std::ops::Range;

use unicode_segmentation::{UnicodeSegmentation, UnicodeWordIndices};

/// Returns the words of `text` as byte ranges, in order: runs between word boundaries that hold a letter or a digit.
///
/// `don't`, `example.com` and `3.50` are one word each, `state-of-the-art` is four. Empty text and text of
/// punctuation alone have none. Count them with `.count()`.
///
/// Source: Unicode UAX 29, word boundaries.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0, slow: None }
}

/// The iterator that [`words`] returns.
///
/// Chunks between white space that are ASCII go through a table, since that is four times as fast as the general
/// algorithm; the others go through the latter.
#[derive(Debug)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
    /// The words of a chunk that is not ASCII, and where that chunk starts.
    slow: Option<(usize, UnicodeWordIndices<'a>)>,
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            if let Some(word) = self.next_slow() {
                return Some(word);
            }
            let bytes = self.text.as_bytes();
            self.at += bytes[self.at..].iter().position(|&byte| class(byte) != OTHER)?;
            match ascii_word_end(bytes, self.at) {
                Some(end) => {
                    let start = std::mem::replace(&mut self.at, end);
                    if bytes[start..end].iter().any(u8::is_ascii_alphanumeric) {
                        return Some(start..end);
                    }
                }
                None => self.enter_slow_chunk(),
            }
        }
    }
}

impl FusedIterator for Words<'_> {}

impl<'a> Words<'a> {
    fn next_slow(&mut self) -> Option<Range<usize>> {
        let (start, words) = self.slow.as_mut()?;
        match words.next() {
            Some((at, word)) => Some(*start + at..*start + at + word.len()),
            None => {
                self.slow = None;
                None
            }
        }
    }

    /// Hands everything up to the next white space to the general algorithm: no rule of UAX 29 joins across it.
    fn enter_slow_chunk(&mut self) {
        let text: &'a str = self.text;
        let rest = &text[self.at..];
        let len = rest.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(rest.len());
        self.slow = Some((self.at, rest[..len].unicode_word_indices()));
        self.at += len;
    }
}

const OTHER: u8 = 0;
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
/// `_`, which joins letters and digits.
const JOINER: u8 = 3;
/// `:`, which joins letters.
const MID_LETTER: u8 = 4;
/// `,` and `;`, which join digits.
const MID_DIGIT: u8 = 5;
/// `.` and `'`, which join both.
const MID_BOTH: u8 = 6;
const WIDE: u8 = 7;

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'_' => JOINER,
            0x80.. => WIDE,
            _ => OTHER,
        };
        byte += 1;
    }
    classes
}

fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// What a byte is between two others; only asked where a word might end.
fn middle(byte: u8) -> u8 {
    match byte {
        b':' => MID_LETTER,
        b',' | b';' => MID_DIGIT,
        b'.' | b'\'' => MID_BOTH,
        _ => OTHER,
    }
}

/// Where the word that starts at `start` ends; `None` when a character beyond ASCII touches it, and the general
/// algorithm must decide.
fn ascii_word_end(bytes: &[u8], start: usize) -> Option<usize> {
    let class_at = |at: usize| bytes.get(at).map_or(OTHER, |&byte| class(byte));
    let (mut at, mut before) = (start, OTHER);
    loop {
        let here = class_at(at);
        if here == WIDE {
            return None;
        }
        if here == OTHER {
            let after = class_at(at + 1);
            if !bytes.get(at).is_some_and(|&byte| joins(before, middle(byte), after)) {
                return Some(at);
            }
            if after == WIDE {
                return None;
            }
        }
        before = here;
        at += 1;
    }
}

/// Whether `middle` stands inside one word between `before` and `after`. What lies beyond ASCII might join.
fn joins(before: u8, middle: u8, after: u8) -> bool {
    let letters = before == LETTER && (after == LETTER || after == WIDE);
    let digits = before == DIGIT && (after == DIGIT || after == WIDE);
    match middle {
        MID_LETTER => letters,
        MID_DIGIT => digits,
        MID_BOTH => letters || digits,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = words(text).map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn words_are_what_a_reader_counts() {
        check("", &[]);
        check("-- ... !", &[]);
        check("Don't pay $1,299.50 at example.com.", &["Don't", "pay", "1,299.50", "at", "example.com"]);
        check("state-of-the-art", &["state", "of", "the", "art"]);
        check("don’t über-sale", &["don’t", "über", "sale"]);
        check("_ a_b", &["a_b"]);
    }

    proptest! {
        #[test]
        fn cuts_as_the_standard_does(text in "[ -~\\n]{0,40}|[a-c0-2 ._:,;'’éß%]{0,30}") {
            let expected: Vec<_> = text.unicode_word_indices().map(|(at, word)| at..at + word.len()).collect();
            prop_assert_eq!(words(&text).collect::<Vec<_>>(), expected);
        }
    }
}
