//! The lines to show for a finding, cut to fit, with its labels on them.
//!
//! Cut here, since nothing that lays out excerpts cuts a line, and minified HTML is one line of 70 kB. A row costs
//! what it shows, however long its line is.

mod change;
mod row;

use mktlint_diag::{Diagnostic, FilePath, Label};
use mktlint_text::Span;

pub(crate) use change::{Change, changes};
pub(crate) use row::Row;
use row::{Segment, rows};

use crate::text::{FileText, Point, Texts, Unit};

/// Labels shown for one finding. The others are in the machine formats; a screen full of them helps nobody.
const MAX_LABELS: usize = 12;

/// The lines of one file that a finding shows.
pub(crate) struct Frame<'d> {
    pub(crate) file: &'d FilePath,
    /// Where the primary label of this file starts, else the first; `None` when there is no text to show.
    pub(crate) at: Option<Point>,
    /// In order of line, then of column.
    pub(crate) rows: Vec<Row<'d>>,
    /// What the labels say when there is no text to put them on.
    pub(crate) loose: Vec<&'d str>,
}

/// The frames of a finding and how many of its labels were left out.
pub(crate) struct Excerpt<'d> {
    pub(crate) frames: Vec<Frame<'d>>,
    pub(crate) n_left_out: usize,
}

/// The lines that `finding` points at, in lines of at most `width` columns; the primary label's file first.
pub(crate) fn excerpt<'d>(finding: &'d Diagnostic, texts: &Texts<'_>, width: usize) -> Excerpt<'d> {
    let mut files: Vec<(&FilePath, Vec<(&Label, usize)>)> = Vec::new();
    let labels = std::iter::once(&finding.primary).chain(&finding.secondary);
    for (index, label) in labels.enumerate().take(MAX_LABELS) {
        let labelled = (label, index);
        match files.iter_mut().find(|(file, _)| *file == &label.place.file) {
            Some((_, labels)) => labels.push(labelled),
            None => files.push((&label.place.file, vec![labelled])),
        }
    }
    let frames = files.into_iter().map(|(file, labels)| frame(file, &labels, texts, width)).collect();
    Excerpt { frames, n_left_out: (finding.secondary.len() + 1).saturating_sub(MAX_LABELS) }
}

fn frame<'d>(
    file: &'d FilePath,
    labels: &[(&'d Label, usize)],
    texts: &Texts<'_>,
    width: usize,
) -> Frame<'d> {
    let Some(text) = texts.get(file) else {
        let loose = labels.iter().map(|(label, _)| label.text.as_str()).filter(|text| !text.is_empty());
        return Frame { file, at: None, rows: Vec::new(), loose: loose.collect() };
    };
    let first = labels.first().map_or(Span::default(), |(label, _)| label.place.span);
    let mut segments: Vec<Segment<'d>> =
        labels.iter().flat_map(|&(label, index)| segments(label, index, &text)).collect();
    segments.sort_by_key(|segment| (segment.line, segment.span));
    let at = text.point(text.clamp(first).start(), Unit::Chars);
    Frame { file, at: Some(at), rows: rows(&segments, &text, width), loose: Vec::new() }
}

/// The pieces of a label, each on one line: itself, or its first and last line, the latter with the words.
fn segments<'d>(label: &'d Label, index: usize, text: &FileText) -> Vec<Segment<'d>> {
    let span = without_last_break(text.clamp(label.place.span), text);
    let (first, last) = (text.lines().line(span.start()), text.lines().line(span.end()));
    let piece = |line, span, says| Segment { line, span, text: says, label: index };
    if first == last {
        return vec![piece(first, span, label.text.as_str())];
    }
    let head = Span::new(span.start(), text.line_span(first).end());
    let tail = Span::new(indented(text, last).min(span.end()), span.end());
    vec![piece(first, head, ""), piece(last, tail, label.text.as_str())]
}

/// A span that ends with a line break ends on the line before, where a reader sees it end.
fn without_last_break(span: Span, text: &FileText) -> Span {
    let last = text.lines().line(span.end());
    let ends_at_start = text.lines().line_start(last) == span.end();
    if !ends_at_start || text.lines().line(span.start()) == last {
        return span;
    }
    Span::new(span.start(), text.line_span(last - 1).end())
}

/// Where the words of `line` start, when they start soon.
fn indented(text: &FileText, line: u32) -> u32 {
    let span = text.line_span(line);
    let blank = span.slice(text.text()).bytes().take(400).take_while(|byte| matches!(byte, b' ' | b'\t'));
    span.start() + blank.count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use mktlint_diag::Place;

    /// The pieces of the part of `text` given by bytes, as `line:bytes`.
    fn check(text: &str, start: u32, end: u32, expected: &[&str]) {
        let file = FileText::new(text.into());
        let label = Label { place: Place::new("a".into(), Span::new(start, end)), text: String::new() };
        let pieces = segments(&label, 0, &file);
        let shown: Vec<String> = pieces.iter().map(|it| format!("{}:{:?}", it.line, it.span)).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_label_over_lines_has_a_head_and_a_tail() {
        check("one\ntwo\n  three", 1, 13, &["1:1..3", "3:10..13"]);
    }

    #[test]
    fn a_label_that_ends_with_a_line_break_ends_before_it() {
        check("one\r\ntwo", 0, 5, &["1:0..3"]);
        check("one\ntwo\n", 1, 8, &["1:1..3", "2:4..7"]);
    }

    #[test]
    fn an_empty_label_at_the_start_of_a_line_stays_there() {
        check("one\ntwo", 4, 4, &["2:4..4"]);
    }
}
