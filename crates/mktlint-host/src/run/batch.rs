//! Which files of which workspace a run judges.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mktlint_diag::Diagnostic;

use super::{Settings, StartError};
use crate::codes;
use crate::system;
use crate::workspace::{Listed, Roots, Workspace, find_config, list, relative};

/// The files of one workspace.
#[derive(Debug)]
pub struct Batch {
    /// The workspace.
    pub workspace: Workspace,
    /// Files that may be assets, in order of path.
    pub files: Vec<Listed>,
    /// What could not be listed.
    pub findings: Vec<Diagnostic>,
    /// Whether the policies are judged too: a folder or a policy file was named.
    pub judges_policy: bool,
    /// Whether only files were named, none of them an asset or a policy.
    pub only_other_files: bool,
}

/// Groups what `settings` names by workspace, in order of root.
pub fn batches(settings: &Settings) -> Result<Vec<Batch>, StartError> {
    batches_in(settings, |root, config| {
        let workspace = Workspace::open(root, config);
        workspace
            .map(Some)
            .map_err(|reason| StartError::Path { path: config.unwrap_or(root).to_owned(), reason })
    })
}

/// As [`batches`], where `open` says which workspace is at a root with a configuration; without one its files are left
/// out.
pub fn batches_in(
    settings: &Settings,
    open: impl Fn(&Path, Option<&Path>) -> Result<Option<Workspace>, StartError>,
) -> Result<Vec<Batch>, StartError> {
    let paths = absolute_paths(settings)?;
    let mut listing = list(&paths);
    if let Some((name, _)) = &settings.stdin {
        listing.files = vec![Listed { path: settings.folder.join(name), explicit: true }];
    }
    let mut roots = Roots::default();
    let mut groups: BTreeMap<(PathBuf, Option<PathBuf>), Vec<Listed>> = BTreeMap::new();
    let folders: Vec<&PathBuf> = paths.iter().filter(|path| path.is_dir()).collect();
    for folder in &folders {
        groups.entry(root_of(folder, settings, &mut roots, folder)).or_default();
    }
    for file in listing.files {
        let folder = file.path.parent().unwrap_or(Path::new("/")).to_owned();
        let base = folders.iter().find(|named| file.path.starts_with(named)).map_or(&folder, |named| *named);
        groups.entry(root_of(&folder, settings, &mut roots, base)).or_default().push(file);
    }
    let mut batches = Vec::new();
    for ((root, config), files) in groups {
        if let Some(workspace) = open(&root, config.as_deref())? {
            batches.push(batch(workspace, files, &paths));
        }
    }
    report_unlisted(&listing.unreadable, &listing.links, &mut batches);
    Ok(batches)
}

fn batch(workspace: Workspace, files: Vec<Listed>, paths: &[PathBuf]) -> Batch {
    let names_folder = paths.iter().any(|path| path.is_dir());
    let is_policy = |file: &Listed| workspace.is_policy(&relative(&workspace.root, &file.path));
    let judges_policy = names_folder || files.iter().any(is_policy);
    let is_candidate =
        |file: &Listed| workspace.spec_of_path(&relative(&workspace.root, &file.path)).is_some();
    let files: Vec<Listed> = files.into_iter().filter(|file| is_candidate(file)).collect();
    let only_other_files = !names_folder && files.is_empty() && !judges_policy;
    Batch { workspace, files, findings: Vec::new(), judges_policy, only_other_files }
}

fn absolute_paths(settings: &Settings) -> Result<Vec<PathBuf>, StartError> {
    if settings.stdin.is_some() {
        return Ok(Vec::new());
    }
    if settings.paths.is_empty() {
        let here = &settings.folder;
        let config = settings.config.clone().or_else(|| find_config(here));
        let root = config.as_deref().and_then(Path::parent).filter(|root| here.starts_with(root));
        return Ok(vec![root.unwrap_or(here).to_owned()]);
    }
    let absolute = |path: &PathBuf| {
        let full = settings.folder.join(path);
        if !system::exists(&full) {
            return Err(StartError::Path {
                path: path.clone(),
                reason: "there is no such file or folder".to_owned(),
            });
        }
        // `.` and `..` go; a link that is named itself is followed.
        full.canonicalize().map_err(|error| StartError::Path {
            path: path.clone(),
            reason: crate::workspace::reason(&error),
        })
    };
    settings.paths.iter().map(absolute).collect()
}

/// The root and configuration of what is in `folder`. Without a configuration the root is the working directory, or
/// the path that was named when that is elsewhere.
fn root_of(
    folder: &Path,
    settings: &Settings,
    roots: &mut Roots,
    named: &Path,
) -> (PathBuf, Option<PathBuf>) {
    let given = settings.config.as_ref().map(|config| settings.folder.join(config));
    match given.or_else(|| roots.config_of(folder)) {
        Some(config) => {
            let root = config.parent().unwrap_or(Path::new("/")).to_owned();
            let root = if folder.starts_with(&root) { root } else { settings.folder.clone() };
            (root, Some(config))
        }
        None if folder.starts_with(&settings.folder) => (settings.folder.clone(), None),
        None => (named.to_owned(), None),
    }
}

fn report_unlisted(unreadable: &[(PathBuf, String)], links: &[(PathBuf, String)], batches: &mut [Batch]) {
    for (path, reason) in unreadable {
        if let Some(batch) = batch_of(path, batches) {
            let file = relative(&batch.workspace.root, path);
            batch.findings.push(codes::unreadable::of(&file, reason));
        }
    }
    for (path, reason) in links {
        if let Some(batch) = batch_of(path, batches) {
            let file = relative(&batch.workspace.root, path);
            let matters =
                path.is_dir() || file.ends_with(".mkt") || batch.workspace.spec_of_path(&file).is_some();
            if matters {
                batch.findings.push(codes::leaves::of(&file, reason));
            }
        }
    }
}

fn batch_of<'b>(path: &Path, batches: &'b mut [Batch]) -> Option<&'b mut Batch> {
    batches
        .iter_mut()
        .filter(|batch| path.starts_with(&batch.workspace.root))
        .max_by_key(|batch| batch.workspace.root.components().count())
}

/// Whether the run judges every file of the workspace at `root`, so that what nothing used is unused.
pub fn covers_workspace(settings: &Settings, root: &Path) -> bool {
    if settings.stdin.is_some() {
        return false;
    }
    match absolute_paths(settings) {
        Ok(paths) => paths.iter().any(|path| root.starts_with(path)),
        Err(_) => false,
    }
}
