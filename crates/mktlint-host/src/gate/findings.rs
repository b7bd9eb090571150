//! What is wrong with the files that a change has to do with.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mktlint_diag::FilePath;
use mktlint_gate::record::folder::is_record;
use tempfile::TempDir;

use super::{Compared, policies};
use crate::run::campaigns::is_manifest;
use crate::state::{Head, State};
use crate::{Checked, Settings, StartError, check, config, packs, system, waivers};

/// What was found, as `check` finds it.
#[derive(Debug)]
pub struct Found {
    /// What was found in the files of the head that belong to what changed.
    pub checked: Checked,
    /// The head, where it is not on disk otherwise; findings point into it.
    _copy: Option<TempDir>,
}

/// Judges the files of the head that have to do with the change, by the policy of the head, as `settings` say. A head that
/// is not on disk is written to a folder of its own first. Exceptions that have ended fail it when they speak of a file
/// that changed.
///
/// # Errors
///
/// Fails when the run cannot begin.
pub fn findings(compared: &Compared, head: &Head, settings: &Settings) -> Result<Found, StartError> {
    let state = &compared.pair.head;
    let root = &state.policy.workspace.root;
    if compared.files.is_empty() {
        return Ok(Found { checked: Checked::default(), _copy: None });
    }
    let (copy, own, settings) = match head {
        Head::WorkingTree => (None, root.clone(), settings.clone()),
        Head::Staged | Head::Revision(_) => {
            let fail = |reason| StartError::Path { path: root.clone(), reason };
            let (copy, own) = copy_of(compared).map_err(fail)?;
            let inside = settings.folder.strip_prefix(root).unwrap_or(Path::new(""));
            let settings =
                Settings { folder: own.join(inside), config: None, use_cache: false, ..settings.clone() };
            (Some(copy), own, settings)
        }
    };
    let place = |path: &FilePath| match head {
        Head::WorkingTree => state.files.on_disk(path),
        Head::Staged | Head::Revision(_) => own.join(path.as_str()),
    };
    let paths: Vec<PathBuf> = compared.files.iter().map(place).filter(|path| system::exists(path)).collect();
    let mut checked = check(&Settings { paths, ..settings })?;
    let judged: BTreeSet<PathBuf> = compared.judged.iter().map(place).collect();
    let Checked { findings, shown, .. } = &mut checked;
    // What cannot be told from here, as a finding in the library, stays.
    findings.retain(|found| shown.file(&found.primary.place.file).is_none_or(|file| judged.contains(file)));
    checked.undecided =
        checked.waits || checked.findings.iter().any(|found| found.undecided && found.counts());
    let touched: Vec<PathBuf> = compared.pair.altered.iter().map(place).collect();
    checked.fail_lapsed(&touched);
    Ok(Found { checked, _copy: copy })
}

/// The head on disk, as far as judging its files needs it, and the root of its workspace there.
fn copy_of(compared: &Compared) -> Result<(TempDir, PathBuf), String> {
    let plain = |error: std::io::Error| crate::workspace::reason(&error);
    let state = &compared.pair.head;
    let copy = tempfile::tempdir().map_err(plain)?;
    // Packs may be a few folders above.
    let own = copy.path().canonicalize().map_err(plain)?.join("a/b/c/d/e/workspace");
    system::create_folder(&own)?;
    let evidence = compared.plan.evidences.iter().filter_map(|evidence| evidence.document);
    let evidence: BTreeSet<&str> = evidence.map(|document| compared.plan.str(document.text)).collect();
    for (path, content) in state.files.iter() {
        if compared.files.contains(path)
            || evidence.contains(path.as_str())
            || is_needed(compared, state, path)
        {
            let bytes = state.files.read(path, content)?;
            let full = own.join(path.as_str());
            full.parent().map_or(Ok(()), system::create_folder)?;
            system::write_file(&full, &bytes)?;
        }
    }
    link_packs(state, &own)?;
    Ok((copy, own))
}

/// Whether other files are judged by this one.
fn is_needed(compared: &Compared, state: &State, path: &FilePath) -> bool {
    let workspace = &state.policy.workspace;
    // Any record may take a waiver back.
    let has_waivers = || state.files.under(&waivers::folder()).next().is_some();
    let has_caps = !compared.plan.people.caps.is_empty();
    [config::FILE, packs::FILE].contains(&path.as_str())
        || workspace.is_policy(path)
        || *path == crate::baseline::place(workspace)
        || policies::key_files(&compared.plan).any(|key| key == path.as_str())
        || is_record(path) && has_waivers()
        || is_manifest(workspace, path) && (has_caps || is_above(path, &compared.files))
}

/// Whether the manifest at `path` may hold for one of `files`.
fn is_above(path: &FilePath, files: &BTreeSet<FilePath>) -> bool {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    files.iter().any(|file| folder.is_empty() || file.starts_with(&format!("{folder}/")))
}

/// Puts links where the configuration looks for packs.
#[cfg(unix)]
fn link_packs(state: &State, own: &Path) -> Result<(), String> {
    let workspace = &state.policy.workspace;
    for pack in &workspace.config.packs {
        let (real, link) = (workspace.root.join(pack.path.as_str()), own.join(pack.path.as_str()));
        let Ok(real) = real.canonicalize() else { continue };
        link.parent().map_or(Ok(()), system::create_folder)?;
        if !system::exists(&link) {
            std::os::unix::fs::symlink(real, link).map_err(|error| crate::workspace::reason(&error))?;
        }
    }
    Ok(())
}

/// Packs elsewhere are found by absolute paths alone.
#[cfg(not(unix))]
fn link_packs(_state: &State, _own: &Path) -> Result<(), String> {
    Ok(())
}
