//! A function is called with the wrong arguments.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A function is called with the wrong arguments.
pub static CODE: Code = Code {
    id: "MKT0205",
    slug: "wrong-arguments",
    level: Level::Error,
    page: include_str!("../../explain/MKT0205.md"),
};

/// Too many or too few.
pub fn count(span: Span, name: &str, wanted: usize, found: usize) -> Draft {
    let noun = if wanted == 1 { "argument" } else { "arguments" };
    Draft::new(&CODE, span, format!("`{name}` takes {wanted} {noun}, and here are {found}"))
}

/// Something that cannot be called.
pub fn not_a_function(span: Span) -> Draft {
    Draft::new(&CODE, span, "only a function can be called")
}
