//! One workspace at one moment, as handlers see it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use mktlint_diag::FilePath;
use mktlint_hir::{Database, Project};
use mktlint_host::workspace::{Workspace, relative};
use mktlint_ide::{AssetFile, Assets, Texts, View};

/// One workspace at one moment.
#[derive(Clone)]
pub struct Snapshot {
    db: Database,
    project: Project,
    workspace: Arc<Workspace>,
    assets: Arc<Assets>,
    texts: Arc<std::collections::BTreeMap<FilePath, Arc<str>>>,
}

impl Texts for Snapshot {
    fn text(&self, file: &FilePath) -> Option<Arc<str>> {
        self.texts.get(file).cloned()
    }
}

impl Snapshot {
    /// What features look at.
    pub fn view(&self) -> View<'_> {
        View { db: &self.db, project: self.project, assets: &self.assets, texts: self }
    }

    /// The asset file at `path`, extracted.
    pub fn asset(&self, _path: &FilePath) -> Option<AssetFile> {
        None
    }

    /// The workspace.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// The path of a file of this workspace from its root; `None` of a file elsewhere.
    pub fn relative(&self, path: &Path) -> Option<FilePath> {
        path.starts_with(&self.workspace.root).then(|| relative(&self.workspace.root, path))
    }

    /// Where `file` is on disk.
    pub fn absolute(&self, file: &FilePath) -> Option<PathBuf> {
        Some(self.workspace.root.join(file.as_str()))
    }
}
