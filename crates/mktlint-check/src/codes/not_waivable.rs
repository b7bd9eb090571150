//! A rule is waived that must not be.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A rule is waived that must not be.
pub static CODE: Code = Code {
    id: "MKT0516",
    slug: "not-waivable",
    level: Level::Error,
    page: include_str!("../../explain/MKT0516.md"),
};

/// The rule `rule` is waived at `place`, but `terms` (`never waivable`, `waivable by legal`) forbid it.
pub(crate) fn not_waivable(place: Place, rule: &str, terms: &str, rule_place: Place) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("`{rule}` is {terms}, so this waives nothing"))
        .also_at(rule_place, "declared here")
        .help("mend the finding and delete the exception")
}
