//! A pack cannot be used, or is not the one that was locked.

use mktlint_diag::{Code, Diagnostic, FilePath, Level, Place};
use mktlint_text::Span;

/// A pack cannot be read.
pub static UNREADABLE: Code = Code {
    id: "MKT0608",
    slug: "unreadable-pack",
    level: Level::Error,
    page: include_str!("../../explain/MKT0608.md"),
};

/// A pack is not in the lock file, or differs from what it says.
pub static UNLOCKED: Code = Code {
    id: "MKT0609",
    slug: "unlocked-pack",
    level: Level::Error,
    page: include_str!("../../explain/MKT0609.md"),
};

/// A pack whose files cannot be had.
pub fn unreadable(config: &FilePath, span: Span, name: &str, reason: &str) -> Diagnostic {
    let place = Place::new(config.clone(), span);
    Diagnostic::new(&UNREADABLE, place, format!("the pack `{name}` cannot be read: {reason}"))
}

/// A pack that nobody has locked.
pub fn not_locked(config: &FilePath, span: Span, name: &str) -> Diagnostic {
    let place = Place::new(config.clone(), span);
    Diagnostic::new(&UNLOCKED, place, format!("the pack `{name}` is not in `mktlint.lock`"))
        .help("look at what it says, then run `mktlint packs lock`")
}

/// A pack whose files are not those that were locked.
pub fn changed(config: &FilePath, span: Span, name: &str, locked: &str, found: &str) -> Diagnostic {
    let place = Place::new(config.clone(), span);
    Diagnostic::new(&UNLOCKED, place, format!("the pack `{name}` is not the one that `mktlint.lock` names"))
        .note(format!("locked: {locked}"))
        .note(format!("found:  {found}"))
        .help("bring back the files that were locked, or look at what changed and run `mktlint packs lock`")
}

/// A lock file that cannot be read.
pub fn bad_lock(lock: &FilePath, span: Span, reason: &str) -> Diagnostic {
    let place = Place::new(lock.clone(), span);
    Diagnostic::new(&UNLOCKED, place, format!("this lock file cannot be read: {reason}"))
        .help("run `mktlint packs lock` to write it anew")
}
