//! Judging files, each when something that its result depends on has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use mktlint_asset::{Extraction, Spec};
use mktlint_check::{FileResult, Inputs, Scratch, SourceFile, conditions_of};
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_ide::JudgedFile;
use rayon::prelude::*;
use smol_str::SmolStr;

use super::files::{Candidate, Files};
use super::snapshot::{Moment, stamp};
use super::store::{Digest, Key, Segments, Standard, Store, Verdict};
use super::work::Stopped;
use crate::codes;
use crate::run::campaigns::{Campaigns, Manifest};
use crate::run::judge::{extraction_as, head, not_read};

/// Files that are judged before anybody is told. Large enough to keep threads busy, small enough to stop soon and to
/// show something early.
const PORTION: usize = 64;

/// A file with its assets.
#[derive(Debug)]
pub struct Read {
    /// Its text.
    pub text: Arc<str>,
    /// How it is read; `None` when it holds no asset.
    pub spec: Option<Spec>,
    /// What is in it; `None` as for the spec.
    pub extraction: Option<Arc<Extraction>>,
}

/// Reads `file` as it is now.
pub fn read(files: &Files, store: &Store, file: &FilePath) -> Result<Arc<Read>, Box<Diagnostic>> {
    let path = files.workspace.root.join(file.as_str());
    let is_open = files.open.contains_key(&path);
    let state = (files.version(&path), files.n_config);
    if is_open && let Some(known) = store.lock().reading(file, state) {
        return Ok(known);
    }
    let text = files.text(&path, file).map_err(|error| Box::new(not_read(file, error)))?;
    let spec = files.workspace.spec(file, head(&text.text));
    let extraction = spec.as_ref().map(|spec| Arc::new(extraction_as(spec, file, &text)));
    let read = Arc::new(Read { text: text.text, spec, extraction });
    if is_open {
        store.lock().keep_reading(file, state, &read);
    }
    Ok(read)
}

/// Judges the files of one moment by one standard.
pub struct Judging<'a> {
    files: &'a Files,
    store: &'a Store,
    pool: Option<&'a rayon::ThreadPool>,
    revision: u64,
    standard: Arc<Standard>,
    campaigns: Arc<Campaigns>,
    segments: Arc<Segments>,
    inputs: Arc<Inputs>,
}

impl<'a> Judging<'a> {
    /// Judges the files of `moment`.
    pub fn new(
        moment: &'a Moment,
        standard: Arc<Standard>,
        campaigns: Arc<Campaigns>,
        segments: Arc<Segments>,
    ) -> Self {
        Self {
            files: &moment.files,
            store: &moment.store,
            pool: moment.pool.as_deref(),
            revision: moment.revision,
            inputs: moment.store.lock().inputs(&standard, &segments),
            standard,
            campaigns,
            segments,
        }
    }

    /// Judges one file that was read, unless what came of this state is known.
    pub fn one_now(&self, file: &FilePath, read: &Read, scratch: &mut Scratch) -> Option<Arc<JudgedFile>> {
        let candidate = self.files.listing.files.get(file)?;
        let mut claims = None;
        if candidate.is_manifest {
            claims = Some(self.store.lock().claims(&self.files.listing));
        }
        let key = self.key(candidate, claims.as_ref().map(|(_, digest)| *digest), &mut BTreeMap::new());
        if let Some(known) = self.store.lock().verdicts.get(file).filter(|known| known.key == key) {
            return known.judged.clone();
        }
        let inputs = claims.map(|(claims, _)| self.inputs_with(&claims));
        let inputs = inputs.as_ref().unwrap_or(&*self.inputs);
        let judged = self.judge(file, candidate, read, inputs, scratch);
        let verdict = Verdict {
            key,
            revision: self.revision,
            stamp: None,
            judged: judged.map(|result| self.short(result)),
        };
        let found = verdict.judged.clone();
        self.store.lock().keep(file, verdict);
        found
    }

    /// Judges the files whose results depend on something that has changed, open ones first. `tell` hears which have
    /// other findings than before.
    ///
    /// # Errors
    ///
    /// Stops between two files when `should_stop`; what was judged is kept.
    pub fn all(
        &self,
        should_stop: &(dyn Fn() -> bool + Sync),
        tell: &mut dyn FnMut(BTreeSet<FilePath>),
    ) -> Result<(), Stopped> {
        self.those(self.outdated(None), &self.inputs, should_stop, tell)?;
        let (claims, digest) = self.store.lock().claims(&self.files.listing);
        let manifests = self.outdated(Some(digest));
        if manifests.is_empty() {
            return Ok(());
        }
        self.those(manifests, &self.inputs_with(&claims), should_stop, tell)
    }

    /// For manifests, which may ask for the claims of their assets.
    fn inputs_with(&self, claims: &BTreeMap<SmolStr, Vec<SmolStr>>) -> Inputs {
        Inputs { claims: Some(claims.clone()), ..(*self.inputs).clone() }
    }

    fn those(
        &self,
        files: Vec<(&FilePath, &Candidate, Key)>,
        inputs: &Inputs,
        should_stop: &(dyn Fn() -> bool + Sync),
        tell: &mut dyn FnMut(BTreeSet<FilePath>),
    ) -> Result<(), Stopped> {
        let n_open = files.iter().take_while(|(_, candidate, _)| self.is_open(candidate)).count();
        let (open, closed) = files.split_at(n_open);
        for portion in open.chunks(PORTION).chain(closed.chunks(PORTION)) {
            let verdicts = self.portion(portion, inputs, should_stop);
            let is_whole = verdicts.len() == portion.len();
            let mut changed = BTreeSet::new();
            {
                let mut store = self.store.lock();
                for (file, verdict) in verdicts {
                    if store.keep(file, verdict) {
                        changed.insert(file.clone());
                    }
                }
            }
            if !changed.is_empty() {
                tell(changed);
            }
            if !is_whole {
                return Err(Stopped);
            }
        }
        Ok(())
    }

    /// Judges some files in parallel; fewer when it should stop.
    fn portion<'f>(
        &self,
        files: &[(&'f FilePath, &Candidate, Key)],
        inputs: &Inputs,
        should_stop: &(dyn Fn() -> bool + Sync),
    ) -> Vec<(&'f FilePath, Verdict)> {
        let one = |scratch: &mut Scratch, (file, candidate, key): &(&'f FilePath, &Candidate, Key)| {
            (!should_stop()).then(|| (*file, self.verdict(file, candidate, key.clone(), inputs, scratch)))
        };
        match self.pool.filter(|_| files.len() > 1) {
            Some(pool) => pool.install(|| {
                let found = files.par_iter().map_init(Scratch::default, one);
                found.flatten_iter().collect()
            }),
            None => {
                let mut scratch = Scratch::default();
                files.iter().filter_map(|file| one(&mut scratch, file)).collect()
            }
        }
    }

    fn verdict(
        &self,
        file: &FilePath,
        candidate: &Candidate,
        key: Key,
        inputs: &Inputs,
        scratch: &mut Scratch,
    ) -> Verdict {
        let stamp = stamp(self.files, &candidate.path);
        let look = || match read(self.files, self.store, file) {
            Ok(read) => self.judge(file, candidate, &read, inputs, scratch),
            Err(problem) => Some(unreadable(*problem, file)),
        };
        // A bug that one file meets must not keep all behind it from being judged, now and after each edit.
        let result = catch_unwind(AssertUnwindSafe(look)).unwrap_or_else(|_| {
            *scratch = Scratch::default();
            let reason = "a bug in mktlint keeps it from being judged";
            Some(unreadable(codes::unreadable::of(file, reason), file))
        });
        let judged = result.map(|result| self.short(result));
        Verdict { key, revision: self.revision, stamp, judged }
    }

    fn judge(
        &self,
        file: &FilePath,
        candidate: &Candidate,
        read: &Read,
        inputs: &Inputs,
        scratch: &mut Scratch,
    ) -> Option<FileResult> {
        let extraction = read.extraction.as_deref()?;
        let campaign = self.manifest(candidate).and_then(|manifest| manifest.campaign.as_deref());
        let source = SourceFile { file, text: &read.text, extraction, campaign };
        Some(self.standard.judge.file(&source, inputs, scratch))
    }

    /// What is kept of a result.
    fn short(&self, result: FileResult) -> Arc<JudgedFile> {
        let judged_by = self.store.lock().names(&self.standard, &result.applied);
        Arc::new(JudgedFile { findings: result.findings, facts: result.facts, judged_by })
    }

    /// The files whose results are not of what they depend on now: manifests when there are `claims`, the others when
    /// there are none. Open ones first.
    fn outdated(&self, claims: Option<Digest>) -> Vec<(&'a FilePath, &'a Candidate, Key)> {
        let files: &'a Files = self.files;
        let known = self.store.lock();
        let mut meanings = BTreeMap::new();
        let own =
            files.listing.files.iter().filter(|(_, candidate)| candidate.is_manifest == claims.is_some());
        let mut outdated: Vec<_> = own
            .map(|(file, candidate)| (file, candidate, self.key(candidate, claims, &mut meanings)))
            .filter(|(file, _, key)| known.verdicts.get(*file).is_none_or(|known| known.key != *key))
            .collect();
        outdated.sort_by_key(|(_, candidate, _)| !self.is_open(candidate));
        outdated
    }

    fn is_open(&self, candidate: &Candidate) -> bool {
        self.files.open.contains_key(&candidate.path)
    }

    fn manifest(&self, candidate: &Candidate) -> Option<&Arc<Manifest>> {
        self.campaigns.of(&candidate.path)
    }

    /// What the result of `candidate` depends on. `meanings` remembers what the conditions of each manifest mean.
    fn key(
        &self,
        candidate: &Candidate,
        claims: Option<Digest>,
        meanings: &mut BTreeMap<FilePath, Digest>,
    ) -> Key {
        let manifest = self.manifest(candidate);
        let state = |manifest: &Arc<Manifest>| {
            let path = self.files.workspace.root.join(manifest.file.as_str());
            (manifest.file.clone(), self.files.version(&path))
        };
        let segments = match manifest {
            // A manifest that is not the one of its folder may say what another one says.
            _ if claims.is_some() => self.segments.digest,
            Some(manifest) => {
                *meanings.entry(manifest.file.clone()).or_insert_with(|| self.meaning(manifest))
            }
            None => Digest::default(),
        };
        Key {
            text: self.files.version(&candidate.path),
            campaign: manifest.map(state),
            standard: self.standard.id,
            segments,
            claims,
        }
    }

    fn meaning(&self, manifest: &Manifest) -> Digest {
        self.segments.digest_of(&conditions_of(&self.standard.judge.plan, manifest.all()))
    }
}

fn unreadable(problem: Diagnostic, file: &FilePath) -> FileResult {
    let mut result = FileResult { findings: vec![problem], ..FileResult::default() };
    result.facts.file = Some(file.clone());
    result
}
