//! Canonical text, as the smallest edits that lead to it.
//!
//! There is one canonical form; what an editor thinks of tabs and widths does not count.

use std::ops::Range;

use mktlint_diag::Edit;
use mktlint_hir::SourceFile;
use mktlint_hir::db::{Declaration, declarations};
use mktlint_syntax::{chunks, format as canonical};
use mktlint_text::Span;
use similar::{DiffTag, TextDiff};

use crate::View;

/// Pieces with more lines than this are replaced as a whole: comparing lines costs the product of both lengths.
const MOST_LINES: usize = 2_000;

/// The edits that make a file canonical. Declarations with mistakes stay as they are.
pub fn format(view: View<'_>, file: SourceFile) -> Vec<Edit> {
    let text = file.text(view.db);
    edits(text, &canonical(text).text)
}

/// The edits that make the declarations canonical that `range` touches.
pub fn format_range(view: View<'_>, file: SourceFile, range: Span) -> Vec<Edit> {
    let text = file.text(view.db);
    let all = declarations(view.db, file).iter().map(|own| span(view, *own));
    let touched = all.filter(|own| own.touches(range.start()) || range.touches(own.start()));
    touched.flat_map(|own| one(text, own.slice(text), own.start())).collect()
}

/// The edits behind a character that was typed: `}` makes its declaration canonical, a line break what stands above it
/// in the declaration. `offset` is behind the character.
pub fn format_typed(view: View<'_>, file: SourceFile, offset: u32, typed: char) -> Vec<Edit> {
    let text = file.text(view.db);
    let before = text.get(..offset as usize).unwrap_or_default();
    let last = before.trim_end().len() as u32;
    let at = if typed == '\n' { last } else { offset };
    let Some(own) = view.declaration_at(file, at).map(|(own, _)| span(view, own)) else { return Vec::new() };
    if typed != '\n' {
        return one(text, own.slice(text), own.start());
    }
    // Canonical text has no place for the line that was begun and is still empty, so it is judged without it.
    let kept = Span::new(own.start(), last).slice(text);
    let rest = Span::new(offset, own.end().max(offset)).slice(text).trim_start_matches([' ', '\t']);
    let mut edits = one(text, &format!("{kept}\n{rest}"), own.start());
    edits.retain(|edit| edit.span.end() <= last);
    edits
}

fn span(view: View<'_>, own: Declaration<'_>) -> Span {
    let start = own.offset(view.db);
    Span::new(start, start.saturating_add(own.text(view.db).len() as u32))
}

/// The edits of one declaration that starts at `offset` of `file`.
fn one(file: &str, old: &str, offset: u32) -> Vec<Edit> {
    let old = old.trim_end();
    let mut new = canonical(old).text;
    new.truncate(new.trim_end().len());
    let pairs = file.matches("\r\n").count();
    if pairs > 0 && pairs == file.matches('\n').count() {
        new = new.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    let mut edits = Vec::new();
    piece(old, &new, offset, &mut edits);
    edits
}

/// The edits that turn `old` into `new`, in order. Declaration by declaration where both have the same ones, so that the
/// cost does not grow with the square of the file.
pub fn edits(old: &str, new: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let (before, after) = (pieces(old), pieces(new));
    if before.len() == after.len() {
        for (before, after) in before.into_iter().zip(after) {
            let at = before.start as u32;
            piece(&old[before], &new[after], at, &mut edits);
        }
    } else {
        piece(old, new, 0, &mut edits);
    }
    edits
}

/// The declarations of a file and what is between them, in order, without gaps.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for own in chunks(text).into_iter().map(|chunk| chunk.span().range()) {
        pieces.push(at..own.start);
        at = own.end;
        pieces.push(own);
    }
    pieces.push(at..text.len());
    pieces
}

pub(crate) fn piece(old: &str, new: &str, offset: u32, edits: &mut Vec<Edit>) {
    if old == new {
        return;
    }
    if old.lines().count().max(new.lines().count()) > MOST_LINES {
        edits.extend(trimmed(old, new, offset));
        return;
    }
    let diff = TextDiff::from_lines(old, new);
    let bytes = |lines: Range<usize>, line: &dyn Fn(usize) -> Option<usize>| -> usize {
        lines.filter_map(line).sum()
    };
    let old_len = |at| diff.old_slice(at).map(str::len);
    let new_len = |at| diff.new_slice(at).map(str::len);
    let (mut from, mut to) = (0, 0);
    for op in diff.ops() {
        let (from_end, to_end) =
            (from + bytes(op.old_range(), &old_len), to + bytes(op.new_range(), &new_len));
        if op.tag() != DiffTag::Equal {
            let old = old.get(from..from_end).unwrap_or_default();
            lines(old, new.get(to..to_end).unwrap_or_default(), offset + from as u32, edits);
        }
        (from, to) = (from_end, to_end);
    }
}

/// Edits of lines that differ: one for each line where as many stand for as many.
fn lines(old: &str, new: &str, offset: u32, edits: &mut Vec<Edit>) {
    let split = |text| -> Vec<&str> { str::split_inclusive(text, '\n').collect() };
    let (before, after) = (split(old), split(new));
    if before.len() != after.len() {
        edits.extend(trimmed(old, new, offset));
        return;
    }
    let mut at = offset;
    for (old, new) in before.into_iter().zip(after) {
        edits.extend(trimmed(old, new, at));
        at += old.len() as u32;
    }
}

/// One edit without what is the same at both ends; `None` when everything is.
fn trimmed(old: &str, new: &str, offset: u32) -> Option<Edit> {
    let same = |(old, new): &(char, char)| old == new;
    let front: usize = old.chars().zip(new.chars()).take_while(same).map(|(it, _)| it.len_utf8()).sum();
    let (old, new) = (old.get(front..)?, new.get(front..)?);
    let back =
        old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(it, _)| it.len_utf8()).sum::<usize>();
    let (old, new) = (old.get(..old.len() - back)?, new.get(..new.len() - back)?);
    let start = offset + front as u32;
    let span = Span::new(start, start + old.len() as u32);
    (!span.is_empty() || !new.is_empty()).then(|| Edit { span, text: new.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Fixture, applied};

    fn whole(text: &str) -> String {
        let fixture = Fixture::new(text);
        let view = fixture.view();
        let old = fixture.policy().text(view.db).clone();
        applied(&old, &format(view, fixture.policy()))
    }

    #[test]
    fn edits_lead_to_the_canonical_text() {
        let crooked = "use  std.regions.EU\nlet a=[DE,FR]\n// remark\n\n\n\nlet b = a   // more\nrole x{members [\"a\"]}\n";
        assert_eq!(whole(crooked), canonical(crooked).text);
        let marked = format!("\u{FEFF}{crooked}");
        assert_eq!(whole(&marked), canonical(&marked).text);
        let dos = crooked.replace('\n', "\r\n");
        assert_eq!(whole(&dos), canonical(&dos).text);
    }

    #[test]
    fn edits_are_small() {
        let fixture = Fixture::new("let a = 1\n\nlet b =  2\n");
        let found = format(fixture.view(), fixture.policy());
        assert_eq!(found, [Edit { span: Span::new(19, 20), text: String::new() }]);
    }

    #[test]
    fn only_declarations_in_the_range_change() {
        let fixture = Fixture::new("let a=1\n\nlet $0b=2\n\nlet c=3\n");
        let old = fixture.text("policy/main.mkt").to_owned();
        let found = format_range(fixture.view(), fixture.policy(), Span::at(fixture.offset));
        assert_eq!(applied(&old, &found), "let a=1\n\nlet b = 2\n\nlet c=3\n");
    }

    fn typed(text: &str, letter: char) -> String {
        let fixture = Fixture::new(text);
        let old = fixture.text("policy/main.mkt").to_owned();
        applied(&old, &format_typed(fixture.view(), fixture.policy(), fixture.offset, letter))
    }

    #[test]
    fn a_brace_settles_its_declaration() {
        assert_eq!(
            typed("let a=1\n\nrole x {\nmembers  [\"a\"]\n}$0\n", '}'),
            "let a=1\n\nrole x {\n  members [\"a\"]\n}\n"
        );
        let broken = "role x {\nmembers  [\"a\"\n}$0\n";
        assert_eq!(typed(broken, '}'), broken.replace("$0", ""));
    }

    #[test]
    fn a_line_break_stays_where_it_was_typed() {
        assert_eq!(
            typed("role x {\nmembers  [\"a\"]\n  $0\nkeys \"k\"\n}\n", '\n'),
            "role x {\n  members [\"a\"]\n  \nkeys \"k\"\n}\n"
        );
    }
}
