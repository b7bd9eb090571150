//! Something in force is not judged by this version.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// Something in force is not judged by this version.
pub static CODE: Code = Code {
    id: "MKT0608",
    slug: "needs-gate",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0608.md"),
};

/// A campaign whose audience is not compared with the suppressions in force.
pub fn audience(place: Place) -> Diagnostic {
    let mut found = Diagnostic::new(
        &CODE,
        place,
        "needs a person: whether this audience meets a suppression is not judged yet",
    );
    found.undecided = true;
    found
}
