//! A module or pack that does not exist.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A module or pack that does not exist.
pub static CODE: Code = Code {
    id: "MKT0114",
    slug: "unknown-module",
    level: Level::Error,
    page: include_str!("../../explain/MKT0114.md"),
};

/// Named by `use` or `enforce`.
pub fn of(span: Span, path: &str, near: Option<&str>) -> Draft {
    let draft = Draft::new(&CODE, span, format!("there is no pack or module `{path}`")).did_you_mean(near);
    if near.is_some() { draft } else { draft.help("`mktlint rules --all` lists every pack") }
}
