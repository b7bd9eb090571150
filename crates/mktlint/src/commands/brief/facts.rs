//! What somebody has to tell, because no file of an asset shows it.

use std::collections::BTreeMap;

use super::desk::Desk;
use super::model::{Line, Section, State};
use super::who::short;
use crate::book::{Giver, Need};

/// Rules that a line names before it says how many more there are.
const MOST_NAMED: usize = 3;

/// The section.
pub fn section(desk: &Desk<'_>) -> Section {
    let mut asked: BTreeMap<(Giver, &str), (&Need, Vec<&str>)> = BTreeMap::new();
    for coming in desk.of_campaign.iter().chain(&desk.coming) {
        for need in coming.page.needs.iter().filter(|need| is_missing(desk, need)) {
            let (_, rules) = asked.entry((need.giver, &need.path)).or_insert((need, Vec::new()));
            if !rules.contains(&coming.page.name()) {
                rules.push(coming.page.name());
            }
        }
    }
    let lines = asked.into_values().map(|(need, rules)| line(need, &rules)).collect();
    Section::new("facts", "What somebody must tell", lines)
}

/// Whether `need` must be told and nobody has.
fn is_missing(desk: &Desk<'_>, need: &Need) -> bool {
    let is_told = matches!(need.giver, Giver::Fact | Giver::Campaign);
    is_told && !need.is_optional && need.given.is_none() && !desk.is_given(need.name())
}

fn line(need: &Need, rules: &[&str]) -> Line {
    let (name, sample) = (need.name(), &need.sample);
    let docs = if need.docs.is_empty() { format!("`{}`", need.ty) } else { need.docs.clone() };
    let mut line = Line::new(State::Open, format!("`{name}`: {docs}"));
    let place = need.told_by();
    line = line.note(match need.giver {
        Giver::Fact => {
            format!("write `{name}: {sample}` in the {place}, or `given {name} = {sample}` in a policy")
        }
        _ => format!("write `{name}: {sample}` in the {place}"),
    });
    if !need.members.is_empty() {
        let members: Vec<String> = need.members.iter().map(|member| format!("`{member}`")).collect();
        line = line.note(format!("one of {}", members.join(", ")));
    }
    line.note(format!("asked by {}", asked_by(rules)))
}

/// `` `a`, `b` and 3 more ``
fn asked_by(rules: &[&str]) -> String {
    let shown: Vec<String> = rules.iter().take(MOST_NAMED).map(|rule| format!("`{}`", short(rule))).collect();
    match rules.len().saturating_sub(MOST_NAMED) {
        0 => shown.join(", "),
        rest => format!("{} and {rest} more", shown.join(", ")),
    }
}
