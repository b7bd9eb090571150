//! Values in different units are compared or added.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// Values in different units are compared or added.
pub static CODE: Code = Code {
    id: "MKT0202",
    slug: "wrong-unit",
    level: Level::Error,
    page: include_str!("../../explain/MKT0202.md"),
};

/// Two values that do not go together.
pub fn two(span: Span, a: &str, b: &str) -> Draft {
    Draft::new(&CODE, span, format!("`{a}` and `{b}` do not go together"))
}

/// `7 dayz`
pub fn unknown(span: Span, unit: &str, near: Option<&str>) -> Draft {
    let draft = Draft::new(&CODE, span, format!("`{unit}` is no unit"));
    if near.is_some() {
        draft.did_you_mean(near)
    } else {
        draft.help("write `7 days`, `2 hours` or `EUR 20`")
    }
}

/// `older than 7`
pub fn bare_number(span: Span) -> Draft {
    Draft::new(&CODE, span, "a number has no length of time").help("write `7 days`")
}
