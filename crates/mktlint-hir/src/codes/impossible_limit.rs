//! A range, a cap or quiet hours that cannot be meant.

use jiff::civil;
use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A range, a cap or quiet hours that cannot be meant.
pub static CODE: Code = Code {
    id: "MKT0407",
    slug: "impossible-limit",
    level: Level::Error,
    page: include_str!("../../explain/MKT0407.md"),
};

/// `at most 0`
pub fn cap(span: Span, name: &str) -> Draft {
    Draft::new(&CODE, span, format!("`{name}` lets no message through at all"))
        .help("write `at most 1` or more, or declare a `suppress`")
}

/// `per 0 days`
pub fn window(span: Span) -> Draft {
    Draft::new(&CODE, span, "no message falls into a window of no length").help("write `per 7 days`")
}

/// Hours that end when they start.
pub fn hours(span: Span, from: civil::Time) -> Draft {
    let at = from.strftime("%H:%M");
    Draft::new(&CODE, span, format!("no minute lies between {at} and {at}"))
        .help("write `from 21:00 to 08:00`; hours that go over midnight are fine")
}

/// `age: Int in 130..=0`
pub fn range(span: Span, name: &str) -> Draft {
    Draft::new(&CODE, span, format!("no `{name}` lies in this range")).help("write the least value first")
}
