//! A workspace that is kept while its files change: what an editor needs.
//!
//! One thread owns [`Live`] and tells it what changed. Others get a [`Snapshot`]: features look at its
//! [`View`](mktlint_ide::View), [`Snapshot::findings`] says what is wrong with one file as it is now, and
//! [`Snapshot::work`] finds everything else in the background. At rest, the findings are those of `mktlint check` of
//! the same texts, to the byte; while the policy does not compile, those of assets are of the last one that did. Only that a
//! baseline holds what is gone a run alone says.
//!
//! What is kept of a file is its findings and facts, with a key of everything they depend on, so that an edit judges
//! again only what depends on it. Texts and extractions of files that are not open are not kept.

mod address;
mod files;
mod judging;
mod manifests;
mod snapshot;
mod store;
mod work;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::civil;
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_hir::db::documents_of;
use mktlint_hir::{Database, Project};
use smol_str::SmolStr;

use crate::policy::Given as _;
use crate::workspace::{Workspace, find_config, reason, relative};
use crate::{baseline, codes, config, packs, policy, system};
use files::Files;
use snapshot::{Moment, Policies};
use store::{Store, by_file};

pub use snapshot::Snapshot;
pub use work::{News, Stopped};

/// What a file is to its workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A policy.
    Policy,
    /// A file that may hold assets; manifests too.
    Asset,
    /// `mktlint.toml` or `mktlint.lock`.
    Configuration,
    /// Nothing that is judged.
    Other,
}

/// A workspace that is kept while its files change.
pub struct Live {
    /// The root as it was given, which may lead there through links.
    given_root: PathBuf,
    config: Option<PathBuf>,
    is_named_config: bool,
    db: Database,
    project: Project,
    moment: Moment,
    /// The documents that each policy names.
    named: BTreeMap<FilePath, Vec<SmolStr>>,
    config_problems: Vec<Diagnostic>,
    policy_problems: Vec<Diagnostic>,
    baseline_problem: Option<Diagnostic>,
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Live").field("root", &self.root()).field("revision", &self.moment.revision).finish()
    }
}

impl Live {
    /// The workspace that the folder `root` is in: that of the nearest `mktlint.toml` above, or of `config` when that is
    /// given. Reads the policies and lists the files; judges nothing yet.
    ///
    /// # Errors
    ///
    /// Says in plain words why the folder or the configuration cannot be read.
    pub fn open(root: &Path, config: Option<&Path>, today: civil::Date) -> Result<Self, String> {
        Self::open_with(root, config, today, true)
    }

    /// The policies right in the folder `root` and in its folder `policy`, without assets: for a policy that is open and
    /// belongs to nothing, in a folder of which nobody knows how much it holds.
    ///
    /// # Errors
    ///
    /// Says in plain words why the folder cannot be read.
    pub fn open_policies(root: &Path, today: civil::Date) -> Result<Self, String> {
        Self::open_with(root, None, today, false)
    }

    fn open_with(
        root: &Path,
        config: Option<&Path>,
        today: civil::Date,
        has_assets: bool,
    ) -> Result<Self, String> {
        let given_root = root.to_owned();
        let folder = root.canonicalize().map_err(|error| reason(&error))?;
        let named = config.map(|config| folder.join(config));
        let nearest = find_config(&folder);
        // One that would be found anyway leaves the workspaces inside alone, as the command does.
        let is_named_config = named.is_some() && named != nearest;
        let found = named.or(nearest);
        let root = found.as_deref().and_then(Path::parent).filter(|root| folder.starts_with(root));
        let root = root.unwrap_or(&folder).to_owned();
        let workspace = Workspace::open(&root, found.as_deref())?;
        let given_root = if root == folder { given_root } else { root.clone() };
        let db = Database::default();
        let project = db.project([], today, BTreeMap::new());
        let mut live = Self {
            moment: moment(workspace, &given_root, today),
            given_root,
            config: Some(found.unwrap_or_else(|| root.join(config::FILE))),
            is_named_config,
            db,
            project,
            named: BTreeMap::new(),
            config_problems: Vec::new(),
            policy_problems: Vec::new(),
            baseline_problem: None,
        };
        live.moment.files.has_assets = has_assets;
        live.changed();
        live.reload();
        Ok(live)
    }

    /// The root of the workspace, with links resolved.
    pub fn root(&self) -> &Path {
        &self.moment.files.workspace.root
    }

    /// Changes with everything that is told.
    pub fn revision(&self) -> u64 {
        self.moment.revision
    }

    /// Whether the file at `path` is in this workspace, and its path from the root.
    pub fn file(&self, path: &Path) -> Option<FilePath> {
        Some(relative(self.root(), &self.inside(path)?))
    }

    /// What the file at `path` is to the workspace.
    pub fn kind(&self, path: &Path) -> Kind {
        match self.inside(path) {
            Some(path) => self.kind_of(&path),
            None => Kind::Other,
        }
    }

    /// The workspace as it is now. Drop it soon: a change of a policy waits for that.
    pub fn snapshot(&self) -> Snapshot {
        let assets = Arc::clone(&self.moment.store.lock().assets);
        Snapshot { db: self.db.clone(), project: self.project, moment: self.moment.clone(), assets }
    }

    /// The file at `path` is open, and this is its text, whatever is on disk. It need not be on disk. Returns what the
    /// file is to the workspace.
    pub fn set_text(&mut self, path: &Path, text: Arc<str>) -> Kind {
        let Some(path) = self.inside(path) else { return Kind::Other };
        let open = &self.moment.files.open;
        if open.get(&path) == Some(&text) {
            return self.kind_of(&path);
        }
        let is_new = !open.contains_key(&path) && !system::exists(&path);
        self.changed();
        Arc::make_mut(&mut self.moment.files.open).insert(path.clone(), text);
        self.file_changed(&path, is_new);
        self.kind_of(&path)
    }

    /// The file at `path` is no longer open: what is on disk counts.
    pub fn close_text(&mut self, path: &Path) {
        let Some(path) = self.inside(path) else { return };
        let Some(text) = Arc::make_mut(&mut self.moment.files.open).remove(&path) else { return };
        let is_same = system::read_bytes(&path).is_ok_and(|bytes| bytes == text.as_bytes());
        if !is_same {
            self.changed();
            self.file_changed(&path, !system::exists(&path));
        }
    }

    /// Files were made, changed or deleted on disk; folders too.
    pub fn disk_changed(&mut self, paths: &[PathBuf]) {
        let mut reloads = false;
        self.changed();
        for path in paths {
            match self.inside(path) {
                Some(path) => reloads |= self.disk_file_changed(&path),
                None => reloads |= self.is_of_packs(path),
            }
        }
        if reloads {
            self.reload();
        } else if paths.iter().filter_map(|path| self.inside(path)).any(|path| self.is_document(&path)) {
            self.look_for_documents();
        }
    }

    /// Looks for changes on disk that nobody told.
    pub fn refresh(&mut self) {
        let changed: Vec<PathBuf> = {
            let known = self.moment.store.lock();
            let listed = self.moment.files.listing.files.iter();
            let is_other = |(file, candidate): &(&FilePath, &files::Candidate)| {
                match known.verdicts.get(*file) {
                    Some(verdict) => {
                        verdict.stamp.is_some() && verdict.stamp != system::stamp(&candidate.path)
                    }
                    // It may be judged at this moment, from the text that it had before.
                    None => true,
                }
            };
            listed.filter(is_other).map(|(_, candidate)| candidate.path.clone()).collect()
        };
        self.changed();
        for path in changed {
            self.moment.files.touch(&path, self.moment.revision);
        }
        self.reload();
    }

    /// The day that stands for today.
    pub fn today(&self) -> civil::Date {
        self.moment.today
    }

    /// Another day stands for today.
    pub fn set_today(&mut self, today: civil::Date) {
        if self.moment.today != today {
            self.changed();
            self.moment.today = today;
            self.db.set_today(self.project, today);
            self.policies_changed();
        }
    }

    fn changed(&mut self) {
        self.moment.revision += 1;
        self.moment.newest.store(self.moment.revision, Ordering::Relaxed);
    }

    fn policies_changed(&mut self) {
        Arc::make_mut(&mut self.moment.policies).revision = self.moment.revision;
    }

    /// `path` with the root as this workspace writes it; `None` when it is outside.
    fn inside(&self, path: &Path) -> Option<PathBuf> {
        let root = self.root();
        let is_plain = !path.components().any(|part| matches!(part, std::path::Component::ParentDir));
        if is_plain && path.starts_with(root) || self.config.as_deref() == Some(path) {
            return Some(path.to_owned());
        }
        if let Ok(below) = path.strip_prefix(&self.given_root)
            && is_plain
        {
            return Some(root.join(below));
        }
        path.canonicalize().ok().filter(|path| path.starts_with(root))
    }

    fn kind_of(&self, path: &Path) -> Kind {
        let file = relative(self.root(), path);
        let is_baseline = || file == baseline::place(&self.moment.files.workspace);
        if self.config.as_deref() == Some(path) || path == self.root().join(packs::FILE) || is_baseline() {
            Kind::Configuration
        } else if self.moment.policies.files.contains_key(&file) {
            Kind::Policy
        } else if self.moment.files.listing.files.contains_key(&file) {
            Kind::Asset
        } else {
            Kind::Other
        }
    }

    /// Follows a change of the text of `path`, which may have made or taken away the file.
    fn file_changed(&mut self, path: &Path, is_made_or_gone: bool) {
        self.moment.files.touch(path, self.moment.revision);
        let may_count = || self.may_count(path);
        match self.kind_of(path) {
            Kind::Configuration => self.reload(),
            _ if is_made_or_gone && may_count() => self.reload(),
            Kind::Policy => self.policy_changed(path),
            Kind::Other if may_count() && !self.moment.files.is_left_out(path) => self.reload(),
            Kind::Asset | Kind::Other if self.is_document(path) => self.look_for_documents(),
            Kind::Asset | Kind::Other => {}
        }
    }

    /// Whether evidence names the file at `path`.
    fn is_document(&self, path: &Path) -> bool {
        let file = relative(self.root(), path);
        self.named.values().flatten().any(|named| **named == *file)
    }

    /// Whether a file at `path` would be a policy or could hold assets.
    fn may_count(&self, path: &Path) -> bool {
        let workspace = &self.moment.files.workspace;
        let file = relative(&workspace.root, path);
        workspace.is_policy(&file) || workspace.spec_of_path(&file).is_some()
    }

    /// Follows a change of the text of one policy.
    fn policy_changed(&mut self, path: &Path) {
        let file = relative(self.root(), path);
        let Some(source) = self.moment.policies.files.get(&file).copied() else { return };
        let Ok(text) = self.moment.files.read(path).and_then(system::utf8) else { return self.reload() };
        if **source.text(&self.db) != *text {
            self.db.set_text(source, text.into());
            self.policies_changed();
            let named = documents_of(&self.db, source);
            if self.named.get(&file) != Some(&named) {
                self.named.insert(file, named);
                self.look_for_documents();
            }
        }
    }

    /// Follows a change of a file on disk; returns whether everything must be read again.
    fn disk_file_changed(&mut self, path: &Path) -> bool {
        if self.moment.files.open.contains_key(path) {
            // What the editor has counts; but it may be on disk now, or no more.
            return self.moment.files.listing.unsaved.contains(path) == system::exists(path);
        }
        self.moment.files.touch(path, self.moment.revision);
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_special = [config::FILE, packs::FILE, ".gitignore", ".ignore"].contains(&name);
        if is_special || path.is_dir() || self.is_of_packs(path) || self.held_files(path) {
            return true;
        }
        let (kind, exists) = (self.kind_of(path), system::exists(path));
        match kind {
            Kind::Configuration => true,
            Kind::Policy if exists => {
                self.policy_changed(path);
                false
            }
            Kind::Asset => !exists,
            Kind::Policy => true,
            Kind::Other => exists && self.may_count(path) && !self.moment.files.is_left_out(path),
        }
    }

    /// Whether `path` was a folder with files that count.
    fn held_files(&self, path: &Path) -> bool {
        if system::exists(path) {
            return false;
        }
        let folder = relative(self.root(), path);
        let is_in =
            |file: &FilePath| folder.is_empty() || Path::new(file.as_str()).starts_with(folder.as_str());
        let listed = self.moment.files.listing.files.keys();
        listed.chain(self.moment.policies.files.keys()).any(is_in)
    }

    fn is_of_packs(&self, path: &Path) -> bool {
        let packs = self.moment.files.workspace.config.packs.iter();
        let folders = packs.map(|pack| self.root().join(pack.path.as_str()));
        let real = |folder: PathBuf| folder.canonicalize().unwrap_or(folder);
        let mut folders = folders.map(real);
        folders.any(|folder| {
            path.starts_with(&folder) || path.canonicalize().is_ok_and(|it| it.starts_with(&folder))
        })
    }

    /// Reads everything again: configuration, which files there are, policies, packs.
    fn reload(&mut self) {
        self.reload_config();
        let named = self.config.clone().filter(|_| self.is_named_config);
        self.moment.files.list(named.as_deref(), self.moment.today);
        let workspace = Arc::clone(&self.moment.files.workspace);
        let sources = policy::read_with(&workspace, &self.moment.files);
        let paths: Vec<FilePath> = sources.sources.iter().map(|source| source.path.clone()).collect();
        self.db.replace_sources(self.project, sources.sources, &packs::names(&workspace));
        let all = self.project.files(&self.db).iter();
        let by_path: BTreeMap<&FilePath, _> = all.map(|file| (file.path(&self.db), *file)).collect();
        let files = paths.iter().filter_map(|path| Some((path.clone(), *by_path.get(path)?))).collect();
        self.moment.policies = Arc::new(Policies { files, revision: self.moment.revision });
        let named = self.moment.policies.files.iter();
        self.named = named.map(|(path, file)| (path.clone(), documents_of(&self.db, *file))).collect();
        self.policy_problems = sources.problems;
        self.moment.is_broken = self.policy_problems.iter().any(policy::is_broken);
        self.look_for_documents();
        self.load_baseline();
        self.gather_problems();
    }

    /// Reads the baseline again. One that cannot be used is reported, and the last one that could stays.
    fn load_baseline(&mut self) {
        match baseline::load(&self.moment.files.workspace, &self.moment.files) {
            Ok(found) => {
                self.moment.baseline = found.map(Arc::new);
                self.baseline_problem = None;
            }
            Err(problem) => self.baseline_problem = Some(*problem),
        }
    }

    /// Reads the configuration again. One that cannot be used is reported, and the last one that could stays in force.
    fn reload_config(&mut self) {
        let Some(path) = self.config.clone() else { return };
        let file = relative(self.root(), &path);
        let text = match self.moment.files.is_file(&path) {
            true => self.moment.files.read(&path).and_then(system::utf8).map(Some),
            false => Ok(None),
        };
        let workspace = match text {
            Ok(text) => Workspace::with_config(self.root(), text.as_deref().map(|text| (&file, text))),
            Err(reason) => {
                self.config_problems = vec![codes::unreadable::of(&file, &reason)];
                return;
            }
        };
        self.config_problems = workspace.problems.clone();
        if !workspace.problems.is_empty() && self.moment.is_configured {
            return;
        }
        self.moment.is_configured = workspace.problems.is_empty();
        let files = &mut self.moment.files;
        if workspace.config != files.workspace.config || files.n_config == 0 {
            files.workspace = Arc::new(workspace);
            files.n_config = self.moment.revision;
        }
    }

    /// What is wrong besides policies and assets, as the command reports it.
    fn gather_problems(&mut self) {
        let listed = &self.moment.files.listing.problems;
        let mut problems = self.config_problems.clone();
        if self.moment.is_configured {
            problems.extend(self.baseline_problem.clone());
            problems.extend(listed.iter().cloned());
            let new = self.policy_problems.iter().filter(|own| !listed.contains(own));
            problems.extend(new.cloned());
        }
        self.moment.others = Arc::new(by_file(problems));
    }

    /// Looks which of the documents exist that evidence names.
    fn look_for_documents(&mut self) {
        let named: Vec<SmolStr> = self.named.values().flatten().cloned().collect();
        let found = policy::look_for_documents(&self.moment.files.workspace, named, &self.moment.files);
        if *self.project.documents(&self.db) != found {
            self.db.set_documents(self.project, found);
            self.policies_changed();
        }
    }
}

/// A workspace of which nothing is known yet.
fn moment(workspace: Workspace, given_root: &Path, today: civil::Date) -> Moment {
    let pool = rayon::ThreadPoolBuilder::new().thread_name(|n| format!("judge {n}")).build();
    Moment {
        given_root: given_root.to_owned(),
        files: Files::new(workspace),
        policies: Arc::default(),
        others: Arc::default(),
        baseline: None,
        is_configured: false,
        is_broken: false,
        today,
        store: Arc::new(Store::default()),
        pool: pool.ok().map(Arc::new),
        revision: 0,
        newest: Arc::default(),
    }
}
