//! An `enforce` puts nothing in force.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;
use crate::model::DeclPath;

/// An `enforce` puts nothing in force.
pub static CODE: Code = Code {
    id: "MKT0319",
    slug: "idle-enforce",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0319.md"),
};

/// A pack of which every rule is off by default; `rule` is one of them.
pub fn of(span: Span, pack: &DeclPath, rule: &DeclPath) -> Draft {
    Draft::new(&CODE, span, format!("this puts nothing in force: every rule of `{pack}` is off by default"))
        .help(format!("name the rules that you want: `enforce {rule}`"))
}
