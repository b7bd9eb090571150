//! Decisions that are missing, altered, or there twice.

use mktlint_diag::{Code, Diagnostic, FilePath, Level, Place};

use super::whole;
use crate::Digest;

/// Two decision files have the same id.
pub static DUPLICATE: Code = Code {
    id: "MKT0905",
    slug: "duplicate-record",
    level: Level::Error,
    page: include_str!("../../explain/MKT0905.md"),
};

/// A decision of the base was edited or deleted.
pub static BASE_CHANGED: Code = Code {
    id: "MKT0922",
    slug: "altered-decision",
    level: Level::Error,
    page: include_str!("../../explain/MKT0922.md"),
};

/// A decision that another one follows is missing.
pub static HOLE: Code = Code {
    id: "MKT0924",
    slug: "missing-decision",
    level: Level::Error,
    page: include_str!("../../explain/MKT0924.md"),
};

/// Two files with one id: the second of them.
pub fn duplicate(place: Place, id: &str, first: Place) -> Diagnostic {
    Diagnostic::new(&DUPLICATE, place, format!("there are two records `{id}`"))
        .also_at(first, "the other one")
}

/// A record of the base that is not as it was.
pub fn edited_since(file: &FilePath) -> Diagnostic {
    Diagnostic::new(&BASE_CHANGED, whole(file), "this decision of the base was edited")
        .help("bring it back as it was")
}

/// A record of the base that is gone.
pub fn deleted(file: &FilePath) -> Diagnostic {
    Diagnostic::new(&BASE_CHANGED, whole(file), "this decision of the base was deleted")
        .help("bring it back; `mktlint approve --withdraw` takes a decision back")
}

/// A record names one that is not there.
pub fn hole(place: Place, digest: &Digest) -> Diagnostic {
    Diagnostic::new(
        &HOLE,
        place,
        format!("the decision `{}` that this one follows is missing", digest.short()),
    )
    .note(digest.to_string())
    .help("bring `decisions/` back from the history of the repository")
}
