//! A file that is no text.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A file that is no text.
pub static CODE: Code = Code {
    id: "MKT0700",
    slug: "not-text",
    level: Level::Error,
    page: include_str!("../../explain/MKT0700.md"),
};

/// The file at `place` is a picture, an archive or a program.
pub(crate) fn not_text(place: Place) -> Diagnostic {
    let message = format!("`{}` is not a text file", place.file);
    Diagnostic::new(&CODE, place, message).help("exclude it, or name the files to judge more narrowly")
}
