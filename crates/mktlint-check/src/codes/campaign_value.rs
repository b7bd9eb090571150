//! A manifest gives a field a value that is none of its kind.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A manifest gives a field a value that is none of its kind.
pub static CODE: Code = Code {
    id: "MKT0504",
    slug: "campaign-value",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0504.md"),
};

/// `words` names the field, what it says and what it is not.
pub(crate) fn campaign_value(place: Place, words: String, help: Option<String>) -> Diagnostic {
    let mut found = Diagnostic::new(&CODE, place, words);
    found.help.extend(help);
    found
}
