//! The nearest configuration above a file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::{Workspace, list, relative};
use crate::config;

/// The nearest `mktlint.toml` in `folder` or above.
pub fn find_config(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(config::FILE)).find(|file| file.is_file())
}

/// The workspaces that a folder has to do with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The nearest configuration in the folder or above, and all below it, in order.
    pub configs: Vec<PathBuf>,
    /// Whether the folder, taken as a workspace without configuration, holds policies.
    pub has_policies: bool,
}

/// The workspaces around and in `folder`. Reads the names of all its files that git does not ignore.
pub fn find_workspaces(folder: &Path) -> Around {
    let mut configs: BTreeSet<PathBuf> = find_config(folder).into_iter().collect();
    let bare = Workspace::with(folder, None);
    let mut has_policies = false;
    for file in list(&[folder.to_owned()]).files {
        has_policies |= bare.is_policy(&relative(folder, &file.path));
        if file.path.file_name().is_some_and(|name| name == config::FILE) {
            configs.insert(file.path);
        }
    }
    Around { configs: configs.into_iter().collect(), has_policies }
}

/// Remembers which configuration each folder belongs to.
#[derive(Debug, Default)]
pub struct Roots {
    known: FxHashMap<PathBuf, Option<PathBuf>>,
}

impl Roots {
    /// The nearest configuration in `folder` or above.
    pub fn config_of(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(known) = self.known.get(folder) {
            return known.clone();
        }
        let own = folder.join(config::FILE);
        let found = if own.is_file() {
            Some(own)
        } else {
            folder.parent().map(Path::to_owned).and_then(|parent| self.config_of(&parent))
        };
        self.known.insert(folder.to_owned(), found.clone());
        found
    }
}
