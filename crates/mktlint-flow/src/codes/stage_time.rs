//! A stamp is no time, or has not come yet.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A stamp is no time, or has not come yet.
pub static CODE: Code = Code {
    id: "MKT0972",
    slug: "stage-time",
    level: Level::Error,
    page: include_str!("../../explain/MKT0972.md"),
};

/// The stamp `words` of `key` at `place` is no time.
pub(crate) fn not_a_time(place: Place, key: &str, words: &str) -> Diagnostic {
    let words: String = words.chars().take(40).collect();
    Diagnostic::new(&CODE, place, format!("`{key}` must be a time, but `{words}` is none"))
        .help("write it as `2026-11-03` or `2026-11-03T10:00Z`")
}

/// The stamp `words` of `key` at `place` has not come yet.
pub(crate) fn future(place: Place, key: &str, words: &str) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("`{key}` lies in the future"))
        .help("stamp what has happened; a plan is `send_at`")
        .note(format!("`{words}` has not come yet"))
}

/// `stages` at `place` holds no stamps.
pub(crate) fn not_stamps(place: Place) -> Diagnostic {
    Diagnostic::new(&CODE, place, "`stages` must hold stages with their times")
        .help("write `stages: {brief: 2026-11-03, live: 2026-11-10}`")
}
