//! The time of a result is none, or has not come yet.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// The time of a result is none, or has not come yet.
pub static CODE: Code = Code {
    id: "MKT0978",
    slug: "result-time",
    level: Level::Error,
    page: include_str!("../../explain/MKT0978.md"),
};

/// The time `words` at `place` is none.
pub(crate) fn not_a_time(place: Place, words: &str) -> Diagnostic {
    let words: String = words.chars().take(40).collect();
    undecided(place, format!("`{words}` is no time")).help("write it as `2026-11-20` or `2026-11-20T10:00Z`")
}

/// The time `words` at `place` has not come yet.
pub(crate) fn future(place: Place, words: &str) -> Diagnostic {
    undecided(place, format!("`{words}` lies in the future")).note("nothing can have been measured then")
}

fn undecided(place: Place, words: String) -> Diagnostic {
    let mut found = Diagnostic::new(&CODE, place, words);
    found.undecided = true;
    found
}
