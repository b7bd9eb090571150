//! The work behind an editor: compile, judge what depends on what changed, look at all of it together.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use mktlint_check::{Judge, conditions_of, judge_waivers, judge_workspace};
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_hir::model::program::Program;
use mktlint_hir::{Source, SourceFile};
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
    /// What is in force; `None` when they cannot be used, or have not changed since they were compiled last.
    program: Option<Program>,
    /// Their texts.
    sources: Vec<Source>,
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
        let changed = moment.store.lock().keep_baseline(moment.baseline.as_ref());
        moment.tell(changed, tell);
        if !moment.is_configured {
            return Ok(());
        }
        let campaigns = moment.store.campaigns(&moment.files);
        let compiled = salsa::Cancelled::catch(AssertUnwindSafe(|| self.compile(should_stop, tell)));
        // From here on nobody waits for this thread.
        drop(self);
        let compiled = compiled.map_err(|_| Stopped)??;
        if should_stop() {
            return Err(Stopped);
        }
        let standing = stand(&moment, compiled, &campaigns);
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

    /// Compiles the policies if they have changed; what is wrong with them is kept and told.
    fn compile(
        &self,
        should_stop: &(dyn Fn() -> bool + Sync),
        tell: &mut dyn FnMut(News),
    ) -> Result<Compiled, Stopped> {
        let moment = &self.moment;
        let sources = self.sources();
        let (compiled, revision) = (moment.store.lock().compiled, moment.policies.revision);
        if compiled > revision {
            return Err(Stopped);
        }
        if compiled == revision {
            return Ok(Compiled { program: None, sources });
        }
        let mut findings = ByFile::new();
        for (file, source) in &moment.policies.files {
            if should_stop() {
                return Err(Stopped);
            }
            let found = policy::diagnostics_of(&moment.files.workspace, &self.db, self.project, *source);
            findings.insert(file.clone(), found);
        }
        let can_be_used = !moment.is_broken && !findings.values().flatten().any(is_broken);
        let program = can_be_used.then(|| mktlint_hir::program(&self.db, self.project));
        let changed = moment.store.lock().keep_policies(findings);
        moment.tell(changed, tell);
        Ok(Compiled { program, sources })
    }

    fn sources(&self) -> Vec<Source> {
        let files = self.moment.policies.files.values();
        let source = |file: &SourceFile| Source {
            path: file.path(&self.db).clone(),
            module: file.module(&self.db).clone(),
            text: Arc::clone(file.text(&self.db)),
        };
        files.map(source).collect()
    }
}

/// What assets are judged by from now on, if anything.
fn stand(moment: &Moment, compiled: Compiled, campaigns: &Campaigns) -> Option<Standing> {
    let is_new = compiled.program.is_some();
    let plan = compiled.program.map(|program| mktlint_plan::lower(&program));
    let standing = standard(moment, plan).map(|standard| {
        let conditions = conditions_of(&standard.judge.plan, campaigns.all());
        let segments = segments(moment, &standard, compiled.sources, conditions);
        (standard, segments)
    });
    let mut store = moment.store.lock();
    store.compiled = store.compiled.max(moment.policies.revision);
    if is_new {
        store.planned = store.planned.max(moment.policies.revision);
    }
    if let Some((standard, segments)) = &standing {
        store.judge_by(standard, segments);
        store.segments = (moment.policies.revision, Arc::clone(segments));
    }
    standing
}

/// What assets are judged by: `plan` if there is a new one. The one that there was when nothing about it has changed.
fn standard(moment: &Moment, plan: Option<Plan>) -> Option<Arc<Standard>> {
    let old = moment.store.lock().standard.clone();
    let plan = match (plan, &old) {
        (Some(plan), _) => Arc::new(plan),
        (None, Some(old)) => Arc::clone(&old.judge.plan),
        (None, None) => return None,
    };
    let documents = plan.evidences.iter().filter_map(|evidence| evidence.document);
    let paths = documents.map(|document| plan.str(document.text));
    let evidence: BTreeMap<SmolStr, _> =
        paths.map(|path| (path.into(), moment.store.document(&moment.files, path))).collect();
    let digest = match &old {
        Some(old) if Arc::ptr_eq(&old.judge.plan, &plan) => old.plan,
        _ => context(&[&mktlint_plan::file::to_bytes(&plan)]),
    };
    let recorded = moment.store.recorded(&moment.files, &plan, digest);
    let besides = format!("{} {} {evidence:?} {recorded:?}", moment.today, moment.files.n_config);
    let is_same = |old: &&Arc<Standard>| old.plan == digest && old.besides == besides;
    if let Some(old) = old.as_ref().filter(is_same) {
        return Some(Arc::clone(old));
    }
    let judge = match old.filter(|old| old.plan == digest) {
        Some(old) => Arc::clone(&old.judge),
        None => Arc::new(Judge::new(plan)),
    };
    let mut store = moment.store.lock();
    store.n_standards += 1;
    let id = store.n_standards;
    Some(Arc::new(Standard { id, judge, today: moment.today, recorded, evidence, plan: digest, besides }))
}

/// What the conditions of all manifests mean. Those that are known are not asked about again while the policies stay as
/// they are; the others are understood by a compilation of their own, so that nobody waits for it.
fn segments(
    moment: &Moment,
    standard: &Standard,
    sources: Vec<Source>,
    conditions: Vec<SmolStr>,
) -> Arc<Segments> {
    let (revision, known) = moment.store.lock().segments.clone();
    let is_known = |words: &SmolStr| revision == moment.policies.revision && known.meant.contains_key(words);
    let (still, new): (Vec<SmolStr>, Vec<SmolStr>) = conditions.into_iter().partition(is_known);
    let mut meant: BTreeMap<SmolStr, _> = still
        .into_iter()
        .filter_map(|words| Some((words.clone(), known.meant.get(&words)?.clone())))
        .collect();
    if !new.is_empty() {
        let schema = &standard.judge.plan.people.schema;
        let workspace = &moment.files.workspace;
        meant.extend(policy::segments_of(workspace, sources, moment.today, schema, new));
    }
    Arc::new(Segments::new(meant))
}

/// Looks at what all assets show together, unless nothing about that has changed.
fn together(moment: &Moment, standard: &Standard, segments: &Segments, tell: &mut dyn FnMut(News)) {
    let (facts, made_of, inputs) = {
        let mut known = moment.store.lock();
        let made_of = Some((standard.id, segments.digest, known.n_facts));
        if known.together_of == made_of {
            let placed = known.place_together(moment.policies.revision);
            drop(known);
            return moment.tell(placed, tell);
        }
        (known.facts(), made_of, known.inputs(standard, segments))
    };
    let plan = &standard.judge.plan;
    let found = judge_workspace(plan, &facts, &inputs);
    let mut of_waivers = judge_waivers(plan, &facts, &found, &inputs);
    of_waivers.extend(standard.recorded.problems.iter().cloned());
    let changed = {
        let mut known = moment.store.lock();
        known.together_of = made_of;
        let changed = known.keep_together(found, of_waivers);
        &changed | &known.place_together(moment.policies.revision)
    };
    moment.tell(changed, tell);
}
