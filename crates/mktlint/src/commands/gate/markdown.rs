//! A verdict as a comment on a pull request.

use mktlint_gate::approval::Need;
use mktlint_host::gate::{UnitGate, Whose};
use mktlint_report::{Format, safe_markdown};

use super::outcome::{Outcome, tier, title_of};
use super::report;
use crate::words::counted;

/// A comment may have 65 536 characters.
const MOST_BYTES: usize = 62_000;

/// What of it is for the changes, at most; the rest is for findings.
const MOST_FOR_UNITS: usize = 40_000;

/// The verdict as Markdown. What lacks an approval comes first, since that is what a reviewer must see.
pub fn shown(outcome: &Outcome) -> String {
    let compared = &outcome.compared;
    let verdict = match (compared.units.is_empty(), compared.is_open()) {
        _ if compared.is_undecided => "⛔ closed: something cannot be judged",
        _ if compared.is_altered() => "⛔ closed: decisions of the base were altered",
        (true, _) => "✅ nothing that can be judged has changed",
        (false, true) => "✅ open",
        (false, false) => "⛔ closed: approvals are missing",
    };
    let mut text = format!("### Gate: {verdict}\n\n{}\n", safe_markdown(&outcome.title()));
    let mut units: Vec<&UnitGate> = compared.units.iter().collect();
    units.sort_by_key(|unit| unit.standing.is_open());
    let mut left = MOST_FOR_UNITS;
    for (at, unit) in units.iter().enumerate() {
        let block = self::unit(unit, outcome);
        let Some(rest) = left.checked_sub(block.len()) else {
            text.push_str(&format!("\nand {} more\n", units.len() - at));
            break;
        };
        left = rest;
        text.push_str(&block);
    }
    text.push_str(&findings(outcome, MOST_BYTES.saturating_sub(text.len())));
    for note in outcome.notes() {
        text.push_str(&format!("\n> {}\n", safe_markdown(&note)));
    }
    text
}

/// The findings, or how many there are where there is no room.
fn findings(outcome: &Outcome, room: usize) -> String {
    let findings = &outcome.found.checked.findings;
    if findings.is_empty() {
        return String::new();
    }
    let table = report(outcome, Format::Markdown, None).unwrap_or_default();
    if table.len() > room {
        return format!(
            "\n{} in what changed; `mktlint check` lists them\n",
            counted(findings.len(), "finding")
        );
    }
    format!("\n{}", String::from_utf8_lossy(&table))
}

fn unit(unit: &UnitGate, outcome: &Outcome) -> String {
    let mark = if unit.standing.is_open() { "✅" } else { "⛔" };
    let tier = if outcome.compared.whose == Whose::Nobody {
        String::new()
    } else {
        format!(": <b>{}</b>", safe_markdown(tier(unit)))
    };
    let is_shown = if unit.standing.is_open() { "" } else { " open" };
    let title = safe_markdown(&title_of(unit.unit()));
    let mut text = format!("\n<details{is_shown}><summary>{mark} {title}{tier}</summary>\n\n");
    let reasons = unit.tier.reasons.iter().map(|why| safe_markdown(why));
    let missing = unit.tier.undecided.iter().map(|why| format!("⚠️ not known: {}", safe_markdown(why)));
    reasons.chain(missing).for_each(|line| text.push_str(&format!("- {line}\n")));
    text.push_str(&approvals(unit, outcome));
    text.push_str(&changes(unit, outcome));
    text.push_str("\n</details>\n");
    text
}

fn approvals(unit: &UnitGate, outcome: &Outcome) -> String {
    let standing = &unit.standing;
    if standing.needs.is_empty() && standing.void.is_empty() {
        return String::new();
    }
    let mut text = String::from("\n| | Role | Approved by |\n|---|---|---|\n");
    for need in &standing.needs {
        text.push_str(&row(need, unit, outcome));
    }
    for void in &standing.void {
        let who = void.person.as_deref().or(void.record.as_deref()).unwrap_or(void.file.as_str());
        let why: Vec<String> = void.reasons.iter().map(|found| safe_markdown(&found.message)).collect();
        let role = void.role.as_deref().unwrap_or_default();
        text.push_str(&format!(
            "| ❌ | {} | {}: {} |\n",
            safe_markdown(role),
            safe_markdown(who),
            why.join("; ")
        ));
    }
    text
}

fn row(need: &Need, unit: &UnitGate, outcome: &Outcome) -> String {
    let mark = if need.missing == 0 { "✅" } else { "⛔" };
    let mut people: Vec<String> = need.given.iter().map(|given| safe_markdown(&given.person)).collect();
    if need.missing > 0 {
        let who = if need.who.is_empty() {
            String::new()
        } else {
            format!(" by {}", safe_markdown(&need.who.join(", ")))
        };
        let command = outcome.approve(unit, &need.role).replace('`', "'");
        people.push(format!("{} missing{who}<br><code>{}</code>", need.missing, safe_markdown(&command)));
    }
    format!(
        "| {mark} | {} {} of {} | {} |\n",
        safe_markdown(&need.role),
        need.given.len(),
        need.count,
        people.join("<br>")
    )
}

fn changes(unit: &UnitGate, outcome: &Outcome) -> String {
    let mut text = String::new();
    let details = &unit.change.details;
    if !details.is_empty() {
        text.push_str("\n| Change | What | Where |\n|---|---|---|\n");
    }
    for detail in details.iter().take(50) {
        let mut what = safe_markdown(&outcome.covered(&detail.sentence));
        if let Some(example) = &detail.example {
            what.push_str(&format!("<br>for example {}", safe_markdown(example)));
        }
        let at = outcome.place(detail).map(|at| safe_markdown(&at)).unwrap_or_default();
        text.push_str(&format!("| {} | {what} | {at} |\n", detail.kind));
    }
    if details.len() > 50 {
        text.push_str(&format!("\nand {} more\n", details.len() - 50));
    }
    text
}
