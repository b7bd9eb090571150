//! One text with the way from bytes to lines and columns.

use std::cell::OnceCell;
use std::sync::Arc;

use mktlint_text::{LineIndex, Span};

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Bytes of UTF-8.
    Bytes,
    /// Characters.
    Chars,
    /// UTF-16 code units.
    Utf16,
}

/// A line and a column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Point {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// How many characters a stretch of text has, and how many of them take two UTF-16 code units.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    chars: u32,
    wide: u32,
}

impl Tally {
    fn add(mut self, bytes: &[u8]) -> Self {
        for &byte in bytes {
            // A byte that does not continue a character starts one; four-byte characters start with F0 or more.
            self.chars += u32::from(byte & 0xC0 != 0x80);
            self.wide += u32::from(byte >= 0xF0);
        }
        self
    }
}

/// Distance in bytes between two tallies kept for a text.
const STEP: usize = 4096;

/// A text, its lines, and running tallies, so that a column costs the same wherever it is: ten thousand findings on
/// one line of 50 MB would otherwise count that line ten thousand times.
pub(crate) struct FileText {
    text: Arc<str>,
    lines: LineIndex,
    tallies: OnceCell<Vec<Tally>>,
}

impl FileText {
    pub(crate) fn new(text: Arc<str>) -> Self {
        let lines = LineIndex::new(&text);
        Self { text, lines, tallies: OnceCell::new() }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// The bytes of line `line`, without its line break.
    pub(crate) fn line_span(&self, line: u32) -> Span {
        self.lines.line_span(&self.text, line)
    }

    /// `span` moved out to character boundaries and cut to the text.
    pub(crate) fn clamp(&self, span: Span) -> Span {
        Span::new(self.floor(span.start()), self.ceil(span.end()))
    }

    /// The last character boundary at or before `at`.
    pub(crate) fn floor(&self, at: u32) -> u32 {
        let mut at = (at as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at as u32
    }

    /// The first character boundary at or after `at`.
    pub(crate) fn ceil(&self, at: u32) -> u32 {
        let mut at = (at as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        at as u32
    }

    /// The position of `offset`, which is clamped to the text.
    pub(crate) fn point(&self, offset: u32, unit: Unit) -> Point {
        let offset = self.floor(offset);
        let line = self.lines.line(offset);
        let start = self.lines.line_start(line);
        let column = match unit {
            Unit::Bytes => offset - start,
            Unit::Chars => self.between(start, offset).chars,
            Unit::Utf16 => {
                let tally = self.between(start, offset);
                tally.chars + tally.wide
            }
        };
        Point { line, column: column + 1 }
    }

    fn between(&self, start: u32, end: u32) -> Tally {
        let bytes = self.text.as_bytes();
        if (end - start) as usize <= STEP {
            return Tally::default().add(bytes.get(start as usize..end as usize).unwrap_or_default());
        }
        let (from, to) = (self.up_to(start as usize), self.up_to(end as usize));
        Tally { chars: to.chars - from.chars, wide: to.wide - from.wide }
    }

    fn up_to(&self, at: usize) -> Tally {
        let bytes = self.text.as_bytes();
        let tally = self.tallies().get(at / STEP).copied().unwrap_or_default();
        tally.add(bytes.get(at - at % STEP..at).unwrap_or_default())
    }

    /// The tally of everything before each multiple of `STEP`.
    fn tallies(&self) -> &[Tally] {
        self.tallies.get_or_init(|| {
            let mut tallies = vec![Tally::default()];
            for chunk in self.text.as_bytes().chunks_exact(STEP) {
                let last = tallies.last().copied().unwrap_or_default();
                tallies.push(last.add(chunk));
            }
            tallies
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> FileText {
        FileText::new(text.into())
    }

    #[test]
    fn a_column_counts_what_is_asked_for() {
        let file = file("x\né😀z");
        let columns = [Unit::Bytes, Unit::Chars, Unit::Utf16].map(|unit| file.point(8, unit).column);
        assert_eq!(columns, [7, 3, 4]);
        assert_eq!(file.point(8, Unit::Chars).line, 2);
    }

    #[test]
    fn a_far_column_is_counted_the_same_way() {
        let file = file(&"é😀z".repeat(3000));
        for n in [585, 1170, 2999] {
            assert_eq!(file.point(n * 7, Unit::Chars).column, n * 3 + 1);
            assert_eq!(file.point(n * 7, Unit::Utf16).column, n * 4 + 1);
        }
    }

    #[test]
    fn spans_are_moved_to_boundaries_and_into_the_text() {
        let file = file("aé");
        assert_eq!(file.clamp(Span::new(2, 2)), Span::new(1, 3));
        assert_eq!(file.clamp(Span::new(7, 9)), Span::at(3));
    }
}
