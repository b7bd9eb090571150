//! How bad it is, and what a rule ought to say.

use mktlint_hir::model::item::Meaning;

use super::edit::{replace, with_clause};
use super::site::Site;
use crate::asset::names::is_waivable;
use crate::{ActionKind, CodeAction};

const LEVELS: [&str; 3] = ["error", "warning", "info"];

/// Another level for what is judged at the selection: at the word that says it.
pub fn levels(site: &Site<'_>) -> Vec<CodeAction> {
    let Some(own) = site.own(site.range.start()) else { return Vec::new() };
    let at = own.inside(site.range);
    let said = own.clauses().find(|it| LEVELS.contains(&it.head.text.as_str()) && it.head.span.contains(at));
    let Some(said) = said.filter(|_| is_waivable(own.item.kind)) else { return Vec::new() };
    let others = LEVELS.into_iter().filter(|level| said.head.text != *level);
    let action = |level: &str| {
        let article = if level == "error" {
            "an error"
        } else if level == "info" {
            "information"
        } else {
            "a warning"
        };
        rewrite(site, format!("make it {article}"), replace(own.at(said.head.span), level))
    };
    others.map(action).collect()
}

/// Clauses that whoever reads a finding misses, at the name of the rule.
pub fn stubs(site: &Site<'_>) -> Vec<CodeAction> {
    let Some(own) = site.own(site.range.start()).filter(|own| own.name().contains(site.range)) else {
        return Vec::new();
    };
    if !is_waivable(own.item.kind) || own.item.meaning == Meaning::Error {
        return Vec::new();
    }
    let missing = [("because", "because \"the source\""), ("help", "help \"what to write instead\"")];
    let missing = missing.into_iter().filter(|(head, _)| own.clause(head).is_none());
    let action = |(head, clause): (&str, &str)| {
        rewrite(site, format!("add `{head}`"), with_clause(site.text, &own, clause))
    };
    missing.map(action).collect()
}

fn rewrite(site: &Site<'_>, title: String, edit: mktlint_diag::Edit) -> CodeAction {
    CodeAction {
        title,
        kind: ActionKind::Rewrite,
        edits: vec![site.edits([edit])],
        repairs: None,
        is_preferred: false,
    }
}
