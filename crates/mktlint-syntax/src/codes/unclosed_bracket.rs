//! A bracket is never closed.

use mktlint_diag::{Code, Diagnostic, Level};
use mktlint_text::Span;

use super::Origin;

pub(super) static CODE: Code = Code {
    id: "MKT0002",
    slug: "unclosed-bracket",
    level: Level::Error,
    page: include_str!("../../explain/MKT0002.md"),
};

/// A bracket is never closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnclosedBracket {
    /// The bracket.
    pub open: Span,
    /// `(`, `[` or `{`.
    pub bracket: char,
}

impl UnclosedBracket {
    pub(super) fn show(&self, origin: Origin<'_>) -> Diagnostic {
        let close = match self.bracket {
            '(' => ')',
            '[' => ']',
            _ => '}',
        };
        Diagnostic::new(&CODE, origin.place(self.open), format!("`{}` is never closed", self.bracket))
            .label("opened here")
            .help(format!("add `{close}` where it should end"))
    }
}
