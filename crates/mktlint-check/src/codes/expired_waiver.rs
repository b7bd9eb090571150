//! A `waive` has expired.

use jiff::civil::Date;
use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A `waive` has expired.
pub static CODE: Code = Code {
    id: "MKT0511",
    slug: "expired-waiver",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0511.md"),
};

/// The `waive` declaration at `place` held until `until` and no longer covers anything.
pub(crate) fn expired_waiver(place: Place, until: Date) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("this exception ended on {until}"))
        .help("delete it, or have it granted again with a later `until`")
}
