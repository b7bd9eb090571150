//! An audience can include people outside of the countries that the campaign is meant for.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// An audience can include people outside of the countries that the campaign is meant for.
pub static CODE: Code = Code {
    id: "MKT0507",
    slug: "audience-outside-regions",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0507.md"),
};

/// `who` at `place`, while the manifest says at `regions` where the campaign is seen; `inside` is the audience that
/// keeps to these countries.
pub(crate) fn outside_regions(place: Place, who: &str, regions: Place, inside: &str) -> Diagnostic {
    let words = format!("{who} can include people outside of the campaign's regions");
    Diagnostic::new(&CODE, place, words)
        .label("this audience")
        .also_at(regions, "the campaign is meant for these")
        .help(format!("write `{inside}`, or add the other countries to `regions`"))
}
