//! Values nested deeper than any reader allows.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// Values nested deeper than any reader allows.
pub static CODE: Code = Code {
    id: "MKT0710",
    slug: "nested-too-deep",
    level: Level::Error,
    page: include_str!("../../explain/MKT0710.md"),
};

/// At `place` the values are nested too deeply.
pub(crate) fn nested_too_deep(place: Place) -> Diagnostic {
    Diagnostic::new(&CODE, place, "values are nested too deeply here")
        .help("flatten the file; readers of such files stop at about a hundred levels")
}
