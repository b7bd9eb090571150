//! Files of decisions that cannot be taken as they are.

use mktlint_diag::{Code, Diagnostic, FilePath, Level, Place};
use mktlint_text::Span;

use super::whole;
use crate::Unit;
use crate::record::MAX_BYTES;

/// A decision file cannot be read.
pub static UNREADABLE: Code = Code {
    id: "MKT0901",
    slug: "unreadable-record",
    level: Level::Error,
    page: include_str!("../../explain/MKT0901.md"),
};

/// A merge left its marks in a decision file.
pub static CONFLICT: Code = Code {
    id: "MKT0902",
    slug: "conflict-in-record",
    level: Level::Error,
    page: include_str!("../../explain/MKT0902.md"),
};

/// A decision file is of a newer version.
pub static FUTURE_FORMAT: Code = Code {
    id: "MKT0903",
    slug: "record-of-newer-version",
    level: Level::Error,
    page: include_str!("../../explain/MKT0903.md"),
};

/// A decision file is not called as its id says.
pub static MISNAMED: Code = Code {
    id: "MKT0904",
    slug: "misnamed-record",
    level: Level::Error,
    page: include_str!("../../explain/MKT0904.md"),
};

/// A decision is for something else.
pub static WRONG_UNIT: Code = Code {
    id: "MKT0913",
    slug: "replayed-record",
    level: Level::Error,
    page: include_str!("../../explain/MKT0913.md"),
};

/// A file that is no record.
pub fn unreadable(place: Place, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&UNREADABLE, place, message)
}

/// A file with more bytes than a decision can need.
pub fn too_large(file: &FilePath, bytes: usize) -> Diagnostic {
    let limit = MAX_BYTES / 1024;
    unreadable(whole(file), format!("this record has {bytes} bytes, more than {limit} KiB"))
}

/// A file that is no text.
pub fn not_utf8(file: &FilePath, valid: usize) -> Diagnostic {
    unreadable(Place::new(file.clone(), Span::of(valid..valid)), "this record is not UTF-8")
}

/// Marks of a merge.
pub fn conflict(place: Place) -> Diagnostic {
    Diagnostic::new(&CONFLICT, place, "a merge left its marks in this record")
        .help("take the side that was signed: `git checkout --ours` or `--theirs`")
}

/// A record of a version to come.
pub fn future_format(place: Place, format: u32) -> Diagnostic {
    Diagnostic::new(
        &FUTURE_FORMAT,
        place,
        format!("this record has format {format}, which a newer mktlint wrote"),
    )
    .help("use that version")
}

/// A file with another name than its id.
pub fn misnamed(place: Place, id: &str, name: &str) -> Diagnostic {
    Diagnostic::new(&MISNAMED, place, format!("the record `{id}` lies in a file called `{name}.toml`"))
        .help(format!("call it `{id}.toml`"))
}

/// An id that can name no file.
pub fn bad_id(place: Place, id: &str) -> Diagnostic {
    Diagnostic::new(&MISNAMED, place, format!("`{id}` is no id of a record"))
        .help("letters, digits, `.`, `_` and `-`, at most 100")
}

/// A record among those of something else.
pub fn wrong_folder(place: Place, unit: &Unit, home: &FilePath) -> Diagnostic {
    Diagnostic::new(
        &WRONG_UNIT,
        place,
        format!("this record is for `{unit}`, and lies with the decisions of another"),
    )
    .note(format!("its place is `{home}`"))
}
