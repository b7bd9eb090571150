//! A declaration that nothing uses.

use mktlint_diag::{Code, Level};
use mktlint_syntax::ast::Name;
use mktlint_text::Span;

use crate::draft::Draft;

/// A declaration that nothing uses.
pub static CODE: Code = Code {
    id: "MKT0115",
    slug: "unused-declaration",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0115.md"),
};

/// A private declaration.
pub fn of(span: Span, kind: &str, name: &str) -> Draft {
    Draft::new(&CODE, span, format!("nothing uses the `{kind}` `{name}`"))
        .help(format!("remove it, or write `pub {kind} {name}` when other files need it"))
}

/// A name that `use` brings in.
pub fn import(span: Span, name: &str) -> Draft {
    Draft::new(&CODE, span, format!("nothing in this file uses `{name}`")).help("remove it from the `use`")
}

/// A parameter of a `fn`.
pub fn parameter(name: &Name) -> Draft {
    Draft::new(&CODE, name.span, format!("the parameter `{}` is not used", name.text))
}
