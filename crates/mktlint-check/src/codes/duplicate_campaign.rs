//! Two manifests have the same campaign id.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// Two manifests have the same campaign id.
pub static CODE: Code = Code {
    id: "MKT0503",
    slug: "duplicate-campaign",
    level: Level::Error,
    page: include_str!("../../explain/MKT0503.md"),
};

/// The campaign `id` is declared a second time at `place`.
pub(crate) fn duplicate_campaign(place: Place, id: &str, first: Place) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("a second campaign has the id `{id}`"))
        .also_at(first, "first used here")
        .help("give one of them another id")
}
