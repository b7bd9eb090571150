//! Two CSV columns of one name.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// Two CSV columns of one name.
pub static CODE: Code = Code {
    id: "MKT0706",
    slug: "duplicate-column",
    level: Level::Error,
    page: include_str!("../../explain/MKT0706.md"),
};

/// The column `name` at `place` is there already, at `first`.
pub(crate) fn duplicate_column(place: Place, name: &str, first: Place) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("the column `{name}` is given twice"))
        .also_at(first, "first here")
        .help("rename or remove one of them")
}
