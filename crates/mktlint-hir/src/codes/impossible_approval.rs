//! An approval that nobody can give.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// An approval that nobody can give.
pub static CODE: Code = Code {
    id: "MKT0424",
    slug: "impossible-approval",
    level: Level::Error,
    page: include_str!("../../explain/MKT0424.md"),
};

/// `approve 0 of legal`
pub fn by_nobody(span: Span, role: &str) -> Draft {
    Draft::new(&CODE, span, format!("an approval by nobody of `{role}` is none"))
        .help("write `approve 1 of` or more; a tier that nobody must approve needs no `approve`")
}
