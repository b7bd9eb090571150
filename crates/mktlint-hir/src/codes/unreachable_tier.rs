//! A tier that no change can have.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A tier that no change can have.
pub static CODE: Code = Code {
    id: "MKT0422",
    slug: "unreachable-tier",
    level: Level::Error,
    page: include_str!("../../explain/MKT0422.md"),
};

/// `is_default` tells that it takes what other tiers leave.
pub fn of(span: Span, name: &str, is_default: bool) -> Draft {
    let draft = Draft::new(&CODE, span, format!("no change can have the tier `{name}`"));
    if is_default {
        draft.help("other tiers claim every change; remove it, or make their conditions narrower")
    } else {
        draft.help("its `when` cannot hold, or the tiers that it yields to take everything")
    }
}
