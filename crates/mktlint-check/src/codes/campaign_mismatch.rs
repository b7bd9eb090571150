//! A link names another campaign than the manifest of its folder.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A link names another campaign than the manifest of its folder.
pub static CODE: Code = Code {
    id: "MKT0502",
    slug: "campaign-mismatch",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0502.md"),
};

/// `utm_campaign=value` stands in an asset of the campaign `id`.
pub(crate) fn campaign_mismatch(place: Place, value: &str, id: &str, manifest: Option<Place>) -> Diagnostic {
    let message = format!("the link reports to campaign `{value}`, but this is part of `{id}`");
    let diagnostic = Diagnostic::new(&CODE, place, message).help(format!("write `utm_campaign={id}`"));
    match manifest {
        Some(place) => diagnostic.also_at(place, "the campaign's id"),
        None => diagnostic,
    }
}
