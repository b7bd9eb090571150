//! A pattern can match nothing.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A pattern can match nothing.
pub static CODE: Code = Code {
    id: "MKT0303",
    slug: "pattern-matches-nothing",
    level: Level::Error,
    page: include_str!("../../explain/MKT0303.md"),
};

/// A pattern.
pub fn of(span: Span) -> Draft {
    Draft::new(&CODE, span, "nothing can ever match this pattern")
}
