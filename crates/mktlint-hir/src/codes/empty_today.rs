//! Nobody can be in an audience, or be kept out by a suppression, today; on another day somebody can.

use jiff::civil::Date;
use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};
use crate::model::item::ItemKind;

/// Nobody can be in an audience, or be kept out by a suppression, today; on another day somebody can.
pub static CODE: Code = Code {
    id: "MKT0408",
    slug: "empty-today",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0408.md"),
};

/// An audience or suppression by name; `places` are the conditions that leave nobody, `day` is one with somebody.
pub fn of((kind, name, span): (ItemKind, &str, Span), day: Date, places: Vec<Target>) -> Draft {
    let message = match kind {
        ItemKind::Suppress => format!("`{name}` keeps nobody out today"),
        _ => format!("nobody can be in `{name}` today"),
    };
    let label = if places.len() == 1 { "is not true of anybody" } else { "cannot be true together" };
    let draft = Draft::new(&CODE, span, message).note(format!("on {day} somebody can be"));
    places.into_iter().fold(draft, |draft, place| draft.also(place, label))
}
