//! The files of a pack.

use std::collections::BTreeMap;
use std::path::PathBuf;

use mktlint_diag::FilePath;
use mktlint_hir::Source;
use sha2::{Digest as _, Sha256};
use smol_str::{SmolStr, format_smolstr};

use super::Locked;
use crate::config::{self, PackPlace};
use crate::policy::hex;
use crate::workspace::{Workspace, list, relative};
use crate::{git, system};

/// A pack as it is on disk.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The first word of its modules.
    pub name: SmolStr,
    /// What its own `mktlint.toml` says: `1.2.0`.
    pub version: Option<SmolStr>,
    /// Where it is: `../legal-pack`, `../legal-pack@v1.2.0`.
    pub place: SmolStr,
    /// SHA-256 of its files with their paths, in lower-case hex.
    pub digest: SmolStr,
    /// Its policies, in order of path.
    pub sources: Vec<Source>,
}

impl Pack {
    /// What a lock file says of it.
    pub fn locked(&self) -> Locked {
        Locked {
            name: self.name.clone(),
            version: self.version.clone(),
            place: self.place.clone(),
            digest: self.digest.clone(),
        }
    }
}

/// A file of a pack: its path in the pack, and its text.
struct File {
    path: FilePath,
    text: String,
}

/// Reads the pack at `place`: as of the `revision` that the workspace is looked at in, where its repository keeps both.
///
/// # Errors
///
/// Says in plain words why it cannot be had: to follow "cannot be read: ".
pub fn pack(workspace: &Workspace, place: &PackPlace, revision: Option<&str>) -> Result<Pack, String> {
    let folder = workspace.root.join(place.path.as_str());
    if !folder.is_dir() {
        return Err(format!("there is no folder `{}`", place.path));
    }
    let mut files = match (&place.rev, revision) {
        (Some(rev), _) => files_at(&folder, rev)?,
        (None, Some(revision)) => kept_files(workspace, folder, revision)?,
        (None, None) => folder_files(folder)?,
    };
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let own = files.iter().find(|file| &*file.path == config::FILE).map(|file| file.text.as_str());
    let inner = Workspace::with(&workspace.root, own);
    if let Some(problem) = inner.problems.first() {
        return Err(format!("its `{}`: {}", config::FILE, problem.message));
    }
    let version = inner.config.version.clone();
    let at =
        place.rev.as_ref().map_or_else(|| place.path.clone(), |rev| format_smolstr!("{}@{rev}", place.path));
    let digest = digest(&files);
    let policies = files.into_iter().filter(|file| file.path.ends_with(".mkt"));
    let sources: Vec<Source> = policies
        .map(|file| Source {
            module: format_smolstr!("{}{}", place.name, inner.module_path(&file.path)),
            path: FilePath::new(&format!("{at}/{}", file.path)),
            text: file.text.into(),
        })
        .collect();
    if sources.is_empty() {
        return Err(format!("`{at}` holds no file that ends in `.mkt`"));
    }
    differ(&sources)?;
    Ok(Pack { name: place.name.clone(), version, place: at, digest, sources })
}

fn folder_files(folder: PathBuf) -> Result<Vec<File>, String> {
    let config = folder.join(config::FILE);
    let listing = list(std::slice::from_ref(&folder));
    if let Some((path, reason)) = listing.unreadable.first().or(listing.links.first()) {
        return Err(format!("`{}`: {reason}", relative(&folder, path)));
    }
    let is_policy = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "mkt");
    let mut paths: Vec<PathBuf> = listing.files.into_iter().map(|file| file.path).filter(is_policy).collect();
    paths.extend(Some(config).filter(|config| system::exists(config)));
    let read = |path: PathBuf| {
        let name = relative(&folder, &path);
        let text = system::read_text(&path).map_err(|reason| format!("`{name}`: {reason}"))?;
        Ok(File { path: name, text })
    };
    paths.into_iter().map(read).collect()
}

/// The files of a pack as they were in `revision` of the repository of `workspace`, if that keeps them.
fn kept_files(workspace: &Workspace, folder: PathBuf, revision: &str) -> Result<Vec<File>, String> {
    let is_beside = git::top(&folder).is_ok_and(|top| git::top(&workspace.root) == Ok(top));
    let kept = if is_beside { files_at(&folder, revision)? } else { Vec::new() };
    if kept.is_empty() { folder_files(folder) } else { Ok(kept) }
}

/// Fails when two files make one module: the rules of one would not be seen.
fn differ(sources: &[Source]) -> Result<(), String> {
    let mut modules = BTreeMap::new();
    for source in sources {
        if let Some(first) = modules.insert(&source.module, &source.path) {
            return Err(format!("`{}` makes the module `{}`, as `{first}` does", source.path, source.module));
        }
    }
    Ok(())
}

fn files_at(folder: &std::path::Path, rev: &str) -> Result<Vec<File>, String> {
    let is_wanted = |path: &str| path == config::FILE || path.ends_with(".mkt");
    let read = |file: git::Stored| {
        let text = system::utf8(file.bytes).map_err(|reason| format!("`{}`: {reason}", file.path))?;
        Ok(File { path: FilePath::new(&file.path), text })
    };
    git::files_at(folder, rev, is_wanted)?.into_iter().map(read).collect()
}

/// The digest of files in order of path; no two sets of files run together.
fn digest(files: &[File]) -> SmolStr {
    let mut hash = Sha256::new();
    for file in files {
        for part in [&*file.path, file.text.as_str()] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
    }
    hex(&hash.finalize())
}
