//! Judging what is on disk by a policy that is not.

use std::sync::Arc;

use mktlint_plan::Plan;

use super::{Checked, Session, Settings, StartError, batch, check_batches};
use crate::policy::{Elsewhere, Ready};
use crate::workspace::Workspace;

/// The policy of another time or place, compiled.
#[derive(Clone, Debug)]
pub struct Standing<'p> {
    /// Its texts and its configuration.
    pub policy: &'p Elsewhere,
    /// What they compile to.
    pub plan: Arc<Plan>,
}

/// Judges the files of `workspace` that `settings` names as if `standing` were its policy and configuration; those of
/// other workspaces are left out. Nothing that earlier runs kept is used, and nothing is kept.
///
/// # Errors
///
/// Fails when the run cannot begin; anything wrong inside a file is a finding instead.
pub fn check_under(
    settings: &Settings,
    workspace: &Workspace,
    standing: &Standing<'_>,
) -> Result<Checked, StartError> {
    let settings = Settings { use_cache: false, plan: None, stdin: None, ..settings.clone() };
    let batches = batch::batches_in(&settings, |root, _| {
        Ok((root == workspace.root).then(|| standing.policy.workspace.at(root)))
    })?;
    check_batches(batches, &settings, &|workspace| {
        let ready = Ready {
            plan: Some(standing.plan.clone()),
            digest: [0; 32],
            diagnostics: Vec::new(),
            n_policies: standing.policy.sources.sources.len(),
        };
        let texts = standing.policy.sources.sources.clone();
        Ok(Session::new(workspace, ready, Some(texts), &settings))
    })
}
