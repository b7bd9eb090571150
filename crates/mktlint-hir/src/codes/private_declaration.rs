//! A declaration of another module is not public.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};
use crate::model::DeclPath;
use crate::model::item::ItemKind;
use crate::names::word_of_kind;

/// A declaration of another module is not public.
pub static CODE: Code = Code {
    id: "MKT0113",
    slug: "private-declaration",
    level: Level::Error,
    page: include_str!("../../explain/MKT0113.md"),
};

/// Named by `use`.
pub fn of(span: Span, path: &DeclPath, kind: ItemKind) -> Draft {
    let name = path.name();
    Draft::new(&CODE, span, format!("`{name}` is private to `{}`", path.module()))
        .also(Target::Name(kind, path.clone()), "declared here without `pub`")
        .help(format!("write `pub {} {name}` there", word_of_kind(kind)))
}
