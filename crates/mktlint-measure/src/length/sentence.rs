//! Sentences, as a reader hears them.

mod abbreviation;

use std::iter::FusedIterator;
use std::ops::Range;

use abbreviation::Stop;

/// Returns the sentences of `text` as byte ranges, in order, without the white space around them.
///
/// A sentence ends at `.`, `!`, `?`, `…` or their relatives in other scripts, together with the quotes and brackets
/// that close after it, when white space or the end follows (in Chinese and Japanese nothing need follow), and at a
/// blank line. A full stop does not end one when a lower-case word follows, after an abbreviation (`Dr.`, `e.g.`,
/// `U.S.`, `Inc.`) or an initial, or inside a number or an address. A single line break is white space, since mail
/// and plain text are often wrapped.
///
/// Every character that is not white space is in exactly one sentence. Empty text has none; text without any
/// full stop is one. Count them with `.count()`.
///
/// Source: after Unicode UAX 29, sentence boundaries, which know no abbreviations and end one at every line break.
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences { text, at: 0 }
}

/// The iterator that [`sentences`] returns.
#[derive(Clone, Debug)]
pub struct Sentences<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Sentences<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = skip_space(self.text, self.at);
        if start == self.text.len() {
            return None;
        }
        self.at = end_of(self.text, start);
        Some(start..start + self.text[start..self.at].trim_end().len())
    }
}

impl FusedIterator for Sentences<'_> {}

/// What kind of byte starts here, as far as sentences care.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    FullStop,
    /// `!` and `?`.
    Mark,
    LineBreak,
    /// The first byte of a character beyond ASCII.
    Wide,
}

static CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'.' => Class::FullStop,
            b'!' | b'?' => Class::Mark,
            b'\n' => Class::LineBreak,
            0xC0.. => Class::Wide,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
}

/// Where the sentence that starts at `start` ends, white space after it included or not.
fn end_of(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(skipped) = bytes[at..].iter().position(|&byte| CLASSES[usize::from(byte)] != Class::Other)
    {
        at += skipped;
        let (end, next) = match CLASSES[usize::from(bytes[at])] {
            Class::LineBreak => (is_blank_line(&bytes[at..]).then_some(at), at + 1),
            Class::Wide => wide_end(text, at),
            _ => marked_end(text, at),
        };
        match end {
            Some(end) => return end,
            None => at = next,
        }
    }
    text.len()
}

/// Whether only white space stands between the line break that `bytes` starts with and the next one.
///
/// Looks at most 256 bytes ahead, so that a megabyte of spaces is not read once for each line before it.
fn is_blank_line(bytes: &[u8]) -> bool {
    let ahead = bytes.iter().skip(1).take(256);
    ahead.copied().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')) == Some(b'\n')
}

/// Where a sentence ends at the character beyond ASCII at `at`, if it does, and where to go on if not.
fn wide_end(text: &str, at: usize) -> (Option<usize>, usize) {
    let Some(character) = text[at..].chars().next() else { return (None, text.len()) };
    let next = at + character.len_utf8();
    match character {
        '\u{2029}' => (Some(at), next),
        '。' | '！' | '？' | '｡' | '．' => (Some(skip_closers(text, next)), next),
        '…' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।' | '॥' | '։' => marked_end(text, at),
        _ => (None, next),
    }
}

/// Where a sentence ends at the run of marks at `at`, if it does, and where to go on if not.
fn marked_end(text: &str, at: usize) -> (Option<usize>, usize) {
    let after = skip_while(text, at, is_mark);
    let end = skip_closers(text, after);
    let follows = text[end..].chars().next();
    if !follows.is_none_or(char::is_whitespace) {
        return (None, end);
    }
    let marks = &text[at..after];
    let ends = match marks {
        "." => full_stop_ends(text, at, end),
        _ if marks.starts_with(['.', '…']) && !marks.contains(['!', '?']) => !goes_on(text, end),
        // `"Really?" she asked` is one sentence, `really? yes` are two.
        _ => end == after || !goes_on(text, end),
    };
    (ends.then_some(end), end)
}

fn full_stop_ends(text: &str, at: usize, end: usize) -> bool {
    if goes_on(text, end) {
        return false;
    }
    match abbreviation::before(&text.as_bytes()[..at]) {
        Stop::Sentence => true,
        Stop::Abbreviation => is_last(text, end),
        Stop::Either => is_last(text, end) || abbreviation::opens_sentence(&text[skip_space(text, end)..]),
    }
}

/// Whether nothing but white space, or a blank line, follows `end`.
fn is_last(text: &str, end: usize) -> bool {
    let gap = &text[end..skip_space(text, end)];
    end + gap.len() == text.len() || gap.bytes().filter(|&byte| byte == b'\n').count() > 1
}

/// Whether a lower-case letter follows the white space at `end`, perhaps behind an opening quote or bracket.
fn goes_on(text: &str, end: usize) -> bool {
    let next = skip_space(text, end);
    if is_last(text, end) {
        return false;
    }
    let open = |character| matches!(character, '"' | '\'' | '(' | '[' | '“' | '‘' | '«' | '„');
    text[skip_while(text, next, open)..].chars().next().is_some_and(char::is_lowercase)
}

fn is_mark(character: char) -> bool {
    matches!(character, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।' | '॥' | '։')
}

fn skip_closers(text: &str, at: usize) -> usize {
    let closes =
        |character| matches!(character, '"' | '\'' | ')' | ']' | '”' | '’' | '»' | '」' | '』' | '）');
    skip_while(text, at, closes)
}

fn skip_space(text: &str, at: usize) -> usize {
    skip_while(text, at, char::is_whitespace)
}

/// The first position from `at` on whose character is not of the kind that `skips` accepts.
fn skip_while(text: &str, at: usize, skips: impl Fn(char) -> bool) -> usize {
    text[at..].find(|character| !skips(character)).map_or(text.len(), |found| at + found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text).map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn marks_end_sentences() {
        check("", &[]);
        check(" \n ", &[]);
        check("No full stop", &["No full stop"]);
        check("One. Two! Three? Four", &["One.", "Two!", "Three?", "Four"]);
        check("Wait... What?! Yes.", &["Wait...", "What?!", "Yes."]);
        check("(It works.) \"It does.\" Good", &["(It works.)", "\"It does.\"", "Good"]);
        check("来了。走了！再见", &["来了。", "走了！", "再见"]);
    }

    #[test]
    fn abbreviations_and_numbers_do_not() {
        check("Ask Dr. Smith, e.g. today. Now", &["Ask Dr. Smith, e.g. today.", "Now"]);
        check("The U.S. Army buys from Acme Inc. Monday.", &["The U.S. Army buys from Acme Inc. Monday."]);
        check("It grew 3.5 % at acme.example. Wow.", &["It grew 3.5 % at acme.example.", "Wow."]);
        check("J. K. Rowling wrote. We read.", &["J. K. Rowling wrote.", "We read."]);
        check("Item No. 5 is new. Version 5. It works", &["Item No. 5 is new.", "Version 5.", "It works"]);
        check("Well... maybe. \"Really?\" she asked.", &["Well... maybe.", "\"Really?\" she asked."]);
    }

    #[test]
    fn abbreviations_that_end_names_end_sentences_before_a_plain_opening() {
        check("We left the U.S. The trip was long.", &["We left the U.S.", "The trip was long."]);
        check("Call at 5 p.m. We are open.", &["Call at 5 p.m.", "We are open."]);
        check("Call Dr. The end", &["Call Dr. The end"]);
        check("Made by Acme Inc.\n\nNext", &["Made by Acme Inc.", "Next"]);
    }

    #[test]
    fn blank_lines_end_sentences_and_wrapped_lines_do_not() {
        check("A heading\n\nSome text\nthat is wrapped.", &["A heading", "Some text\nthat is wrapped."]);
        check("a\r\n \r\nb", &["a", "b"]);
    }

    proptest! {
        #[test]
        fn sentences_tile_what_is_not_white_space(text in "[ \\n.!?…。A-Ca-c\"')é’U]{0,60}|\\PC{0,40}") {
            let mut at = 0;
            for range in sentences(&text) {
                prop_assert!(text[at..range.start].trim().is_empty());
                prop_assert_eq!(text[range.clone()].trim(), &text[range.clone()]);
                prop_assert!(!range.is_empty());
                at = range.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
