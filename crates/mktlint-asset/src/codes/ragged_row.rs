//! A CSV row with more or fewer cells than the header.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A CSV row with more or fewer cells than the header.
pub static CODE: Code = Code {
    id: "MKT0704",
    slug: "ragged-row",
    level: Level::Error,
    page: include_str!("../../explain/MKT0704.md"),
};

/// The row at `place` has `found` cells where the header has `expected`.
pub(crate) fn ragged_row(place: Place, expected: usize, found: usize) -> Diagnostic {
    let cells = if found == 1 { "cell" } else { "cells" };
    let message = format!("this row has {found} {cells}, the header has {expected}");
    let help = match found > expected {
        true => "put quotes around the cell that holds the separator",
        false => "add the missing cells, empty ones too",
    };
    Diagnostic::new(&CODE, place, message).help(help)
}
