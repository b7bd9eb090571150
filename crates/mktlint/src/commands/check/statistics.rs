//! `--statistics`.

use std::collections::BTreeMap;

use mktlint_diag::Level;
use mktlint_report::Format;
use serde_json::json;
use smol_str::SmolStr;

use super::Args;
use super::output::Found;
use crate::console::Console;
use crate::status::Stop;

/// Findings of one rule.
#[derive(Debug, Default)]
struct Count {
    n: usize,
    n_fixable: usize,
    n_waived: usize,
}

/// Prints how many findings each rule has, the most first. JSON when that is the output format.
pub fn print(found: &Found<'_>, args: &Args, console: &Console) -> Result<(), Stop> {
    let mut counts: BTreeMap<(SmolStr, Level), Count> = BTreeMap::new();
    for finding in &found.checked.findings {
        let count = counts.entry((finding.code.clone(), finding.level)).or_default();
        count.n += 1;
        count.n_fixable += usize::from(finding.fix.is_some());
        count.n_waived += usize::from(finding.waived.is_some());
    }
    let mut rows: Vec<((SmolStr, Level), Count)> = counts.into_iter().collect();
    rows.sort_by(|a, b| b.1.n.cmp(&a.1.n).then_with(|| a.0.cmp(&b.0)));
    let text = match args.output_format {
        Some(Format::Json | Format::Jsonl) => as_json(&rows),
        _ => table(&rows),
    };
    console.show(&text)?;
    Ok(())
}

fn as_json(rows: &[((SmolStr, Level), Count)]) -> String {
    let row = |((rule, level), count): &((SmolStr, Level), Count)| {
        let Count { n, n_fixable, n_waived } = count;
        json!({ "rule": rule.as_str(), "level": level.as_str(), "count": n, "fixable": n_fixable, "waived": n_waived })
    };
    format!("{:#}\n", json!(rows.iter().map(row).collect::<Vec<_>>()))
}

fn table(rows: &[((SmolStr, Level), Count)]) -> String {
    let width = rows.first().map_or(0, |(_, count)| count.n.to_string().len());
    let mut text = String::new();
    for ((rule, level), count) in rows {
        text.push_str(&format!("{:>width$}  {:<7}  {rule}", count.n, level.as_str()));
        let more = [(count.n_fixable, "fixable"), (count.n_waived, "waived")];
        let more: Vec<String> =
            more.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
        if !more.is_empty() {
            text.push_str(&format!("  ({})", more.join(", ")));
        }
        text.push('\n');
    }
    text
}
