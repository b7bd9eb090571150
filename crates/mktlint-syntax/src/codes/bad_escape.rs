//! An escape that does not exist.

use mktlint_diag::{Code, Diagnostic, Level};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::Origin;

pub(super) static CODE: Code = Code {
    id: "MKT0010",
    slug: "bad-escape",
    level: Level::Error,
    page: include_str!("../../explain/MKT0010.md"),
};

/// An escape in a string that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadEscape {
    /// The backslash and what follows it.
    pub span: Span,
    /// As written.
    pub text: SmolStr,
}

impl BadEscape {
    pub(super) fn show(&self, origin: Origin<'_>) -> Diagnostic {
        Diagnostic::new(&CODE, origin.place(self.span), format!("there is no escape `{}`", self.text)).help(
            r#"write `\\` for a backslash; the others are `\"`, `\{`, `\}`, `\n`, `\t`, `\r` and `\u{2019}`"#,
        )
    }
}
