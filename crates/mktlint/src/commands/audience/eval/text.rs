//! Counts of contacts, for people.

use mktlint_contacts::{ColumnNote, Example, FaultGroup, Summary, Tally};
use mktlint_decide::show_formula;

use crate::console::Console;
use crate::people::Crowd;

/// Examples of one fault that fit on a line.
const FAULTS_SHOWN: usize = 10;

/// Everything that came out.
pub fn of(summary: &Summary, crowd: &Crowd, console: &Console) -> String {
    let mut text = format!("{}\n", contacts(summary.rows));
    for tally in &summary.audiences {
        text.push_str(&format!("\n{}\n", console.bold(&tally.name)));
        text.push_str(&counts(tally, summary.rows));
        text.push_str(&reasons(tally, crowd));
        text.push_str(&examples(tally));
    }
    let faults: Vec<String> = summary.faults.iter().map(fault).collect();
    let columns: Vec<String> = summary.columns.iter().map(column).collect();
    for (title, lines) in [("wrong values", faults), ("columns", columns)] {
        if !lines.is_empty() {
            text.push_str(&format!("\n{}\n  {}\n", console.bold(title), lines.join("\n  ")));
        }
    }
    text
}

fn contacts(rows: u64) -> String {
    if rows == 1 { "1 contact".to_owned() } else { format!("{rows} contacts") }
}

fn counts(tally: &Tally, rows: u64) -> String {
    let all = [
        ("in", tally.included),
        ("out", tally.excluded),
        ("undecided", tally.undecided),
        ("errors", tally.errors),
    ];
    let width = rows.to_string().len();
    let shown = all.iter().filter(|(word, n)| *n > 0 || *word == "in" || *word == "out");
    shown.map(|(word, n)| format!("  {word:<9}  {n:>width$}  {:>6}\n", percent(*n, rows))).collect()
}

/// Tenths of a percent, rounded half up: `12.5%`.
fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return String::new();
    }
    let tenths = (u128::from(part) * 2000 + u128::from(whole)) / (u128::from(whole) * 2);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Which condition kept out how many.
fn reasons(tally: &Tally, crowd: &Crowd) -> String {
    let mut text = String::new();
    if tally.excluded > 0 {
        text.push_str("  out for want of, counted by the first\n");
        let width = tally.excluded.to_string().len();
        for condition in tally.conditions.iter().filter(|it| it.fails_first > 0) {
            let words = show_formula(&condition.formula, crowd.schema(), crowd.definitions());
            text.push_str(&format!("    {:>width$}  {words}\n", condition.fails_first));
        }
    }
    for hanging in &tally.hangs_on {
        text.push_str(&format!("  undecided for {} because {}\n", hanging.rows, hanging.why));
    }
    text
}

fn examples(tally: &Tally) -> String {
    let lists = [
        ("in", &tally.included_examples),
        ("out", &tally.excluded_examples),
        ("undecided", &tally.undecided_examples),
    ];
    let lines = lists.iter().flat_map(|(word, list)| list.iter().map(move |it| (word, it)));
    lines.map(|(word, it)| format!("  {word:<9}  {}\n", example(it))).collect()
}

/// `row 3: { country: DE, age: missing }`
fn example(example: &Example) -> String {
    let values: Vec<String> = example.values.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    format!("{}: {{ {} }}", place(example.row, example.line), values.join(", "))
}

fn place(row: u64, line: Option<u64>) -> String {
    line.map_or_else(|| format!("row {row}"), |line| format!("line {line}"))
}

/// `error: `age` is more than 130, in 2 rows: line 4 `200`, line 9 `131``
fn fault(group: &FaultGroup) -> String {
    let level = if group.needed { "error" } else { "warning" };
    let what = match &group.attribute {
        Some(attribute) => format!("`{attribute}` {}", group.reason),
        None => format!("the row {}", group.reason),
    };
    let shown = group.examples.iter().take(FAULTS_SHOWN).map(|it| {
        let meant = it.meant.as_ref().map(|meant| format!(" (did you mean `{meant}`?)")).unwrap_or_default();
        let value = if it.shown.is_empty() { String::new() } else { format!(" `{}`", it.shown) };
        format!("{}{value}{meant}", place(it.row, it.line))
    });
    let mut shown: Vec<String> = shown.collect();
    let more = group.rows.saturating_sub(shown.len() as u64);
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    let rows = if group.rows == 1 { "1 row".to_owned() } else { format!("{} rows", group.rows) };
    format!("{level}: {what}, in {rows}: {}", shown.join(", "))
}

fn column(note: &ColumnNote) -> String {
    match note {
        ColumnNote::Unknown { name, meant: Some(meant) } => {
            format!("`{name}` is no attribute; did you mean `{meant}`?")
        }
        ColumnNote::Unknown { name, meant: None } => format!("`{name}` is no attribute and was not read"),
        ColumnNote::Absent { attribute, .. } => {
            format!("there is none for `{attribute}`, which counts as missing")
        }
        ColumnNote::OtherType { name, found, wanted } => {
            format!("`{name}` holds {found}, not {wanted}, and was not read")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_rounded_half_up() {
        assert_eq!(percent(1, 8), "12.5%");
        assert_eq!(percent(1, 3), "33.3%");
        assert_eq!(percent(1, 2000), "0.1%");
        assert_eq!(percent(u64::MAX, u64::MAX), "100.0%");
        assert_eq!(percent(0, 0), "");
    }
}
