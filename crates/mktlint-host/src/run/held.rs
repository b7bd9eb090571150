//! Holding a run against the baseline of a workspace.

use std::sync::Arc;

use mktlint_asset::format_of;
use mktlint_check::Baseline;
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_plan::Plan;

use super::{Checked, Settings, batch};
use crate::workspace::Workspace;
use crate::{baseline, codes, system};

impl Checked {
    /// How many of the findings a baseline holds; `None` where there is no baseline.
    pub fn n_baselined(&self) -> Option<usize> {
        let held = || self.findings.iter().filter(|found| found.baselined).count();
        self.has_baseline.then(held)
    }
}

/// The baseline of `workspace`, if it has one. One that cannot be used is a problem like a wrong configuration.
pub fn load(
    workspace: &Workspace,
    settings: &Settings,
    checked: &mut Checked,
) -> Result<Option<Baseline>, Box<Diagnostic>> {
    let loaded = baseline::load(workspace, &settings.given());
    checked.bad_config |= loaded.is_err();
    let found = loaded?;
    checked.has_baseline |= found.is_some();
    if let (None, Some(named)) = (&found, &workspace.config.baseline) {
        let what = format!("`mktlint.toml` names the baseline `{named}`, which is not there");
        checked.notes.push(format!("{what}; `mktlint baseline` writes it"));
    }
    Ok(found)
}

/// Marks the findings that `baseline` holds. Of a run over the whole workspace it also says what is no longer there.
pub fn apply(
    baseline: &Baseline,
    plan: &Plan,
    workspace: &Workspace,
    findings: &mut Vec<Diagnostic>,
    settings: &Settings,
) {
    let text = |file: &FilePath| text(workspace, settings, file);
    let exists = |file: &FilePath| system::exists(&workspace.root.join(file.as_str()));
    let n_held = baseline::apply(baseline, plan, findings, text, &exists);
    let n_stale = baseline.len().saturating_sub(n_held);
    if n_stale > 0 && batch::covers_workspace(settings, &workspace.root) {
        findings.push(codes::baseline::stale(&baseline::place(workspace), n_stale));
    }
}

/// The text of a file of `workspace`, or of what stands for it.
fn text(workspace: &Workspace, settings: &Settings, file: &FilePath) -> Option<Arc<str>> {
    let (path, format) = (workspace.root.join(file.as_str()), format_of(file));
    match settings.given().filter(|(given, _)| *given == path) {
        Some((_, bytes)) => Some(system::text_of(bytes, format).text),
        None => system::read_file(&path, format).ok().map(|read| read.text),
    }
}
