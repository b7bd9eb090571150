//! The nearest configuration above a file.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::config;

/// The nearest `mktlint.toml` in `folder` or above.
pub fn find_config(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(config::FILE)).find(|file| file.is_file())
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
