//! A time of a campaign manifest with a distance from UTC.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A time of a campaign manifest with a distance from UTC.
pub static CODE: Code = Code {
    id: "MKT0716",
    slug: "utc-offset",
    level: Level::Error,
    page: include_str!("../../explain/MKT0716.md"),
};

/// The time of `key` at `place` ends with `offset`: `+01:00`, `Z`.
pub(crate) fn utc_offset(place: Place, key: &str, offset: &str) -> Diagnostic {
    let message = format!("`{key}` is the sender's local time; `{offset}` behind it is not heeded");
    Diagnostic::new(&CODE, place, message)
        .help("leave it out and say where the sender is: `time_zone: Europe/Berlin`")
}
