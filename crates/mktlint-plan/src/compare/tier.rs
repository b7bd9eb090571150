//! Risk tiers.

use super::Direction::{Looser, Stricter};
use super::Row;
use super::facet::Facet;
use super::limit::{length, seconds};
use super::meaning::Words;
use crate::{Plan, Tier};

/// All tiers: more approvals, by more roles, that hold for a shorter time are stricter.
pub fn tiers(plan: &Plan, words: &Words) -> Vec<Row> {
    plan.tiers.iter().map(|tier| row(plan, tier, words)).collect()
}

fn row(plan: &Plan, tier: &Tier, words: &Words) -> Row {
    let approvals = plan.list(tier.approvals);
    let mut facets = vec![
        Facet::set("approved by", approvals.iter().map(|approval| plan.str(approval.role)), Stricter),
        Facet::condition("when", words.code(tier.when)),
    ];
    for approval in approvals {
        let label = format!("how many of {}", plan.str(approval.role));
        facets.push(Facet::rank(&label, approval.count, approval.count.to_string(), Stricter));
    }
    let expires = tier.expires_after;
    let shown = expires.map_or_else(|| "never".to_owned(), length);
    let rank = expires.map_or(i128::MAX, seconds);
    facets.push(Facet::rank("an approval expires after", rank, shown, Looser));
    Row { name: plan.str(tier.name).to_owned(), place: Some(plan.place(tier.place)), facets }
}
