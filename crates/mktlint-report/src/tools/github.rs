//! Workflow commands of GitHub Actions: `::error file=a.md,line=3::message`.

use std::io::{self, Write};

use mktlint_diag::{Diagnostic, Level};

use crate::Report;
use crate::people::words;
use crate::text::{Point, Texts, Unit, clean};

pub(crate) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let texts = Texts::new(report.sources);
    for finding in report.findings {
        let place = &finding.primary.place;
        let mut command = format!("::{} file={}", word(finding), property(&place.file));
        if let Some((start, end)) = texts.points(place, Unit::Chars) {
            command.push_str(&range(start, end));
        }
        writeln!(out, "{command},title={}::{}", property(&finding.code), data(&text(finding)))?;
    }
    for note in &report.summary.notes {
        writeln!(out, "::notice title=mktlint::{}", data(note))?;
    }
    Ok(())
}

/// What does not count is only noted, or it would stand among the failures.
fn word(finding: &Diagnostic) -> &'static str {
    match finding.level {
        _ if !finding.counts() => "notice",
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "notice",
    }
}

/// Columns are only allowed on one line.
fn range(start: Point, end: Point) -> String {
    let lines = format!(",line={},endLine={}", start.line, end.line);
    if start.line == end.line {
        format!("{lines},col={},endColumn={}", start.column, end.column)
    } else {
        lines
    }
}

/// The message, then why and help on lines of their own.
fn text(finding: &Diagnostic) -> String {
    let mut lines = vec![words::marked_message(finding)];
    lines.extend(finding.notes.iter().map(|note| format!("note: {note}")));
    lines.extend(finding.why.iter().map(|why| format!("why: {why}")));
    lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
    lines.extend(finding.waived.iter().map(|waived| format!("waived: {}", words::waiver(waived))));
    lines.join("\n")
}

fn data(text: &str) -> String {
    let lines = text.lines().map(|line| clean::line(line).replace('%', "%25"));
    lines.collect::<Vec<_>>().join("%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_end_its_command() {
        assert_eq!(data("50%\r\n::error::x"), "50%25%0A::error::x");
        assert_eq!(property("a,b:c%"), "a%2Cb%3Ac%25");
    }
}
