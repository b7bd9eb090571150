//! A value that can be missing is used as if it were always there.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A value that can be missing is used as if it were always there.
pub static CODE: Code = Code {
    id: "MKT0203",
    slug: "unguarded-optional",
    level: Level::Error,
    page: include_str!("../../explain/MKT0203.md"),
};

/// A value that can be missing.
pub fn of(span: Span, words: &str) -> Draft {
    let draft = Draft::new(&CODE, span, format!("{words} can be missing"));
    match words.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
        Some(name) => draft
            .help(format!("write `{name}?` when a missing one should not pass, or `{name} or else …`"))
            .fix(format!("write `{name}?`"), Span::at(span.end()), "?"),
        None => draft.help("put `?` behind it when a missing one should not pass, or `or else …`"),
    }
}
