//! Nobody is in the audience of a campaign on the day that it is sent.

use jiff::civil::Date;
use mktlint_diag::{Code, Diagnostic, Level, Place};

/// Nobody is in the audience of a campaign on the day that it is sent.
pub static CODE: Code = Code {
    id: "MKT0508",
    slug: "nobody-gets-it",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0508.md"),
};

/// `who` holds nobody on `day`.
pub(crate) fn nobody_gets_it(place: Place, who: &str, day: Date) -> Diagnostic {
    let words = format!("nobody can be in {who} on {day}, when the campaign is sent");
    Diagnostic::new(&CODE, place, words).label("this audience")
}
