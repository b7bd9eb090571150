//! Two declarations have the same name.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};
use crate::model::DeclPath;
use crate::model::item::ItemKind;

/// Two declarations have the same name.
pub static CODE: Code = Code {
    id: "MKT0112",
    slug: "duplicate-declaration",
    level: Level::Error,
    page: include_str!("../../explain/MKT0112.md"),
};

/// The second of two.
pub fn of(span: Span, name: &str, first: Target) -> Draft {
    Draft::new(&CODE, span, format!("`{name}` is declared twice"))
        .label("again here")
        .also(first, "first here")
}

/// A second `fact` of one name, in another module.
pub fn fact(span: Span, name: &str, first: &DeclPath) -> Draft {
    Draft::new(&CODE, span, format!("`{name}` is declared twice, and manifests give facts by name alone"))
        .also(Target::Name(ItemKind::Fact, first.clone()), "first here")
        .help(format!("add `use {first}`, or give this one another name"))
}

/// A second `given` of one fact, in another module.
pub fn given(span: Span, name: &str, first: &DeclPath) -> Draft {
    Draft::new(&CODE, span, format!("`{name}` is given twice"))
        .also(Target::Name(ItemKind::Given, first.clone()), "first here")
        .help("keep one; what differs between campaigns stands in their manifests")
}

/// A `fact` called like a field of a kind of asset, which is what rules would read.
pub fn fact_or_field(span: Span, name: &str, kind: &str) -> Draft {
    Draft::new(&CODE, span, format!("`{name}` is a field of `{kind}` already"))
        .help("give the fact a name of its own")
}

/// A second `contact`.
pub fn contact(span: Span, first: Target) -> Draft {
    Draft::new(&CODE, span, "a project has one `contact`")
        .also(first, "the first one is here")
        .help("add these attributes to the first one")
}
