//! A key that is given twice.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A key that is given twice.
pub static CODE: Code = Code {
    id: "MKT0709",
    slug: "duplicate-key",
    level: Level::Error,
    page: include_str!("../../explain/MKT0709.md"),
};

/// The key `name` at `place` is given already, at `first`.
pub(crate) fn duplicate_key(place: Place, name: &str, first: Option<Place>) -> Diagnostic {
    let diagnostic = Diagnostic::new(&CODE, place, format!("the key `{name}` is given twice"));
    let diagnostic = match first {
        Some(first) => diagnostic.also_at(first, "first here"),
        None => diagnostic,
    };
    diagnostic.help("keep one of them")
}
