//! The work behind an editor: compile, judge what depends on what changed, look at all of it together.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use mktlint_check::{Judge, conditions_of, judge_workspace, unused_waivers};
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_plan::Plan;
use smol_str::SmolStr;

use super::judging::Judging;
use super::snapshot::{Moment, Snapshot};
use super::store::{ByFile, Segments, Standard};
use crate::cache::context;
use crate::policy::{self, is_broken};
use crate::run::campaigns::Campaigns;

/// The work was given up, because a newer state is there or the caller said so. What was found until then is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// The findings of files that have others than before, each with all of its findings.
pub type News = Vec<(FilePath, Vec<Diagnostic>)>;

/// What assets are judged by, with the conditions of their campaigns.
type Standing = (Arc<Standard>, Arc<Segments>);

/// What came of the policies.
struct Compiled {
    findings: ByFile,
    /// `None` when they cannot be used.
    plan: Option<Plan>,
}

impl Snapshot {
    /// Finds everything that a run of the command would find, as far as it is not known yet, and tells what is new as
    /// soon as it is: policies first, then open files, the others, what all show together.
    ///
    /// For a thread of its own. The database is held only while policies are compiled. While they do not compile, assets
    /// keep the findings of the last policy that did: an editor must not go blank at each word that is half typed.
    ///
    /// # Errors
    ///
    /// Stops soon, between two files at the latest, when `should_stop`, and when a policy is changed meanwhile.
    pub fn work(
        self,
        should_stop: &(dyn Fn() -> bool + Sync),
        tell: &mut dyn FnMut(News),
    ) -> Result<(), Stopped> {
        let moment = self.moment.clone();
        let changed = moment.store.lock().keep_others(&moment.others);
        moment.tell(changed, tell);
        if !moment.is_configured {
            return Ok(());
        }
        let campaigns = moment.store.campaigns(&moment.files);
        let standing =
            salsa::Cancelled::catch(AssertUnwindSafe(|| self.stand(&campaigns, should_stop, tell)));
        // From here on nobody waits for this thread.
        drop(self);
        let standing = standing.map_err(|_| Stopped)??;
        let gone = moment.store.lock().follow(&moment.files.listing);
        moment.tell(gone, tell);
        let Some((standard, segments)) = standing else { return Ok(()) };
        let judging = Judging::new(&moment, Arc::clone(&standard), campaigns, Arc::clone(&segments));
        judging.all(should_stop, &mut |changed| moment.tell(changed, tell))?;
        if should_stop() {
            return Err(Stopped);
        }
        together(&moment, &standard, &segments, tell);
        Ok(())
    }

    /// Compiles the policies if they have changed; returns what assets are judged by now, if anything.
    fn stand(
        &self,
        campaigns: &Campaigns,
        should_stop: &(dyn Fn() -> bool + Sync),
        tell: &mut dyn FnMut(News),
    ) -> Result<Option<Standing>, Stopped> {
        let (compiled, revision) = (self.moment.store.lock().compiled, self.moment.policies.revision);
        if compiled > revision {
            return Err(Stopped);
        }
        let plan = if compiled < revision { self.compile(should_stop, tell)? } else { None };
        let Some(standard) = self.standard(plan) else {
            self.moment.store.lock().compiled = self.moment.policies.revision;
            return Ok(None);
        };
        let conditions = conditions_of(&standard.judge.plan, campaigns.all());
        let segments = self.all_segments(&standard, conditions);
        let mut store = self.moment.store.lock();
        store.judge_by(&standard, &segments);
        store.segments = (self.moment.policies.revision, Arc::clone(&segments));
        store.compiled = self.moment.policies.revision;
        Ok(Some((standard, segments)))
    }

    /// The plan of the policies, whose findings are kept and told; `None` when they cannot be used.
    fn compile(
        &self,
        should_stop: &(dyn Fn() -> bool + Sync),
        tell: &mut dyn FnMut(News),
    ) -> Result<Option<Plan>, Stopped> {
        let compiled = self.compiled(should_stop)?;
        let changed = self.moment.store.lock().keep_policies(compiled.findings);
        self.moment.tell(changed, tell);
        Ok(compiled.plan)
    }

    fn compiled(&self, should_stop: &(dyn Fn() -> bool + Sync)) -> Result<Compiled, Stopped> {
        let mut findings = ByFile::new();
        for (file, source) in &self.moment.policies.files {
            if should_stop() {
                return Err(Stopped);
            }
            let found = policy::diagnostics_of(&self.moment.files.workspace, &self.db, self.project, *source);
            findings.insert(file.clone(), found);
        }
        let mut all = findings.values().chain(self.moment.others.values()).flatten();
        if all.any(is_broken) {
            return Ok(Compiled { findings, plan: None });
        }
        let program = mktlint_hir::program(&self.db, self.project);
        if should_stop() {
            return Err(Stopped);
        }
        Ok(Compiled { findings, plan: Some(mktlint_plan::lower(&program)) })
    }

    /// What assets are judged by: of `plan` if there is a new one. The one that there was when nothing about it changed.
    fn standard(&self, plan: Option<Plan>) -> Option<Arc<Standard>> {
        let old = self.moment.store.lock().standard.clone();
        let plan = match (plan, &old) {
            (Some(plan), _) => Arc::new(plan),
            (None, Some(old)) => Arc::clone(&old.judge.plan),
            (None, None) => return None,
        };
        let documents = plan.evidences.iter().filter_map(|evidence| evidence.document);
        let paths = documents.map(|document| plan.str(document.text));
        let evidence: BTreeMap<SmolStr, _> =
            paths.map(|path| (path.into(), self.moment.store.document(&self.moment.files, path))).collect();
        let besides = format!("{} {} {evidence:?}", self.moment.today, self.moment.files.n_config);
        let digest = match &old {
            Some(old) if Arc::ptr_eq(&old.judge.plan, &plan) => old.plan,
            _ => context(&[&mktlint_plan::file::to_bytes(&plan)]),
        };
        let is_same = |old: &&Arc<Standard>| old.plan == digest && old.besides == besides;
        if let Some(old) = old.as_ref().filter(is_same) {
            return Some(Arc::clone(old));
        }
        let judge = match old.filter(|old| old.plan == digest) {
            Some(old) => Arc::clone(&old.judge),
            None => Arc::new(Judge::new(plan)),
        };
        let mut store = self.moment.store.lock();
        store.n_standards += 1;
        let id = store.n_standards;
        Some(Arc::new(Standard { id, judge, today: self.moment.today, evidence, plan: digest, besides }))
    }

    /// What the conditions of all manifests mean. Those that are known are not asked about again while the policies stay
    /// as they are.
    fn all_segments(&self, standard: &Standard, conditions: Vec<SmolStr>) -> Arc<Segments> {
        let (revision, known) = self.moment.store.lock().segments.clone();
        let still = known.meant.iter().filter(|_| revision == self.moment.policies.revision);
        let mut still: BTreeMap<&SmolStr, _> = still.collect();
        let meant = conditions.into_iter().map(|words| {
            let meaning = match still.remove(&words) {
                Some(meaning) => meaning.clone(),
                None => self.understood(standard, &words),
            };
            (words, meaning)
        });
        Arc::new(Segments::new(meant.collect()))
    }
}

/// Looks at what all assets show together, unless nothing about that has changed.
fn together(moment: &Moment, standard: &Standard, segments: &Segments, tell: &mut dyn FnMut(News)) {
    let (facts, made_of, inputs) = {
        let mut known = moment.store.lock();
        let made_of = Some((standard.id, segments.digest, known.n_facts));
        if known.together_of == made_of {
            return;
        }
        (known.facts(), made_of, known.inputs(standard, segments))
    };
    let plan = &standard.judge.plan;
    let found = judge_workspace(plan, &facts, &inputs);
    let unused = unused_waivers(plan, &facts, &found, standard.today);
    let changed = {
        let mut known = moment.store.lock();
        known.together_of = made_of;
        known.keep_together(found, unused)
    };
    moment.tell(changed, tell);
}
