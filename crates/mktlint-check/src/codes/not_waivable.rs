//! A rule is waived that must not be.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A rule is waived that must not be.
pub static CODE: Code = Code {
    id: "MKT0516",
    slug: "not-waivable",
    level: Level::Error,
    page: include_str!("../../explain/MKT0516.md"),
};

/// The rule `rule` is waived at `place`, but `terms` (`never waivable`, `waivable by legal only`) forbid it; `by` is the
/// role that gave the exception.
pub(crate) fn not_waivable(
    place: Place,
    rule: &str,
    terms: &str,
    by: Option<&str>,
    rule_place: Place,
) -> Diagnostic {
    let found = Diagnostic::new(&CODE, place, format!("`{rule}` is {terms}, so this waives nothing"))
        .also_at(rule_place, "declared here");
    let found = match by {
        Some(by) => found.note(format!("it was given by `{by}`")),
        None if terms.starts_with("waivable") => found.note("it names nobody who may give it"),
        None => found,
    };
    found.help("mend the finding and delete the exception")
}
