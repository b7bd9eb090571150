//! A file that is to be imported, or a line of it, cannot be read.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A file that is to be imported cannot be read.
pub static CODE: Code = Code {
    id: "MKT0801",
    slug: "unread-import",
    level: Level::Error,
    page: include_str!("../../explain/MKT0801.md"),
};

/// The file at `place` cannot be read for this `reason`.
pub fn of(place: Place, reason: &str) -> Diagnostic {
    not_imported(place, "file", reason)
}

/// The line at `place` of a file says nothing, for this `reason`; the other lines count.
pub(crate) fn line(place: Place, reason: &str) -> Diagnostic {
    not_imported(place, "line", reason)
}

fn not_imported(place: Place, what: &str, reason: &str) -> Diagnostic {
    let mut found = Diagnostic::new(&CODE, place, format!("this {what} was not imported: {reason}"));
    found.undecided = true;
    found
}
