//! Nobody can come to a stage of a lifecycle.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// Nobody can come to a stage of a lifecycle.
pub static CODE: Code = Code {
    id: "MKT0406",
    slug: "unreachable-stage",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0406.md"),
};

/// A stage to which no way leads from the first one.
pub fn of(span: Span, stage: &str, first: &str) -> Draft {
    Draft::new(&CODE, span, format!("nothing leads from `{first}` to `{stage}`"))
        .help(format!("add a move, such as `{first} -> {stage}`"))
}
