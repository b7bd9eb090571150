//! Two audiences are the same people.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};

/// Two audiences are the same people.
pub static CODE: Code = Code {
    id: "MKT0403",
    slug: "same-audience",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0403.md"),
};

/// The later of the two.
pub fn of(span: Span, name: &str, other_name: &str, other: Target) -> Draft {
    Draft::new(&CODE, span, format!("`{name}` and `{other_name}` are the same people"))
        .also(other, "the other one")
        .help(format!("write `= {other_name}` when that is meant, else delete one of them"))
}
