//! Bytes that the file's encoding does not allow.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// Bytes that the file's encoding does not allow.
pub static CODE: Code = Code {
    id: "MKT0702",
    slug: "invalid-encoding",
    level: Level::Error,
    page: include_str!("../../explain/MKT0702.md"),
};

/// So many `bytes` of a UTF-8 file are wrong, the first at `place`.
pub(crate) fn invalid_utf8(place: Place, bytes: usize) -> Diagnostic {
    let message = match bytes {
        1 => "one byte here is not UTF-8".to_owned(),
        _ => format!("{bytes} bytes in this file are not UTF-8; this is the first"),
    };
    Diagnostic::new(&CODE, place, message).help("save the file as UTF-8")
}

/// A UTF-16 file holds half a character at `place`.
pub(crate) fn invalid_utf16(place: Place) -> Diagnostic {
    Diagnostic::new(&CODE, place, "half a character of UTF-16 stands here alone")
        .help("save the file as UTF-8")
}
