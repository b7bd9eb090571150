//! A declaration lacks a clause that it cannot do without.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A declaration lacks a clause that it cannot do without.
pub static CODE: Code = Code {
    id: "MKT0103",
    slug: "missing-clause",
    level: Level::Error,
    page: include_str!("../../explain/MKT0103.md"),
};

/// A `claim` without `says`.
pub fn of(name: Span, kind: &str, clause: &str, example: &str) -> Draft {
    let words: Vec<String> =
        clause.split(", ").flat_map(|part| part.split(" or ")).map(|word| format!("`{word}`")).collect();
    let wanted = match words.as_slice() {
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
        [] => String::new(),
    };
    Draft::new(&CODE, name, format!("this `{kind}` has no {wanted}")).help(format!("add `{example}`"))
}

/// An `audience` where no `contact` is declared.
pub fn contact(name: Span, kind: &str) -> Draft {
    Draft::new(
        &CODE,
        name,
        format!("this `{kind}` speaks of people, and no `contact` says what is known about them"),
    )
    .help("add `contact { country: Country }` with the attributes you know")
}
