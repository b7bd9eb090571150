//! Records to verdicts.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use mktlint_flow::campaign::{Need, Verdict, VerdictKind};
use mktlint_gate::Unit;
use mktlint_gate::record;
use mktlint_hir::model::item::Quorum;
use mktlint_plan::{Approval, Plan};
use smol_str::SmolStr;

use crate::git::GitError;
use crate::records;

/// What was decided on a campaign.
#[derive(Debug, Default)]
pub struct Decided {
    /// In order of time.
    pub verdicts: Vec<Verdict>,
    /// The tier that the last change had when somebody decided on it.
    pub tier: Option<SmolStr>,
}

/// The decisions of the workspace at `root` on campaigns. A record that is not what it claims to be decides nothing.
///
/// # Errors
///
/// Fails when a repository is there and cannot be read.
pub fn decided(root: &Path, plan: &Plan, now: Timestamp) -> Result<BTreeMap<SmolStr, Decided>, GitError> {
    let here = records::here(root)?;
    let (roles, _) = records::roles(plan, &here.files);
    let ledger = records::ledger(&here.files, here.base.as_ref(), None, &roles, now);
    let mut found: BTreeMap<SmolStr, Decided> = BTreeMap::new();
    for entry in ledger.entries().iter().filter(|entry| entry.is_sound()) {
        let record = &entry.file.record;
        let (Unit::Campaign(id), Some(kind)) = (&record.unit, kind(record.verdict)) else { continue };
        let decided = found.entry(id.clone()).or_default();
        let role = short(record.role.as_deref().unwrap_or_default());
        decided.verdicts.push(Verdict { at: record.time, role, person: record.person.clone(), kind });
        if let Some(tier) = &record.tier {
            decided.tier = Some(short(tier));
        }
    }
    Ok(found)
}

fn kind(verdict: record::Verdict) -> Option<VerdictKind> {
    match verdict {
        record::Verdict::Approved => Some(VerdictKind::Approved),
        record::Verdict::Rejected => Some(VerdictKind::Rejected),
        record::Verdict::Withdrawn => Some(VerdictKind::Withdrawn),
        record::Verdict::Waived => None,
    }
}

/// Whose approvals a campaign of `tier` needs on which there are `verdicts`. A role that is asked about some parts alone
/// is needed when it has said something: which parts a change of last year touched is not known here.
pub fn needs(plan: &Plan, tier: &str, verdicts: &[Verdict]) -> Vec<Need> {
    let Some(tier) = plan.tier(tier) else { return Vec::new() };
    let need = |approval: &Approval| {
        let role = short(plan.str(approval.role));
        let is_asked = approval.parts.is_empty() || verdicts.iter().any(|verdict| verdict.role == role);
        let members = plan.role(plan.str(approval.role)).map_or(0, |role| plan.list(role.members).len());
        let count = match approval.count {
            Quorum::AtLeast(count) => usize::try_from(count).unwrap_or(usize::MAX),
            Quorum::All => members.max(1),
        };
        is_asked.then_some(Need { role, count })
    };
    plan.list(tier.approvals).iter().filter_map(need).collect()
}

/// The last word of a full name.
pub fn short(name: &str) -> SmolStr {
    name.rsplit('.').next().unwrap_or(name).into()
}
