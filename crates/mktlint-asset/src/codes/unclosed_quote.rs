//! A CSV cell whose quote never closes.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A CSV cell whose quote never closes.
pub static CODE: Code = Code {
    id: "MKT0705",
    slug: "unclosed-quote",
    level: Level::Error,
    page: include_str!("../../explain/MKT0705.md"),
};

/// The quote at `place` opens a cell and nothing closes it.
pub(crate) fn unclosed_quote(place: Place) -> Diagnostic {
    Diagnostic::new(&CODE, place, "this quote is never closed")
        .note("the cell was read up to the end of its line")
        .help("close it with `\"`; a quote inside a cell is written `\"\"`")
}
