//! Recorded waivers, as judgements take them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use mktlint_check::{Exceptions, RecordedWaiver};
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_gate::codes::record as codes;
use mktlint_gate::keys::Roles;
use mktlint_gate::ledger::{Entry, Ledger, Loaded};
use mktlint_gate::record::{FOLDER, MAX_BYTES, RecordFile, WAIVERS, read, slug};
use mktlint_plan::Plan;

use crate::codes::unreadable;
use crate::git::{Files, Repository};
use crate::policy;
use crate::system::{self, Stamp};
use crate::workspace::{Workspace, relative};

/// The waivers that are recorded in a workspace.
#[derive(Clone, Debug, Default)]
pub struct Recorded {
    /// What they spare.
    pub waivers: Arc<Exceptions>,
    /// What is wrong with their records.
    pub problems: Vec<Diagnostic>,
}

/// The files that [`recorded`] depends on, each with its state: the records of waivers, and all others while there are
/// waivers, since one of them may take a waiver back.
pub fn sources(workspace: &Workspace) -> Vec<(PathBuf, Option<Stamp>)> {
    let stamped = |path: PathBuf| (path.clone(), system::stamp(&path));
    let mut files: Vec<_> = files_in(workspace, WAIVERS).into_iter().map(stamped).collect();
    if !files.is_empty() {
        let folders = system::folders_directly_in(&workspace.root.join(FOLDER));
        files.extend(folders.into_iter().map(stamped));
    }
    files
}

/// The waivers that are recorded in `workspace`, held against the keys of the roles of `plan`.
///
/// Costs the listing of one folder where there are none. Git is asked what is new only where a role signed one: then a
/// key must count today, else on the day of the record.
pub fn recorded(workspace: &Workspace, plan: &Plan) -> Recorded {
    let paths = files_in(workspace, WAIVERS);
    if paths.is_empty() {
        return Recorded::default();
    }
    let now = now();
    let (waivers, withdrawals) = read_all(workspace, paths);
    let is_signed = waivers.values().flatten().any(|bytes| is_signed(bytes));
    let (roles, base) =
        if is_signed { (roles(workspace, plan), base(workspace)) } else { Default::default() };
    let load = |(file, bytes): (&FilePath, &Result<Vec<u8>, Box<Diagnostic>>)| {
        let before = base.as_ref().and_then(|base| base.bytes(file)?.ok());
        let is_new = base.is_some() && before.is_none();
        match before.as_ref().map_or(bytes.as_deref(), |before| Ok(before)) {
            Ok(bytes) => Loaded::new(file, bytes, is_new, &roles, now),
            Err(problem) => Loaded::failed(file, is_new, (**problem).clone()),
        }
    };
    let loaded = waivers.iter().chain(&withdrawals).map(load).collect();
    let ledger = Ledger::new(loaded, now, false);
    let own = |file: &FilePath| waivers.contains_key(file);
    let problems = ledger.problems().into_iter().filter(|found| own(&found.primary.place.file)).collect();
    let waivers = ledger.entries().iter().filter(|entry| own(&entry.file.file));
    let waivers = waivers.filter_map(|entry| waiver(entry, &ledger)).collect();
    Recorded { waivers: Arc::new(Exceptions::recorded(waivers)), problems }
}

/// Names what results depend on.
pub fn key(waivers: &Exceptions) -> Vec<u8> {
    format!("{waivers:?}").into_bytes()
}

/// The folder of recorded waivers, from the root.
pub fn folder() -> String {
    format!("{FOLDER}/{WAIVERS}")
}

type Texts = BTreeMap<FilePath, Result<Vec<u8>, Box<Diagnostic>>>;

/// The records at `paths`, and those of the units that they speak of.
fn read_all(workspace: &Workspace, paths: Vec<PathBuf>) -> (Texts, Texts) {
    let waivers = texts(workspace, paths);
    let known = |file: &FilePath, bytes: &Result<Vec<u8>, Box<Diagnostic>>| {
        bytes.as_ref().ok().and_then(|bytes| read(file, bytes).ok())
    };
    let units = waivers.iter().filter_map(|(file, bytes)| Some(slug(&known(file, bytes)?.record.unit)));
    let folders: BTreeSet<String> = units.collect();
    let others = folders.iter().flat_map(|folder| files_in(workspace, folder)).collect();
    let mut others = texts(workspace, others);
    others.retain(|file, bytes| known(file, bytes).is_some_and(|read| read.record.withdraws.is_some()));
    (waivers, others)
}

fn texts(workspace: &Workspace, paths: Vec<PathBuf>) -> Texts {
    let text = |path: PathBuf| {
        let file = relative(&workspace.root, &path);
        let length =
            system::stamp(&path).map_or(0, |stamp| usize::try_from(stamp.length).unwrap_or(usize::MAX));
        let bytes = if length > MAX_BYTES {
            Err(Box::new(codes::too_large(&file, length)))
        } else {
            system::read_bytes(&path).map_err(|reason| Box::new(unreadable::of(&file, &reason)))
        };
        (file, bytes)
    };
    paths.into_iter().map(text).collect()
}

fn files_in(workspace: &Workspace, folder: &str) -> Vec<PathBuf> {
    let full = workspace.root.join(FOLDER).join(folder);
    match policy::inside(workspace, &format!("{FOLDER}/{folder}")) {
        Some(_) => system::files_directly_in(&full, "toml"),
        None => Vec::new(),
    }
}

fn is_signed(bytes: &[u8]) -> bool {
    bytes.windows(b"[signature]".len()).any(|window| window == b"[signature]")
}

fn roles(workspace: &Workspace, plan: &Plan) -> Roles {
    let text = |path: &str| {
        let full = policy::inside(workspace, path).ok_or("it leads out of the workspace")?;
        system::read_text(&full)
    };
    // Whoever looks at the keys themselves says what is wrong with them.
    Roles::of(plan, text).0
}

/// What was committed last; `None` where git has nothing to say.
fn base(workspace: &Workspace) -> Option<Files> {
    let repository = Repository::open(&workspace.root).ok()?;
    let commit = repository.head().ok()??;
    Files::of_commit(&repository, &workspace.root, commit).ok()
}

fn now() -> Timestamp {
    Timestamp::from_nanosecond(i128::try_from(system::now_nanos()).unwrap_or(0)).unwrap_or_default()
}

fn waiver(entry: &Entry, ledger: &Ledger) -> Option<RecordedWaiver> {
    let RecordFile { record, signature, .. } = &entry.file;
    let terms = record.waiver.as_ref()?;
    let withdrawn = || {
        let other = &ledger.withdrawal(entry)?.file.record;
        Some(format!("`{}` took it back", other.person))
    };
    let problem = entry.problems.first().map(|found| found.message.clone());
    Some(RecordedWaiver {
        id: record.id.clone(),
        rules: terms.rules.clone(),
        files: terms.files.clone(),
        until: terms.until,
        owner: terms.owner.clone(),
        granted_by: record.role.clone().filter(|_| signature.is_some()),
        because: record.reason.clone(),
        place: entry.file.place("waiver"),
        problem: problem.or_else(withdrawn),
    })
}
