//! A manifest says whom a campaign is for in a way that cannot be understood.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A manifest says whom a campaign is for in a way that cannot be understood.
pub static CODE: Code = Code {
    id: "MKT0506",
    slug: "audience-condition",
    level: Level::Error,
    page: include_str!("../../explain/MKT0506.md"),
};

/// `words` say what is wrong.
pub(crate) fn audience_condition(place: Place, words: String, help: Option<String>) -> Diagnostic {
    let mut found = Diagnostic::new(&CODE, place, words);
    found.help.extend(help);
    found
}
