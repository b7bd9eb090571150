//! Policies of a workspace, compiled.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil;
use mktlint_check::EvidenceFact;
use mktlint_decide::{Formula, Schema};
use mktlint_diag::{Diagnostic, FilePath, Level, Place};
use mktlint_hir::codes::PROOF_REFUTED;
use mktlint_hir::model::program::Program;
use mktlint_hir::people::{Declared, SegmentProblem, formula, segment};
use mktlint_hir::{Database, Document, Project, Source, SourceFile};
use mktlint_plan::Plan;
use mktlint_text::Span;
use sha2::{Digest as _, Sha256};
use smol_str::{SmolStr, ToSmolStr as _};

use crate::git::{Content, Files, GitError, Repository, Stored};
use crate::packs::{self, Packs};
use crate::workspace::{Listing, Workspace, list, relative};
use crate::{cache, codes, config, system};

/// The policy that is in force where nobody wrote one.
const DEFAULT_POLICY: &str = "enforce std.recommended\n";

/// The path under which [`DEFAULT_POLICY`] is compiled.
pub const DEFAULT_PATH: &str = "std/recommended policy";

/// The policy files of a workspace.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Those of the project in order of path, then those of its packs.
    pub sources: Vec<Source>,
    /// Files that could not be read, and those whose module another file makes already.
    pub problems: Vec<Diagnostic>,
    /// Whether the project has policies of its own.
    pub is_own: bool,
    /// How many of the sources are of packs.
    pub n_of_packs: usize,
}

/// What stands for files on disk: standard input, or what an editor has open.
pub trait Given {
    /// What the file at `path` would hold; `None` when what is on disk counts.
    fn bytes(&self, path: &Path) -> Option<&[u8]>;

    /// The files that something stands for, which need not exist.
    fn paths(&self) -> Vec<&Path>;

    /// What the file at `path` holds.
    ///
    /// # Errors
    ///
    /// Says in plain words why it cannot be read.
    fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        self.bytes(path).map_or_else(|| system::read_bytes(path), |bytes| Ok(bytes.to_vec()))
    }

    /// Whether there is a file at `path`.
    fn is_file(&self, path: &Path) -> bool {
        self.bytes(path).is_some() || path.is_file()
    }
}

/// Nothing stands for anything.
impl Given for () {
    fn bytes(&self, _: &Path) -> Option<&[u8]> {
        None
    }

    fn paths(&self) -> Vec<&Path> {
        Vec::new()
    }
}

/// One file, as on standard input.
impl Given for Option<(PathBuf, &[u8])> {
    fn bytes(&self, path: &Path) -> Option<&[u8]> {
        self.as_ref().filter(|(given, _)| given == path).map(|(_, bytes)| *bytes)
    }

    fn paths(&self) -> Vec<&Path> {
        self.iter().map(|(path, _)| path.as_path()).collect()
    }
}

impl Sources {
    /// Adds the packs of the project.
    fn add(&mut self, packs: Packs) {
        self.n_of_packs = packs.sources.len();
        self.sources.extend(packs.sources);
        self.problems.extend(packs.problems);
    }
}

/// Reads the policy files of `workspace`; the recommended packs stand in when there are none.
pub fn read(workspace: &Workspace) -> Sources {
    read_with(workspace, &())
}

/// As [`read`], where `given` stands for files.
pub fn read_with(workspace: &Workspace, given: &dyn Given) -> Sources {
    let listing = policy_files(workspace);
    let problems = unlisted(workspace, &listing);
    let mut paths: BTreeSet<PathBuf> = listing.files.into_iter().map(|file| file.path).collect();
    paths.extend(given.paths().into_iter().map(Path::to_owned));
    let texts = paths.into_iter().map(|path| (relative(&workspace.root, &path), path));
    let texts = texts.filter(|(file, _)| workspace.is_policy(file)).map(|(file, path)| {
        let text = given.read(&path).and_then(system::utf8);
        (file, text)
    });
    let mut sources = gather(workspace, texts, problems);
    sources.add(packs::load_with(workspace, given));
    sources
}

/// The sources that `texts` are, in order of path, with `problems` known before.
fn gather(
    workspace: &Workspace,
    texts: impl Iterator<Item = (FilePath, Result<String, String>)>,
    problems: Vec<Diagnostic>,
) -> Sources {
    let mut found = Sources { problems, ..Sources::default() };
    let mut modules: BTreeMap<String, FilePath> = BTreeMap::new();
    for (file, text) in texts {
        match text {
            Ok(text) => {
                let module = workspace.module(&file);
                if let Some(first) = modules.get(&module) {
                    found.problems.push(codes::module::of(&file, first, &module));
                }
                modules.entry(module.clone()).or_insert_with(|| file.clone());
                found.sources.push(Source { path: file, module: module.into(), text: text.into() });
            }
            Err(reason) => found.problems.push(codes::unreadable::of(&file, &reason)),
        }
    }
    found.is_own = !found.sources.is_empty() || !found.problems.is_empty();
    if !found.is_own {
        found.sources.push(Source {
            path: DEFAULT_PATH.into(),
            module: "policy.main".into(),
            text: DEFAULT_POLICY.into(),
        });
    }
    found
}

/// The policy of another time or place, with the configuration of there.
#[derive(Debug)]
pub struct Elsewhere {
    /// Its configuration. The root is that of the working tree for a revision: documents are looked for there.
    pub workspace: Workspace,
    /// Its policy files.
    pub sources: Sources,
}

impl Elsewhere {
    /// Analyses it, as of `today`. Documents that evidence names are not looked for: they need not be at hand.
    pub fn compile(&self, today: civil::Date) -> Compiled {
        compile_with(&self.workspace, &self.sources.sources, today, BTreeMap::new())
    }

    /// The policy of `workspace` as it is on disk.
    pub fn here(workspace: Workspace) -> Self {
        let sources = read(&workspace);
        Self { workspace, sources }
    }

    /// The first reason why the policy cannot be used, in `compiled` or before.
    pub fn first_problem<'a>(&'a self, compiled: &'a Compiled) -> Option<&'a Diagnostic> {
        let before = self.workspace.problems.iter().chain(&self.sources.problems);
        before.chain(&compiled.diagnostics).find(|found| is_broken(found))
    }
}

/// The policy of `workspace` in `base`: a folder, seen from `folder`, when there is one of that name, else a revision
/// of the repository that holds the workspace.
///
/// # Errors
///
/// Says in plain words that it is neither, or why it cannot be read.
pub fn read_base(workspace: &Workspace, folder: &Path, base: &str) -> Result<Elsewhere, String> {
    let path = folder.join(base);
    if !base.is_empty() && path.is_dir() {
        return read_folder(&path);
    }
    read_revision(workspace, base)
        .map_err(|reason| format!("`{base}` is neither a folder nor a revision: {reason}"))
}

/// The policy in `folder`, which is the root of a workspace whether it has a configuration or not.
///
/// # Errors
///
/// Says in plain words why its configuration cannot be read.
pub fn read_folder(folder: &Path) -> Result<Elsewhere, String> {
    let folder = folder.canonicalize().map_err(|error| crate::workspace::reason(&error))?;
    let config = folder.join(config::FILE);
    let config = system::exists(&config).then_some(config);
    let workspace = Workspace::open(&folder, config.as_deref())?;
    Ok(Elsewhere::here(workspace))
}

/// The policy of `workspace` as it was in the git revision `revision`; the working tree is left alone.
///
/// # Errors
///
/// Says in plain words that there is no such revision, or what git refused.
pub fn read_revision(workspace: &Workspace, revision: &str) -> Result<Elsewhere, String> {
    let files = Repository::open(&workspace.root).and_then(|repository| {
        let commit = repository.commit(revision)?;
        Files::of_commit(&repository, &workspace.root, commit)
    })?;
    read_files(workspace, &files, Some(revision))
}

/// The policy of `workspace` in `files`: those of a revision, or of the index. Packs that the repository keeps are read as
/// of `revision` when there is one, else from disk.
///
/// # Errors
///
/// Says in plain words why it cannot be read.
pub fn read_files(workspace: &Workspace, files: &Files, revision: Option<&str>) -> Result<Elsewhere, String> {
    let is_wanted = |path: &str| [config::FILE, packs::FILE].contains(&path) || path.ends_with(".mkt");
    let wanted = files.iter().filter(|(path, _)| is_wanted(path));
    let read = |(path, content): (&FilePath, &Content)| {
        Ok(Stored { path: path.to_string(), bytes: files.read(path, content)? })
    };
    let mut files: Vec<Stored> = wanted.map(read).collect::<Result<_, GitError>>()?;
    let config = files.iter().position(|file| file.path == config::FILE).map(|at| files.remove(at));
    let config = config.map(|file| system::utf8(file.bytes)).transpose();
    let config = config.map_err(|reason| format!("`{}`: {reason}", config::FILE))?;
    let workspace = Workspace::with(&workspace.root, config.as_deref());
    let lock = files.iter().position(|file| file.path == packs::FILE).map(|at| files.remove(at));
    let lock = lock.map_or(Ok(String::new()), |file| system::utf8(file.bytes));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let texts = files.into_iter().map(|file| (FilePath::new(&file.path), system::utf8(file.bytes)));
    let texts: Vec<_> = texts.filter(|(file, _)| workspace.is_policy(file)).collect();
    let mut sources = gather(&workspace, texts.into_iter(), Vec::new());
    if !workspace.config.packs.is_empty() {
        sources.add(packs::verified(&workspace, lock, revision));
    }
    Ok(Elsewhere { workspace, sources })
}

/// Files under the folders that the policy globs start in.
fn policy_files(workspace: &Workspace) -> Listing {
    let mut paths = Vec::new();
    for base in workspace.policy_bases() {
        let path = workspace.root.join(&base);
        if base.is_empty() && workspace.has_policies_everywhere() {
            paths.push(workspace.root.clone());
        } else if base.is_empty() {
            paths.extend(system::files_directly_in(&path, "mkt"));
        } else if system::exists(&path) {
            paths.push(path);
        }
    }
    let mut listing = list(&paths);
    listing.files.retain(|file| file.path.extension().is_some_and(|extension| extension == "mkt"));
    listing
}

/// What may hide policies: a rule that is not seen would be a rule that holds.
fn unlisted(workspace: &Workspace, listing: &Listing) -> Vec<Diagnostic> {
    let shown = |path: &PathBuf| relative(&workspace.root, path);
    let unreadable = listing.unreadable.iter().map(|(path, reason)| (shown(path), reason));
    let links = listing.links.iter().filter(|(path, _)| path.is_dir() || workspace.is_policy(&shown(path)));
    let links = links.map(|(path, reason)| (shown(path), reason));
    let mut problems: Vec<Diagnostic> = Vec::new();
    let is_kept = |(file, _): &(FilePath, &String)| !workspace.is_excluded(file);
    problems.extend(unreadable.filter(is_kept).map(|(file, reason)| codes::unreadable::of(&file, reason)));
    problems.extend(links.filter(is_kept).map(|(file, reason)| codes::leaves::of(&file, reason)));
    problems
}

/// A policy that was analysed.
pub struct Compiled {
    /// The database, for whoever asks more.
    pub db: Database,
    /// The project in it.
    pub project: Project,
    /// Everything wrong with the project's own policy files, in order of file and position.
    pub diagnostics: Vec<Diagnostic>,
}

impl std::fmt::Debug for Compiled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Compiled").field("diagnostics", &self.diagnostics).finish_non_exhaustive()
    }
}

/// Whether a policy with this problem cannot be used. One whose proof is refuted says clearly what it means.
pub fn is_broken(problem: &Diagnostic) -> bool {
    problem.level == Level::Error && !is_refuted(problem)
}

/// Whether the problem is a proof that does not hold.
pub fn is_refuted(problem: &Diagnostic) -> bool {
    PROOF_REFUTED.iter().any(|code| code.id == problem.code)
}

impl Compiled {
    /// Whether the policy cannot be used.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(is_broken)
    }

    /// Everything in force.
    pub fn program(&self) -> Program {
        mktlint_hir::program(&self.db, self.project)
    }
}

/// The standard library alone, as of `today`: what a project says changes nothing about it.
pub fn library(workspace: &Workspace, today: civil::Date) -> Compiled {
    compile_with(workspace, &[], today, BTreeMap::new())
}

/// Analyses `sources`, as of `today`.
pub fn compile(workspace: &Workspace, sources: &[Source], today: civil::Date) -> Compiled {
    let named = sources.iter().flat_map(|source| mktlint_hir::db::evidence_documents(&source.text));
    compile_with(workspace, sources, today, look_for_documents(workspace, named, &()))
}

fn compile_with(
    workspace: &Workspace,
    sources: &[Source],
    today: civil::Date,
    documents: BTreeMap<SmolStr, Document>,
) -> Compiled {
    let db = Database::default();
    let project = db.frozen_project(sources.iter().cloned(), &packs::names(workspace), today, documents);
    let own = sources.iter().map(|source| &source.path);
    let mut diagnostics = Vec::new();
    for path in own {
        let file = project.files(&db).iter().find(|file| file.path(&db) == path);
        let Some(file) = file else { continue };
        diagnostics.extend(diagnostics_of(workspace, &db, project, *file));
    }
    Compiled { db, project, diagnostics }
}

/// Everything wrong with one policy file. Of a pack only what makes it useless: what it could do better is for whoever
/// keeps it to know, and to mend.
pub fn diagnostics_of(
    workspace: &Workspace,
    db: &Database,
    project: Project,
    file: SourceFile,
) -> Vec<Diagnostic> {
    let found = mktlint_hir::diagnostics(db, project, file);
    let is_foreign = file.is_pack(db) && workspace.config.name != "std";
    if !is_foreign {
        return found;
    }
    let broken = found.into_iter().filter(is_broken);
    broken.map(|found| Diagnostic { fix: None, ..found }).collect()
}

/// The texts of the policy files of `workspace`, where `given` stands for files.
pub fn texts(workspace: &Workspace, given: &dyn Given) -> Vec<Source> {
    read_with(workspace, given).sources
}

/// Each of `conditions`, which stand in manifests, as the policy in `sources` understands it, or what is wrong with it.
/// The policy is read and compiled only when there are some.
pub fn segments(
    workspace: &Workspace,
    sources: impl FnOnce() -> Vec<Source>,
    today: civil::Date,
    schema: &Schema,
    conditions: Vec<SmolStr>,
) -> BTreeMap<SmolStr, Result<Formula, String>> {
    if conditions.is_empty() {
        return BTreeMap::new();
    }
    let db = Database::default();
    let project = db.frozen_project(sources(), &packs::names(workspace), today, BTreeMap::new());
    let segments = all_understood(&db, project, schema, conditions);
    // As in `ready`: dropping it takes as long as building it.
    std::mem::forget(db);
    segments
}

/// As [`segments`], for a process that goes on: nothing of the compilation stays.
pub fn segments_of(
    workspace: &Workspace,
    sources: Vec<Source>,
    today: civil::Date,
    schema: &Schema,
    conditions: Vec<SmolStr>,
) -> BTreeMap<SmolStr, Result<Formula, String>> {
    let db = Database::default();
    let project = db.frozen_project(sources, &packs::names(workspace), today, BTreeMap::new());
    all_understood(&db, project, schema, conditions)
}

fn all_understood(
    db: &Database,
    project: Project,
    schema: &Schema,
    conditions: Vec<SmolStr>,
) -> BTreeMap<SmolStr, Result<Formula, String>> {
    let understand = |condition: SmolStr| {
        let formula = understood(db, project, schema, &condition);
        (condition, formula)
    };
    conditions.into_iter().map(understand).collect()
}

/// What `condition` means to the policy.
///
/// # Errors
///
/// Says what is wrong with it.
pub fn understood(
    db: &Database,
    project: Project,
    schema: &Schema,
    condition: &str,
) -> Result<Formula, String> {
    let segment = segment(db, project, condition).map_err(|problems| in_words(&problems))?;
    Ok(formula(&Declared { db, project }, schema, &segment.body, segment.condition))
}

/// The first problem with its help; the others may follow from it.
fn in_words(problems: &[SegmentProblem]) -> String {
    let Some(first) = problems.first() else { return "it is no condition".to_owned() };
    match &first.help {
        Some(help) => format!("{}; {help}", first.message),
        None => first.message.clone(),
    }
}

/// Whether the documents that evidence names exist.
pub fn look_for_documents(
    workspace: &Workspace,
    named: impl IntoIterator<Item = SmolStr>,
    given: &dyn Given,
) -> BTreeMap<SmolStr, Document> {
    let looked = named.into_iter().map(|path| {
        let exists = inside(workspace, &path).is_some_and(|path| given.is_file(&path));
        (path, if exists { Document::Present } else { Document::Absent })
    });
    looked.collect()
}

/// The file at `path` from the root; `None` when that leaves the workspace.
pub fn inside(workspace: &Workspace, path: &str) -> Option<PathBuf> {
    let full = workspace.root.join(path);
    let root = workspace.root.canonicalize().ok()?;
    match full.canonicalize() {
        Ok(real) => real.starts_with(root).then_some(real),
        // It does not exist: the words of the path must do.
        Err(_) => (!path.starts_with('/') && !path.split('/').any(|part| part == "..")).then_some(full),
    }
}

/// What was found at the path of each document that the plan's evidence names.
pub fn evidence(workspace: &Workspace, plan: &Plan) -> BTreeMap<SmolStr, EvidenceFact> {
    let documents = plan.evidences.iter().filter_map(|evidence| evidence.document);
    let paths = documents.map(|document| plan.str(document.text));
    paths.map(|path| (path.into(), document(workspace, path, &()))).collect()
}

/// What is at the path of one document.
pub fn document(workspace: &Workspace, path: &str, given: &dyn Given) -> EvidenceFact {
    let Some(full) = inside(workspace, path) else {
        return EvidenceFact::Unreadable("it leads out of the workspace".to_owned());
    };
    if !given.is_file(&full) && !system::exists(&full) {
        return EvidenceFact::Missing;
    }
    match given.read(&full) {
        Ok(bytes) => EvidenceFact::Digest(hex(&Sha256::digest(&bytes))),
        Err(reason) => EvidenceFact::Unreadable(reason),
    }
}

/// Bytes as lower-case hex.
pub fn hex(bytes: &[u8]) -> SmolStr {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text.into()
}

/// A plan that can judge, and what was wrong with the policies it came from.
#[derive(Debug)]
pub struct Ready {
    /// The plan; `None` when the policy has errors.
    pub plan: Option<Arc<Plan>>,
    /// Names the plan in the cache of results.
    pub digest: [u8; 32],
    /// Everything wrong with the policies.
    pub diagnostics: Vec<Diagnostic>,
    /// Policy files of the project.
    pub n_policies: usize,
}

/// Compiles the policies of `workspace`, or takes the plan that an earlier run kept.
///
/// Only plans of policies without any problem are kept, so a kept one has nothing to report.
pub fn ready(workspace: &Workspace, today: civil::Date, use_cache: bool, given: &dyn Given) -> Ready {
    ready_from(workspace, read_with(workspace, given), today, use_cache)
}

/// As [`ready`], from what was read of the policies.
pub fn ready_from(workspace: &Workspace, sources: Sources, today: civil::Date, use_cache: bool) -> Ready {
    let n_policies = if sources.is_own { sources.sources.len() - sources.n_of_packs } else { 0 };
    let key = digest(&sources.sources, today);
    if use_cache
        && sources.problems.is_empty()
        && let Some(plan) = cache::load_plan(&key)
    {
        return Ready { plan: Some(Arc::new(plan)), digest: key, diagnostics: Vec::new(), n_policies };
    }
    let compiled = compile(workspace, &sources.sources, today);
    let mut diagnostics = sources.problems;
    diagnostics.extend(compiled.diagnostics.iter().cloned());
    if diagnostics.iter().any(is_broken) {
        return Ready { plan: None, digest: key, diagnostics, n_policies };
    }
    let plan = mktlint_plan::lower(&compiled.program());
    let has_evidence = plan.evidences.iter().any(|evidence| evidence.document.is_some());
    if use_cache && diagnostics.is_empty() && !has_evidence {
        cache::store_plan(&key, &plan);
    }
    // Dropping the database takes as long as building it; the process is about to end anyway.
    std::mem::forget(compiled);
    Ready { plan: Some(Arc::new(plan)), digest: key, diagnostics, n_policies }
}

/// The plan of a policy of another time or place, or what an earlier run kept of it; `None` when it cannot be used.
pub fn ready_elsewhere(elsewhere: &Elsewhere, today: civil::Date, use_cache: bool) -> Option<Arc<Plan>> {
    let key = digest(&elsewhere.sources.sources, today);
    let kept = if use_cache && elsewhere.sources.problems.is_empty() { cache::load_plan(&key) } else { None };
    if let Some(plan) = kept {
        return Some(Arc::new(plan));
    }
    let compiled = elsewhere.compile(today);
    let is_usable = elsewhere.first_problem(&compiled).is_none();
    let plan = is_usable.then(|| Arc::new(mktlint_plan::lower(&compiled.program())));
    // As in `ready`: dropping it takes as long as building it.
    std::mem::forget(compiled);
    plan
}

fn digest(sources: &[Source], today: civil::Date) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    add(env!("CARGO_PKG_VERSION"));
    add(cache::BUILD);
    add(&today.to_smolstr());
    for source in sources {
        add(&source.path);
        add(&source.module);
        add(&source.text);
    }
    hash.finalize().into()
}

/// The start of a file, for problems of the whole file.
pub fn whole(file: &FilePath) -> Place {
    Place::new(file.clone(), Span::at(0))
}
