//! `--staged` and `--changed`.

use std::path::{Path, PathBuf};

use mktlint_host::git::{Since, changes};
use mktlint_host::workspace::find_config;
use mktlint_host::{Settings, baseline, config, packs, waivers};

use super::Args;
use crate::status::Stop;

/// What to judge.
#[derive(Debug)]
pub enum Paths {
    /// What the command line says.
    AsGiven,
    /// What the command line says although only changes were asked for, for a reason: these files changed.
    Everything(String, Vec<PathBuf>),
    /// These files, which changed.
    These(Vec<PathBuf>),
    /// Nothing has changed.
    Nothing,
}

/// What to judge when only changes count. A policy or a configuration that changed can change every verdict.
pub fn paths(args: &Args, settings: &Settings) -> Result<Paths, Stop> {
    let since = match (&args.changed, args.staged) {
        (Some(commit), _) => Since::Commit(commit.clone()),
        (None, true) => Since::Staged,
        (None, false) => return Ok(Paths::AsGiven),
    };
    let changes = changes(&settings.folder, &since).map_err(|error| Stop::Usage(error.to_string()))?;
    let root = root(settings);
    let mut all = changes.files.iter().chain(&changes.deleted).filter(|path| path.starts_with(&root));
    if let Some(path) = all.find(|path| decides(path)) {
        let path = path.strip_prefix(&root).unwrap_or(path);
        let why = format!("everything is judged, because `{}` changed", path.display());
        return Ok(Paths::Everything(why, changes.files));
    }
    let given: Vec<PathBuf> = args.paths.iter().map(|path| settings.folder.join(path)).collect();
    let is_wanted = |path: &PathBuf| {
        path.starts_with(&root) && (given.is_empty() || given.iter().any(|given| path.starts_with(given)))
    };
    let files: Vec<PathBuf> = changes.files.into_iter().filter(is_wanted).collect();
    Ok(if files.is_empty() { Paths::Nothing } else { Paths::These(files) })
}

fn root(settings: &Settings) -> PathBuf {
    let config = find_config(&settings.folder);
    config.as_deref().and_then(Path::parent).unwrap_or(&settings.folder).to_owned()
}

/// Whether other files are judged by this one.
fn decides(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    let is_manifest = path.file_stem().is_some_and(|stem| stem == "campaign");
    path.extension().is_some_and(|extension| extension == "mkt")
        || [config::FILE, packs::FILE, baseline::FILE].iter().any(|file| name == *file)
        || is_manifest
        || path.parent().is_some_and(|folder| folder.ends_with(waivers::folder()))
}
