//! A condition changes nothing.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;
use crate::model::item::ItemKind;
use crate::names::word_of_kind;

/// A condition changes nothing.
pub static CODE: Code = Code {
    id: "MKT0404",
    slug: "idle-condition",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0404.md"),
};

/// A part of the condition of `name`.
pub fn of(span: Span, kind: ItemKind, name: &str) -> Draft {
    let word = word_of_kind(kind);
    Draft::new(&CODE, span, "this changes nothing")
        .note(format!("the {word} `{name}` has the same people without it"))
        .help("delete it, or write what was meant")
}
