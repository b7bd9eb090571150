//! One line of a file, or a window on it, with marks under it.

use mktlint_text::Span;
use unicode_width::UnicodeWidthChar;

use crate::text::{FileText, clean};

/// Part of a label on one line of a file.
#[derive(Clone, Copy)]
pub(crate) struct Segment<'d> {
    pub(crate) line: u32,
    pub(crate) span: Span,
    pub(crate) text: &'d str,
    /// Which label of its finding; 0 is the primary one.
    pub(crate) label: usize,
}

/// A line as it is printed. A line whose labels are too far apart for one window makes several rows.
pub(crate) struct Row<'d> {
    /// The line's number in its file.
    pub(crate) line: u32,
    /// Whether lines between this row and the one before are left out.
    pub(crate) gap: bool,
    /// Safe to print, tabs expanded, `…` where it was cut.
    pub(crate) text: String,
    /// In order of their start.
    pub(crate) marks: Vec<Mark<'d>>,
}

/// A label under a row.
pub(crate) struct Mark<'d> {
    /// Bytes of the row's text; may be empty.
    pub(crate) bytes: std::ops::Range<usize>,
    pub(crate) text: &'d str,
    /// Which label of its finding; 0 is the primary one.
    pub(crate) label: usize,
}

/// The rows for `segments`, which are in order of line and start.
pub(crate) fn rows<'d>(segments: &[Segment<'d>], file: &FileText, width: usize) -> Vec<Row<'d>> {
    let mut rows: Vec<Row<'d>> = Vec::new();
    let mut rest = segments;
    while let Some(first) = rest.first() {
        let window = window(file, first, width);
        let fits = |segment: &&Segment<'_>| {
            segment.line == first.line && (segment.span.start() < window.end() || segment.span == first.span)
        };
        // A window that reaches the end of its line also holds what stands at the very end.
        let at_end = window.end() == file.line_span(first.line).end();
        let n = rest.iter().take_while(|it| fits(it) || (at_end && it.line == first.line)).count().max(1);
        let (here, later) = rest.split_at(n);
        let gap = rows.last().is_some_and(|row| row.line + 1 < first.line);
        rows.push(row(file, first.line, gap, window, here));
        rest = later;
    }
    rows
}

/// The bytes of the line to show so that `segment` is in sight.
///
/// Looks at no more than a few screen widths of the line, however long that is.
fn window(file: &FileText, segment: &Segment<'_>, width: usize) -> Span {
    let line = file.line_span(segment.line);
    let text = line.slice(file.text());
    if text.len() <= 4 * width && columns(text) <= width {
        return line;
    }
    let start = segment.span.start().clamp(line.start(), line.end());
    let wanted = Span::new(start, segment.span.end().min(line.end())).slice(file.text());
    let shown = within(wanted.chars(), width);
    let lead = (width.saturating_sub(shown.columns) / 2).min(width / 3);
    let before = Span::new(line.start(), start).slice(file.text());
    let from = start - within(before.chars().rev(), lead).bytes;
    let after = Span::new(from, line.end()).slice(file.text());
    Span::new(from, from + within(after.chars(), width.saturating_sub(2)).bytes)
}

/// How much of some characters fits.
struct Fit {
    bytes: u32,
    columns: usize,
}

/// The first of `chars` that fit into `width` columns. A flood of characters without width is cut, too.
fn within(chars: impl Iterator<Item = char>, width: usize) -> Fit {
    let mut fit = Fit { bytes: 0, columns: 0 };
    for c in chars.take(4 * width) {
        let wide = column_width(c);
        if fit.columns + wide > width {
            break;
        }
        fit.columns += wide;
        fit.bytes += c.len_utf8() as u32;
    }
    fit
}

fn columns(text: &str) -> usize {
    text.chars().map(column_width).sum()
}

/// Columns that `c` takes at most: a tab takes one to four, what is unsafe as many as what stands for it.
fn column_width(c: char) -> usize {
    match c {
        '\t' => 4,
        '\u{0}'..='\u{1f}' | '\u{7f}' => 1,
        _ if clean::is_unsafe(c) => 9,
        _ => c.width().unwrap_or(0),
    }
}

fn row<'d>(file: &FileText, line: u32, gap: bool, window: Span, segments: &[Segment<'d>]) -> Row<'d> {
    let whole = file.line_span(line);
    let mut print = Print::default();
    if window.start() > whole.start() {
        print.put("…");
    }
    for (at, c) in window.slice(file.text()).char_indices() {
        print.character(window.start() + at as u32, c);
    }
    print.stop(window.end());
    if window.end() < whole.end() {
        print.put("…");
    }
    let cut = window.end() < whole.end();
    let marks = segments.iter().map(|segment| print.mark(segment, cut && segment.span.end() > window.end()));
    let marks = marks.collect();
    Row { line, gap, text: print.text, marks }
}

/// A line being printed, with the way from bytes of the file to bytes of what is printed.
#[derive(Default)]
struct Print {
    text: String,
    column: usize,
    /// Byte in the file, byte in `text`; in order.
    stops: Vec<(u32, usize)>,
}

impl Print {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += columns(text);
    }

    fn stop(&mut self, at: u32) {
        self.stops.push((at, self.text.len()));
    }

    fn character(&mut self, at: u32, c: char) {
        self.stop(at);
        if c == '\t' {
            let n = 4 - self.column % 4;
            self.text.extend(std::iter::repeat_n(' ', n));
            self.column += n;
            return;
        }
        let from = self.text.len();
        clean::push(&mut self.text, c);
        self.column += columns(self.text.get(from..).unwrap_or_default());
    }

    /// The byte of the first stop at or after `at`, else of the last.
    fn find(&self, at: u32) -> usize {
        let index = self.stops.partition_point(|stop| stop.0 < at);
        self.stops.get(index).or(self.stops.last()).map_or(0, |stop| stop.1)
    }

    fn mark<'d>(&self, segment: &Segment<'d>, runs_on: bool) -> Mark<'d> {
        let from = self.find(segment.span.start());
        let to = if runs_on { self.text.len() } else { self.find(segment.span.end()) };
        Mark { bytes: from..to.max(from), text: segment.text, label: segment.label }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows for the parts of `text` given by bytes, marked with `^`.
    fn show(text: &str, spans: &[(u32, u32)], width: usize) -> Vec<(String, String)> {
        let file = FileText::new(text.into());
        let segment = |&(start, end): &(u32, u32)| {
            let line = file.lines().line(start);
            Segment { line, span: Span::new(start, end), text: "", label: 0 }
        };
        let segments: Vec<_> = spans.iter().map(segment).collect();
        rows(&segments, &file, width).into_iter().map(|row| (under(&row), row.text)).map(swap).collect()
    }

    fn swap((marks, text): (String, String)) -> (String, String) {
        (text, marks)
    }

    fn under(row: &Row<'_>) -> String {
        let mut out = String::new();
        for mark in &row.marks {
            let width = |bytes| columns(row.text.get(bytes).unwrap_or_default());
            out.push_str(&" ".repeat(width(0..mark.bytes.start)));
            out.push_str(&"^".repeat(width(mark.bytes.clone())));
        }
        out
    }

    fn pair(text: &str, marks: &str) -> (String, String) {
        (text.into(), marks.into())
    }

    #[test]
    fn tabs_and_wide_characters_are_measured() {
        assert_eq!(show("\tab 日本 c", &[(4, 10)], 40), [pair("    ab 日本 c", "       ^^^^")]);
    }

    #[test]
    fn an_escape_is_shown_and_underlined_whole() {
        assert_eq!(show("a\u{202e}b", &[(1, 4)], 40), [pair("a<U+202E>b", " ^^^^^^^^")]);
    }

    #[test]
    fn a_place_without_bytes_keeps_its_line() {
        assert_eq!(show("ab", &[(2, 2)], 40), [pair("ab", "  ")]);
        assert_eq!(show("", &[(0, 0)], 40), [pair("", "")]);
    }

    #[test]
    fn a_long_line_is_cut_around_the_words() {
        let text = format!("{}HERE{}", "x".repeat(70_000), "y".repeat(70_000));
        let rows = show(&text, &[(70_000, 70_004)], 20);
        assert_eq!(rows, [pair("…xxxxxxHEREyyyyyyyy…", "       ^^^^")]);
    }

    #[test]
    fn words_far_apart_on_one_line_get_a_window_each() {
        let text = format!("AA{}BB", "-".repeat(100));
        let rows = show(&text, &[(0, 2), (102, 104)], 12);
        assert_eq!(rows, [pair("AA--------…", "^^"), pair("…----BB", "     ^^")]);
    }

    #[test]
    fn words_longer_than_the_window_are_marked_to_its_edge() {
        let rows = show(&"z".repeat(200), &[(0, 200)], 12);
        assert_eq!(rows, [pair("zzzzzzzzzz…", "^^^^^^^^^^^")]);
    }
}
