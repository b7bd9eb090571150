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

/// A place that a change brings, and behind which there may be an asset that nobody judges.
pub fn behind(file: &FilePath, reason: &str) -> Diagnostic {
    let mut found = Diagnostic::new(&CODE, whole(file), format!("what is here cannot be judged: {reason}"));
    found.undecided = true;
    found.help("put the files themselves here, or leave it out with `exclude` in `mktlint.toml`")
}

/// A file that the operating system refuses.
pub fn of(file: &FilePath, reason: &str) -> Diagnostic {
    let mut found = Diagnostic::new(&CODE, whole(file), format!("this file cannot be read: {reason}"));
    found.undecided = true;
    found.help("mend its permissions, or leave it out with `exclude` in `mktlint.toml`")
}
