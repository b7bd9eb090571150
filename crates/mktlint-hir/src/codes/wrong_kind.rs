//! A name stands for another kind of thing than is needed here.

use mktlint_diag::{Code, Level};
use mktlint_syntax::ast::Name;
use mktlint_text::Span;

use crate::draft::Draft;
use crate::model::item::ItemKind;
use crate::names::word_of_kind;

/// A name stands for another kind of thing than is needed here.
pub static CODE: Code = Code {
    id: "MKT0111",
    slug: "wrong-kind",
    level: Level::Error,
    page: include_str!("../../explain/MKT0111.md"),
};

/// A `claim` where an `evidence` is needed.
pub fn of(name: &Name, wanted: ItemKind, found: ItemKind) -> Draft {
    let (wanted, found) = (word_of_kind(wanted), word_of_kind(found));
    Draft::new(&CODE, name.span, format!("`{}` is a `{found}`, and a `{wanted}` is needed here", name.text))
}

/// A `rule` in an expression.
pub fn not_a_value(span: Span, name: &str, found: ItemKind) -> Draft {
    let found = word_of_kind(found);
    Draft::new(&CODE, span, format!("`{name}` is a `{found}`, which has no value"))
}

/// An `audience` as a type.
pub fn not_a_type(name: &Name, found: ItemKind) -> Draft {
    let found = word_of_kind(found);
    Draft::new(&CODE, name.span, format!("`{}` is a `{found}`, not a type", name.text))
}
