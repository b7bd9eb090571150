//! A key of a campaign manifest that is nearly a known one.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A key of a campaign manifest that is nearly a known one.
pub static CODE: Code = Code {
    id: "MKT0715",
    slug: "misspelt-campaign-key",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0715.md"),
};

/// The key `found` at `place` was probably meant to be `known`.
pub(crate) fn misspelt_campaign_key(place: Place, found: &str, known: &str) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("a campaign has no key `{found}`"))
        .help(format!("did you mean `{known}`?"))
}

/// A message that `sends` lists has no key `found`, at `place`: an audience there would not be heeded.
pub(crate) fn unknown_send_key(place: Place, found: &str) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("a message under `sends` has no key `{found}`"))
        .help("a message has `channel` and `at`; the rest is said for the whole campaign")
}
