//! Two declarations have the same name.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};

/// Two declarations have the same name.
pub static CODE: Code = Code {
    id: "MKT0112",
    slug: "duplicate-declaration",
    level: Level::Error,
    page: include_str!("../../explain/MKT0112.md"),
};

/// The second of two.
pub fn of(span: Span, name: &str, first: Target) -> Draft {
    Draft::new(&CODE, span, format!("`{name}` is declared twice"))
        .label("again here")
        .also(first, "first here")
}

/// A second `contact`.
pub fn contact(span: Span, first: Target) -> Draft {
    Draft::new(&CODE, span, "a project has one `contact`")
        .also(first, "the first one is here")
        .help("add these attributes to the first one")
}
