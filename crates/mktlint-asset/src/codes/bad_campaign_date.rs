//! A date of a campaign manifest that is no date.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A date of a campaign manifest that is no date.
pub static CODE: Code = Code {
    id: "MKT0714",
    slug: "bad-campaign-date",
    level: Level::Error,
    page: include_str!("../../explain/MKT0714.md"),
};

/// The value `text` of `key` at `place` must be a date and is none.
pub(crate) fn bad_campaign_date(place: Place, key: &str, text: &str) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("`{key}` must be a date, but `{text}` is none"))
        .help("write it as `2026-11-27` or `2026-11-27T09:00`")
}
