//! Rules and waivers.

use jiff::civil::Date;

use super::Direction::{Looser, Stricter};
use super::facet::Facet;
use super::meaning::{Words, sought};
use super::{Row, head};
use crate::{Judgement, Plan, Rule, Scope};

/// The rules in force.
pub fn rules(plan: &Plan, words: &Words) -> Vec<Row> {
    plan.rules.iter().map(|rule| row(plan, rule, words)).collect()
}

fn row(plan: &Plan, rule: &Rule, words: &Words) -> Row {
    let mut facets = head::facets(plan, &rule.head);
    let scopes = plan.list(rule.scopes).iter().map(|scope| scope_words(plan, scope));
    facets.push(Facet::all_when_empty("looks at", scopes, Stricter));
    facets.push(Facet::condition("where", words.code(rule.guard)));
    let (needles, require, forbid) = match rule.judgement {
        Judgement::Match(needles) => (sought(plan, needles), None, None),
        Judgement::Require(code) => (Vec::new(), Some(code), None),
        Judgement::Forbid(code) => (Vec::new(), None, Some(code)),
    };
    facets.push(Facet::set("match", needles, Stricter));
    facets.push(Facet::condition("require", words.code(require)));
    facets.push(Facet::condition("forbid", words.code(forbid)));
    Row { name: plan.str(rule.head.name).to_owned(), place: Some(plan.place(rule.head.place)), facets }
}

fn scope_words(plan: &Plan, scope: &Scope) -> String {
    crate::dump::scope(plan, scope)
}

/// Waivers, by the rules and files that they speak of.
pub fn waivers(plan: &Plan, _: &Words) -> Vec<Row> {
    let row = |waiver: &crate::Waiver| {
        let rules: Vec<&str> = plan.strs(waiver.rules).collect();
        let files: Vec<&str> = plan.strs(waiver.files).collect();
        let of = if files.is_empty() { "all assets".to_owned() } else { files.join(", ") };
        Row {
            name: format!("{} for {of}", rules.join(", ")),
            place: Some(plan.place(waiver.place)),
            facets: vec![
                head::day("until", waiver.until, Date::MAX, Looser),
                Facet::text("by", waiver.by.map_or("", |by| plan.str(by))),
            ],
        }
    };
    plan.waivers.iter().map(row).collect()
}
