//! Two tiers that take what is left.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};

/// Two tiers that take what is left.
pub static CODE: Code = Code {
    id: "MKT0423",
    slug: "two-default-tiers",
    level: Level::Error,
    page: include_str!("../../explain/MKT0423.md"),
};

/// The second of two without `when`.
pub fn of(span: Span, name: &str, first: &str, other: Target) -> Draft {
    Draft::new(&CODE, span, format!("`{first}` already takes every change that no other tier claims"))
        .also(other, format!("`{first}` has no `when`"))
        .help(format!("say when a change has the tier `{name}`: `when …`"))
}
