//! A campaign names an audience that the policy does not have.

use mktlint_diag::{Code, Diagnostic, Level, Place};
use smol_str::SmolStr;

/// A campaign names an audience that the policy does not have.
pub static CODE: Code = Code {
    id: "MKT0505",
    slug: "unknown-audience",
    level: Level::Error,
    page: include_str!("../../explain/MKT0505.md"),
};

/// No audience is called `name`; one is called `near`.
pub(crate) fn unknown_audience(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    let found = Diagnostic::new(&CODE, place, format!("the policy has no audience `{name}`"));
    match near {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help(format!("declare it: `audience {name} = …`")),
    }
}

/// Several audiences are called `name`.
pub(crate) fn ambiguous_audience(place: Place, name: &str, all: &[SmolStr]) -> Diagnostic {
    let all: Vec<String> = all.iter().map(|full| format!("`{full}`")).collect();
    Diagnostic::new(&CODE, place, format!("several audiences are called `{name}`"))
        .help(format!("write the full name: {}", all.join(" or ")))
}
