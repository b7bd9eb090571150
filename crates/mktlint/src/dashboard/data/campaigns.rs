//! Campaigns, one row each.

use std::collections::BTreeMap;

use jiff::civil::Date;
use mktlint_check::{CampaignFact, FileFacts};
use mktlint_diag::FilePath;
use smol_str::SmolStr;

use super::findings::{Counts, Finding};

/// A campaign.
#[derive(Debug)]
pub struct Campaign {
    /// Its id.
    pub id: SmolStr,
    /// Its manifest, as it is shown.
    pub file: FilePath,
    /// The tier that its content gives it.
    pub tier: Option<SmolStr>,
    /// Whether a graver tier could not be excluded.
    pub tier_is_open: bool,
    /// Its channels; empty when it does not say.
    pub channels: Vec<SmolStr>,
    /// When it is sent first.
    pub first: Option<Date>,
    /// What was found in its files, the gravest first.
    pub findings: Vec<Finding>,
    /// How many of each sort.
    pub counts: Counts,
}

/// The campaigns of `facts`, in order of id; their findings are taken from `findings`.
pub fn campaigns(
    facts: &[FileFacts],
    findings: &mut BTreeMap<Option<SmolStr>, Vec<Finding>>,
    shown: impl Fn(&FilePath) -> FilePath,
) -> Vec<Campaign> {
    let mut all: Vec<Campaign> = Vec::new();
    for file in facts {
        let Some(path) = &file.file else { continue };
        for fact in &file.campaigns {
            let own = findings.remove(&Some(fact.id.clone())).unwrap_or_default();
            all.push(campaign(fact, shown(path), own));
        }
    }
    all.sort_by(|a, b| (&a.id, &a.file).cmp(&(&b.id, &b.file)));
    all
}

fn campaign(fact: &CampaignFact, file: FilePath, findings: Vec<Finding>) -> Campaign {
    Campaign {
        id: fact.id.clone(),
        file,
        tier: fact.tier.tier.clone(),
        tier_is_open: !fact.tier.undecided.is_empty(),
        channels: fact.channels.clone().unwrap_or_default(),
        first: fact.send_at.map(|at| at.date()),
        counts: Counts::of(&findings),
        findings,
    }
}
