//! Reviewdog's diagnostic format. Columns count bytes of UTF-8 from 1, as its protocol file says.

use std::io::{self, Write};

use mktlint_diag::{Diagnostic, Edit, Fix, Level, Place};
use mktlint_text::Span;
use serde::Serialize;

use super::tidy;
use crate::Report;
use crate::people::words;
use crate::text::{FileText, Point, Texts, Unit};

/// Bytes that a suggestion may replace; a review cannot show more in good form.
const MAX_BYTES: u32 = 4096;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let texts = Texts::new(report.sources);
    let diagnostics = report.findings.iter().map(|finding| DiagnosticOut::of(finding, &texts)).collect();
    tidy::document(&Document { source: Source { name: "mktlint" }, diagnostics }, out)
}

#[derive(Serialize)]
struct Document<'a> {
    source: Source,
    diagnostics: Vec<DiagnosticOut<'a>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct DiagnosticOut<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

impl<'a> DiagnosticOut<'a> {
    fn of(finding: &'a Diagnostic, texts: &Texts<'_>) -> Self {
        let place = &finding.primary.place;
        let here = finding.fix.as_ref().filter(|fix| fix.file == place.file);
        let related = finding
            .secondary
            .iter()
            .map(|label| Related { message: &label.text, location: Location::of(&label.place, texts) });
        Self {
            message: message(finding),
            location: Location::of(place, texts),
            severity: severity(finding),
            code: Code { value: &finding.code },
            suggestions: here.and_then(|fix| Suggestion::of(fix, texts)).into_iter().collect(),
            related_locations: related.collect(),
        }
    }
}

fn message(finding: &Diagnostic) -> String {
    let mut lines = vec![words::marked_message(finding)];
    lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
    lines.join("\n")
}

fn severity(finding: &Diagnostic) -> &'static str {
    match finding.level {
        _ if !finding.counts() => "INFO",
        Level::Error => "ERROR",
        Level::Warning => "WARNING",
        Level::Info => "INFO",
    }
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

impl<'a> Location<'a> {
    fn of(place: &'a Place, texts: &Texts<'_>) -> Self {
        let range = texts.points(place, Unit::Bytes).map(Range::from);
        Self { path: &place.file, range }
    }
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

impl From<(Point, Point)> for Range {
    fn from((start, end): (Point, Point)) -> Self {
        let position = |at: Point| Position { line: at.line, column: at.column };
        Self { start: position(start), end: position(end) }
    }
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

impl Suggestion {
    /// The edits of `fix` as one, since a reviewer accepts each suggestion alone. `None` when they are too far apart.
    fn of(fix: &Fix, texts: &Texts<'_>) -> Option<Self> {
        let file = texts.get(&fix.file)?;
        let span = fix.edits.iter().map(|edit| edit.span).reduce(Span::cover)?;
        if span.len() > MAX_BYTES || file.clamp(span) != span {
            return None;
        }
        let point = |at| file.point(at, Unit::Bytes);
        let range = Range::from((point(span.start()), point(span.end())));
        Some(Self { range, text: merged(fix, span, &file)? })
    }
}

/// The text of `span` after all edits; `None` when they overlap.
fn merged(fix: &Fix, span: Span, file: &FileText) -> Option<String> {
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort();
    let mut text = String::new();
    let mut at = span.start() as usize;
    for edit in edits {
        text.push_str(file.text().get(at..edit.span.start() as usize)?);
        text.push_str(&edit.text);
        at = edit.span.end() as usize;
    }
    Some(text)
}
