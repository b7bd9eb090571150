//! A workspace as it is at one moment, for any thread.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil;
use mktlint_asset::Spec;
use mktlint_check::{Baseline, Scratch, conditions_of};
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_hir::{Database, Project, SourceFile};
use mktlint_ide::{AssetFile, Assets, JudgedFile, Texts, View};
use smol_str::SmolStr;

use super::files::Files;
use super::judging::{Judging, Read};
use super::store::{ByFile, Segments, Standard, Store};
use super::work::News;
use crate::config::Selection;
use crate::policy::{self, Given as _};
use crate::run::campaigns::Campaigns;
use crate::run::judge::head;
use crate::workspace::Workspace;
use crate::{baseline, system};

/// The policies of a workspace at one moment.
#[derive(Clone, Debug, Default)]
pub struct Policies {
    /// Those of the project and of its packs, without the standard library.
    pub files: BTreeMap<FilePath, SourceFile>,
    /// Changes with everything that a plan is made of.
    pub revision: u64,
}

/// A workspace as it is at one moment, for any thread.
///
/// Whoever changes a policy waits until all snapshots are dropped, and makes their queries unwind with
/// [`salsa::Cancelled`]; judging assets needs no query and goes on.
#[derive(Clone)]
pub struct Snapshot {
    pub(super) db: Database,
    pub(super) project: Project,
    pub(super) moment: Moment,
    pub(super) assets: Arc<Assets>,
}

/// All of a snapshot but the database, so that whoever holds it keeps nobody waiting.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The root as it was given, which may lead to the workspace through links.
    pub given_root: PathBuf,
    /// The files.
    pub files: Files,
    /// The policies among them.
    pub policies: Arc<Policies>,
    /// What is wrong with the configuration, with packs, and with files that cannot be read.
    pub others: Arc<ByFile>,
    /// The findings that were there before, if somebody recorded them.
    pub baseline: Option<Arc<Baseline>>,
    /// Whether there was ever a configuration that can be used.
    pub is_configured: bool,
    /// Whether policies are missing, so that the others cannot be used.
    pub is_broken: bool,
    /// The day that stands for today.
    pub today: civil::Date,
    /// What was found out so far.
    pub store: Arc<Store>,
    /// Threads to judge with; none where the system gives none.
    pub pool: Option<Arc<rayon::ThreadPool>>,
    /// What the workspace was changed to.
    pub revision: u64,
    /// What it was changed to last.
    pub newest: Arc<AtomicU64>,
}

impl Moment {
    /// Tells what is known of the files that have other findings than before.
    pub fn tell(&self, changed: BTreeSet<FilePath>, tell: &mut dyn FnMut(News)) {
        if !changed.is_empty() {
            tell(self.known_findings(changed));
        }
    }

    /// What is known of `files`, without looking.
    pub fn known_findings(&self, files: BTreeSet<FilePath>) -> News {
        let mut news: News = {
            let known = self.store.lock();
            let findings = |file: FilePath| {
                let policy = known.policies.get(&file).map_or(&[][..], Vec::as_slice);
                let asset = known.assets.files.get(&file).map_or(&[][..], |judged| &judged.findings);
                let own = policy.iter().chain(asset).cloned().collect();
                let found = self.assemble(own, known.besides(&file, &self.policies));
                (file, found)
            };
            files.into_iter().map(findings).collect()
        };
        news.iter_mut().for_each(|(_, found)| self.hold(found));
        news
    }

    /// The findings of one file in the order of the command, without those that the configuration leaves out.
    fn assemble<'d>(
        &self,
        own: Vec<Diagnostic>,
        besides: impl Iterator<Item = &'d Diagnostic>,
    ) -> Vec<Diagnostic> {
        let mut found = own;
        found.extend(besides.cloned());
        let selection = self.files.workspace.config.selection();
        found.retain(|found| selection.wants(found));
        found.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        found
    }

    /// Marks what the baseline holds among `found`, all findings of one file.
    fn hold(&self, found: &mut [Diagnostic]) {
        let Some(baseline) = self.baseline.as_ref().filter(|_| !found.is_empty()) else { return };
        let Some(standard) = self.store.lock().standard.clone() else { return };
        let full = |file: &FilePath| self.files.workspace.root.join(file.as_str());
        let text = |file: &FilePath| self.files.text(&full(file), file).ok().map(|read| read.text);
        let exists = |file: &FilePath| self.files.is_file(&full(file));
        baseline::apply(baseline, &standard.judge.plan, found, text, &exists);
    }

    fn read(&self, file: &FilePath) -> Result<Arc<Read>, Box<Diagnostic>> {
        super::judging::read(&self.files, &self.store, file)
    }
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("revision", &self.moment.revision).finish_non_exhaustive()
    }
}

impl Snapshot {
    /// What the workspace was changed to; a later one has a greater number.
    pub fn revision(&self) -> u64 {
        self.moment.revision
    }

    /// Whether the workspace has changed meanwhile, so that nobody waits for what is found here.
    pub fn is_outdated(&self) -> bool {
        self.moment.newest.load(Ordering::Relaxed) != self.moment.revision
    }

    /// What features look at.
    pub fn view(&self) -> View<'_> {
        View { db: &self.db, project: self.project, assets: &self.assets, texts: self }
    }

    /// Which findings the configuration wants.
    pub fn selection(&self) -> Selection {
        self.moment.files.workspace.config.selection()
    }

    /// The configuration: the last one that could be used.
    pub fn workspace(&self) -> &Workspace {
        &self.moment.files.workspace
    }

    /// Where `file` is on disk; `None` of the standard library, which is on none.
    pub fn absolute(&self, file: &FilePath) -> Option<PathBuf> {
        (!is_of_library(file)).then(|| self.workspace().root.join(file.as_str()))
    }

    /// The policy file at `file`; of packs and of the standard library too.
    pub fn policy(&self, file: &FilePath) -> Option<SourceFile> {
        self.moment.policies.files.get(file).copied().or_else(|| self.view().policy(file))
    }

    /// The asset file at `file` as it is now, judged as it is now. `None` when there is no such file, or it holds no
    /// asset. Costs an extraction and a judgement of the file unless its state is known.
    pub fn asset(&self, file: &FilePath) -> Option<AssetFile> {
        let path = &self.moment.files.listing.files.get(file)?.path;
        let read = self.moment.read(file).ok()?;
        let campaigns = self.moment.store.campaigns(&self.moment.files);
        let campaign = campaigns.of(path).and_then(|manifest| manifest.campaign.clone());
        let spec = Arc::new(read.spec.clone()?);
        let judged = self.judged_now(file, &read, &campaigns).unwrap_or_default();
        let (text, extraction) = (Arc::clone(&read.text), read.extraction.clone()?);
        Some(AssetFile { path: file.clone(), text, spec, extraction, campaign, judged })
    }

    /// Everything wrong with `file` as it is now: what a run of the command would say of it, as far as that depends on
    /// the file, the policy and its campaign. What all assets show together is as of the last [`Snapshot::work`].
    ///
    /// Of an asset costs an extraction and a judgement unless its state is known.
    pub fn findings(&self, file: &FilePath) -> Vec<Diagnostic> {
        let own = match self.moment.policies.files.get(file) {
            Some(source) => {
                policy::diagnostics_of(&self.moment.files.workspace, &self.db, self.project, *source)
            }
            None => self.asset_findings(file),
        };
        let besides = self.moment.store.lock();
        let mut found = self.moment.assemble(own, besides.besides(file, &self.moment.policies));
        drop(besides);
        self.moment.hold(&mut found);
        found
    }

    fn asset_findings(&self, file: &FilePath) -> Vec<Diagnostic> {
        if !self.moment.files.listing.files.contains_key(file) {
            return Vec::new();
        }
        let campaigns = self.moment.store.campaigns(&self.moment.files);
        match self.moment.read(file) {
            Ok(read) => {
                self.judged_now(file, &read, &campaigns).map_or_else(Vec::new, |it| it.findings.clone())
            }
            Err(_) if self.moment.store.lock().standard.is_none() => Vec::new(),
            Err(problem) => vec![*problem],
        }
    }

    /// Everything found so far, by file; files without findings are left out.
    pub fn all_findings(&self) -> BTreeMap<FilePath, Vec<Diagnostic>> {
        let files = self.moment.store.lock().files();
        let all = self.moment.known_findings(files);
        all.into_iter().filter(|(_, found)| !found.is_empty()).collect()
    }

    /// What came of exactly this text.
    fn judged_now(
        &self,
        file: &FilePath,
        read: &Read,
        campaigns: &Arc<Campaigns>,
    ) -> Option<Arc<JudgedFile>> {
        let standard = self.moment.store.lock().standard.clone()?;
        let path = &self.moment.files.listing.files.get(file)?.path;
        let manifest = campaigns.of(path);
        let conditions = manifest.map_or_else(Vec::new, |it| conditions_of(&standard.judge.plan, it.all()));
        let segments = self.segments(&standard, &conditions);
        let judging = Judging::new(&self.moment, standard, Arc::clone(campaigns), segments);
        judging.one_now(file, read, &mut Scratch::default())
    }

    /// What `conditions` mean, and all that are known.
    fn segments(&self, standard: &Standard, conditions: &[SmolStr]) -> Arc<Segments> {
        let known = Arc::clone(&self.moment.store.lock().segments.1);
        let missing = conditions.iter().filter(|words| !known.meant.contains_key(*words));
        let missing: Vec<_> =
            missing.map(|words| (words.clone(), self.understood(standard, words))).collect();
        if missing.is_empty() {
            return known;
        }
        let mut meant = known.meant.clone();
        meant.extend(missing);
        Arc::new(Segments::new(meant))
    }

    pub(super) fn understood(
        &self,
        standard: &Standard,
        condition: &str,
    ) -> Result<mktlint_decide::Formula, String> {
        let schema = &standard.judge.plan.people.schema;
        policy::understood(&self.db, self.project, schema, condition)
    }
}

impl Texts for Snapshot {
    fn spec(&self, file: &FilePath, text: &str) -> Option<Spec> {
        self.workspace().spec(file, head(text))
    }

    fn wants(&self, found: &Diagnostic) -> bool {
        self.selection().wants(found)
    }

    /// Reads nothing outside the workspace but the policies of its packs.
    fn text(&self, file: &FilePath) -> Option<Arc<str>> {
        if let Some(source) = self.moment.policies.files.get(file) {
            return Some(Arc::clone(source.text(&self.db)));
        }
        if is_of_library(file) {
            return self.policy(file).map(|source| Arc::clone(source.text(&self.db)));
        }
        let path = policy::inside(&self.moment.files.workspace, file)?;
        let open = self.moment.files.workspace.root.join(file.as_str());
        let path = if self.moment.files.open.contains_key(&open) { open } else { path };
        self.moment.files.text(&path, file).ok().map(|read| read.text)
    }
}

fn is_of_library(file: &FilePath) -> bool {
    let is_it = |path: &str| *path == **file;
    mktlint_hir::db::STANDARD_LIBRARY.iter().any(|(path, ..)| is_it(path)) || is_it(policy::DEFAULT_PATH)
}

/// The state of the file at `path` on disk, unless it is open.
pub(super) fn stamp(files: &Files, path: &Path) -> Option<system::Stamp> {
    if files.open.contains_key(path) { None } else { system::stamp(path) }
}
