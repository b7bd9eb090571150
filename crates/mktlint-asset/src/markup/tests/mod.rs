//! Extractors through their front door, shown as text.

mod dump;
mod eml;
mod html;
mod laws;
mod look;
mod markdown;
mod mjml;
mod plain;
mod template;

use mktlint_diag::FilePath;

use crate::{Extraction, Format, Kind, Spec, extract};

/// What is extracted from `text` as a file called `path`.
fn extracted(path: &str, kind: Kind, format: Format, text: &str) -> Extraction {
    extract(&FilePath::new(path), text, &Spec::new(kind, format))
}

/// Compares the dump of what is extracted with `expected`, lines trimmed.
#[track_caller]
fn check_as(path: &str, kind: Kind, format: Format, text: &str, expected: &str) {
    let dump = dump::extraction(&extracted(path, kind, format, text), text);
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let expected = expected.join("\n");
    assert!(dump.trim() == expected, "got\n{dump}\nexpected\n{expected}");
}
