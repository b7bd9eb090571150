//! What was found out so far, by whichever thread. Shared by all snapshots of a workspace.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil;
use mktlint_check::{Baseline, EvidenceFact, FileFacts, Inputs, Judge, WorkspaceResult};
use mktlint_decide::Formula;
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_ide::{Assets, JudgedFile};
use mktlint_plan::Plan;
use smol_str::SmolStr;

use super::files::{Files, Listing};
use super::judging::Read;
use super::snapshot::Policies;
use crate::cache::context;
use crate::run::campaigns::{Campaigns, Manifest, Manifests, read};
use crate::run::judge::claims_by_campaign;
use crate::system::Stamp;
use crate::waivers::{self, Recorded};

/// A digest of what something depends on.
pub type Digest = [u8; 16];

/// Findings by file.
pub type ByFile = BTreeMap<FilePath, Vec<Diagnostic>>;

/// What assets are judged by: the last policy that compiled, on a day, with what stands at the paths of its evidence.
#[derive(Debug)]
pub struct Standard {
    /// Differs from that of every other standard of the workspace.
    pub id: u64,
    /// The plan, ready to judge.
    pub judge: Arc<Judge>,
    /// The day of the run.
    pub today: civil::Date,
    /// Waivers that are recorded.
    pub recorded: Arc<Recorded>,
    /// What was found at the path of each document.
    pub evidence: BTreeMap<SmolStr, EvidenceFact>,
    /// Names the plan.
    pub plan: Digest,
    /// Names everything else that results depend on: the day, the documents, the configuration.
    pub besides: String,
}

/// The conditions that manifests write, understood.
#[derive(Debug, Default)]
pub struct Segments {
    /// By their words.
    pub meant: BTreeMap<SmolStr, Result<Formula, String>>,
    /// Names all of them.
    pub digest: Digest,
}

impl Segments {
    /// These, with their digest.
    pub fn new(meant: BTreeMap<SmolStr, Result<Formula, String>>) -> Self {
        let digest = context(&[format!("{meant:?}").as_bytes()]);
        Self { meant, digest }
    }

    /// Names what `conditions` mean.
    pub fn digest_of(&self, conditions: &[SmolStr]) -> Digest {
        let meant: Vec<_> = conditions.iter().map(|words| (words, self.meant.get(words))).collect();
        context(&[format!("{meant:?}").as_bytes()])
    }
}

/// Everything that the result of one file depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The state of the file.
    pub text: u64,
    /// Its campaign, and the state of that.
    pub campaign: Option<(FilePath, u64)>,
    /// The standard.
    pub standard: u64,
    /// What the conditions of its campaign mean.
    pub segments: Digest,
    /// Of a manifest: what the assets of all campaigns claim.
    pub claims: Option<Digest>,
}

/// What came of one file.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// What it depends on.
    pub key: Key,
    /// The revision of the workspace that it was judged in.
    pub revision: u64,
    /// The state of the file on disk; `None` of one that is open.
    pub stamp: Option<Stamp>,
    /// What was found; `None` when it holds no asset.
    pub judged: Option<Arc<JudgedFile>>,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Store(Mutex<Known>);

/// What is known.
#[derive(Debug, Default)]
pub struct Known {
    /// What assets are judged by; `None` until a policy has compiled.
    pub standard: Option<Arc<Standard>>,
    /// The revision of the policies that the standard and their findings are of; 0 before the first.
    pub compiled: u64,
    /// The revision of the policies that the standard is of: the last one that compiled.
    pub planned: u64,
    /// The revision of the policies in which what assets show together was told of them.
    placed: u64,
    /// The standard that would have the next number.
    pub n_standards: u64,
    /// Findings in policies.
    pub policies: ByFile,
    /// Findings that are neither of one policy nor of one asset: configuration, packs, files that cannot be read.
    pub others: Arc<ByFile>,
    /// What findings were last held against.
    baseline: Option<Arc<Baseline>>,
    /// What the findings in all assets together were made of: standard, segments, facts.
    pub together_of: Option<(u64, Digest, u64)>,
    /// What conditions mean, and in which revision of the policies.
    pub segments: (u64, Arc<Segments>),
    /// Files as they were judged, those without assets too.
    pub verdicts: BTreeMap<FilePath, Verdict>,
    /// The same for features.
    pub assets: Arc<Assets>,
    /// Changes with the facts of any file.
    pub n_facts: u64,
    claims: Option<(u64, Claims)>,
    campaigns: Option<(u64, u64, Arc<Campaigns>)>,
    manifests: BTreeMap<FilePath, (u64, Option<Arc<Manifest>>)>,
    documents: BTreeMap<SmolStr, (Option<Stamp>, u64, EvidenceFact)>,
    inputs: Option<(u64, Digest, Arc<Inputs>)>,
    recorded: Option<(Sources, Digest, Arc<Recorded>)>,
    lists: BTreeMap<Vec<u32>, Arc<[SmolStr]>>,
    readings: VecDeque<(FilePath, State, Arc<Read>)>,
}

/// The state of an open file, and of the configuration that says how it is read.
type State = (u64, u64);

/// Open files whose assets are remembered: features ask about the one that was judged a moment ago.
const MOST_READINGS: usize = 4;

/// The claims of all campaigns, with their digest.
pub type Claims = (Arc<BTreeMap<SmolStr, Vec<SmolStr>>>, Digest);

impl Store {
    /// What is known now. Nothing slow may happen while it is held.
    pub fn lock(&self) -> MutexGuard<'_, Known> {
        // Every write leaves it whole, so that a thread that panicked elsewhere has spoilt nothing.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The campaigns of `files`; manifests that are as they were are not read again.
    pub fn campaigns(&self, files: &Files) -> Arc<Campaigns> {
        let now = (files.n_config, files.n_manifests);
        let mut known = {
            let mut known = self.lock();
            match &known.campaigns {
                Some((config, manifests, campaigns)) if (*config, *manifests) == now => {
                    return Arc::clone(campaigns);
                }
                Some((config, ..)) if *config == now.0 => std::mem::take(&mut known.manifests),
                _ => BTreeMap::new(),
            }
        };
        let all: Vec<(&Path, bool)> =
            files.listing.files.values().map(|it| (it.path.as_path(), it.is_manifest)).collect();
        let mut reading = Reading { files, known: &mut known };
        let campaigns = Arc::new(Campaigns::find_with(&files.workspace.root, &all, &mut reading));
        let mut store = self.lock();
        store.manifests = known;
        store.campaigns = Some((now.0, now.1, Arc::clone(&campaigns)));
        campaigns
    }

    /// What stands at the path of a document; a file that is as it was is not read again.
    pub fn document(&self, files: &Files, path: &str) -> EvidenceFact {
        let full = crate::policy::inside(&files.workspace, path);
        let stamp = full.as_deref().and_then(crate::system::stamp);
        let version = full.as_deref().map_or(0, |full| files.version(full));
        if let Some((known_stamp, known_version, fact)) = self.lock().documents.get(path)
            && (known_stamp, known_version) == (&stamp, &version)
        {
            return fact.clone();
        }
        let fact = crate::policy::document(&files.workspace, path, files);
        self.lock().documents.insert(path.into(), (stamp, version, fact.clone()));
        fact
    }

    /// The waivers that are recorded, as `plan`, named by `digest`, understands them; read again when one of their files has
    /// changed.
    pub fn recorded(&self, files: &Files, plan: &Plan, digest: Digest) -> Arc<Recorded> {
        let sources = waivers::sources(&files.workspace);
        if let Some((known, of, recorded)) = &self.lock().recorded
            && (known, *of) == (&sources, digest)
        {
            return Arc::clone(recorded);
        }
        let recorded = Arc::new(waivers::recorded(&files.workspace, plan));
        self.lock().recorded = Some((sources, digest, Arc::clone(&recorded)));
        recorded
    }
}

/// Reads manifests that are not known.
struct Reading<'a> {
    files: &'a Files,
    known: &'a mut BTreeMap<FilePath, (u64, Option<Arc<Manifest>>)>,
}

impl Manifests for Reading<'_> {
    fn is_file(&self, path: &Path) -> bool {
        crate::policy::Given::is_file(self.files, path)
    }

    fn manifest(&mut self, path: &Path) -> Option<Arc<Manifest>> {
        let file = crate::workspace::relative(&self.files.workspace.root, path);
        let version = self.files.version(path);
        match self.known.get(&file) {
            Some((known, manifest)) if *known == version => manifest.clone(),
            _ => {
                let manifest = read(&self.files.workspace, path, self.files).map(Arc::new);
                self.known.insert(file, (version, manifest.clone()));
                manifest
            }
        }
    }
}

/// Files with their states.
type Sources = Vec<(PathBuf, Option<Stamp>)>;

impl Known {
    /// Keeps `verdict`, unless a later one is known or one by a later standard; returns whether the findings of the file
    /// are others now, or stand in another text: the same bytes may be on other lines.
    pub fn keep(&mut self, file: &FilePath, verdict: Verdict) -> bool {
        let age = |verdict: &Verdict| (verdict.revision, verdict.key.standard);
        let known = self.verdicts.get(file);
        if known.is_some_and(|known| age(known) > age(&verdict)) {
            return false;
        }
        // Of an open file each text is told anyway.
        let is_other_text =
            verdict.stamp.is_some() && known.is_some_and(|known| known.key.text != verdict.key.text);
        let judged = verdict.judged.clone();
        self.verdicts.insert(file.clone(), verdict);
        let assets = Arc::make_mut(&mut self.assets);
        let before = match judged.clone() {
            Some(judged) => assets.files.insert(file.clone(), judged),
            None => assets.files.remove(file),
        };
        let (before, after) = (before.as_deref(), judged.as_deref());
        if before.map(|it| &it.facts) != after.map(|it| &it.facts) {
            self.n_facts += 1;
        }
        findings_of(before) != findings_of(after) || is_other_text && !findings_of(after).is_empty()
    }

    /// Forgets the files that are no longer among `listing`, and puts those that wait to be judged among the assets;
    /// returns those whose findings are gone.
    pub fn follow(&mut self, listing: &Listing) -> BTreeSet<FilePath> {
        let is_gone = |file: &&FilePath| !listing.files.contains_key(*file);
        let gone: Vec<FilePath> =
            self.assets.files.keys().chain(self.verdicts.keys()).filter(is_gone).cloned().collect();
        let waits =
            |file: &&FilePath| !self.verdicts.contains_key(*file) && !self.assets.files.contains_key(*file);
        let waiting: Vec<FilePath> = listing.files.keys().filter(waits).cloned().collect();
        if gone.is_empty() && waiting.is_empty() {
            return BTreeSet::new();
        }
        let assets = Arc::make_mut(&mut self.assets);
        assets.files.extend(waiting.into_iter().map(|file| (file, Arc::default())));
        for file in &gone {
            assets.files.remove(file);
            self.verdicts.remove(file);
        }
        self.n_facts += u64::from(!gone.is_empty());
        gone.into_iter().collect()
    }

    /// The assets of an open file in this state.
    pub fn reading(&self, file: &FilePath, state: State) -> Option<Arc<Read>> {
        let known = self.readings.iter().find(|(own, known, _)| own == file && *known == state);
        known.map(|(.., read)| Arc::clone(read))
    }

    /// Remembers the assets of an open file.
    pub fn keep_reading(&mut self, file: &FilePath, state: State, read: &Arc<Read>) {
        self.readings.retain(|(own, ..)| own != file);
        if self.readings.len() >= MOST_READINGS {
            self.readings.pop_front();
        }
        self.readings.push_back((file.clone(), state, Arc::clone(read)));
    }

    /// What the assets of each campaign claim: those that are no manifest themselves.
    pub fn claims(&mut self, listing: &Listing) -> Claims {
        if let Some((n_facts, claims)) = &self.claims
            && *n_facts == self.n_facts
        {
            return claims.clone();
        }
        let is_asset = |file: &FilePath| listing.files.get(file).is_some_and(|it| !it.is_manifest);
        let own = self.assets.files.iter().filter(|(file, _)| is_asset(file));
        let claims = claims_by_campaign(own.map(|(_, judged)| &judged.facts));
        let digest = context(&[format!("{claims:?}").as_bytes()]);
        let claims = (Arc::new(claims), digest);
        self.claims = Some((self.n_facts, claims.clone()));
        claims
    }

    /// The facts of all files, in order of path.
    pub fn facts(&self) -> Vec<FileFacts> {
        let all = self.assets.files.values().map(|judged| &judged.facts);
        all.filter(|facts| facts.file.is_some()).cloned().collect()
    }

    /// What judging by `standard` depends on besides plan, asset and campaign.
    pub fn inputs(&mut self, standard: &Standard, segments: &Segments) -> Arc<Inputs> {
        if let Some((id, digest, inputs)) = &self.inputs
            && (*id, digest) == (standard.id, &segments.digest)
        {
            return Arc::clone(inputs);
        }
        let mut inputs = Inputs::at(standard.today);
        inputs.evidence = standard.evidence.clone();
        inputs.waivers = Arc::clone(&standard.recorded.waivers);
        inputs.segments = segments.meant.clone();
        inputs.wants_applied = true;
        let inputs = Arc::new(inputs);
        self.inputs = Some((standard.id, segments.digest, Arc::clone(&inputs)));
        inputs
    }

    /// Sets what assets are judged by, with what it makes of `segments`.
    pub fn judge_by(&mut self, standard: &Arc<Standard>, segments: &Segments) {
        if self.standard.as_ref().is_none_or(|known| known.id != standard.id) {
            self.lists.clear();
        }
        self.standard = Some(Arc::clone(standard));
        let inputs = self.inputs(standard, segments);
        let assets = Arc::make_mut(&mut self.assets);
        assets.judge = Some(Arc::clone(&standard.judge));
        assets.inputs = Some(inputs);
    }

    /// The names of the declarations that applied to a file: one list for all files to which the same ones did.
    pub fn names(&mut self, standard: &Standard, applied: &[u32]) -> Arc<[SmolStr]> {
        if let Some(names) = self.lists.get(applied) {
            return Arc::clone(names);
        }
        let mut names: Vec<SmolStr> =
            applied.iter().filter_map(|number| standard.judge.rule_name(*number)).map(SmolStr::new).collect();
        names.sort_unstable();
        let names: Arc<[SmolStr]> = names.into();
        if self.standard.as_ref().is_some_and(|known| known.id == standard.id) {
            self.lists.insert(applied.to_vec(), Arc::clone(&names));
        }
        names
    }

    /// Keeps what was found in policies; returns the files whose findings are others now.
    pub fn keep_policies(&mut self, found: ByFile) -> BTreeSet<FilePath> {
        let changed = differing(&self.policies, &found);
        self.policies = found;
        changed
    }

    /// Keeps what is wrong besides; returns the files whose findings are others now.
    pub fn keep_others(&mut self, found: &Arc<ByFile>) -> BTreeSet<FilePath> {
        if Arc::ptr_eq(&self.others, found) {
            return BTreeSet::new();
        }
        let changed = differing(&self.others, found);
        self.others = Arc::clone(found);
        changed
    }

    /// Notes what the baseline is; returns the files with findings when it is another one, since any may be held by it.
    pub fn keep_baseline(&mut self, baseline: Option<&Arc<Baseline>>) -> BTreeSet<FilePath> {
        if self.baseline.as_ref() == baseline {
            return BTreeSet::new();
        }
        self.baseline = baseline.cloned();
        let of_assets = self.assets.files.iter().filter(|(_, judged)| !judged.findings.is_empty());
        of_assets.map(|(file, _)| file).chain(self.assets.together.keys()).cloned().collect()
    }

    /// Keeps what all assets show together; returns the files whose findings are others now.
    pub fn keep_together(&mut self, found: WorkspaceResult, unused: Vec<Diagnostic>) -> BTreeSet<FilePath> {
        let found = by_file(unused.into_iter().chain(found.findings));
        let changed = differing(&self.assets.together, &found);
        if !changed.is_empty() {
            Arc::make_mut(&mut self.assets).together = Arc::new(found);
        }
        changed
    }

    /// What is known of `file` besides the findings in it alone.
    ///
    /// Of a policy that has changed since the last plan what assets show together is left out: it would stand beside the
    /// words that it is about.
    pub fn besides(&self, file: &FilePath, policies: &Policies) -> impl Iterator<Item = &Diagnostic> {
        let is_moved = policies.files.contains_key(file) && self.planned != policies.revision;
        let together = self.assets.together.get(file).filter(|_| !is_moved);
        self.others.get(file).into_iter().chain(together).flatten()
    }

    /// What assets show together has its places in the policies of `revision` now, if that is what the plan is of;
    /// returns the policies of which it says something that was left out before.
    pub fn place_together(&mut self, revision: u64) -> BTreeSet<FilePath> {
        if self.planned != revision || self.placed == revision {
            return BTreeSet::new();
        }
        self.placed = revision;
        let is_policy = |file: &&FilePath| self.policies.contains_key(*file);
        self.assets.together.keys().filter(is_policy).cloned().collect()
    }

    /// Every file with findings.
    pub fn files(&self) -> BTreeSet<FilePath> {
        let judged = self.assets.files.iter().filter(|(_, judged)| !judged.findings.is_empty());
        let by_file = [&self.policies, &*self.others, &*self.assets.together].into_iter();
        by_file.flat_map(BTreeMap::keys).chain(judged.map(|(file, _)| file)).cloned().collect()
    }
}

fn findings_of(judged: Option<&JudgedFile>) -> &[Diagnostic] {
    judged.map_or(&[], |judged| &judged.findings)
}

/// Sorts findings to the files that they stand in.
pub fn by_file(found: impl IntoIterator<Item = Diagnostic>) -> ByFile {
    let mut files = ByFile::new();
    for found in found {
        files.entry(found.primary.place.file.clone()).or_default().push(found);
    }
    files
}

/// The files of which `one` and `other` say different things.
fn differing(one: &ByFile, other: &ByFile) -> BTreeSet<FilePath> {
    let is_other = |file: &&FilePath| {
        let (one, other) = (one.get(*file), other.get(*file));
        one.map_or(&[][..], Vec::as_slice) != other.map_or(&[][..], Vec::as_slice)
    };
    one.keys().chain(other.keys()).filter(is_other).cloned().collect()
}
