//! Nested too deeply.

use mktlint_diag::{Code, Diagnostic, Level};
use mktlint_text::Span;

use super::Origin;

pub(super) static CODE: Code = Code {
    id: "MKT0011",
    slug: "nested-too-deeply",
    level: Level::Error,
    page: include_str!("../../explain/MKT0011.md"),
};

/// An expression is nested so deeply that it is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooDeep {
    /// The token that is too deep.
    pub span: Span,
}

impl TooDeep {
    pub(super) fn show(&self, origin: Origin<'_>) -> Diagnostic {
        Diagnostic::new(&CODE, origin.place(self.span), "nested too deeply")
            .note("an expression can be 256 levels deep")
            .help("name a part of it with `let` or `fn`")
    }
}
