//! What a fix removes and adds, as lines.

use std::ops::Range;

use mktlint_diag::{Edit, Fix};
use mktlint_text::Span;

use crate::text::{FileText, Texts, clean};

/// Lines of one change that are shown on each side.
const MAX_LINES: usize = 8;

/// Changes of one fix that are shown.
const MAX_CHANGES: usize = 4;

/// A change of more bytes than this is not shown.
const MAX_BYTES: u32 = 16 * 1024;

/// Lines that a fix replaces by others; safe to print.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) removed: Vec<String>,
    pub(crate) added: Vec<String>,
}

/// What `fix` changes, in lines of at most `width` characters; empty when its text is not known or an edit does not
/// fit it.
pub(crate) fn changes(fix: &Fix, texts: &Texts<'_>, width: usize) -> Vec<Change> {
    let Some(file) = texts.get(&fix.file) else { return Vec::new() };
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort();
    let fit = edits.iter().all(|edit| file.clamp(edit.span) == edit.span);
    let apart = edits.windows(2).all(|pair| pair[0].span.end() <= pair[1].span.start());
    if !fit || !apart {
        return Vec::new();
    }
    let hunks = edits.chunk_by(|one, next| near(one.span, next.span, &file, width));
    hunks.take(MAX_CHANGES).filter_map(|hunk| change(hunk, &file, width)).collect()
}

/// Whether two edits are seen on one line.
fn near(one: Span, next: Span, file: &FileText, width: usize) -> bool {
    file.lines().line(one.end()) == file.lines().line(next.start())
        && next.start() - one.end() <= width as u32
}

fn change(hunk: &[&Edit], file: &FileText, width: usize) -> Option<Change> {
    let span = hunk.first()?.span.cover(hunk.last()?.span);
    if span.len() > MAX_BYTES {
        return None;
    }
    let around = around(span, file, width);
    let old = around.slice(file.text());
    let mut new = String::new();
    let mut at = around.start();
    for edit in hunk {
        new.push_str(Span::new(at, edit.span.start()).slice(file.text()));
        new.push_str(&edit.text);
        at = edit.span.end();
    }
    new.push_str(Span::new(at, around.end()).slice(file.text()));
    let (removed, added) = differing(old, &new);
    let cut = cut_ends(around, span, file);
    Some(Change { removed: printed(&removed, cut, width), added: printed(&added, cut, width) })
}

/// The lines of `span`, or of a long line only what is near.
fn around(span: Span, file: &FileText, width: usize) -> Span {
    let near = (width / 3) as u32;
    let limit = |line: Span, at: u32| if line.len() as usize <= width { line } else { Span::at(at) };
    let first = limit(file.line_span(file.lines().line(span.start())), span.start().saturating_sub(near));
    let last = limit(file.line_span(file.lines().line(span.end())), span.end().saturating_add(near));
    let first_line = file.line_span(file.lines().line(span.start()));
    let last_line = file.line_span(file.lines().line(span.end()));
    // A fix may remove the line break itself, which is just past what `line_span` covers.
    let end = file.ceil(last.end().min(last_line.end())).max(span.end());
    Span::new(file.floor(first.start().max(first_line.start())).min(span.start()), end)
}

/// Whether the first and the last line shown are cut.
fn cut_ends(around: Span, span: Span, file: &FileText) -> (bool, bool) {
    let first = file.line_span(file.lines().line(span.start()));
    let last = file.line_span(file.lines().line(span.end()));
    (around.start() > first.start(), around.end() < last.end())
}

/// The lines of `old` and of `new` without those that both begin or end with.
fn differing<'t>(old: &'t str, new: &'t str) -> (Lines<'t>, Lines<'t>) {
    let (old, new) = (split(old), split(new));
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count().min(most);
    let part = |lines: Vec<&'t str>| {
        let range = head..lines.len() - tail;
        Lines { n: lines.len(), lines: lines[range.clone()].to_vec(), range }
    };
    (part(old), part(new))
}

/// Some of the lines of a text.
struct Lines<'t> {
    lines: Vec<&'t str>,
    range: Range<usize>,
    n: usize,
}

fn split(text: &str) -> Vec<&str> {
    text.split('\n').map(|line| line.trim_end_matches('\r')).collect()
}

fn printed(part: &Lines<'_>, (cut_start, cut_end): (bool, bool), width: usize) -> Vec<String> {
    let mut out = Vec::new();
    for (line, number) in part.lines.iter().zip(part.range.clone()).take(MAX_LINES) {
        let before = if cut_start && number == 0 { "…" } else { "" };
        let after = if cut_end && number + 1 == part.n { "…" } else { "" };
        let line = clean::line(line);
        out.push(format!("{before}{}{after}", clean::cut(&line, 2 * width)));
    }
    if part.lines.len() > MAX_LINES {
        out.push(format!("… {} more lines", part.lines.len() - MAX_LINES));
    }
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use mktlint_diag::{FilePath, Safety};

    use super::*;
    use crate::Sources;

    struct One(&'static str);

    impl Sources for One {
        fn text(&self, _: &FilePath) -> Option<Arc<str>> {
            Some(self.0.into())
        }
    }

    fn check(text: &'static str, edits: &[(u32, u32, &str)], removed: &[&str], added: &[&str]) {
        let edits =
            edits.iter().map(|&(start, end, text)| Edit { span: Span::new(start, end), text: text.into() });
        let fix =
            Fix { title: String::new(), safety: Safety::Safe, file: "a".into(), edits: edits.collect() };
        let shown = changes(&fix, &Texts::new(&One(text)), 20);
        let lines = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect();
        assert_eq!(shown, [Change { removed: lines(removed), added: lines(added) }]);
    }

    #[test]
    fn a_word_shows_its_line() {
        check("one\ntwo three\nfour", &[(4, 8, "")], &["two three"], &["three"]);
    }

    #[test]
    fn edits_on_one_line_are_one_change() {
        check("a b c", &[(0, 1, "x"), (4, 5, "z")], &["a b c"], &["x b z"]);
    }

    #[test]
    fn a_new_line_is_only_added() {
        check("one\ntwo", &[(3, 3, "\nand")], &[], &["and"]);
        check("one\ntwo", &[(4, 4, "and\n")], &[], &["and"]);
    }

    #[test]
    fn a_whole_line_is_only_removed() {
        check("one\r\ntwo\r\nthree", &[(5, 10, "")], &["two"], &[]);
    }

    #[test]
    fn a_long_line_is_cut() {
        check(
            "aaaaaaaaaaaaaaaaaaaaaaaaa bad bbbbbbbbbbbbbbbbbbbbbbbbbb",
            &[(26, 29, "good")],
            &["…aaaaa bad bbbbb…"],
            &["…aaaaa good bbbbb…"],
        );
    }
}
