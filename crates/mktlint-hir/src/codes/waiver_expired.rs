//! A waiver has expired.

use jiff::civil;
use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A waiver has expired.
pub static CODE: Code = Code {
    id: "MKT0316",
    slug: "waiver-expired",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0316.md"),
};

/// `until` a day that is past.
pub fn of(span: Span, until: civil::Date) -> Draft {
    Draft::new(&CODE, span, format!("this waiver ended on {until}"))
        .help("remove it, or decide again and give a new date")
}
