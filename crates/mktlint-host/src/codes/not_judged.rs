//! Something in force is not judged by this version.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// Something in force is not judged by this version.
pub static CODE: Code = Code {
    id: "MKT0608",
    slug: "needs-gate",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0608.md"),
};

/// The audience that a campaign names at `place`, which is not compared with the `suppressions` in force.
pub fn audience(place: Place, suppressions: &[String]) -> Diagnostic {
    let whom = match suppressions {
        [name] => format!("`{name}` suppresses"),
        names => format!("{} suppressions leave out", names.len()),
    };
    let words = format!("needs a person: whether this audience holds people that {whom} is not judged yet");
    let mut found = Diagnostic::new(&CODE, place, words).label("this audience");
    found.help.push("compare them by hand before the campaign is sent".to_owned());
    found.undecided = true;
    found
}
