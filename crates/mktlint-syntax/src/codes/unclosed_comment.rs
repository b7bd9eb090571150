//! A block comment is never closed.

use mktlint_diag::{Code, Diagnostic, Level};
use mktlint_text::Span;

use super::Origin;

pub(super) static CODE: Code = Code {
    id: "MKT0005",
    slug: "unclosed-comment",
    level: Level::Error,
    page: include_str!("../../explain/MKT0005.md"),
};

/// A block comment is never closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnclosedComment {
    /// The `/*`.
    pub open: Span,
}

impl UnclosedComment {
    pub(super) fn show(&self, origin: Origin<'_>) -> Diagnostic {
        Diagnostic::new(&CODE, origin.place(self.open), "the comment is never closed")
            .label("opened here")
            .note("comments nest: each `/*` needs its own `*/`")
            .help("add `*/` where it should end")
    }
}
