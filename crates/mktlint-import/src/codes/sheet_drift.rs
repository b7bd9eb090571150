//! One value in two spellings.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// One value in two spellings.
pub static CODE: Code = Code {
    id: "MKT0806",
    slug: "sheet-drift",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0806.md"),
};

/// `parameter` is spelled `dropped` in `lines`, and `kept` elsewhere.
pub(crate) fn of(place: Place, parameter: &str, kept: &str, dropped: &str, lines: &[u32]) -> Diagnostic {
    let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
    let word = if lines.len() == 1 { "line" } else { "lines" };
    let message = format!("{parameter} is `{dropped}` and `{kept}`: reports keep the two apart");
    Diagnostic::new(&CODE, place, message)
        .note(format!("`{dropped}` in {word} {}", lines.join(", ")))
        .help(format!("`{kept}` was taken; write it so everywhere"))
}
