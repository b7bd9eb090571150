//! A verdict for people.

use anstyle::AnsiColor;
use mktlint_gate::approval::{Need, Void};
use mktlint_gate::change::Fate;
use mktlint_host::gate::{UnitGate, Whose};
use mktlint_report::Format;

use super::outcome::{Outcome, tier, title_of};
use super::report;
use crate::console::Console;
use crate::status::Stop;
use crate::words::counted;

/// Things that changed about one unit, before the rest is counted; `-v` shows all.
const MOST: usize = 12;

/// The verdict as text.
pub fn shown(outcome: &Outcome, console: &Console) -> Result<String, Stop> {
    let mut text = format!("{}\n", outcome.title());
    for unit in &outcome.compared.units {
        text.push_str(&self::unit(unit, outcome, console));
    }
    if !outcome.found.checked.findings.is_empty() {
        let format = if console.is_terminal { Format::Pretty } else { Format::Concise };
        let findings = report(outcome, format, Some(console))?;
        text.push_str(&format!("\n{}", String::from_utf8_lossy(&findings)));
    }
    text.push_str(&format!("\n{}\n", summary(outcome)));
    Ok(text)
}

fn unit(unit: &UnitGate, outcome: &Outcome, console: &Console) -> String {
    let is_open = unit.standing.is_open();
    let (word, color) = if is_open { ("open", AnsiColor::Green) } else { ("closed", AnsiColor::Red) };
    let word = console.styled(color.on_default().bold(), word);
    let title = console.bold(&title_of(unit.unit()));
    let verdict = if outcome.compared.whose == Whose::Nobody {
        String::new()
    } else {
        format!(": {}, {word}", tier(unit))
    };
    let mut block = Block { text: format!("\n{title}{verdict}\n") };
    block.add("changed", changed(unit, outcome, console.verbose));
    block.add("tier", reasons(unit));
    block.add("approvals", unit.standing.needs.iter().map(need).collect());
    block.add("void", unit.standing.void.iter().flat_map(void).collect());
    let missing = unit.standing.needs.iter().filter(|need| need.missing > 0);
    block.add("next", missing.map(|need| outcome.approve(unit, &need.role)).collect());
    block.text
}

/// A title with lines under it.
struct Block {
    text: String,
}

impl Block {
    fn add(&mut self, title: &str, lines: Vec<String>) {
        for (at, line) in lines.iter().enumerate() {
            let lead = if at == 0 { title } else { "" };
            self.text.push_str(&format!("    {lead:<10} {line}\n"));
        }
    }
}

fn changed(unit: &UnitGate, outcome: &Outcome, wants_all: bool) -> Vec<String> {
    let change = &unit.change;
    let mut lines = match &change.fate {
        Fate::Added => vec!["it is new".to_owned()],
        Fate::Removed => vec!["it is gone".to_owned()],
        Fate::Renamed(_) | Fate::Altered => Vec::new(),
    };
    let most = if wants_all { usize::MAX } else { MOST };
    for detail in change.details.iter().take(most) {
        let at = outcome.place(detail).map(|at| format!(" ({at})")).unwrap_or_default();
        lines.push(format!("{}: {}{at}", detail.kind, outcome.covered(&detail.sentence)));
        lines.extend(detail.example.iter().map(|example| format!("    for example {example}")));
    }
    let n_more = change.details.len().saturating_sub(most);
    if n_more > 0 {
        lines.push(format!("and {n_more} more; `-v` shows all"));
    }
    lines
}

/// Why the unit has its tier.
fn reasons(unit: &UnitGate) -> Vec<String> {
    let missing = unit.tier.undecided.iter().map(|why| format!("not known: {why}"));
    unit.tier.reasons.iter().cloned().chain(missing).collect()
}

/// `legal 1 of 1: counsel@acme.example until 2026-12-22 (2026-11-22-legal-3fa9c2d1)`
fn need(need: &Need) -> String {
    let given = need.given.iter().map(|given| {
        let until = given.until.map(|until| until.strftime(" until %Y-%m-%d %H:%M").to_string());
        let until = until.unwrap_or_default();
        format!("{}{until} ({})", given.person, given.record)
    });
    let mut words: Vec<String> = given.collect();
    if need.missing > 0 {
        words.push(match (need.has_keys, need.who.is_empty()) {
            (false, _) => "nobody can approve, since the role has no keys".to_owned(),
            (true, true) => "nobody is left who can approve".to_owned(),
            (true, false) => format!("{} can approve", need.who.join(", ")),
        });
    }
    let parts: Vec<String> = need.parts.iter().map(ToString::to_string).collect();
    let parts = if parts.is_empty() { String::new() } else { format!(" for {}", parts.join(", ")) };
    format!("{} {} of {}{parts}: {}", need.role, need.given.len(), need.count, words.join("; "))
}

/// `2026-11-20-brand-1a2b3c4d of brand@acme.example: MKT0915 …`
fn void(void: &Void) -> Vec<String> {
    let name = void.record.as_ref().map_or_else(|| void.file.to_string(), ToString::to_string);
    let who = void.person.as_ref().map(|person| format!(" of {person}")).unwrap_or_default();
    let reasons = void.reasons.iter().map(|found| format!("{name}{who}: {} [{}]", found.message, found.code));
    reasons.collect()
}

/// `closed: 1 of 3 changes lacks an approval; 2 findings`
fn summary(outcome: &Outcome) -> String {
    let units = &outcome.compared.units;
    let n_closed = units.iter().filter(|unit| !unit.standing.is_open()).count();
    let verdict = match (units.len(), n_closed) {
        (_, 0) if outcome.compared.is_undecided => "closed: something cannot be judged".to_owned(),
        (_, 0) if outcome.compared.is_altered() => "closed: decisions of the base were altered".to_owned(),
        (0, _) => "open: nothing that can be judged has changed".to_owned(),
        (n, 0) => format!(
            "open: {} {} all that is asked for",
            counted(n, "change"),
            if n == 1 { "has" } else { "have" }
        ),
        (n, closed) => {
            format!(
                "closed: {closed} of {} {} approvals",
                counted(n, "change"),
                if closed == 1 { "lacks" } else { "lack" }
            )
        }
    };
    let counts = mktlint_report::Counts::of(&outcome.found.checked.findings);
    let sorts = [(counts.errors, "error"), (counts.warnings, "warning"), (counts.infos, "info")];
    let found = sorts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| counted(*n, word));
    let others = [
        (counts.undecided, "undecided"),
        (counts.waived, "waived"),
        (outcome.n_baselined.unwrap_or(0), "in the baseline"),
    ];
    let others = others.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}"));
    let judged = (outcome.found.checked.n_assets > 0)
        .then(|| format!("{} judged", counted(outcome.found.checked.n_assets, "asset")));
    let parts: Vec<String> = std::iter::once(verdict).chain(judged).chain(found).chain(others).collect();
    parts.join("; ")
}
