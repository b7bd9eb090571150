//! The proofs behind the claims that are made.

use mktlint_diag::Place;
use mktlint_plan::{Claim, Plan};

use super::assemble::Entries;
use crate::{Item, PartKind};

/// Adds the proofs that `claim`, which is made at `place`, rests on: document and digest of each, as the policy has them.
pub fn add(plan: &Plan, claim: &Claim, place: &Place, entries: &mut Entries) {
    for need in plan.list(claim.evidence) {
        let Some(evidence) = plan.evidences.get(need.evidence.index()) else { continue };
        let document = evidence.document.map_or("", |document| plan.str(document.text));
        let digest = evidence.sha256.map_or("", |digest| plan.str(digest.text));
        let text = format!("{document} {}", digest.to_ascii_lowercase());
        let name = plan.str(claim.head.name).to_owned();
        entries.add(PartKind::Evidence, Item { name, text: text.trim().to_owned(), place: place.clone() });
    }
}
