//! A value has another type than is needed.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};
use crate::model::types::Type;

/// A value has another type than is needed.
pub static CODE: Code = Code {
    id: "MKT0201",
    slug: "wrong-type",
    level: Level::Error,
    page: include_str!("../../explain/MKT0201.md"),
};

/// A value where another type is needed.
pub fn of(span: Span, wanted: &str, found: &Type) -> Draft {
    Draft::new(&CODE, span, format!("expected {wanted}, found `{found}`"))
}

/// Two sides that do not go together.
pub fn sides(span: Span, other: Span, wanted: &Type, found: &Type) -> Draft {
    Draft::new(&CODE, span, format!("a `{wanted}` cannot be compared with a `{found}`"))
        .label(format!("this is a `{found}`"))
        .also(Target::Here(other), format!("this is a `{wanted}`"))
}

/// A pattern that is not behind `matches`.
pub fn stray_pattern(span: Span) -> Draft {
    Draft::new(&CODE, span, "a pattern stands only behind `matches`, `mentions`, `match` and `says`")
        .help("write `text matches /…/`")
}
