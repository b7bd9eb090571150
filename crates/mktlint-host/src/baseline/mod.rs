//! The file of findings that were there before.

pub mod json;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mktlint_check::Baseline;
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_plan::Plan;

use crate::policy::Given;
use crate::run::Checked;
use crate::workspace::{Workspace, relative};
use crate::{codes, policy, system};

/// What the file is called when the configuration says nothing else.
pub const FILE: &str = "mktlint-baseline.json";

/// Where the baseline of `workspace` is, or would be.
pub fn place(workspace: &Workspace) -> FilePath {
    FilePath::new(workspace.config.baseline.as_deref().unwrap_or(FILE))
}

/// The baseline of `workspace`, where `given` stands for files; `None` when there is none.
///
/// # Errors
///
/// Says what is wrong with the file.
pub fn load(workspace: &Workspace, given: &dyn Given) -> Result<Option<Baseline>, Box<Diagnostic>> {
    let file = place(workspace);
    let Some(path) = policy::inside(workspace, &file) else {
        return Err(Box::new(codes::baseline::elsewhere(&file)));
    };
    if !given.is_file(&path) {
        return Ok(None);
    }
    let text = given.read(&path).and_then(system::utf8);
    let text = text.map_err(|reason| Box::new(codes::baseline::unreadable(&file, &reason)))?;
    json::read(&text).map(Some).map_err(|unfit| Box::new(codes::baseline::unfit(&file, &text, &unfit)))
}

/// The findings of `checked` in the workspace at `root` that a baseline may hold, whether one holds them or not, and how
/// many count that none may hold.
pub fn of(checked: &Checked, root: &Path) -> (Baseline, usize) {
    let (mut baseline, mut n_live) = (Baseline::default(), 0);
    let plan = checked.roots.iter().position(|own| own == root).and_then(|at| checked.plans.get(at));
    let Some(plan) = plan else { return (baseline, n_live) };
    for found in checked.findings.chunk_by(|one, other| one.primary.place.file == other.primary.place.file) {
        let Some(shown) = found.first().map(|found| &found.primary.place.file) else { continue };
        let path = checked.shown.file(shown).filter(|path| is_of(path, root, &checked.roots));
        let Some(path) = path else { continue };
        n_live += found
            .iter()
            .filter(|found| found.waived.is_none() && found.code != codes::baseline::STALE.id)
            .count();
        if let Some(text) = checked.shown.text(shown) {
            baseline.record(plan, &relative(root, path), &text, found);
        }
    }
    let n_barred = n_live.saturating_sub(baseline.len());
    (baseline, n_barred)
}

/// Whether the file at `path` is of the workspace at `root`, and of none inside of that.
fn is_of(path: &Path, root: &Path, roots: &[PathBuf]) -> bool {
    let nearest =
        roots.iter().filter(|root| path.starts_with(root)).max_by_key(|root| root.components().count());
    nearest.is_some_and(|nearest| nearest == root)
}

/// Marks the findings that `baseline` holds among `findings`, in any order; returns how many. `text` reads a file again.
pub fn apply(
    baseline: &Baseline,
    plan: &Plan,
    findings: &mut [Diagnostic],
    text: impl Fn(&FilePath) -> Option<Arc<str>>,
    exists: &(dyn Fn(&FilePath) -> bool + Sync),
) -> usize {
    let known = baseline.known(exists);
    let mut by_file: BTreeMap<FilePath, Vec<usize>> = BTreeMap::new();
    for (at, found) in findings.iter().enumerate() {
        by_file.entry(found.primary.place.file.clone()).or_default().push(at);
    }
    let mut n_held = 0;
    for (file, numbers) in by_file {
        let Some(text) = text(&file) else { continue };
        let mut own: Vec<Diagnostic> = numbers.iter().filter_map(|at| findings.get(*at).cloned()).collect();
        // Which of equal ones is held must not depend on how they came.
        own.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
        n_held += known.apply(plan, &file, &text, &mut own);
        for (at, found) in numbers.into_iter().zip(own) {
            if let Some(slot) = findings.get_mut(at) {
                *slot = found;
            }
        }
    }
    n_held
}
