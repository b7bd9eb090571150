//! Rows and cells with their exact bytes.

use memchr::{memchr, memchr3};
use mktlint_text::{MappedText, Span};

/// A row and its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// From the first to the last cell, without the line break.
    pub(super) span: Span,
    pub(super) cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its bytes, quotes included.
    pub(super) span: Span,
    /// The bytes between the quotes, or all of it.
    pub(super) inner: Span,
    /// Whether it starts with a quote that closes.
    pub(super) quoted: bool,
    /// Whether it starts with a quote that does not close; it then ends with its line.
    pub(super) unclosed: bool,
}

impl Row {
    /// Whether it holds nothing but separators and white space.
    pub(super) fn is_blank(&self, text: &str) -> bool {
        self.cells.iter().all(|cell| cell.is_blank(text))
    }
}

impl Cell {
    pub(super) fn is_blank(&self, text: &str) -> bool {
        let after = Span::new(self.inner.end() + u32::from(self.quoted), self.span.end());
        let blank = |span: Span| span.slice(text).trim().is_empty();
        !self.unclosed && blank(self.inner) && blank(after)
    }

    /// What the cell says: two quotes inside quotes are one, and what follows the closing quote is kept.
    pub(super) fn decode(&self, text: &str) -> MappedText {
        let mut mapped = MappedText::new();
        let mut at = self.inner.start();
        while self.quoted
            && let Some(offset) = memchr(b'"', Span::new(at, self.inner.end()).slice(text).as_bytes())
        {
            let quote = at + offset as u32;
            mapped.push_verbatim(text, Span::new(at, quote));
            mapped.push_replaced("\"", Span::new(quote, quote + 2));
            at = quote + 2;
        }
        mapped.push_verbatim(text, Span::new(at, self.inner.end()));
        let after = self.inner.end() + u32::from(self.quoted);
        mapped.push_verbatim(text, Span::new(after, self.span.end()));
        mapped
    }
}

/// The rows of a text, in order; empty lines are none.
pub(super) struct Rows<'t> {
    text: &'t str,
    at: u32,
    delimiter: u8,
}

impl<'t> Rows<'t> {
    /// The rows from offset `start` on. A delimiter beyond ASCII counts as a comma.
    pub(super) fn new(text: &'t str, start: u32, delimiter: char) -> Self {
        let delimiter = u8::try_from(delimiter).ok().filter(u8::is_ascii).unwrap_or(b',');
        Self { text, at: start, delimiter }
    }

    fn rest(&self, from: u32) -> &'t [u8] {
        self.text.as_bytes().get(from as usize..).unwrap_or_default()
    }

    fn cell(&self, start: u32) -> Cell {
        match self.rest(start).first() {
            Some(b'"') => self.quoted(start),
            _ => self.bare(start),
        }
    }

    fn bare(&self, start: u32) -> Cell {
        let span = Span::new(start, self.end_of_bare(start));
        Cell { span, inner: span, quoted: false, unclosed: false }
    }

    /// The next separator or line break.
    fn end_of_bare(&self, start: u32) -> u32 {
        let rest = self.rest(start);
        start + memchr3(self.delimiter, b'\n', b'\r', rest).unwrap_or(rest.len()) as u32
    }

    /// A cell in quotes. Linear over the whole text: a search that runs past a line ends at the next quote that could
    /// open a cell there.
    fn quoted(&self, start: u32) -> Cell {
        let mut at = start + 1;
        let close = loop {
            let Some(offset) = memchr(b'"', self.rest(at)) else { return self.unclosed(start) };
            at += offset as u32;
            if self.rest(at + 1).first() != Some(&b'"') {
                break at;
            }
            at += 2;
        };
        let end = self.end_of_bare(close + 1);
        let inner = Span::new(start + 1, close);
        let runs_on = memchr::memchr2(b'\n', b'\r', inner.slice(self.text).as_bytes()).is_some();
        if end > close + 1 && runs_on {
            return self.unclosed(start);
        }
        Cell { span: Span::new(start, end), inner, quoted: true, unclosed: false }
    }

    fn unclosed(&self, start: u32) -> Cell {
        let cell = self.bare(start);
        let inner = Span::new(start + 1, cell.span.end());
        Cell { inner, unclosed: true, ..cell }
    }

    /// Past the line break at `at`.
    fn past_break(&self, at: u32) -> u32 {
        match self.rest(at) {
            [b'\r', b'\n', ..] => at + 2,
            [] => at,
            _ => at + 1,
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        while matches!(self.rest(self.at).first(), Some(b'\n' | b'\r')) {
            self.at = self.past_break(self.at);
        }
        let start = self.at;
        if self.rest(start).is_empty() {
            return None;
        }
        let mut cells = Vec::new();
        loop {
            let cell = self.cell(self.at);
            cells.push(cell);
            self.at = cell.span.end();
            match self.rest(self.at).first() {
                Some(byte) if *byte == self.delimiter => self.at += 1,
                _ => break,
            }
        }
        let span = Span::new(start, self.at);
        self.at = self.past_break(self.at);
        Some(Row { span, cells })
    }
}

/// What separates the cells of the first row: the one of `,`, `;`, tab and `|` that stands most often outside of
/// quotes; a comma when there is none.
pub(super) fn delimiter_of(text: &str, start: u32) -> char {
    const KNOWN: [char; 4] = [',', ';', '\t', '|'];
    let mut counts = [0_usize; KNOWN.len()];
    let mut in_quotes = false;
    for letter in text.get(start as usize..).unwrap_or_default().trim_start_matches(['\n', '\r']).chars() {
        match letter {
            '"' => in_quotes = !in_quotes,
            _ if in_quotes => {}
            '\n' | '\r' => break,
            _ => {
                if let Some(index) = KNOWN.iter().position(|known| *known == letter) {
                    counts[index] += 1;
                }
            }
        }
    }
    let best = counts.iter().copied().max().filter(|most| *most > 0);
    best.and_then(|most| counts.iter().position(|count| *count == most)).map_or(',', |index| KNOWN[index])
}
