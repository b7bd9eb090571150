//! Files as the editor and as the workspace name them.

use std::path::{Component, Path, PathBuf};

use mktlint_diag::FilePath;

use super::Snapshot;
use crate::workspace::relative;

impl Snapshot {
    /// The path from the root of the file at `path`; `None` when it is outside.
    pub fn file(&self, path: &Path) -> Option<FilePath> {
        let root = &self.workspace().root;
        if path.components().any(|part| part == Component::ParentDir) {
            return None;
        }
        if path.starts_with(root) {
            return Some(relative(root, path));
        }
        path.strip_prefix(&self.moment.given_root).ok().map(|below| relative(root, &root.join(below)))
    }

    /// Where `file` is, below the root as it was given: an editor that came through a link knows no other path.
    pub fn given_path(&self, file: &FilePath) -> Option<PathBuf> {
        self.absolute(file)?;
        Some(self.moment.given_root.join(file.as_str()))
    }

    /// Ends the queries of this snapshot, from any thread.
    pub fn cancellation_token(&self) -> salsa::CancellationToken {
        salsa::Database::cancellation_token(&self.db)
    }
}
