//! A pattern does not end on its line.

use mktlint_diag::{Code, Diagnostic, Level};
use mktlint_text::Span;

use super::Origin;

pub(super) static CODE: Code = Code {
    id: "MKT0006",
    slug: "unclosed-pattern",
    level: Level::Error,
    page: include_str!("../../explain/MKT0006.md"),
};

/// A pattern does not end on its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnclosedPattern {
    /// The first slash.
    pub open: Span,
}

impl UnclosedPattern {
    pub(super) fn show(&self, origin: Origin<'_>) -> Diagnostic {
        Diagnostic::new(&CODE, origin.place(self.open), "the pattern does not end on its line")
            .label("opened here")
            .help("add `/` where it should end; to divide, put a space behind the `/`")
    }
}
