//! An exception ends within days.

use jiff::civil::Date;
use mktlint_diag::{Code, Diagnostic, Level, Place};

/// An exception ends within days.
pub static CODE: Code = Code {
    id: "MKT0517",
    slug: "exception-ends-soon",
    level: Level::Info,
    page: include_str!("../../explain/MKT0517.md"),
};

/// The exception at `place` holds until `until`, seen on `today`.
pub(crate) fn ending(place: Place, until: Date, today: Date) -> Diagnostic {
    let left = match until.since(today).map(|left| left.get_days()).unwrap_or_default() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    };
    Diagnostic::new(&CODE, place, format!("this exception ends {left}, on {until}"))
        .note("what it waives counts again from the day after")
        .help("mend what it is for, or decide again and give a later day")
}
