//! The baseline cannot be used, or holds what is no longer there.

use mktlint_diag::{Code, Diagnostic, FilePath, Level, Place};
use mktlint_text::{LineIndex, Span};

use crate::baseline::json::{MAX_BYTES, Unfit};
use crate::policy::whole;

/// The baseline cannot be used.
pub static UNFIT: Code = Code {
    id: "MKT0950",
    slug: "unfit-baseline",
    level: Level::Error,
    page: include_str!("../../explain/MKT0950.md"),
};

/// The baseline holds findings that are no longer there.
pub static STALE: Code = Code {
    id: "MKT0951",
    slug: "stale-baseline",
    level: Level::Info,
    page: include_str!("../../explain/MKT0951.md"),
};

const AGAIN: &str = "take the file back from git, or delete it and run `mktlint baseline`";

/// The path of the baseline leaves the workspace.
pub fn elsewhere(file: &FilePath) -> Diagnostic {
    Diagnostic::new(&UNFIT, whole(file), "the baseline leads out of the workspace")
        .help("put a file in its place, not a link")
}

/// The file cannot be read.
pub fn unreadable(file: &FilePath, reason: &str) -> Diagnostic {
    Diagnostic::new(&UNFIT, whole(file), format!("the baseline cannot be read: {reason}")).help(AGAIN)
}

/// `text` is no baseline.
pub fn unfit(file: &FilePath, text: &str, unfit: &Unfit) -> Diagnostic {
    let at = |at: u32| Place::new(file.clone(), Span::at(at));
    match unfit {
        Unfit::TooLarge => {
            let most = MAX_BYTES >> 20;
            Diagnostic::new(&UNFIT, at(0), format!("the baseline is larger than {most} MiB")).help(AGAIN)
        }
        Unfit::Conflict(byte) => {
            let message = "the baseline holds both sides of a merge";
            Diagnostic::new(&UNFIT, at(u32::try_from(*byte).unwrap_or(u32::MAX)), message)
                .help("delete the lines of git and keep all others, then run `mktlint baseline --update`")
        }
        Unfit::Version(version) => {
            let message = format!("the baseline has version {version}, and this mktlint reads version 1");
            Diagnostic::new(&UNFIT, at(0), message)
                .help("use the version of mktlint that wrote it, or delete it and run `mktlint baseline`")
        }
        Unfit::Malformed { line, column, reason } => {
            let start = LineIndex::new(text).line_start(u32::try_from(*line).unwrap_or(u32::MAX));
            let column = u32::try_from(column.saturating_sub(1)).unwrap_or(u32::MAX);
            let message = format!("this is no baseline: {reason}");
            Diagnostic::new(&UNFIT, at(start.saturating_add(column)), message).help(AGAIN)
        }
    }
}

/// `n` findings of the baseline are no longer there.
pub fn stale(file: &FilePath, n: usize) -> Diagnostic {
    let message = match n {
        1 => "a finding of the baseline is no longer there".to_owned(),
        n => format!("{n} findings of the baseline are no longer there"),
    };
    Diagnostic::new(&STALE, whole(file), message)
        .note("as long as they are in it, new ones like them would not count")
        .help("run `mktlint baseline --update`")
}
