//! A guard on a value that is always there.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A guard on a value that is always there.
pub static CODE: Code = Code {
    id: "MKT0318",
    slug: "needless-guard",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0318.md"),
};

/// `x?` of something that is always there.
pub fn of(span: Span, value: Span) -> Draft {
    Draft::new(&CODE, span, "this is never missing").fix(
        "remove the guard",
        Span::new(value.end(), span.end()),
        "",
    )
}

/// `x is known` of something that is always there.
pub fn always(span: Span, words: &str, known: bool) -> Draft {
    Draft::new(&CODE, span, format!("{words} is never missing, so this is always {known}"))
}
