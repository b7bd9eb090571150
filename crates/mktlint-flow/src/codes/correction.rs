//! A correction does not say when it was noticed and fixed.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A correction does not say when it was noticed and fixed.
pub static CODE: Code = Code {
    id: "MKT0973",
    slug: "correction",
    level: Level::Error,
    page: include_str!("../../explain/MKT0973.md"),
};

/// The correction at `place` does not say when it was noticed.
pub(crate) fn shape(place: Place) -> Diagnostic {
    Diagnostic::new(&CODE, place, "a correction says when it was noticed").help(
        "write `{detected_at: 2026-11-20T09:00Z, fixed_at: 2026-11-20T11:30Z, reason: \"wrong price\"}`",
    )
}

/// The correction whose end stands at `place` ends before it begins.
pub(crate) fn order(place: Place) -> Diagnostic {
    Diagnostic::new(&CODE, place, "a correction was fixed before it was noticed")
}
