//! Declarations that need each other in a circle.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;
use crate::model::DeclPath;

/// Declarations that need each other in a circle.
pub static CODE: Code = Code {
    id: "MKT0116",
    slug: "cycle",
    level: Level::Error,
    page: include_str!("../../explain/MKT0116.md"),
};

/// From one declaration back to itself.
pub fn of(span: Span, circle: &[DeclPath]) -> Draft {
    let names: Vec<String> =
        circle.iter().chain(circle.first()).map(|path| format!("`{}`", path.name())).collect();
    let name = circle.first().map_or("", |path| path.name());
    Draft::new(&CODE, span, format!("`{name}` needs itself"))
        .note(format!("{}", names.join(" needs ")))
        .help("write one of them without the others")
}
