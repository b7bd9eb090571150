//! Files of a state, where others are read from disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use mktlint_diag::FilePath;

use crate::policy::Given;
use crate::run::campaigns::{self, Campaigns, Manifest, Manifests, is_manifest};
use crate::state::State;
use crate::workspace::{Workspace, relative};

/// The files of a state, by their paths in the workspace.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'s> {
    /// The state.
    pub state: &'s State,
}

impl Kept<'_> {
    /// The configuration that says what files hold.
    pub fn workspace(&self) -> &Workspace {
        &self.state.policy.workspace
    }

    /// Where the file at `path` would be.
    pub fn full(&self, path: &FilePath) -> PathBuf {
        self.workspace().root.join(path.as_str())
    }

    /// Whether the file at `path` may be an asset or a manifest.
    pub fn is_candidate(&self, path: &FilePath) -> bool {
        !is_hidden(path) && self.workspace().spec_of_path(path).is_some()
    }

    /// The manifests of the folders of `files`.
    pub fn campaigns<'f>(&self, files: impl IntoIterator<Item = &'f FilePath>) -> Campaigns {
        let is_there = |path| self.state.files.get(path).is_some() && is_manifest(self.workspace(), path);
        let files: Vec<(PathBuf, bool)> =
            files.into_iter().map(|path| (self.full(path), is_there(path))).collect();
        let files: Vec<(&Path, bool)> = files.iter().map(|(path, is)| (path.as_path(), *is)).collect();
        Campaigns::find_with(&self.workspace().root, &files, &mut Reading(*self))
    }
}

/// Whether the file, or a folder above it, is hidden: `check` does not find those, either.
pub fn is_hidden(path: &str) -> bool {
    path.split('/').any(|name| name.starts_with('.'))
}

impl Given for Kept<'_> {
    fn bytes(&self, _: &Path) -> Option<&[u8]> {
        None
    }

    fn paths(&self) -> Vec<&Path> {
        Vec::new()
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        let file = relative(&self.workspace().root, path);
        let bytes = self.state.files.bytes(&file).ok_or_else(|| "there is no such file".to_owned())?;
        Ok(bytes?)
    }

    fn is_file(&self, path: &Path) -> bool {
        self.state.files.get(&relative(&self.workspace().root, path)).is_some()
    }
}

/// Reads each manifest once, since each folder asks but once.
struct Reading<'s>(Kept<'s>);

impl Manifests for Reading<'_> {
    fn is_file(&self, path: &Path) -> bool {
        Given::is_file(&self.0, path)
    }

    fn manifest(&mut self, path: &Path) -> Option<Arc<Manifest>> {
        campaigns::read(self.0.workspace(), path, &self.0).map(Arc::new)
    }
}
