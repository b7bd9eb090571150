//! A brief for tools.

use mktlint_diag::Level;
use serde_json::{Value as Json, json};

use super::model::{Brief, Line, Section, Source};

/// The version of the document; a tool that knows it can read it.
const VERSION: u32 = 1;

/// The document.
pub fn document(brief: &Brief) -> String {
    let planned: serde_json::Map<String, Json> =
        brief.planned.iter().map(|(word, value)| ((*word).to_owned(), json!(value))).collect();
    let document = json!({
        "format": "mktlint-brief",
        "version": VERSION,
        "campaign": {
            "id": brief.id,
            "name": brief.name,
            "manifest": brief.manifest,
            "day": brief.day.to_string(),
            "planned": planned,
        },
        "sections": brief.sections.iter().map(section).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn section(section: &Section) -> Json {
    json!({
        "id": section.id,
        "title": section.title,
        "lines": section.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

fn line(line: &Line) -> Json {
    json!({
        "state": line.state.word(),
        "text": line.text,
        "notes": line.notes,
        "rule": line.rule.as_ref().map(source),
    })
}

fn source(source: &Source) -> Json {
    let (file, row) = source.at.rsplit_once(':').unwrap_or((&source.at, "1"));
    json!({
        "name": source.name,
        "level": source.level.map(Level::as_str),
        "looks_at": source.looks_at,
        "because": source.because,
        "dates": source.dates,
        "file": file,
        "line": row.parse::<u32>().unwrap_or(1),
    })
}
