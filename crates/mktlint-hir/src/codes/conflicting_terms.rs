//! Two terms contradict each other.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};

/// Two terms contradict each other.
pub static CODE: Code = Code {
    id: "MKT0312",
    slug: "conflicting-terms",
    level: Level::Error,
    page: include_str!("../../explain/MKT0312.md"),
};

/// A wording that one term asks for and another forbids.
pub fn of(span: Span, words: &str, same: bool, target: Target) -> Draft {
    let message = if same {
        format!("this term asks for \"{words}\" and forbids it")
    } else {
        format!("\"{words}\" is forbidden here, and another term asks for it")
    };
    Draft::new(&CODE, span, message).label("forbidden here").also(target, "asked for here")
}
