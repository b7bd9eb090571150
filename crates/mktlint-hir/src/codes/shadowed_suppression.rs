//! A suppression keeps nobody out whom another does not keep out.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};

/// A suppression keeps nobody out whom another does not keep out.
pub static CODE: Code = Code {
    id: "MKT0405",
    slug: "shadowed-suppression",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0405.md"),
};

/// The suppression that could be deleted.
pub fn of(span: Span, name: &str, other_name: &str, other: Target) -> Draft {
    let message = format!("`{name}` keeps nobody out whom `{other_name}` does not keep out as well");
    Draft::new(&CODE, span, message)
        .also(other, "holds on the same channels and days")
        .help(format!("delete `{name}`"))
}
