//! Written as in another language.

use mktlint_diag::{Code, Diagnostic, Level};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::Origin;

pub(super) static CODE: Code = Code {
    id: "MKT0008",
    slug: "foreign-spelling",
    level: Level::Error,
    page: include_str!("../../explain/MKT0008.md"),
};

/// A sign that other languages have, where it is clear what was meant. The tree holds what was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignSpelling {
    /// The sign.
    pub span: Span,
    /// As written.
    pub written: SmolStr,
    /// As it is written here.
    pub meant: &'static str,
}

impl ForeignSpelling {
    pub(crate) fn new(span: Span, written: &str, meant: &'static str) -> Self {
        Self { span, written: written.into(), meant }
    }

    pub(super) fn show(&self, origin: Origin<'_>) -> Diagnostic {
        let Self { span, written, meant } = self;
        let (message, help) = match (written.as_str(), *meant) {
            ("#", _) => ("`#` does not start a comment".to_owned(), "write `//`".to_owned()),
            (_, "\"") => (
                format!("text stands in straight double quotes, not in `{written}`"),
                "write `\"text\"`".to_owned(),
            ),
            ("=", "==") => ("`=` does not compare".to_owned(), "write `==`".to_owned()),
            ("==", "=") => ("`==` does not set a value".to_owned(), "write `=`".to_owned()),
            _ => (format!("`{written}` is not a sign of this language"), format!("write `{meant}`")),
        };
        Diagnostic::new(&CODE, origin.place(*span), message).help(help)
    }
}
