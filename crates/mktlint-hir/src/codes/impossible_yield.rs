//! A tier that yields where that says nothing.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A tier that yields where that says nothing.
pub static CODE: Code = Code {
    id: "MKT0425",
    slug: "impossible-yield",
    level: Level::Error,
    page: include_str!("../../explain/MKT0425.md"),
};

/// A tier without `when` that yields.
pub fn of_default(span: Span, name: &str) -> Draft {
    Draft::new(&CODE, span, format!("`{name}` has no `when`, so it yields to every other tier"))
        .help("remove `yields to`, or say when a change has this tier")
}

/// A tier that yields to one without `when`.
pub fn to_default(span: Span, other: &str) -> Draft {
    Draft::new(&CODE, span, format!("`{other}` has no `when`: it only takes what other tiers leave"))
        .help("remove `yields to`")
}

/// Tiers that yield to each other, in order; one that yields to itself.
pub fn in_a_circle(span: Span, names: &[&str]) -> Draft {
    let first = names.first().copied().unwrap_or_default();
    let way: Vec<String> = names.iter().chain(names.first()).map(|name| format!("`{name}`")).collect();
    Draft::new(&CODE, span, format!("`{first}` yields to itself"))
        .note(way.join(" yields to "))
        .help("no tier would get what all of them claim; remove one `yields to`")
}
