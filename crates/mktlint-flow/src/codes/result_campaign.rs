//! A result belongs to no campaign that is here.

use mktlint_diag::{Code, Diagnostic, Level, Place, closest};

/// A result belongs to no campaign that is here.
pub static CODE: Code = Code {
    id: "MKT0975",
    slug: "result-campaign",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0975.md"),
};

/// The campaign `id` at `place` is none of `known`.
pub(crate) fn of<'k>(place: Place, id: &str, known: impl IntoIterator<Item = &'k str>) -> Diagnostic {
    let found = Diagnostic::new(&CODE, place, format!("no campaign has the id `{id}`"));
    match closest(id, known) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help("write the `id` of a campaign manifest, or leave out results of other campaigns"),
    }
}
