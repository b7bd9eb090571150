//! The manifests of campaigns, for whoever asks about campaigns before anything is judged.

use std::path::PathBuf;

use mktlint_asset::Asset;
use mktlint_diag::FilePath;
use rayon::prelude::*;

use super::campaigns::{is_manifest, read};
use super::{Settings, StartError, batch};
use crate::workspace::relative;

/// A manifest on disk.
#[derive(Debug)]
pub struct ManifestFile {
    /// Its path, absolute.
    pub path: PathBuf,
    /// Its path from the root of its workspace.
    pub file: FilePath,
    /// The campaigns that it declares, in order.
    pub campaigns: Vec<Asset>,
}

impl ManifestFile {
    /// The first campaign in it with this id.
    pub fn campaign(&self, id: &str) -> Option<&Asset> {
        self.campaigns.iter().find(|campaign| id_of(campaign) == Some(id))
    }

    /// The ids of its campaigns, in order; of those that have one.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.campaigns.iter().filter_map(id_of)
    }
}

fn id_of(campaign: &Asset) -> Option<&str> {
    match &campaign.fields.get("id")?.value {
        mktlint_asset::Value::Text(range) => Some(campaign.slice(*range).trim()),
        _ => None,
    }
}

/// The manifests among what `settings` names, in order of path. One that cannot be read is left out; `check` reports it.
///
/// # Errors
///
/// Fails when a path does not exist or a configuration cannot be read.
pub fn manifests(settings: &Settings) -> Result<Vec<ManifestFile>, StartError> {
    let mut found = Vec::new();
    for batch in batch::batches(settings)? {
        let workspace = &batch.workspace;
        let one = |listed: &crate::workspace::Listed| {
            let file = relative(&workspace.root, &listed.path);
            let manifest = is_manifest(workspace, &file).then(|| read(workspace, &listed.path, &()))??;
            let campaigns = manifest.all().cloned().collect();
            Some(ManifestFile { path: listed.path.clone(), file, campaigns })
        };
        found.extend(batch.files.par_iter().filter_map(one).collect::<Vec<_>>());
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}
