//! A condition is always true or always false.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A condition is always true or always false.
pub static CODE: Code = Code {
    id: "MKT0207",
    slug: "constant-condition",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0207.md"),
};

/// A condition.
pub fn of(span: Span, truth: bool) -> Draft {
    Draft::new(&CODE, span, format!("this is always {truth}"))
}
