//! A rule of Vale lacks what its check needs.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A rule of Vale lacks what its check needs.
pub static CODE: Code = Code {
    id: "MKT0803",
    slug: "incomplete-import",
    level: Level::Error,
    page: include_str!("../../explain/MKT0803.md"),
};

/// The rule at `place` cannot mean anything, for this `reason`.
pub(crate) fn of(place: Place, reason: &str) -> Diagnostic {
    Diagnostic::new(&CODE, place, reason.to_owned())
}
