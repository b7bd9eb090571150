//! A key of a campaign manifest with a value of the wrong type.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A key of a campaign manifest with a value of the wrong type.
pub static CODE: Code = Code {
    id: "MKT0713",
    slug: "wrong-campaign-type",
    level: Level::Error,
    page: include_str!("../../explain/MKT0713.md"),
};

/// The value of `key` at `place` must be `expected`, but is `found`.
pub(crate) fn wrong_campaign_type(place: Place, key: &str, expected: &str, found: &str) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("`{key}` of a campaign must be {expected}, not {found}"))
}
