//! Risk tiers, and who decides.

use mktlint_hir::model::item::Quorum;

use super::Direction::{Looser, Stricter};
use super::Row;
use super::facet::Facet;
use super::limit::{length, seconds};
use super::meaning::Words;
use crate::{Plan, Role, Tier};

/// All tiers: more approvals, by more roles, of more, that hold for a shorter time are stricter.
pub fn tiers(plan: &Plan, words: &Words) -> Vec<Row> {
    plan.tiers.iter().map(|tier| tier_row(plan, tier, words)).collect()
}

fn tier_row(plan: &Plan, tier: &Tier, words: &Words) -> Row {
    let approvals = plan.list(tier.approvals);
    let yields = plan.list(tier.yields).iter().map(|name| plan.short(*name));
    let mut facets = vec![
        Facet::set("approved by", approvals.iter().map(|approval| plan.short(approval.role)), Stricter),
        Facet::condition("when", words.code(tier.when)),
        Facet::things("yields to", yields),
        Facet::flag("authors may approve", tier.authors_may_approve, Looser),
    ];
    for approval in approvals {
        let role = plan.short(approval.role);
        let (rank, shown) = match approval.count {
            Quorum::AtLeast(n) => (i128::from(n), n.to_string()),
            Quorum::All => (i128::MAX, "all".to_owned()),
        };
        facets.push(Facet::rank(&format!("how many of {role}"), rank, shown, Stricter));
        let parts = plan.strs(approval.parts);
        facets.push(Facet::all_when_empty(&format!("what {role} approves"), parts, Stricter));
    }
    let expires = tier.expires_after;
    let shown = expires.map_or_else(|| "never".to_owned(), length);
    let rank = expires.map_or(i128::MAX, seconds);
    facets.push(Facet::rank("an approval expires after", rank, shown, Looser));
    Row { name: plan.str(tier.name).to_owned(), place: Some(plan.place(tier.place)), facets }
}

/// All roles. More members make it easier to find one who approves, and harder to have all of them do so.
pub fn roles(plan: &Plan, _: &Words) -> Vec<Row> {
    let row = |role: &Role| {
        let revoked = plan.list(role.revoked).iter();
        let revoked = revoked.map(|key| format!("{} from {}", plan.str(key.fingerprint.text), key.from));
        let facets = vec![
            Facet::things("members", plan.strs(role.members)),
            Facet::things("keys", plan.strs(role.keys)),
            Facet::set("revoked", revoked, Stricter),
        ];
        Row { name: plan.str(role.name).to_owned(), place: Some(plan.place(role.place)), facets }
    };
    plan.roles.iter().map(row).collect()
}
