//! From byte offsets to lines and columns.

use crate::Span;

/// A position as people count it: both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Where each line of a text starts. Lines end with `\n`, `\r\n`, or a lone `\r`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds the line starts of `text` in one pass.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let pair = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if !pair {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { starts }
    }

    /// Number of lines; a final line break starts one more, empty, line.
    pub fn n_lines(&self) -> u32 {
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }

    /// The line, from 1, that `offset` is in.
    pub fn line(&self, offset: u32) -> u32 {
        u32::try_from(self.starts.partition_point(|&start| start <= offset)).unwrap_or(u32::MAX)
    }

    /// Where line `line` (from 1) starts; the last line's start when there are fewer.
    pub fn line_start(&self, line: u32) -> u32 {
        let at = (line.max(1) as usize - 1).min(self.starts.len() - 1);
        self.starts[at]
    }

    /// The bytes of line `line` (from 1), without its line break.
    pub fn line_span(&self, text: &str, line: u32) -> Span {
        let start = self.line_start(line);
        let end = self.starts.get(line.max(1) as usize).copied().unwrap_or(text.len() as u32);
        let body = Span::new(start, end).slice(text).trim_end_matches(['\n', '\r']);
        Span::new(start, start + body.len() as u32)
    }

    /// The position of `offset` in `text`, the text this index was made from.
    pub fn line_column(&self, text: &str, offset: u32) -> LineColumn {
        let line = self.line(offset);
        let before = text.get(self.line_start(line) as usize..offset as usize);
        let column = before.map_or(0, |before| before.chars().count()) as u32 + 1;
        LineColumn { line, column }
    }

    /// The byte offset of a position, clamped to its line and to `text`.
    pub fn offset(&self, text: &str, at: LineColumn) -> u32 {
        let span = self.line_span(text, at.line.min(self.n_lines()));
        let skip = at.column.max(1) as usize - 1;
        let into = span.slice(text).char_indices().nth(skip).map_or(span.len(), |(into, _)| into as u32);
        span.start() + into
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_break_counts_once() {
        let text = "a\nb\r\nc\rd";
        let index = LineIndex::new(text);
        assert_eq!(index.n_lines(), 4);
        assert_eq!(index.line_column(text, 5), LineColumn { line: 3, column: 1 });
        assert_eq!(index.line_span(text, 2).slice(text), "b");
    }

    #[test]
    fn columns_count_characters() {
        let text = "é½x";
        let index = LineIndex::new(text);
        assert_eq!(index.line_column(text, 4), LineColumn { line: 1, column: 3 });
        assert_eq!(index.offset(text, LineColumn { line: 1, column: 3 }), 4);
        assert_eq!(index.offset(text, LineColumn { line: 9, column: 99 }), 5);
    }
}
