//! What a `prove` says does not hold.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// What a `prove` says does not hold.
pub static CODE: Code = Code {
    id: "MKT0410",
    slug: "refuted-proof",
    level: Level::Error,
    page: include_str!("../../explain/MKT0410.md"),
};

/// The proof, with what does not hold.
pub fn of(span: Span, message: String) -> Draft {
    Draft::new(&CODE, span, message).label("to be proved")
}
