//! One policy file whose text changes, for tests: the packs around it are read once.

use std::collections::BTreeMap;
use std::sync::Arc;

use mktlint_diag::FilePath;
use mktlint_hir::{Database, Project, Source, SourceFile};
use salsa::Setter;

use crate::fixture::TODAY;
use crate::{Assets, View};

/// A workspace called `acme` with the file `policy/main.mkt` and no assets.
pub struct Bench {
    db: Database,
    project: Project,
    /// The file.
    pub file: SourceFile,
    assets: Assets,
    texts: BTreeMap<FilePath, Arc<str>>,
}

impl Bench {
    /// An empty file.
    pub fn new() -> Self {
        let db = Database::default();
        let path = FilePath::new("policy/main.mkt");
        let source = Source { path: path.clone(), module: "acme.main".into(), text: "".into() };
        let project = db.project([source], TODAY, BTreeMap::new());
        let file = *project.files(&db).iter().find(|file| *file.path(&db) == path).expect("the file");
        Self { db, project, file, assets: Assets::default(), texts: BTreeMap::new() }
    }

    /// Changes the text.
    pub fn set(&mut self, text: &str) {
        self.file.set_text(&mut self.db).to(text.into());
    }

    /// Changes the text, and returns the offset of its cursor, `$0`.
    pub fn set_with_cursor(&mut self, text: &str) -> u32 {
        let at = text.find("$0").expect("a cursor");
        self.set(&text.replacen("$0", "", 1));
        at as u32
    }

    /// What features look at.
    pub fn view(&self) -> View<'_> {
        View { db: &self.db, project: self.project, assets: &self.assets, texts: &self.texts }
    }
}

/// The policies of an invented company: their paths in its workspace, and their texts.
#[allow(clippy::disallowed_methods, reason = "a test reads what is shown to everybody")]
pub fn acme() -> Vec<(String, String)> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/workspaces/acme/policy");
    let files = std::fs::read_dir(root).expect("a folder").map(|file| file.expect("a file").path());
    let mut all: Vec<(String, String)> = files
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (format!("policy/{name}"), std::fs::read_to_string(&path).expect("a policy"))
        })
        .collect();
    all.sort();
    all
}
