//! A file of results cannot be read as one.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A file of results cannot be read as one.
pub static CODE: Code = Code {
    id: "MKT0974",
    slug: "result-file",
    level: Level::Error,
    page: include_str!("../../explain/MKT0974.md"),
};

/// Nothing of what is at `place` was read, because of `reason`.
pub(crate) fn of(place: Place, reason: impl Into<String>) -> Diagnostic {
    let mut found = Diagnostic::new(&CODE, place, reason);
    found.undecided = true;
    found
}

/// The header at `place` names no column for `name`.
pub(crate) fn no_column(place: Place, name: &str) -> Diagnostic {
    of(place, format!("no column is called `{name}`")).help(
        "results have the columns `metric`, `campaign`, `time`, `value`, and perhaps `channel`, `unit`, `of`",
    )
}

/// The row at `place` does not say its `name`.
pub(crate) fn no_value(place: Place, name: &str) -> Diagnostic {
    of(place, format!("this result has no `{name}`"))
}
