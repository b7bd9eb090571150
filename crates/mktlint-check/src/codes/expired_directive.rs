//! A directive in an asset has expired.

use jiff::civil::Date;
use mktlint_diag::{Code, Diagnostic, Fix, Level, Place};

/// A directive in an asset has expired.
pub static CODE: Code = Code {
    id: "MKT0513",
    slug: "expired-directive",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0513.md"),
};

/// The directive at `place` held until `until` and no longer covers anything.
pub(crate) fn expired_directive(place: Place, until: Date, fix: Option<Fix>) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(&CODE, place, format!("this exception ended on {until}"))
        .help("delete the directive, or give it a later `until`");
    diagnostic.fix = fix;
    diagnostic
}
