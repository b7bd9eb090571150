//! A template tag that never closes.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A template tag that never closes.
pub static CODE: Code = Code {
    id: "MKT0720",
    slug: "unclosed-template-tag",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0720.md"),
};

/// `opener` at `place` starts a tag and nothing closes it.
pub(crate) fn unclosed_tag(place: Place, opener: &str) -> Diagnostic {
    let closer = match opener {
        "{{" => "}}",
        "{%" => "%}",
        "<%" => "%>",
        _ => "}",
    };
    Diagnostic::new(&CODE, place, format!("this `{opener}` is never closed"))
        .note("it was read as text, and readers will see it")
        .help(format!("close it with `{closer}`"))
}
