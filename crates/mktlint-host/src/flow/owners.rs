//! Which campaign a file belongs to.

use std::collections::BTreeMap;

use mktlint_diag::FilePath;
use smol_str::SmolStr;

use crate::run::ManifestFile;

/// The campaigns of a workspace by folder: that of the nearest manifest above a file, as `check` has it.
#[derive(Debug, Default)]
pub struct Owners {
    folders: BTreeMap<String, SmolStr>,
    manifests: BTreeMap<FilePath, Vec<SmolStr>>,
}

impl Owners {
    /// Of `manifests` in order of path: the first of a folder counts, and the first campaign in it.
    pub fn new<'m>(manifests: impl IntoIterator<Item = (&'m ManifestFile, Vec<SmolStr>)>) -> Self {
        let mut owners = Self::default();
        for (manifest, ids) in manifests {
            if let Some(first) = ids.first() {
                owners.folders.entry(folder(&manifest.file).to_owned()).or_insert_with(|| first.clone());
            }
            owners.manifests.insert(manifest.file.clone(), ids);
        }
        owners
    }

    /// The campaign of the file at `path`, which need not exist any more.
    pub fn of(&self, path: &str) -> Option<&SmolStr> {
        let mut folder = folder(path);
        loop {
            if let Some(id) = self.folders.get(folder) {
                return Some(id);
            }
            if folder.is_empty() {
                return None;
            }
            folder = self::folder(folder);
        }
    }

    /// The campaigns that the manifest at `path` declares; none of another file.
    pub fn declared_in(&self, path: &FilePath) -> &[SmolStr] {
        self.manifests.get(path).map_or(&[], Vec::as_slice)
    }
}

/// `campaigns/a` of `campaigns/a/email.html`; empty of the root.
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..at])
}
