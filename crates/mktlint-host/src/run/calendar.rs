//! Campaigns that a run was not asked about, for what counts over all of them.

use std::collections::BTreeSet;

use mktlint_check::FileFacts;
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_plan::Plan;

use super::campaigns::is_manifest;
use super::{Settings, batch};
use crate::workspace::{Listed, Workspace, relative};

/// The other manifests of `workspace`, when a cap counts over all campaigns and `files` has some of them alone. Looks
/// through the whole workspace, but only then.
pub fn other_manifests(
    workspace: &Workspace,
    plan: &Plan,
    files: &[Listed],
    settings: &Settings,
) -> Vec<Listed> {
    let is_manifest = |file: &Listed| is_manifest(workspace, &relative(&workspace.root, &file.path));
    let is_partial = !batch::covers_workspace(settings, &workspace.root);
    if plan.people.caps.is_empty() || !is_partial || !files.iter().any(is_manifest) {
        return Vec::new();
    }
    let known: BTreeSet<_> = files.iter().map(|file| &file.path).collect();
    let everything = Settings { paths: vec![workspace.root.clone()], stdin: None, ..settings.clone() };
    let batches = batch::batches(&everything).unwrap_or_default();
    let own = batches.into_iter().filter(|batch| batch.workspace.root == workspace.root);
    let all = own.flat_map(|batch| batch.files);
    all.filter(|file| is_manifest(file) && !known.contains(&file.path)).collect()
}

/// What a manifest that nobody asked about adds: its campaigns, and what it waives.
pub fn campaigns_alone(facts: FileFacts) -> FileFacts {
    FileFacts {
        file: facts.file,
        campaigns: facts.campaigns,
        directives: facts.directives,
        ..FileFacts::default()
    }
}

/// Whether a finding belongs to a run over `files`: it stands in one of them, or somebody gets too much because of one.
pub fn concerns(finding: &Diagnostic, files: &BTreeSet<FilePath>, plan: &Plan) -> bool {
    let is_of = |label: &mktlint_diag::Label| files.contains(&label.place.file);
    let is_cap = || plan.people.caps.iter().any(|cap| finding.code == plan.str(cap.head.name));
    is_of(&finding.primary) || is_cap() && finding.secondary.iter().any(is_of)
}
