//! What stands between two declarations.

use mktlint_text::Span;

use crate::lex::{COMMENTS, Kind, lex};

/// A comment between declarations.
pub(super) struct Comment {
    /// In the file.
    pub(super) span: Span,
    /// Line breaks between it and what comes before it.
    pub(super) lines_before: usize,
}

/// The comments between two declarations, and the empty lines around them.
pub(super) struct Gap {
    pub(super) comments: Vec<Comment>,
    /// Line breaks between the last comment, or the declaration before, and the next declaration.
    pub(super) lines_after: usize,
}

impl Gap {
    /// What stands in `text` from `start` to `end`, where no declaration is.
    pub(super) fn of(text: &str, start: u32, end: u32) -> Self {
        let between = Span::new(start, end).slice(text);
        let mut gap = Self { comments: Vec::new(), lines_after: 0 };
        for token in lex(between) {
            if COMMENTS.has(token.kind) || token.kind == Kind::Doc {
                let lines_before = std::mem::take(&mut gap.lines_after);
                gap.comments.push(Comment { span: token.span.shift(start), lines_before });
            } else {
                gap.lines_after += line_breaks(token.text(between));
            }
        }
        gap
    }

    /// Whether an empty line was written in it, leaving out what follows the last comment unless `more` follows.
    pub(super) fn has_blank(&self, more: bool) -> bool {
        self.comments.iter().any(|comment| comment.lines_before > 1) || (more && self.lines_after > 1)
    }
}

/// Number of line breaks in white space, `\r\n` counted once.
pub(super) fn line_breaks(space: &str) -> usize {
    let feeds = space.matches('\n').count();
    let returns = space.matches('\r').count() - space.matches("\r\n").count();
    feeds + returns
}
