//! A change that two tiers claim.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};

/// A change that two tiers claim.
pub static CODE: Code = Code {
    id: "MKT0421",
    slug: "tier-overlap",
    level: Level::Error,
    page: include_str!("../../explain/MKT0421.md"),
};

/// Both claim `example`; `other` is the `when` of the first.
pub fn of(span: Span, (lighter, graver): (&str, &str), example: &str, other: Target) -> Draft {
    Draft::new(&CODE, span, format!("`{lighter}` and `{graver}` both claim {example}"))
        .label(format!("`{graver}`"))
        .also(other, format!("`{lighter}`"))
        .help(format!("add `yields to {lighter}` to `{graver}`, or `yields to {graver}` to `{lighter}`"))
}
