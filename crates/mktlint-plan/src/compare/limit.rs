//! Caps and quiet hours.

use mktlint_hir::model::expr::Length;

use super::Direction::{Looser, Stricter};
use super::facet::Facet;
use super::meaning::Words;
use super::{Row, head};
use crate::dump::ops;
use crate::{Cap, Plan, QuietHours, StrId};

/// Caps in force: fewer messages, a longer window and more channels are stricter.
pub fn caps(plan: &Plan, words: &Words) -> Vec<Row> {
    let row = |cap: &Cap| {
        let mut facets = head::facets(plan, &cap.head);
        facets.push(Facet::rank("at most", cap.at_most, cap.at_most.to_string(), Looser));
        facets.push(Facet::all_when_empty("channels", plan.strs(cap.channels), Stricter));
        facets.push(Facet::rank("per", seconds(cap.per), length(cap.per), Stricter));
        facets.push(Facet::condition("who", who(plan, cap.who)));
        facets.push(Facet::condition("unless", words.code(cap.unless)));
        Row { name: plan.str(cap.head.name).to_owned(), place: Some(plan.place(cap.head.place)), facets }
    };
    plan.people.caps.iter().map(row).collect()
}

/// Quiet hours in force: more minutes of the day are stricter.
pub fn quiet_hours(plan: &Plan, words: &Words) -> Vec<Row> {
    let row = |hours: &QuietHours| {
        let mut facets = head::facets(plan, &hours.head);
        facets.push(Facet::all_when_empty("channels", plan.strs(hours.channels), Stricter));
        facets.push(Facet::Hours { from: hours.from, to: hours.to });
        facets.push(Facet::text("whose clock", if hours.recipient_time { "recipient" } else { "sender" }));
        facets.push(Facet::condition("who", who(plan, hours.who)));
        facets.push(Facet::condition("unless", words.code(hours.unless)));
        Row { name: plan.str(hours.head.name).to_owned(), place: Some(plan.place(hours.head.place)), facets }
    };
    plan.people.quiet_hours.iter().map(row).collect()
}

/// Whom a limit protects, in words; nothing when everybody.
fn who(plan: &Plan, definition: Option<StrId>) -> String {
    let formula = definition.and_then(|name| plan.people.definitions.get(plan.str(name)));
    formula.map(|formula| ops::formula(plan, formula)).unwrap_or_default()
}

/// Seconds, with months of 30 days: only which is longer matters.
pub fn seconds(length: Length) -> i128 {
    let days = i128::from(length.months) * 30 + i128::from(length.days);
    days * 24 * 3600 + i128::from(length.seconds)
}

/// `7 days`
pub fn length(length: Length) -> String {
    let parts = [
        (i64::from(length.months), "month"),
        (i64::from(length.days), "day"),
        (length.seconds / 3600, "hour"),
        (length.seconds % 3600 / 60, "minute"),
    ];
    let shown = parts.iter().filter(|(n, _)| *n != 0);
    let words: Vec<String> = shown.map(|(n, unit)| counted(*n, unit)).collect();
    if words.is_empty() { "0 days".to_owned() } else { words.join(" ") }
}

/// `1 day`, `2 days`
pub fn counted(n: i64, unit: &str) -> String {
    if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") }
}
