//! What `check` says about stages and results.

use std::collections::{BTreeMap, BTreeSet};

use mktlint_asset::Asset;
use mktlint_check::FileFacts;
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_flow::Pipeline;
use mktlint_flow::results::{Known, Threshold};
use mktlint_plan::Plan;
use smol_str::SmolStr;

use super::{end_of, results};
use crate::run::Settings;
use crate::run::batch::covers_workspace;
use crate::run::campaigns::Campaigns;
use crate::workspace::Workspace;

/// What is wrong with the stamps of the manifests that were judged; and when all of `workspace` was, what is wrong with its
/// results and which of them call for action. Results are read when a threshold watches them.
pub fn judge(
    workspace: &Workspace,
    plan: &Plan,
    campaigns: &Campaigns,
    facts: &[FileFacts],
    settings: &Settings,
) -> Vec<Diagnostic> {
    let now = end_of(settings.today);
    let pipeline = Pipeline::of(plan);
    let judged: BTreeSet<&FilePath> = facts.iter().filter_map(|facts| facts.file.as_ref()).collect();
    let manifests: BTreeMap<(&FilePath, u32), &Asset> = campaigns
        .all()
        .filter(|asset| judged.contains(&asset.file))
        .map(|asset| ((&asset.file, asset.ordinal), asset))
        .collect();
    let mut found = Vec::new();
    let mut channels: BTreeMap<SmolStr, Vec<SmolStr>> = BTreeMap::new();
    for asset in manifests.values() {
        if let Some((manifest, problems)) = mktlint_flow::campaign::read(asset, &pipeline, now) {
            found.extend(problems);
            channels.entry(manifest.id).or_insert(manifest.channels);
        }
    }
    let thresholds = Threshold::all(plan);
    if !thresholds.is_empty() && covers_workspace(settings, &workspace.root) {
        let (lines, problems) = results::read(workspace);
        let known = Known { campaigns: &channels, thresholds: &thresholds, now };
        found.extend(problems);
        found.extend(mktlint_flow::results::judge(&lines, known).findings);
    }
    found
}
