//! The text of a record: what was signed, and the signature.

use mktlint_text::Span;

/// The most that a record may hold; those that mktlint writes have a few kilobytes.
pub const MAX_BYTES: usize = 256 * 1024;

/// A text with `\n` at the end of its lines, cut above the line `[signature]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    normal: String,
    /// Where the signed part ends.
    cut: usize,
    /// Offsets in the file of the bytes that were left out, in order.
    left_out: Vec<usize>,
}

impl Text {
    /// A checkout may have written `\r\n`, and an editor a byte order mark; neither was signed.
    pub fn of(text: &str) -> Self {
        let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut left_out: Vec<usize> = (0..text.len() - bare.len()).collect();
        left_out.extend(text.match_indices("\r\n").map(|(at, _)| at));
        let normal = bare.replace("\r\n", "\n");
        let cut = signature_line(&normal).unwrap_or(normal.len());
        Self { normal, cut, left_out }
    }

    /// What is signed.
    pub fn signed(&self) -> &str {
        self.normal.get(..self.cut).unwrap_or_default()
    }

    /// The line `[signature]` and what follows; empty when there is none.
    pub fn rest(&self) -> &str {
        self.normal.get(self.cut..).unwrap_or_default()
    }

    /// The bytes of the file behind a range of the normal text.
    pub fn in_file(&self, span: Span) -> Span {
        let moved = |at: u32| {
            let mut at = at as usize;
            for gap in &self.left_out {
                if *gap > at {
                    break;
                }
                at += 1;
            }
            at
        };
        // The end is behind the last byte, not before a line end that was left out.
        let end = if span.is_empty() { moved(span.start()) } else { moved(span.end() - 1) + 1 };
        Span::of(moved(span.start())..end)
    }

    /// The same behind a range of [`Text::rest`].
    pub fn rest_in_file(&self, span: Span) -> Span {
        let cut = u32::try_from(self.cut).unwrap_or(u32::MAX);
        self.in_file(Span::new(span.start().saturating_add(cut), span.end().saturating_add(cut)))
    }

    /// The first line that a merge left behind, in the file.
    pub fn conflict(&self) -> Option<Span> {
        let mut at = 0;
        for line in self.normal.split_inclusive('\n') {
            let is_mark = ["<<<<<<<", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark));
            if is_mark {
                return Some(self.in_file(Span::of(at..at + line.trim_end().len())));
            }
            at += line.len();
        }
        None
    }
}

fn signature_line(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.strip_suffix('\n').unwrap_or(line) == "[signature]" {
            return Some(at);
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_marks_are_not_signed() {
        let plain = Text::of("a = 1\nb = 2\n[signature]\nkey = 3\n");
        let other = Text::of("\u{feff}a = 1\r\nb = 2\r\n[signature]\r\nkey = 3\r\n");
        assert_eq!(plain.signed(), "a = 1\nb = 2\n");
        assert_eq!(other.signed(), plain.signed());
        assert_eq!(other.rest(), plain.rest());
        // `b` is the byte behind the mark (3), `a = 1` and its line end of two bytes.
        assert_eq!(other.in_file(Span::new(6, 7)), Span::new(10, 11));
        assert_eq!(plain.in_file(Span::new(6, 7)), Span::new(6, 7));
    }

    #[test]
    fn marks_of_a_merge_are_found_at_the_start_of_a_line() {
        assert_eq!(Text::of("a = 1\n<<<<<<< HEAD\nb = 2\n").conflict(), Some(Span::new(6, 18)));
        assert_eq!(Text::of("a = \"<<<<<<< HEAD\"\n").conflict(), None);
    }
}
