//! A rule that is selected or ignored does not exist.

use mktlint_diag::{Code, Level};

/// A rule that is selected or ignored does not exist.
pub static CODE: Code = Code {
    id: "MKT0605",
    slug: "unknown-selection",
    level: Level::Error,
    page: include_str!("../../explain/MKT0605.md"),
};

/// A name that no rule has.
pub fn of(name: &str, near: Option<&str>) -> String {
    match near {
        Some(near) => format!("no rule is called `{name}`; did you mean `{near}`?"),
        None => format!("no rule is called `{name}`; `mktlint rules` lists them"),
    }
}
