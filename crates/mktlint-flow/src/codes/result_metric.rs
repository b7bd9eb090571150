//! A metric is nearly called like a threshold.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A metric is nearly called like a threshold.
pub static CODE: Code = Code {
    id: "MKT0976",
    slug: "result-metric",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0976.md"),
};

/// The metric `name` at `place` is watched by nothing, but `near` is.
pub(crate) fn of(place: Place, name: &str, near: &str) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("no threshold watches `{name}`"))
        .help(format!("did you mean `{near}`?"))
}
