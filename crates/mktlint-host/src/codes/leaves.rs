//! A link leads out of the workspace.

use mktlint_diag::{Code, Diagnostic, FilePath, Level};

use crate::policy::whole;

/// A link leads out of the workspace.
pub static CODE: Code = Code {
    id: "MKT0603",
    slug: "leaves-workspace",
    level: Level::Error,
    page: include_str!("../../explain/MKT0603.md"),
};

/// A link whose end is outside.
pub fn of(file: &FilePath, reason: &str) -> Diagnostic {
    let mut found = Diagnostic::new(&CODE, whole(file), format!("this link is not followed: {reason}"));
    found.undecided = true;
    found.help("copy the file into the workspace, or leave the link out with `exclude` in `mktlint.toml`")
}
