//! A CSV file without a column that holds text of its kind.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A CSV file without a column that holds text of its kind.
pub static CODE: Code = Code {
    id: "MKT0707",
    slug: "no-known-column",
    level: Level::Error,
    page: include_str!("../../explain/MKT0707.md"),
};

/// No column of the header at `place` is known for an asset of `kind`; `known` are usual names.
pub(crate) fn no_known_column(place: Place, kind: &str, known: &[&str]) -> Diagnostic {
    let names: Vec<String> = known.iter().take(5).map(|name| format!("`{name}`")).collect();
    Diagnostic::new(&CODE, place, format!("no column holds the text of an asset of the kind `{kind}`"))
        .note(format!("columns that are known: {}", names.join(", ")))
        .help("name the column in `mktlint.toml`: `columns = { body = \"…\" }`")
}
