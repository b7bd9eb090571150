//! A rule extends a check that Vale does not have.

use mktlint_diag::{Code, Diagnostic, Level, Place, closest};

/// A rule extends a check that Vale does not have.
pub static CODE: Code = Code {
    id: "MKT0802",
    slug: "unknown-check",
    level: Level::Error,
    page: include_str!("../../explain/MKT0802.md"),
};

/// `extends: exsitence`, where `known` are the checks of Vale.
pub(crate) fn of<'k>(place: Place, name: &str, known: impl IntoIterator<Item = &'k str>) -> Diagnostic {
    let found = Diagnostic::new(&CODE, place, format!("Vale has no check `{name}`"));
    match closest(name, known) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found,
    }
}
