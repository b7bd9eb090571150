//! YAML aliases that expand without end.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// YAML aliases that expand without end.
pub static CODE: Code = Code {
    id: "MKT0711",
    slug: "alias-bomb",
    level: Level::Error,
    page: include_str!("../../explain/MKT0711.md"),
};

/// Following the alias at `place` would make more than `limit` values.
pub(crate) fn alias_bomb(place: Place, limit: usize) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("the aliases of this file stand for more than {limit} values"))
        .help("write the values out, or refer to smaller pieces")
}
