//! NUL bytes in text.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// NUL bytes in text.
pub static CODE: Code = Code {
    id: "MKT0703",
    slug: "nul-byte",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0703.md"),
};

/// So many NUL `bytes` stand in a text, the first at `place`.
pub(crate) fn nul_byte(place: Place, bytes: usize) -> Diagnostic {
    let message = match bytes {
        1 => "a NUL byte stands in the text".to_owned(),
        _ => format!("{bytes} NUL bytes stand in the text; this is the first"),
    };
    Diagnostic::new(&CODE, place, message).help("delete it; mail programs and browsers cut or drop such text")
}
