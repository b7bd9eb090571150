//! A row of a sheet that says nothing.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A row of a sheet that says nothing.
pub static CODE: Code = Code {
    id: "MKT0805",
    slug: "sheet-row",
    level: Level::Error,
    page: include_str!("../../explain/MKT0805.md"),
};

/// The row at `place` was left out for this `reason`.
pub(crate) fn of(place: Place, line: u32, reason: &str) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("line {line}: {reason}"))
}
