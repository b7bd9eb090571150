//! Everybody is in an audience, or is kept out by a suppression.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;
use crate::model::item::ItemKind;

/// Everybody is in an audience, or is kept out by a suppression.
pub static CODE: Code = Code {
    id: "MKT0402",
    slug: "everyone-audience",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0402.md"),
};

/// An audience or suppression by name.
pub fn of((kind, name, span): (ItemKind, &str, Span)) -> Draft {
    let message = match kind {
        ItemKind::Suppress => format!("`{name}` keeps everybody out"),
        _ => format!("everybody is in `{name}`"),
    };
    Draft::new(&CODE, span, message).help("when that is meant, write `true`")
}
