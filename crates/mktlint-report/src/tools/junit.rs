//! JUnit XML: a test suite for each file, a test case for each finding.

use std::io::{self, Write};

use mktlint_diag::{Diagnostic, Level};

use crate::Report;
use crate::people::words;
use crate::text::{Texts, Unit, clean};

pub(crate) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let texts = Texts::new(report.sources);
    let total = Totals::of(report.findings);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="mktlint" {}>"#, total.attributes())?;
    for suite in report.findings.chunk_by(|a, b| a.primary.place.file == b.primary.place.file) {
        write_suite(suite, &texts, out)?;
    }
    if report.findings.is_empty() {
        // Several readers take a file without any test for a failed run.
        writeln!(out, r#"  <testsuite name="mktlint" {}>"#, total.attributes())?;
        writeln!(out, r#"    <testcase name="no findings" classname="mktlint"/>"#)?;
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn write_suite(suite: &[Diagnostic], texts: &Texts<'_>, out: &mut dyn Write) -> io::Result<()> {
    let name = suite.first().map_or("", |finding| &finding.primary.place.file);
    writeln!(out, r#"  <testsuite name="{}" {}>"#, escaped(name), Totals::of(suite).attributes())?;
    for finding in suite {
        write_case(finding, texts, out)?;
    }
    writeln!(out, "  </testsuite>")
}

fn write_case(finding: &Diagnostic, texts: &Texts<'_>, out: &mut dyn Write) -> io::Result<()> {
    let place = &finding.primary.place;
    let at = texts.points(place, Unit::Chars).map(|(start, _)| start);
    let line = at.map(|at| format!(r#" line="{}""#, at.line)).unwrap_or_default();
    let at = at.map(|at| format!(" at {}:{}", at.line, at.column)).unwrap_or_default();
    let (code, path) = (escaped(&finding.code), escaped(&place.file));
    writeln!(out, r#"    <testcase name="{code}{at}" classname="{path}" file="{path}"{line}>"#)?;
    write_outcome(finding, texts, out)?;
    writeln!(out, "    </testcase>")
}

fn write_outcome(finding: &Diagnostic, texts: &Texts<'_>, out: &mut dyn Write) -> io::Result<()> {
    let message = escaped(&finding.message);
    let body = escaped(&body(finding, texts));
    let kind = finding.level.as_str();
    match outcome(finding) {
        Outcome::Skipped => {
            let reason = finding.waived.as_ref().map(|waived| format!("waived: {}", words::waiver(waived)));
            let reason = reason.unwrap_or_else(|| "held by the baseline".to_owned());
            writeln!(out, r#"      <skipped message="{}"/>"#, escaped(&reason))?;
            writeln!(out, "      <system-out>{body}</system-out>")
        }
        Outcome::Error => {
            writeln!(out, r#"      <error type="{kind}" message="undecided: {message}">{body}</error>"#)
        }
        Outcome::Failure => {
            writeln!(out, r#"      <failure type="{kind}" message="{message}">{body}</failure>"#)
        }
        Outcome::Passed => writeln!(out, "      <system-out>{body}</system-out>"),
    }
}

fn body(finding: &Diagnostic, texts: &Texts<'_>) -> String {
    let at = texts.located(&finding.primary.place);
    let head = format!("{at}: {}[{}] {}", finding.level, finding.code, finding.message);
    let mut lines = vec![head];
    lines.extend(
        finding.secondary.iter().map(|label| format!("{}: {}", texts.located(&label.place), label.text)),
    );
    lines.extend(finding.notes.iter().map(|note| format!("note: {note}")));
    lines.extend(finding.why.iter().map(|why| format!("why: {why}")));
    lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
    lines.join("\n")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Skipped,
    Error,
    Failure,
    Passed,
}

/// An info passes, since it never fails a run by default.
fn outcome(finding: &Diagnostic) -> Outcome {
    match finding.level {
        _ if !finding.counts() => Outcome::Skipped,
        _ if finding.undecided => Outcome::Error,
        Level::Error | Level::Warning => Outcome::Failure,
        Level::Info => Outcome::Passed,
    }
}

struct Totals {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Totals {
    fn of(findings: &[Diagnostic]) -> Self {
        let n = |wanted| findings.iter().filter(|finding| outcome(finding) == wanted).count();
        Self {
            tests: findings.len().max(1),
            failures: n(Outcome::Failure),
            errors: n(Outcome::Error),
            skipped: n(Outcome::Skipped),
        }
    }

    fn attributes(&self) -> String {
        let Self { tests, failures, errors, skipped } = self;
        format!(r#"tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}""#)
    }
}

/// `text` for XML content or an attribute. XML cannot hold most controls even as references.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            c if clean::is_unsafe(c) => {
                let mut shown = String::new();
                clean::push(&mut shown, c);
                out.push_str(&shown.replace('<', "&lt;").replace('>', "&gt;"));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_breaks_the_document() {
        assert_eq!(
            escaped("a<b>&\"\u{0}\u{202e}\u{ffff}"),
            "a&lt;b&gt;&amp;&quot;␀&lt;U+202E&gt;&lt;U+FFFF&gt;"
        );
    }
}
