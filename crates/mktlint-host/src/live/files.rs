//! Which files there are at one moment, and what they hold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use ignore::gitignore::Gitignore;
use jiff::civil;
use mktlint_asset::format_of;
use mktlint_diag::{Diagnostic, FilePath};

use crate::policy::Given;
use crate::run::batch::batches_in;
use crate::run::campaigns::{NAMES, is_manifest};
use crate::system::{self, FileText, ReadError};
use crate::workspace::{Workspace, relative};
use crate::{Settings, config};

/// The files of a workspace at one moment. Cloning it is cheap.
#[derive(Clone, Debug)]
pub struct Files {
    /// The configuration: the last one that could be read.
    pub workspace: Arc<Workspace>,
    /// Changes with the configuration.
    pub n_config: u64,
    /// Which files can hold assets.
    pub listing: Arc<Listing>,
    /// The texts of open files, by absolute path.
    pub open: Arc<BTreeMap<PathBuf, Arc<str>>>,
    versions: Arc<BTreeMap<PathBuf, u64>>,
    /// Whether assets are looked for.
    pub has_assets: bool,
    /// Changes with every manifest, and with which there are.
    pub n_manifests: u64,
}

/// What was found on disk, and files that are only open.
#[derive(Debug, Default)]
pub struct Listing {
    /// Files that may hold assets.
    pub files: BTreeMap<FilePath, Candidate>,
    /// Open files that are not on disk and would be found there.
    pub unsaved: BTreeSet<PathBuf>,
    /// What could not be listed.
    pub problems: Vec<Diagnostic>,
}

/// A file that may hold assets.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its absolute path.
    pub path: PathBuf,
    /// Whether it is a manifest of a campaign.
    pub is_manifest: bool,
}

impl Files {
    /// Those of `workspace`, not listed yet.
    pub fn new(workspace: Workspace) -> Self {
        Self {
            workspace: Arc::new(workspace),
            n_config: 0,
            listing: Arc::default(),
            open: Arc::default(),
            versions: Arc::default(),
            has_assets: true,
            n_manifests: 0,
        }
    }

    /// Lists the files again, as a run of the command in the root would.
    pub fn list(&mut self, config: Option<&Path>, today: civil::Date) {
        let unsaved = self.unsaved();
        if !self.has_assets {
            self.listing = Arc::new(Listing { unsaved, ..Listing::default() });
            return;
        }
        let root = &self.workspace.root;
        let settings = Settings {
            folder: root.clone(),
            paths: vec![root.clone()],
            config: config.map(Path::to_owned),
            today,
            use_cache: false,
            plan: None,
            stdin: None,
        };
        let own = |folder: &Path, _: Option<&Path>| Ok((folder == root).then(|| self.workspace.at(root)));
        // It fails only when the root is gone; then there are no files.
        let batches = batches_in(&settings, own).unwrap_or_default();
        let mut listing = Listing { unsaved, ..Listing::default() };
        for batch in batches {
            listing.problems.extend(batch.findings);
            let paths = batch.files.into_iter().map(|file| file.path);
            listing.files.extend(paths.map(|path| self.candidate(path)));
        }
        for path in &listing.unsaved {
            let (file, candidate) = self.candidate(path.clone());
            if self.workspace.spec_of_path(&file).is_some() {
                listing.files.insert(file, candidate);
            }
        }
        self.listing = Arc::new(listing);
        self.n_manifests += 1;
    }

    fn candidate(&self, path: PathBuf) -> (FilePath, Candidate) {
        let file = relative(&self.workspace.root, &path);
        let is_manifest = is_manifest(&self.workspace, &file);
        (file, Candidate { path, is_manifest })
    }

    fn unsaved(&self) -> BTreeSet<PathBuf> {
        let is_new = |path: &&PathBuf| !system::exists(path) && !self.is_left_out(path);
        self.open.keys().filter(is_new).cloned().collect()
    }

    /// Whether a walk from the root would not come to the file at `path`: it is hidden, ignored, or of another
    /// workspace.
    pub fn is_left_out(&self, path: &Path) -> bool {
        let root = &self.workspace.root;
        let Ok(inside) = path.strip_prefix(root) else { return true };
        let is_hidden = |part: Component<'_>| part.as_os_str().to_string_lossy().starts_with('.');
        if inside.components().any(is_hidden) {
            return true;
        }
        let folders = path.ancestors().skip(1).take_while(|folder| folder.starts_with(root));
        for folder in folders {
            if folder != root && folder.join(config::FILE).is_file() {
                return true;
            }
            for name in [".ignore", ".gitignore"] {
                let (rules, _) = Gitignore::new(folder.join(name));
                match rules.matched_path_or_any_parents(path, false) {
                    ignore::Match::None => {}
                    found => return found.is_ignore(),
                }
            }
        }
        false
    }

    /// What tells one state of the file at `path` from the next.
    pub fn version(&self, path: &Path) -> u64 {
        self.versions.get(path).copied().unwrap_or(0)
    }

    /// Notes that the file at `path` is another one now, which `revision` stands for.
    pub fn touch(&mut self, path: &Path, revision: u64) {
        Arc::make_mut(&mut self.versions).insert(path.to_owned(), revision);
        let is_usual = path.file_name().is_some_and(|own| NAMES.iter().any(|name| own == *name));
        let file = relative(&self.workspace.root, path);
        if is_usual || self.listing.files.get(&file).is_some_and(|candidate| candidate.is_manifest) {
            self.n_manifests += 1;
        }
    }

    /// The text of the file at `path`, as the editor has it where it is open.
    pub fn text(&self, path: &Path, file: &FilePath) -> Result<FileText, ReadError> {
        let format = format_of(file);
        match self.open.get(path) {
            Some(text) => Ok(system::text_of(text.as_bytes(), format)),
            None => system::read_file(path, format),
        }
    }
}

/// Open texts stand for files; of those that are on disk too it is the disk that says whether they are there.
impl Given for Files {
    fn bytes(&self, path: &Path) -> Option<&[u8]> {
        self.open.get(path).map(|text| text.as_bytes())
    }

    fn paths(&self) -> Vec<&Path> {
        self.listing.unsaved.iter().map(PathBuf::as_path).collect()
    }
}
