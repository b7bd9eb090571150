//! The campaign of each asset: the manifest in the nearest folder above.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use mktlint_asset::{Asset, Kind};
use rustc_hash::FxHashMap;

use mktlint_diag::FilePath;

use crate::policy::Given;
use crate::system;
use crate::workspace::{Listed, Workspace, relative};

/// Names that a manifest has when the configuration says nothing else.
pub const NAMES: [&str; 5] =
    ["campaign.yaml", "campaign.yml", "campaign.toml", "campaign.json", "campaign.jsonc"];

/// A manifest, read.
#[derive(Debug)]
pub struct Manifest {
    /// The campaign that it declares; `None` when it cannot be read.
    pub campaign: Option<Arc<Asset>>,
    /// The campaigns after the first, which hold for no other file.
    pub others: Vec<Asset>,
    /// Its bytes, for the cache.
    pub bytes: Vec<u8>,
    /// Where it is, from the root.
    pub file: FilePath,
}

impl Manifest {
    /// All campaigns in it.
    pub fn all(&self) -> impl Iterator<Item = &Asset> {
        self.campaign.as_deref().into_iter().chain(&self.others)
    }
}

/// How manifests are had.
pub trait Manifests {
    /// Whether there is a file at `path`.
    fn is_file(&self, path: &Path) -> bool;
    /// The manifest at `path`; `None` when it is none.
    fn manifest(&mut self, path: &Path) -> Option<Arc<Manifest>>;
}

/// Reads each once, since each folder asks but once.
struct Reading<'a> {
    workspace: &'a Workspace,
    given: &'a dyn Given,
}

impl Manifests for Reading<'_> {
    fn is_file(&self, path: &Path) -> bool {
        self.given.is_file(path)
    }

    fn manifest(&mut self, path: &Path) -> Option<Arc<Manifest>> {
        read(self.workspace, path, self.given).map(Arc::new)
    }
}

/// The manifests of a workspace, by folder.
#[derive(Debug, Default)]
pub struct Campaigns {
    folders: FxHashMap<PathBuf, Option<Arc<Manifest>>>,
}

impl Campaigns {
    /// Finds and reads the manifest of every folder that holds one of `files`, where `given` stands for files.
    pub fn find(workspace: &Workspace, files: &[Listed], given: &dyn Given) -> Self {
        let files = files.iter().map(|file| {
            let is_manifest = is_manifest(workspace, &relative(&workspace.root, &file.path));
            (file.path.as_path(), is_manifest)
        });
        let files: Vec<_> = files.collect();
        Self::find_with(&workspace.root, &files, &mut Reading { workspace, given })
    }

    /// As [`Campaigns::find`], of files in order of path that are known to be manifests or not.
    pub fn find_with(root: &Path, files: &[(&Path, bool)], manifests: &mut dyn Manifests) -> Self {
        let mut own: FxHashMap<&Path, &Path> = FxHashMap::default();
        for (path, _) in files.iter().filter(|(_, is_manifest)| *is_manifest) {
            if let Some(folder) = path.parent() {
                own.entry(folder).or_insert(path);
            }
        }
        let mut campaigns = Self::default();
        for folder in files.iter().filter_map(|(path, _)| path.parent()) {
            campaigns.resolve(root, folder, &own, manifests);
        }
        campaigns
    }

    /// The manifest of the asset at `path`.
    pub fn of(&self, path: &Path) -> Option<&Arc<Manifest>> {
        self.folders.get(path.parent()?)?.as_ref()
    }

    /// All campaigns, those of a manifest that holds for several folders once for each, in no order.
    pub fn all(&self) -> impl Iterator<Item = &Asset> {
        self.folders.values().flatten().flat_map(|manifest| manifest.all())
    }

    fn resolve(
        &mut self,
        root: &Path,
        folder: &Path,
        own: &FxHashMap<&Path, &Path>,
        manifests: &mut dyn Manifests,
    ) -> Option<Arc<Manifest>> {
        if let Some(known) = self.folders.get(folder) {
            return known.clone();
        }
        let usual = || NAMES.iter().map(|name| folder.join(name)).find(|path| manifests.is_file(path));
        let found = match own.get(folder).map(|path| path.to_path_buf()).or_else(usual) {
            Some(path) => manifests.manifest(&path),
            None if folder == root => None,
            None => folder.parent().and_then(|parent| self.resolve(root, parent, own, manifests)),
        };
        self.folders.insert(folder.to_owned(), found.clone());
        found
    }
}

/// Whether the file at `path` from the root is a manifest.
pub fn is_manifest(workspace: &Workspace, path: &FilePath) -> bool {
    workspace.spec_of_path(path).flatten().is_some_and(|spec| spec.kind == Kind::Campaign)
}

/// The manifest at `path`, where `given` stands for files; `None` when it is none.
pub fn read(workspace: &Workspace, path: &Path, given: &dyn Given) -> Option<Manifest> {
    let file = relative(&workspace.root, path);
    if workspace.is_excluded(&file) {
        return None;
    }
    let bytes = given.read(path).ok()?;
    let text = system::text_of(&bytes, None);
    let spec = workspace.spec(&file, &text.text).filter(|spec| spec.kind == Kind::Campaign)?;
    let mut campaigns = mktlint_asset::extract(&file, &text.text, &spec).assets.into_iter();
    Some(Manifest { campaign: campaigns.next().map(Arc::new), others: campaigns.collect(), bytes, file })
}
