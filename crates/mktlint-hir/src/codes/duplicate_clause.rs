//! A clause stands twice where it may stand once.

use mktlint_diag::{Code, Level};
use mktlint_syntax::ast::Name;
use mktlint_text::Span;

use crate::draft::{Draft, Target};

/// A clause stands twice where it may stand once.
pub static CODE: Code = Code {
    id: "MKT0104",
    slug: "duplicate-clause",
    level: Level::Error,
    page: include_str!("../../explain/MKT0104.md"),
};

/// `who` twice.
pub fn of(head: &Name, first: Span) -> Draft {
    Draft::new(&CODE, head.span, format!("`{}` stands here twice", head.text))
        .label("again here")
        .also(Target::Here(first), "first here")
}

/// `error` beside `warning`.
pub fn levels(head: &Name, first: &str) -> Draft {
    Draft::new(&CODE, head.span, format!("`{}` beside `{first}`: a rule has one level", head.text))
}

/// `require` beside `match`.
pub fn judgement(head: &Name, first: Span) -> Draft {
    Draft::new(&CODE, head.span, format!("`{}`: a rule looks for one thing", head.text))
        .also(Target::Here(first), "it already has this")
        .help("make it two rules")
}
