//! Documentation that documents nothing.

use mktlint_diag::{Code, Diagnostic, Level};
use mktlint_text::Span;

use super::Origin;

pub(super) static CODE: Code = Code {
    id: "MKT0013",
    slug: "stray-doc",
    level: Level::Error,
    page: include_str!("../../explain/MKT0013.md"),
};

/// A doc comment at the end with nothing below it, or behind something on its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrayDoc {
    /// Its last line.
    pub span: Span,
}

impl StrayDoc {
    pub(super) fn show(&self, origin: Origin<'_>) -> Diagnostic {
        Diagnostic::new(&CODE, origin.place(self.span), "this documents nothing")
            .help("put it above what it documents, or write `//`")
    }
}
