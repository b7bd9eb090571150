//! GitLab's code quality report.

use std::io::{self, Write};

use mktlint_diag::{Diagnostic, Level};
use serde::Serialize;

use super::tidy;
use crate::Report;
use crate::fingerprint;
use crate::people::words;
use crate::text::{Texts, Unit};

pub(crate) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let texts = Texts::new(report.sources);
    let prints = fingerprint::of_all(report.findings, &texts);
    let findings = report.findings.iter().zip(prints);
    let issues: Vec<Issue<'_>> = findings.map(|(finding, print)| Issue::of(finding, print, &texts)).collect();
    tidy::document(&issues, out)
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

impl<'a> Issue<'a> {
    fn of(finding: &'a Diagnostic, fingerprint: String, texts: &Texts<'_>) -> Self {
        let place = &finding.primary.place;
        let lines = texts.points(place, Unit::Chars).map_or((1, 1), |(start, end)| (start.line, end.line));
        Self {
            description: words::marked_message(finding),
            check_name: &finding.code,
            fingerprint,
            severity: severity(finding),
            location: Location { path: &place.file, lines: Lines { begin: lines.0, end: lines.1 } },
        }
    }
}

/// GitLab knows info, minor, major, critical and blocker. What does not count does not weigh.
fn severity(finding: &Diagnostic) -> &'static str {
    match finding.level {
        _ if !finding.counts() => "info",
        Level::Error => "major",
        Level::Warning => "minor",
        Level::Info => "info",
    }
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}
