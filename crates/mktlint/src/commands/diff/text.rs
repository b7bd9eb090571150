//! A comparison for people.

use std::collections::BTreeMap;

use mktlint_diag::{Diagnostic, Place};
use mktlint_plan::compare::{Change, Fate, Movement, Side};

use super::Outcome;
use super::assets::Assets;
use crate::console::Console;
use crate::home::Home;
use crate::version::Version;
use crate::words::counted;

/// The comparison as text.
pub fn shown(outcome: &Outcome, home: &Home, console: &Console) -> String {
    let mut text = format!("from {} to {}\n", outcome.old.name, outcome.new.name);
    for change in &outcome.changes {
        let title = format!("{} {}", change.kind, console.bold(&change.name));
        let at = place(change, outcome, home).map(|at| format!(" ({at})")).unwrap_or_default();
        text.push_str(&format!("\n{}: {title}{at}\n", change.verdict()));
        details(change).iter().for_each(|line| text.push_str(&format!("    {line}\n")));
    }
    if let Some(assets) = &outcome.assets {
        text.push_str(&of_assets(assets, console));
    }
    text.push_str(&format!("\n{}\n", summary(outcome)));
    text
}

/// Everything known about a change, a line each.
pub fn details(change: &Change) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(change.old_name.iter().map(|name| format!("was {name}")));
    lines.extend(change.lines.iter().cloned());
    lines.extend(change.undecided.iter().map(|why| format!("cannot be decided: {why}")));
    for movement in &change.movements {
        let word = way(change, movement);
        let all = conditions(movement);
        let lead = |at: usize| if at == 0 { word } else { "" };
        lines.extend(all.iter().enumerate().map(|(at, line)| format!("{:<6} {line}", lead(at))));
    }
    lines
}

/// `enter`, `leave`; of what came or went `who`.
pub fn way(change: &Change, movement: &Movement) -> &'static str {
    match (&change.fate, movement.side) {
        (Fate::Added | Fate::Removed, _) => "who",
        (_, Side::Enter) => "enter",
        (_, Side::Leave) => "leave",
    }
}

/// The conditions, then the example.
pub fn conditions(movement: &Movement) -> Vec<String> {
    let joined = movement.conditions.iter().enumerate();
    let mut lines: Vec<String> =
        joined.map(|(at, it)| if at == 0 { it.clone() } else { format!("or {it}") }).collect();
    lines.push(format!("for example {}", movement.example));
    lines
}

/// `policy/claims.mkt:12`; of what is gone with the version that has it.
pub fn place(change: &Change, outcome: &Outcome, home: &Home) -> Option<String> {
    let at =
        |place: &Place, version: &Version| format!("{}:{}", home.shown(&place.file), version.line(place));
    match (&change.new, &change.old) {
        (Some(new), _) => Some(at(new, &outcome.new)),
        (None, Some(old)) => Some(format!("{} in {}", at(old, &outcome.old), outcome.old.name)),
        (None, None) => None,
    }
}

fn of_assets(assets: &Assets, console: &Console) -> String {
    let mut text = String::new();
    if !assets.files.is_empty() {
        text.push_str(&format!("\n{}\n", console.bold("files")));
        for it in &assets.files {
            text.push_str(&format!("    {}: {}, was {}\n", it.file, it.new.word(), it.old.word()));
        }
    }
    for (title, findings) in
        [("findings that appear", &assets.appear), ("findings that disappear", &assets.disappear)]
    {
        if !findings.is_empty() {
            text.push_str(&format!("\n{}\n", console.bold(title)));
            findings.iter().for_each(|found| text.push_str(&format!("    {}\n", finding(found, assets))));
        }
    }
    text
}

/// `emails/serum.md:4:14: error[acme.claims.vegan] …`
pub fn finding(found: &Diagnostic, assets: &Assets) -> String {
    let place = &found.primary.place;
    let at = assets.at(place).map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
    let level = if found.undecided { "undecided" } else { found.level.as_str() };
    format!("{}{at}: {level}[{}] {}", place.file, found.code, found.message)
}

/// `2 changes: 1 looser, 1 removed, stricter; 12 declarations mean the same; 4 assets judged: 3 findings new, 1 gone`
pub fn summary(outcome: &Outcome) -> String {
    let mut verdicts: BTreeMap<String, usize> = BTreeMap::new();
    for change in &outcome.changes {
        *verdicts.entry(change.verdict().replace(", ", " and ")).or_default() += 1;
    }
    let verdicts: Vec<String> = verdicts.iter().map(|(verdict, n)| format!("{n} {verdict}")).collect();
    let changes = match outcome.changes.len() {
        0 => "no change of meaning".to_owned(),
        n => format!("{}: {}", counted(n, "change"), verdicts.join(", ")),
    };
    let same = match outcome.n_same {
        1 => "1 declaration means the same".to_owned(),
        n => format!("{} mean the same", counted(n, "declaration")),
    };
    let mut parts = vec![changes, same];
    if let Some(assets) = &outcome.assets {
        parts.push(format!(
            "{} judged: {} new, {} gone",
            counted(assets.n_assets, "asset"),
            counted(assets.appear.len(), "finding"),
            assets.disappear.len()
        ));
    }
    parts.join("; ")
}
