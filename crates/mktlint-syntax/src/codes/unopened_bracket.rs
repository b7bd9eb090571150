//! A bracket closes nothing.

use mktlint_diag::{Code, Diagnostic, Level};
use mktlint_text::Span;

use super::Origin;

pub(super) static CODE: Code = Code {
    id: "MKT0003",
    slug: "unopened-bracket",
    level: Level::Error,
    page: include_str!("../../explain/MKT0003.md"),
};

/// A bracket closes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnopenedBracket {
    /// The bracket.
    pub span: Span,
    /// `)`, `]` or `}`.
    pub bracket: char,
}

impl UnopenedBracket {
    pub(super) fn show(&self, origin: Origin<'_>) -> Diagnostic {
        let open = match self.bracket {
            ')' => '(',
            ']' => '[',
            _ => '{',
        };
        Diagnostic::new(&CODE, origin.place(self.span), format!("`{}` closes nothing", self.bracket))
            .help(format!("remove it, or add the `{open}` that it should close"))
    }
}
