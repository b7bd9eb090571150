//! Brings together what figures are computed from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mktlint_asset::Asset;
use mktlint_check::FileFacts;
use mktlint_diag::{Diagnostic, FilePath, Level};
use mktlint_flow::Pipeline;
use mktlint_flow::campaign::{Manifest, Traces, reached};
use mktlint_flow::metrics::{Input, Metrics, RuleHits, Window, Work, compute};
use mktlint_flow::results::{Known, Results, Threshold};
use mktlint_plan::Plan;
use smol_str::SmolStr;

use super::decisions::{Decided, decided, needs, short};
use super::owners::Owners;
use super::results;
use super::traces::traces;
use crate::git::{GitError, History, Repository};
use crate::run::{Checked, ManifestFile, Settings, StartError, manifests};
use crate::workspace::{Globs, Workspace, relative};

/// How many commits are read; older ones are left out, which is said.
const MOST_COMMITS: usize = 200_000;

/// Which events count.
#[derive(Clone, Debug)]
pub struct Asked {
    /// From when to when.
    pub window: Window,
    /// Only campaigns whose ids fit one of these globs; all when empty.
    pub campaigns: Vec<SmolStr>,
}

/// What came of it.
#[derive(Debug)]
pub struct Gathered {
    /// The figures.
    pub metrics: Metrics,
    /// How many campaigns there are.
    pub n_campaigns: usize,
    /// What limits what is known, a line each: a shallow clone, no repository.
    pub notes: Vec<String>,
}

/// Computes the figures of `workspace`, which `checked` judged as a whole with `settings`.
///
/// # Errors
///
/// Fails when the workspace cannot be listed.
pub fn gather(
    workspace: &Workspace,
    checked: &Checked,
    settings: &Settings,
    asked: &Asked,
) -> Result<Gathered, StartError> {
    let everything = Settings { paths: vec![workspace.root.clone()], use_cache: false, ..settings.clone() };
    let manifests: Vec<ManifestFile> = manifests(&everything)?
        .into_iter()
        .filter(|manifest| manifest.path == workspace.root.join(manifest.file.as_str()))
        .collect();
    let at = checked.roots.iter().position(|root| *root == workspace.root);
    let plan = at.and_then(|at| checked.plans.get(at)).cloned().unwrap_or_default();
    let facts = at.and_then(|at| checked.facts.get(at)).map_or(&[][..], Vec::as_slice);
    let mut gathering = Gathering {
        workspace,
        checked,
        plan: &plan,
        pipeline: Pipeline::of(&plan),
        asked,
        wanted: Globs::new(&asked.campaigns),
        notes: Vec::new(),
    };
    Ok(gathering.all(&manifests, facts))
}

struct Gathering<'a> {
    workspace: &'a Workspace,
    checked: &'a Checked,
    plan: &'a Plan,
    pipeline: Pipeline,
    asked: &'a Asked,
    wanted: Globs,
    notes: Vec<String>,
}

impl Gathering<'_> {
    fn all(&mut self, manifests: &[ManifestFile], facts: &[FileFacts]) -> Gathered {
        match self.plan.pipelines.len() {
            0 => {
                let stages = self.pipeline.stages.join(" -> ");
                self.notes.push(format!("the policy has no `pipeline`, so the stages are {stages}"));
            }
            1 => {}
            _ => self.notes.push("the policy has several pipelines; the first counts".to_owned()),
        }
        let now = self.asked.window.until;
        let read =
            |asset: &Asset| mktlint_flow::campaign::read(asset, &self.pipeline, now).map(|(own, _)| own);
        let declared: Vec<(&ManifestFile, Vec<Manifest>)> =
            manifests.iter().map(|file| (file, file.campaigns.iter().filter_map(read).collect())).collect();
        let ids = |manifests: &Vec<Manifest>| manifests.iter().map(|it| it.id.clone()).collect();
        let owners = Owners::new(declared.iter().map(|(file, manifests)| (*file, ids(manifests))));
        let mut known: BTreeMap<SmolStr, Manifest> = BTreeMap::new();
        for manifest in declared.into_iter().flat_map(|(_, manifests)| manifests) {
            known.entry(manifest.id.clone()).or_insert(manifest);
        }
        let results = self.results(&known);
        let mut traces = self.traces(&owners);
        let mut decided = self.decided();
        let tiers = tiers(facts);
        let violations = self.violations(&owners);
        let works = known.into_values().filter(|manifest| self.is_wanted(&manifest.id)).map(|manifest| {
            let mut own = traces.remove(&manifest.id).unwrap_or_default();
            own.measured = results.first_of(&manifest.id);
            let decided = decided.remove(&manifest.id).unwrap_or_default();
            let tier = decided.tier.clone().or_else(|| tiers.get(&manifest.id).cloned());
            let violations = violations.get(&manifest.id).copied().unwrap_or(0);
            self.work(manifest, own, decided, tier, violations)
        });
        let works: Vec<Work> = works.collect();
        let n_campaigns = works.len();
        let rules = self.rules(&owners);
        let n_assets = self.n_assets(facts, &owners);
        let input =
            Input { window: self.asked.window, pipeline: self.pipeline.clone(), works, rules, n_assets };
        Gathered { metrics: compute(&input), n_campaigns, notes: std::mem::take(&mut self.notes) }
    }

    fn is_wanted(&self, id: &str) -> bool {
        self.asked.campaigns.is_empty() || self.wanted.matches(id)
    }

    fn work(
        &self,
        manifest: Manifest,
        mut traces: Traces,
        decided: Decided,
        tier: Option<SmolStr>,
        violations: usize,
    ) -> Work {
        let needs = tier.as_deref().map(|tier| needs(self.plan, tier, &decided.verdicts)).unwrap_or_default();
        traces.verdicts = decided.verdicts;
        let reached = reached(&manifest, &traces, &needs, &self.pipeline, self.asked.window.until);
        let Manifest { id, channels, corrections, .. } = manifest;
        Work { id, tier, channels, reached, traces, needs, corrections, violations }
    }

    fn results(&self, known: &BTreeMap<SmolStr, Manifest>) -> Results {
        let campaigns = known.iter().map(|(id, manifest)| (id.clone(), manifest.channels.clone())).collect();
        let thresholds = Threshold::all(self.plan);
        let (lines, _) = results::read(self.workspace);
        let known = Known { campaigns: &campaigns, thresholds: &thresholds, now: self.asked.window.until };
        mktlint_flow::results::judge(&lines, known)
    }

    /// What history shows; nothing, with a word why, where there is none.
    fn traces(&mut self, owners: &Owners) -> BTreeMap<SmolStr, Traces> {
        let history = match history(&self.workspace.root) {
            Ok(history) => history,
            Err(error) => {
                self.notes.push(format!("only what manifests stamp is known: {error}"));
                return BTreeMap::new();
            }
        };
        if let Some(starts) = history.starts {
            let words =
                "older commits are missing, as in a shallow clone, so times before that are not known";
            self.notes.push(format!("history starts on {}: {words}", starts.strftime("%Y-%m-%d")));
        }
        if history.n_skewed > 0 {
            let n = history.n_skewed;
            self.notes.push(match n {
                1 => "1 commit claims to be older than its parent; it counts as old as that".to_owned(),
                n => format!("{n} commits claim to be older than their parents; they count as old as those"),
            });
        }
        traces(&history, owners, self.workspace)
    }

    fn decided(&mut self) -> BTreeMap<SmolStr, Decided> {
        match decided(&self.workspace.root, self.plan, self.asked.window.until) {
            Ok(decided) => decided,
            Err(error) => {
                self.notes.push(format!("no decision is known: {error}"));
                BTreeMap::new()
            }
        }
    }

    /// The findings of the workspace, with their files from its root.
    fn findings(&self) -> impl Iterator<Item = (&Diagnostic, FilePath)> {
        let inside = |found: &Diagnostic| -> Option<FilePath> {
            let path = self.checked.shown.file(&found.primary.place.file)?;
            path.starts_with(&self.workspace.root).then(|| relative(&self.workspace.root, path))
        };
        let real = self.checked.findings.iter().filter(|found| !found.undecided);
        real.filter_map(move |found| Some((found, inside(found)?)))
    }

    /// How many errors stand in the files of each campaign.
    fn violations(&self, owners: &Owners) -> BTreeMap<SmolStr, usize> {
        let mut violations: BTreeMap<SmolStr, usize> = BTreeMap::new();
        let errors =
            self.findings().filter(|(found, _)| found.level == Level::Error && found.waived.is_none());
        for (_, file) in errors {
            if let Some(id) = owners.of(&file) {
                *violations.entry(id.clone()).or_default() += 1;
            }
        }
        violations
    }

    /// What each rule found in files of the campaigns that are wanted; in all files when all are.
    fn rules(&self, owners: &Owners) -> Vec<RuleHits> {
        let mut rules: BTreeMap<&SmolStr, (usize, usize, BTreeSet<FilePath>)> = BTreeMap::new();
        let thresholds: BTreeSet<&str> =
            self.plan.thresholds.iter().map(|it| self.plan.str(it.name)).collect();
        let is_rule = |code: &str| !code.starts_with("MKT") && !thresholds.contains(code);
        let of_rules = self.findings().filter(|(found, _)| is_rule(&found.code));
        for (found, file) in of_rules.filter(|(_, file)| self.is_in_scope(file, owners)) {
            let (findings, waived, files) = rules.entry(&found.code).or_default();
            *findings += 1;
            *waived += usize::from(found.waived.is_some());
            files.insert(file);
        }
        let hits = rules.into_iter().map(|(rule, (findings, waived, files))| RuleHits {
            rule: rule.clone(),
            findings,
            waived,
            files: files.len(),
        });
        hits.collect()
    }

    fn is_in_scope(&self, file: &FilePath, owners: &Owners) -> bool {
        self.asked.campaigns.is_empty() || owners.of(file).is_some_and(|id| self.is_wanted(id))
    }

    fn n_assets(&self, facts: &[FileFacts], owners: &Owners) -> usize {
        if self.asked.campaigns.is_empty() {
            return self.checked.n_assets;
        }
        let files = facts.iter().filter_map(|facts| facts.file.as_ref());
        files.filter(|file| self.is_in_scope(file, owners)).count()
    }
}

fn history(root: &Path) -> Result<History, GitError> {
    Repository::open(root)?.history(root, MOST_COMMITS)
}

/// The tier of each campaign as it stands.
fn tiers(facts: &[FileFacts]) -> BTreeMap<SmolStr, SmolStr> {
    let campaigns = facts.iter().flat_map(|facts| &facts.campaigns);
    campaigns.filter_map(|fact| Some((fact.id.clone(), short(fact.tier.tier.as_ref()?)))).collect()
}
