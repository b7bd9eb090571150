//! An exception covers too much.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// An exception covers too much.
pub static CODE: Code = Code {
    id: "MKT0518",
    slug: "broad-exception",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0518.md"),
};

/// The exception at `place` waives `what`: `12 of 20 assets`.
pub(crate) fn broad(place: Place, what: &str) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("this waives {what}"))
        .note("an exception for most of what there is changes the rule without saying so")
        .help("name the files that need it, or change the rule")
}
