//! A condition on a change where nothing changes.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A condition on a change where nothing changes.
pub static CODE: Code = Code {
    id: "MKT0426",
    slug: "change-outside-tier",
    level: Level::Error,
    page: include_str!("../../explain/MKT0426.md"),
};

/// `change only […]` in a rule.
pub fn of(span: Span) -> Draft {
    Draft::new(&CODE, span, "only a `tier` knows what changed")
        .help("a rule judges things as they stand; ask in the `when` of a `tier`")
}
