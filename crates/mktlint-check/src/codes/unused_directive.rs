//! A directive in an asset covers no finding.

use mktlint_diag::{Code, Diagnostic, Fix, Level, Place};

/// A directive in an asset covers no finding.
pub static CODE: Code = Code {
    id: "MKT0512",
    slug: "unused-directive",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0512.md"),
};

/// The directive at `place` waives `rule`, which found nothing there.
pub(crate) fn unused_directive(place: Place, rule: &str, fix: Option<Fix>) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::new(&CODE, place, format!("`{rule}` finds nothing here, so nothing is waived"))
            .help("delete the directive, so that a new finding is not hidden by it");
    diagnostic.fix = fix;
    diagnostic
}
