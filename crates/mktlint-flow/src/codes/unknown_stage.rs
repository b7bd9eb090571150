//! A manifest stamps a stage that the pipeline does not have.

use mktlint_diag::{Code, Diagnostic, Level, Place, closest};
use smol_str::SmolStr;

/// A manifest stamps a stage that the pipeline does not have.
pub static CODE: Code = Code {
    id: "MKT0970",
    slug: "unknown-stage",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0970.md"),
};

/// The stamp of `name` at `place`, where the pipeline has `stages`.
pub(crate) fn of(place: Place, name: &str, stages: &[SmolStr]) -> Diagnostic {
    let found = Diagnostic::new(&CODE, place, format!("the pipeline has no stage `{name}`"));
    match closest(name, stages.iter().map(SmolStr::as_str)) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help(format!("it has {}", quoted(stages))),
    }
}

fn quoted(stages: &[SmolStr]) -> String {
    stages.iter().map(|stage| format!("`{stage}`")).collect::<Vec<_>>().join(" -> ")
}
