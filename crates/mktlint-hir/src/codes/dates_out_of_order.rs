//! A period ends before it starts.

use jiff::civil;
use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};

/// A period ends before it starts.
pub static CODE: Code = Code {
    id: "MKT0315",
    slug: "dates-out-of-order",
    level: Level::Error,
    page: include_str!("../../explain/MKT0315.md"),
};

/// `from` after `until`.
pub fn of(span: Span, from: Span, first: civil::Date, last: civil::Date) -> Draft {
    Draft::new(&CODE, span, format!("this ends on {last}, before it starts on {first}"))
        .also(Target::Here(from), "starts here")
}
