//! Tiers in words, for people.

use mktlint_hir::model::item::Quorum;

use crate::value::show;
use crate::{Approval, Plan, Tier};

/// What `tier` is for and whom it asks, a sentence a line, without full stops.
pub fn tier_words(plan: &Plan, tier: &Tier) -> Vec<String> {
    let mut lines = vec![claims(plan, tier)];
    let yields: Vec<String> = plan.list(tier.yields).iter().map(|id| quoted(plan.short(*id))).collect();
    if !yields.is_empty() {
        lines.push(format!("leaves to {} what both claim", listed(&yields)));
    }
    let approvals = plan.list(tier.approvals);
    lines.extend(approvals.iter().map(|approval| approved(plan, approval)));
    if approvals.is_empty() {
        lines.push("nobody must approve it".to_owned());
    } else if tier.authors_may_approve {
        lines.push("whoever made the change may approve it".to_owned());
    } else {
        lines.push("whoever made the change cannot approve it".to_owned());
    }
    if let Some(length) = tier.expires_after.filter(|_| !approvals.is_empty()) {
        lines.push(format!("an approval holds for {}", show::length(length)));
    }
    lines
}

fn claims(plan: &Plan, tier: &Tier) -> String {
    let clauses = plan.list(tier.clauses).iter().map(|clause| quoted(plan.str(clause.words)));
    match tier.when {
        Some(_) => format!("claims a change when {}", clauses.collect::<Vec<_>>().join(", or ")),
        None => "takes every change that no other tier claims".to_owned(),
    }
}

fn approved(plan: &Plan, approval: &Approval) -> String {
    let role = quoted(plan.short(approval.role));
    let who = match approval.count {
        Quorum::AtLeast(1) => format!("one of {role}"),
        Quorum::AtLeast(n) => format!("{n} of {role}"),
        Quorum::All => format!("all of {role}"),
    };
    let parts: Vec<String> = plan.strs(approval.parts).map(str::to_owned).collect();
    match parts.is_empty() {
        true => format!("{who} must approve it"),
        false => format!("{who} must approve its {}, when these change", listed(&parts)),
    }
}

fn quoted(words: &str) -> String {
    format!("`{words}`")
}

/// `a, b and c`
fn listed(items: &[String]) -> String {
    match items {
        [first @ .., before, last] => {
            let first: String = first.iter().map(|item| format!("{item}, ")).collect();
            format!("{first}{before} and {last}")
        }
        _ => items.concat(),
    }
}
