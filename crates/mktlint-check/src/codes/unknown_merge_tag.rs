//! A template tag prints a value that no `merge` declares.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A template tag prints a value that no `merge` declares.
pub static CODE: Code = Code {
    id: "MKT0520",
    slug: "unknown-merge-tag",
    level: Level::Info,
    page: include_str!("../../explain/MKT0520.md"),
};

/// No `merge` is called `name`; `meant` is one that is.
pub(crate) fn unknown_merge_tag(place: Place, name: &str, meant: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(&CODE, place, format!("no `merge` declares the tag `{name}`"));
    match meant {
        Some(known) => diagnostic.help(format!("did you mean `{known}`?")),
        None => diagnostic.help(format!("add `merge {} {{ length 1..=20 }}`", word(name))),
    }
}

/// The last word of a dotted name, which is what a `merge` can be called.
fn word(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
