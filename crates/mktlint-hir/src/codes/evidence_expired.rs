//! A claim relies on evidence that has expired.

use jiff::civil;
use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};
use crate::model::DeclPath;

/// A claim relies on evidence that has expired.
pub static CODE: Code = Code {
    id: "MKT0310",
    slug: "evidence-expired",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0310.md"),
};

/// A claim that needs it.
pub fn of(span: Span, evidence: &DeclPath, expired: civil::Date, at: Target) -> Draft {
    Draft::new(&CODE, span, format!("`{}` expired on {expired}", evidence.name()))
        .label("needed here")
        .also(at, "expired")
        .help("renew the evidence, or stop making the claim")
}
