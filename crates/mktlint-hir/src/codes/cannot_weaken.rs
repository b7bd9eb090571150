//! A rule may not be weakened or waived.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};
use crate::model::DeclPath;

/// A rule may not be weakened or waived.
pub static CODE: Code = Code {
    id: "MKT0317",
    slug: "cannot-weaken",
    level: Level::Error,
    page: include_str!("../../explain/MKT0317.md"),
};

/// `enforce … as info` or `waive` on an absolute rule.
pub fn of(span: Span, rule: &DeclPath, target: Target, what: &str) -> Draft {
    Draft::new(&CODE, span, format!("`{}` may not be {what}", rule.name())).also(target, "it says so here")
}
