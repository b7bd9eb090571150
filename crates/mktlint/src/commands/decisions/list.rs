//! `mktlint decisions list`.

use mktlint_gate::ledger::{Entry, Query};
use serde_json::json;

use super::Book;
use crate::args::Format;
use crate::console::Console;
use crate::decision::{as_json, gist, minute};
use crate::status::{Status, Stop};
use crate::words::counted;

/// Lists the decisions that fit.
pub fn run(book: &Book, query: &Query, format: Format, console: &Console) -> Result<Status, Stop> {
    let found = book.ledger.search(query);
    match format {
        Format::Text => console.show(&table(&found, console))?,
        Format::Json => {
            let all: Vec<_> = found.iter().map(|entry| as_json(entry)).collect();
            console.print(&format!("{:#}\n", json!({"version": 1, "decisions": all})))?;
        }
    }
    if found.is_empty() {
        let none =
            if book.ledger.entries().is_empty() { "there are no decisions yet" } else { "no decision fits" };
        console.note(none);
    }
    let n_bad =
        book.ledger.broken().len() + book.ledger.entries().iter().filter(|entry| !entry.is_sound()).count();
    if n_bad > 0 {
        console.note(&format!(
            "{} nothing; `mktlint decisions verify` says why",
            match n_bad {
                1 => "1 file there counts for".to_owned(),
                n => format!("{} there count for", counted(n, "file")),
            }
        ));
    }
    Ok(Status::OK)
}

/// Day, verdict, what it is about, who, and why; as wide as the widest.
fn table(found: &[&Entry], console: &Console) -> String {
    let rows: Vec<[String; 5]> = found.iter().map(|entry| row(entry)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2), width(3)];
    let mut text = String::new();
    for ([time, verdict, unit, who, id], entry) in rows.iter().zip(found) {
        let unit = console.bold(&format!("{unit:0$}", widths[2]));
        let line =
            format!("{time:0$}  {verdict:1$}  {unit}  {who:2$}  {id}", widths[0], widths[1], widths[3]);
        text.push_str(line.trim_end());
        text.push('\n');
        let gist = gist(&entry.file.record);
        if !gist.is_empty() {
            text.push_str(&format!("  {}\n", gist.replace('\n', " ")));
        }
        for problem in &entry.problems {
            text.push_str(&format!("  does not count: {} ({})\n", problem.message, problem.code));
        }
    }
    text
}

fn row(entry: &Entry) -> [String; 5] {
    let record = &entry.file.record;
    let who = match &record.role {
        Some(role) => format!("{role} {}", record.person),
        None => record.person.to_string(),
    };
    [minute(record.time), record.verdict.to_string(), record.unit.to_string(), who, record.id.to_string()]
}
