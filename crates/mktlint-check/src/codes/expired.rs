//! An exception has ended.

use jiff::civil::Date;
use mktlint_diag::{Code, Diagnostic, FilePath, Fix, Level, Place};

/// An exception has ended.
pub static CODE: Code = Code {
    id: "MKT0513",
    slug: "expired-exception",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0513.md"),
};

/// The directive or record at `place` held until `until` and no longer covers anything.
pub(crate) fn expired(place: Place, until: Date, fix: Option<Fix>) -> Diagnostic {
    let help = match fix {
        Some(_) => "delete the directive, or give it a later `until`",
        None => "mend what it was for, or decide again and give a later day",
    };
    let mut diagnostic = Diagnostic::new(&CODE, place, format!("this exception ended on {until}")).help(help);
    diagnostic.fix = fix;
    diagnostic
}

/// The same of an exception for files, when a change touches `file`: then it fails.
pub(crate) fn touched(place: Place, until: Date, file: &FilePath) -> Diagnostic {
    let mut found = expired(place, until, None);
    found.level = Level::Error;
    found.note(format!("the change touches `{file}`, which it was for"))
}
