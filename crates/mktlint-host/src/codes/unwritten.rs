//! A fix could not be written.

use mktlint_diag::{Code, Diagnostic, FilePath, Level};

use crate::policy::whole;

/// A fix could not be written.
pub static CODE: Code = Code {
    id: "MKT0606",
    slug: "fix-not-written",
    level: Level::Error,
    page: include_str!("../../explain/MKT0606.md"),
};

/// The file is as it was.
pub fn of(file: &FilePath, reason: &str) -> Diagnostic {
    let mut found =
        Diagnostic::new(&CODE, whole(file), format!("the fixes of this file were not written: {reason}"));
    found.undecided = true;
    found.help("the file is as it was")
}
