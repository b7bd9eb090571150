//! A value is no number, or of another unit than its threshold.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A value is no number, or of another unit than its threshold.
pub static CODE: Code = Code {
    id: "MKT0977",
    slug: "result-value",
    level: Level::Error,
    page: include_str!("../../explain/MKT0977.md"),
};

/// The value `words` at `place` is no number.
pub(crate) fn not_a_number(place: Place, words: &str) -> Diagnostic {
    let words: String = words.chars().take(40).collect();
    undecided(place, format!("`{words}` is no number")).help("write `0.3%`, `0.003` or `12`")
}

/// Nothing can be divided by what stands at `place`.
pub(crate) fn nothing_to_divide_by(place: Place) -> Diagnostic {
    undecided(place, "a value cannot be divided by this").help("`of` is a number above 0")
}

/// `words` at `place` can be a share or a number of percent, and it matters for `metric`, whose bound is at `bound`.
pub(crate) fn ambiguous(place: Place, metric: &str, words: &str, bound: Place) -> Diagnostic {
    undecided(
        place,
        format!("`{words}` of `{metric}` can be {words}% or a share of 1, and the verdicts differ"),
    )
    .also_at(bound, "a percentage here")
    .help(format!("write `{words}%`, or add a column `unit` or `of`"))
}

/// `words` at `place` is a percentage where the bound of `metric`, or the other way round.
pub(crate) fn other_unit(place: Place, metric: &str, words: &str, bound: Place) -> Diagnostic {
    undecided(place, format!("`{words}` of `{metric}` has another unit than its threshold"))
        .also_at(bound, "this is its unit")
}

fn undecided(place: Place, words: impl Into<String>) -> Diagnostic {
    let mut found = Diagnostic::new(&CODE, place, words);
    found.undecided = true;
    found
}
