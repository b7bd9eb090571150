//! A pattern matches the empty string.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A pattern matches the empty string.
pub static CODE: Code = Code {
    id: "MKT0302",
    slug: "pattern-matches-empty",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0302.md"),
};

/// A pattern.
pub fn pattern(span: Span) -> Draft {
    Draft::new(&CODE, span, "this pattern also matches nothing at all, so it is found everywhere")
        .help("use `+` instead of `*`, or leave out the `?`")
}

/// A phrase without words.
pub fn phrase(span: Span) -> Draft {
    Draft::new(&CODE, span, "this phrase has no words")
}
