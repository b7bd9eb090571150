//! A string does not end on its line.

use mktlint_diag::{Code, Diagnostic, Level};
use mktlint_text::Span;

use super::Origin;

pub(super) static CODE: Code = Code {
    id: "MKT0004",
    slug: "unclosed-string",
    level: Level::Error,
    page: include_str!("../../explain/MKT0004.md"),
};

/// A string does not end on its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnclosedString {
    /// The quote that opens it.
    pub open: Span,
    /// Where its line ends.
    pub end: u32,
}

impl UnclosedString {
    pub(super) fn show(&self, origin: Origin<'_>) -> Diagnostic {
        Diagnostic::new(&CODE, origin.place(self.open), "the string does not end on its line")
            .label("opened here")
            .help("add `\"` where it should end; write `\\n` for a line break in the text")
    }
}
