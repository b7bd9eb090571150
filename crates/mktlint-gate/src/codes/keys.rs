//! Key files of roles.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A key file of a role is wrong.
pub static KEY_FILE: Code = Code {
    id: "MKT0925",
    slug: "wrong-key-file",
    level: Level::Error,
    page: include_str!("../../explain/MKT0925.md"),
};

/// A line that gives nobody a voice.
pub fn wrong_line(place: Place, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&KEY_FILE, place, message).help(help)
}

/// A key file that is not there, or leads out of the workspace.
pub fn unreadable(place: Place, file: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(&KEY_FILE, place, format!("the key file `{file}` cannot be read: {reason}"))
        .help("paths are from the root of the workspace")
}
