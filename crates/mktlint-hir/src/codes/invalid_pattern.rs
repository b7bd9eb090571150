//! A pattern is not valid.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A pattern is not valid.
pub static CODE: Code = Code {
    id: "MKT0301",
    slug: "invalid-pattern",
    level: Level::Error,
    page: include_str!("../../explain/MKT0301.md"),
};

/// What is wrong inside the pattern.
pub fn of(span: Span, message: &str) -> Draft {
    Draft::new(&CODE, span, "this pattern is not valid").label(message)
}

/// A letter behind the pattern.
pub fn flag(span: Span, letter: char) -> Draft {
    Draft::new(&CODE, span, format!("a pattern has no flag `{letter}`"))
        .help("flags are `i` (any case), `m` (`^` and `$` at lines) and `s` (`.` also matches a line break)")
}
