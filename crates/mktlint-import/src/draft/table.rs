//! The report for people.

use super::{Outcome, Row, one_line};

/// A line for each rule, its remarks below it, and how many there are of each.
pub(super) fn table(rows: &[Row], noun: &str, notes: &[String]) -> String {
    let width = rows.iter().map(|row| row.source.chars().count()).max().unwrap_or(0).min(48);
    let mut lines = Vec::new();
    for row in rows {
        let mut remarks = row.remarks.iter().map(|remark| one_line(remark));
        let first = remarks.next().unwrap_or_default();
        let outcome = row.outcome.as_str();
        lines.push(format!("{:width$}  {outcome:12}  {first}", row.source).trim_end().to_owned());
        lines.extend(remarks.map(|remark| format!("{:width$}  {:12}  {remark}", "", "")));
    }
    if !rows.is_empty() {
        lines.push(String::new());
    }
    lines.push(counts(rows, noun));
    lines.extend(notes.iter().map(|note| format!("note: {}", one_line(note))));
    lines.join("\n") + "\n"
}

/// `12 rules: 9 carried, 2 approximated, 1 not carried`
fn counts(rows: &[Row], noun: &str) -> String {
    let n = rows.len();
    let parts: Vec<String> = Outcome::ALL
        .iter()
        .map(|outcome| (rows.iter().filter(|row| row.outcome == *outcome).count(), outcome.as_str()))
        .filter(|(n, _)| *n > 0)
        .map(|(n, words)| format!("{n} {words}"))
        .collect();
    let plural = if n == 1 { "" } else { "s" };
    if n == 0 { format!("no {noun}") } else { format!("{n} {noun}{plural}: {}", parts.join(", ")) }
}
