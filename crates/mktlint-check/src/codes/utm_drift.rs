//! One tracking value is spelled in two ways.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// One tracking value is spelled in two ways.
pub static CODE: Code = Code {
    id: "MKT0501",
    slug: "utm-drift",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0501.md"),
};

/// `value` of `utm_{key}` is spelled otherwise than `common`, which stands in more places.
pub(crate) fn utm_drift(place: Place, key: &str, value: &str, common: &str, first: Place) -> Diagnostic {
    let message = format!("`utm_{key}={value}` is spelled `{common}` elsewhere");
    Diagnostic::new(&CODE, place, message)
        .also_at(first, format!("`{common}` here"))
        .note("reports count two spellings as two rows")
        .help(format!("write `{common}`"))
}
