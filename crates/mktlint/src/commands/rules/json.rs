//! Rules for tools.

use mktlint_diag::Level;
use serde_json::{Value, json};

use crate::book::{Expectation, Giver, Need, Page, Versions};

/// A list with an object for each rule.
pub fn document<'a>(pages: impl Iterator<Item = Page<'a>>, versions: &Versions) -> String {
    let all: Vec<Value> = pages.map(|page| rule(&page, versions)).collect();
    format!("{:#}\n", json!(all))
}

fn rule(page: &Page<'_>, versions: &Versions) -> Value {
    let rule = &page.rule;
    let (from, until) = rule.days();
    let (file, line) = page.at.rsplit_once(':').unwrap_or((&page.at, "1"));
    json!({
        "name": rule.name(),
        "module": rule.module(),
        "version": versions.find(rule.name()),
        "kind": rule.kind(),
        "title": page.title,
        "level": rule.level().map(Level::as_str),
        "in_force": rule.is_in_force(),
        "off_by_default": rule.is_off_by_default(),
        "unverified": rule.is_unverified(),
        "from": from.map(|day| day.to_string()),
        "until": until.map(|day| day.to_string()),
        "looks_at": page.looks_at,
        "message": page.message,
        "help": page.help,
        "fix": page.fix.as_ref().map(|fix| fix.word()),
        "because": rule.terms().and_then(|terms| terms.because.as_deref()),
        "needs": page.needs.iter().map(need).collect::<Vec<_>>(),
        "examples": {
            "fires": page.count(Expectation::Fires) + page.count(Expectation::Includes),
            "silent": page.count(Expectation::Silent) + page.count(Expectation::Excludes),
            "undecided": page.count(Expectation::Undecided),
        },
        "waivable": rule.waivable(),
        "file": file,
        "line": line.parse::<u32>().unwrap_or(1),
    })
}

fn need(need: &Need) -> Value {
    let giver = match need.giver {
        Giver::Fact => "fact",
        Giver::Campaign => "campaign",
        Giver::Contact => "contact",
        Giver::Merge => "merge",
    };
    json!({ "giver": giver, "name": need.path.as_str(), "type": need.ty, "optional": need.is_optional })
}
