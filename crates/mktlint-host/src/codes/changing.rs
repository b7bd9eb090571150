//! A file changed while it was read.

use mktlint_diag::{Code, Diagnostic, FilePath, Level};

use crate::policy::whole;

/// A file changed while it was read.
pub static CODE: Code = Code {
    id: "MKT0604",
    slug: "changing-file",
    level: Level::Error,
    page: include_str!("../../explain/MKT0604.md"),
};

/// A file that was never the same before and after reading.
pub fn of(file: &FilePath) -> Diagnostic {
    let mut found = Diagnostic::new(&CODE, whole(file), "this file changes while it is read");
    found.undecided = true;
    found.help("run again when nothing writes to it")
}
