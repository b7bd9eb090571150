//! Declarations that need each other in a circle.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};
use crate::model::DeclPath;
use crate::model::item::ItemKind;

/// Declarations that need each other in a circle.
pub static CODE: Code = Code {
    id: "MKT0116",
    slug: "cycle",
    level: Level::Error,
    page: include_str!("../../explain/MKT0116.md"),
};

/// More members of a circle than anyone reads.
const SHOWN: usize = 8;

/// From one declaration back to itself; told at the first.
pub fn of(span: Span, circle: &[(ItemKind, DeclPath)]) -> Draft {
    let name = circle.first().map_or("", |(_, path)| path.name());
    let mut names: Vec<String> =
        circle.iter().take(SHOWN).map(|(_, path)| format!("`{}`", path.name())).collect();
    if let Some(n_more @ 1..) = circle.len().checked_sub(SHOWN) {
        names.push(format!("{n_more} more"));
    }
    names.push(format!("`{name}`"));
    let draft = Draft::new(&CODE, span, format!("`{name}` needs itself"))
        .note(names.join(" needs "))
        .help("write one of them without the others");
    let others = circle.iter().take(SHOWN).skip(1);
    others.fold(draft, |draft, (kind, path)| draft.also(Target::Name(*kind, path.clone()), "by way of this"))
}
