//! A condition is too complex to be decided.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};

/// A condition is too complex to be decided.
pub static CODE: Code = Code {
    id: "MKT0412",
    slug: "too-complex",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0412.md"),
};

/// A declaration or proof; `places` are where it became so.
pub fn of(span: Span, name: &str, places: Vec<Target>) -> Draft {
    let draft = Draft::new(&CODE, span, format!("{name} is too complex to be decided"));
    let draft = places.into_iter().fold(draft, |draft, place| draft.also(place, "too complex here"));
    draft.help("declare attributes that are compared with each other side by side, or ask less at once")
}
