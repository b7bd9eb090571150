//! A waiver covers no finding.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A waiver covers no finding.
pub static CODE: Code = Code {
    id: "MKT0510",
    slug: "unused-waiver",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0510.md"),
};

/// The `waive` declaration or the record at `place` covered nothing in a run over the whole workspace.
pub(crate) fn unused_waiver(place: Place, rules: &str) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("nothing breaks {rules} where this waives it"))
        .help("delete the waiver, so that a new finding is not hidden by it")
}
