//! A `prove` hangs on a condition that cannot be decided.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::draft::{Draft, Target};

/// A `prove` hangs on a condition that cannot be decided.
pub static CODE: Code = Code {
    id: "MKT0411",
    slug: "undecided-proof",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0411.md"),
};

/// The proof; `places` are the conditions that it hangs on.
pub fn of(span: Span, whys: &[SmolStr], places: Vec<Target>) -> Draft {
    let why = whys.first().map_or_else(String::new, |why| format!(": {why}"));
    let draft = Draft::new(&CODE, span, format!("this cannot be proved or refuted{why}"));
    places.into_iter().fold(draft, |draft, place| draft.also(place, "it hangs on this"))
}
