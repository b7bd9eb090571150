//! A file beyond what offsets can address.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A file beyond what offsets can address.
pub static CODE: Code = Code {
    id: "MKT0701",
    slug: "too-large",
    level: Level::Error,
    page: include_str!("../../explain/MKT0701.md"),
};

/// The file at `place` is longer than 4 GiB.
pub(crate) fn too_large(place: Place) -> Diagnostic {
    let message = format!("`{}` is larger than 4 GiB", place.file);
    Diagnostic::new(&CODE, place, message).help("split it into several files")
}
