//! Two results say the same thing differently, or twice.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// Two results say the same thing differently, or twice.
pub static CODE: Code = Code {
    id: "MKT0979",
    slug: "result-twice",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0979.md"),
};

/// The result at `place` speaks of the same campaign, metric, channel and time as the one at `first`; `differs` when it says something else.
pub(crate) fn of(place: Place, first: Place, differs: bool) -> Diagnostic {
    let message = match differs {
        true => "a second result for the same campaign, metric, channel and time, with another value",
        false => "a second result for the same campaign, metric, channel and time",
    };
    Diagnostic::new(&CODE, place, message)
        .also_at(first, "the first")
        .help("keep one; the last in the file counts")
}
