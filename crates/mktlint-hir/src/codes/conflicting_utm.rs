//! Two link conventions contradict each other.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};

/// Two link conventions contradict each other.
pub static CODE: Code = Code {
    id: "MKT0313",
    slug: "conflicting-utm",
    level: Level::Error,
    page: include_str!("../../explain/MKT0313.md"),
};

/// A parameter of which both cannot be right.
pub fn of(span: Span, param: &str, other: Target) -> Draft {
    Draft::new(&CODE, span, format!("no `utm_{param}` can follow both of these conventions"))
        .also(other, "the other one")
        .help("give the two conventions other channels or other hosts")
}
