//! A change that no tier claims.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A change that no tier claims.
pub static CODE: Code = Code {
    id: "MKT0420",
    slug: "tier-gap",
    level: Level::Error,
    page: include_str!("../../explain/MKT0420.md"),
};

/// `example` is such a change.
pub fn of(span: Span, example: &str) -> Draft {
    Draft::new(&CODE, span, format!("no tier claims {example}"))
        .help("take the `when` from the tier that is meant for all other changes")
}
