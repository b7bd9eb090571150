//! The campaign of each asset: the manifest in the nearest folder above.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use mktlint_asset::{Asset, Kind};
use rustc_hash::FxHashMap;

use crate::policy::Given;
use crate::system;
use crate::workspace::{Listed, Workspace, relative};

/// Names that a manifest has when the configuration says nothing else.
const NAMES: [&str; 5] =
    ["campaign.yaml", "campaign.yml", "campaign.toml", "campaign.json", "campaign.jsonc"];

/// A manifest, read.
#[derive(Debug)]
pub struct Manifest {
    /// The campaign that it declares; `None` when it cannot be read.
    pub campaign: Option<Asset>,
    /// The campaigns after the first, which hold for no other file.
    pub others: Vec<Asset>,
    /// Its bytes, for the cache.
    pub bytes: Vec<u8>,
}

/// The manifests of a workspace, by folder.
#[derive(Debug, Default)]
pub struct Campaigns {
    folders: FxHashMap<PathBuf, Option<Arc<Manifest>>>,
}

impl Campaigns {
    /// Finds and reads the manifest of every folder that holds one of `files`; `given` stands for the file it names.
    pub fn find(workspace: &Workspace, files: &[Listed], given: Option<Given<'_>>) -> Self {
        let mut own: FxHashMap<PathBuf, PathBuf> = FxHashMap::default();
        for file in files {
            let path = relative(&workspace.root, &file.path);
            let is_manifest =
                workspace.spec_of_path(&path).flatten().is_some_and(|spec| spec.kind == Kind::Campaign);
            if is_manifest && let Some(folder) = file.path.parent() {
                own.entry(folder.to_owned()).or_insert_with(|| file.path.clone());
            }
        }
        let mut campaigns = Self::default();
        for folder in files.iter().filter_map(|file| file.path.parent()) {
            campaigns.resolve(workspace, folder, &own, given);
        }
        campaigns
    }

    /// The manifest of the asset at `path`.
    pub fn of(&self, path: &Path) -> Option<&Arc<Manifest>> {
        self.folders.get(path.parent()?)?.as_ref()
    }

    /// All campaigns, those of a manifest that holds for several folders once for each, in no order.
    pub fn all(&self) -> impl Iterator<Item = &Asset> {
        let manifests = self.folders.values().flatten();
        manifests.flat_map(|manifest| manifest.campaign.iter().chain(&manifest.others))
    }

    fn resolve(
        &mut self,
        workspace: &Workspace,
        folder: &Path,
        own: &FxHashMap<PathBuf, PathBuf>,
        given: Option<Given<'_>>,
    ) -> Option<Arc<Manifest>> {
        if let Some(known) = self.folders.get(folder) {
            return known.clone();
        }
        let usual = || NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file());
        let found = match own.get(folder).cloned().or_else(usual) {
            Some(path) => read(workspace, &path, given).map(Arc::new),
            None if folder == workspace.root => None,
            None => folder.parent().and_then(|parent| self.resolve(workspace, parent, own, given)),
        };
        self.folders.insert(folder.to_owned(), found.clone());
        found
    }
}

fn read(workspace: &Workspace, path: &Path, given: Option<Given<'_>>) -> Option<Manifest> {
    let file = relative(&workspace.root, path);
    if workspace.is_excluded(&file) {
        return None;
    }
    let bytes = match given.filter(|given| given.path == path) {
        Some(given) => given.bytes.to_vec(),
        None => system::read_bytes(path).ok()?,
    };
    let text = system::text_of(&bytes, None);
    let spec = workspace.spec(&file, &text.text).filter(|spec| spec.kind == Kind::Campaign)?;
    let mut campaigns = mktlint_asset::extract(&file, &text.text, &spec).assets.into_iter();
    Some(Manifest { campaign: campaigns.next(), others: campaigns.collect(), bytes })
}
