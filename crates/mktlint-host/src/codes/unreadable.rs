//! A file could not be read.

use mktlint_diag::{Code, Diagnostic, FilePath, Level};

use crate::policy::whole;

/// A file could not be read.
pub static CODE: Code = Code {
    id: "MKT0602",
    slug: "unreadable-file",
    level: Level::Error,
    page: include_str!("../../explain/MKT0602.md"),
};

/// A file that the operating system refuses.
pub fn of(file: &FilePath, reason: &str) -> Diagnostic {
    let mut found = Diagnostic::new(&CODE, whole(file), format!("this file cannot be read: {reason}"));
    found.undecided = true;
    found.help("mend its permissions, or leave it out with `exclude` in `mktlint.toml`")
}
