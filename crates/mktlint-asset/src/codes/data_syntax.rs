//! JSON, YAML or TOML that cannot be parsed.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// JSON, YAML or TOML that cannot be parsed.
pub static CODE: Code = Code {
    id: "MKT0708",
    slug: "data-syntax",
    level: Level::Error,
    page: include_str!("../../explain/MKT0708.md"),
};

/// The `language` text cannot be parsed at `place`; `reason` says why.
pub(crate) fn data_syntax(place: Place, language: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("this is not valid {language}: {reason}"))
}
