//! A comparison as a comment on a pull request.

use mktlint_diag::Diagnostic;
use mktlint_plan::compare::{Change, Direction};
use mktlint_report::safe_markdown;

use super::Outcome;
use super::assets::Assets;
use super::text::{conditions, finding, place, summary, way};
use crate::home::Home;

/// A comment may have 65 536 characters; the rest is for what stands around the rows.
const MOST_BYTES: usize = 50_000;

/// The comparison as Markdown. What may be looser comes first, since that is what a reviewer must see.
pub fn shown(outcome: &Outcome, home: &Home) -> String {
    let title = safe_markdown(&format!("Policy from {} to {}", outcome.old.name, outcome.new.name));
    let mut text = format!("### {title}\n\n{}\n", safe_markdown(&summary(outcome)));
    let mut room = MOST_BYTES;
    let mut changes: Vec<&Change> = outcome.changes.iter().collect();
    changes.sort_by_key(|change| !change.may_loosen());
    let rows = changes.iter().map(|change| row(change, outcome, home)).collect();
    table("| | Declaration | What changes |\n|---|---|---|\n", rows, &mut room, &mut text);
    if let Some(assets) = &outcome.assets {
        let files = assets
            .files
            .iter()
            .map(|it| format!("| {} | {} | {} |\n", code(&it.file), it.old.word(), it.new.word()));
        table("| File | Before | After |\n|---|---|---|\n", files.collect(), &mut room, &mut text);
        findings("Findings that appear", &assets.appear, assets, &mut room, &mut text);
        findings("Findings that disappear", &assets.disappear, assets, &mut room, &mut text);
    }
    text
}

fn row(change: &Change, outcome: &Outcome, home: &Home) -> String {
    let mark = match (&change.undecided, change.direction) {
        (Some(_), _) => "⚠️ ",
        (None, Some(Direction::Looser | Direction::Both)) => "🔓 ",
        (None, Some(Direction::Stricter)) => "🔒 ",
        (None, None) => "",
    };
    let at = place(change, outcome, home).map(|at| format!("<br>{}", safe_markdown(&at))).unwrap_or_default();
    let mut details = Vec::new();
    details.extend(change.old_name.iter().map(|name| format!("was {}", code(name))));
    details.extend(change.lines.iter().map(|line| safe_markdown(line)));
    details.extend(change.undecided.iter().map(|why| format!("cannot be decided: {}", safe_markdown(why))));
    for movement in &change.movements {
        let lines: Vec<String> = conditions(movement).iter().map(|line| code(line)).collect();
        details.push(format!("{} {}", way(change, movement), lines.join("<br>")));
    }
    let verdict = format!("{mark}{}", change.verdict());
    format!("| {verdict} | {} {}{at} | {} |\n", change.kind, code(&change.name), details.join("<br>"))
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", safe_markdown(&text.replace('`', "'")))
}

/// A table of those of `rows` that there is room for; nothing when there are none.
fn table(head: &str, rows: Vec<String>, room: &mut usize, text: &mut String) {
    if rows.is_empty() {
        return;
    }
    text.push_str(&format!("\n{head}"));
    let n_rows = rows.len();
    for (at, row) in rows.into_iter().enumerate() {
        let Some(left) = room.checked_sub(row.len()) else {
            text.push_str(&format!("\nand {} more\n", n_rows - at));
            return;
        };
        *room = left;
        text.push_str(&row);
    }
}

fn findings(title: &str, all: &[Diagnostic], assets: &Assets, room: &mut usize, text: &mut String) {
    if all.is_empty() {
        return;
    }
    text.push_str(&format!("\n<details><summary>{title}: {}</summary>\n", all.len()));
    let rows = all.iter().map(|found| format!("| {} |\n", safe_markdown(&finding(found, assets))));
    table("| Finding |\n|---|\n", rows.collect(), room, text);
    text.push_str("\n</details>\n");
}
