//! Nobody can be in an audience, or be kept out by a suppression.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};
use crate::model::item::ItemKind;

/// Nobody can be in an audience, or be kept out by a suppression.
pub static CODE: Code = Code {
    id: "MKT0401",
    slug: "empty-audience",
    level: Level::Error,
    page: include_str!("../../explain/MKT0401.md"),
};

/// An audience or suppression by name; `places` are the conditions that leave nobody.
pub fn of((kind, name, span): (ItemKind, &str, Span), places: Vec<Target>) -> Draft {
    let message = match kind {
        ItemKind::Suppress => format!("`{name}` can never keep anybody out"),
        _ => format!("nobody can be in `{name}`"),
    };
    let label = if places.len() == 1 { "is never true" } else { "cannot be true together" };
    places.into_iter().fold(Draft::new(&CODE, span, message), |draft, place| draft.also(place, label))
}
