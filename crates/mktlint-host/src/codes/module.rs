//! Two policy files make the same module.

use mktlint_diag::{Code, Diagnostic, FilePath, Level};

use crate::policy::whole;

/// Two policy files make the same module.
pub static CODE: Code = Code {
    id: "MKT0607",
    slug: "duplicate-module",
    level: Level::Error,
    page: include_str!("../../explain/MKT0607.md"),
};

/// The second of two files.
pub fn of(file: &FilePath, first: &FilePath, module: &str) -> Diagnostic {
    Diagnostic::new(&CODE, whole(file), format!("this file makes the module `{module}`, as `{first}` does"))
        .also_at(whole(first), "the other one")
        .help("rename one of them")
}
