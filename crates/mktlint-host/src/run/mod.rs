//! One run of `check`.

pub(crate) mod batch;
mod calendar;
pub(crate) mod campaigns;
mod explain;
mod fix;
mod held;
mod inline;
pub(crate) mod judge;
mod manifests;
mod paths;
mod under;
mod waivers;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil;
use mktlint_check::{EvidenceFact, FileFacts, Inputs, WorkspaceResult};
use mktlint_diag::{Diagnostic, FilePath, Level};
use mktlint_hir::Source;
use mktlint_plan::Plan;
use smol_str::SmolStr;

use campaigns::Campaigns;
pub use explain::{Explained, explain};
pub use fix::{FixedFile, Fixing, fix};
pub use inline::{Inline, Inlined, directives, waive_inline};
pub use judge::judge_text;
pub use manifests::{ManifestFile, manifests};
pub use paths::{Shown, shown_path};
pub use under::{Standing, check_under};
pub use waivers::Waiver;

use crate::cache::Results;
use crate::policy::{self, Ready};
use crate::system;
use crate::waivers::{self as recorded, Recorded};
use crate::workspace::{Listed, Workspace, relative};

/// What a run is asked to do.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The working directory, absolute.
    pub folder: PathBuf,
    /// What to judge; the workspace of the working directory when empty.
    pub paths: Vec<PathBuf>,
    /// A configuration that holds instead of the nearest one.
    pub config: Option<PathBuf>,
    /// The day that stands for today.
    pub today: civil::Date,
    /// Whether results of earlier runs may be used and kept.
    pub use_cache: bool,
    /// A plan file that holds instead of the policies.
    pub plan: Option<PathBuf>,
    /// A text that stands for the file of this name.
    pub stdin: Option<(PathBuf, Vec<u8>)>,
}

impl Settings {
    /// What stands for a file, with its path.
    fn given(&self) -> Option<(PathBuf, &[u8])> {
        let (name, bytes) = self.stdin.as_ref()?;
        Some((self.folder.join(name), bytes))
    }
}

/// Why a run could not begin.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StartError {
    /// A path on the command line that does not exist, or cannot be used.
    Path {
        /// As it was given.
        path: PathBuf,
        /// In plain words.
        reason: String,
    },
    /// A plan file that cannot be used.
    Plan {
        /// The file.
        path: PathBuf,
        /// In plain words.
        reason: String,
    },
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Path { path, reason } => write!(f, "`{}`: {reason}", path.display()),
            Self::Plan { path, reason } => write!(f, "`{}` cannot be used: {reason}", path.display()),
        }
    }
}

impl std::error::Error for StartError {}

/// What a run found. Paths in it are as they are shown: from the working directory.
#[derive(Debug, Default)]
pub struct Checked {
    /// In order of path, position, rule.
    pub findings: Vec<Diagnostic>,
    /// Assets judged.
    pub n_assets: usize,
    /// Policy files of the projects.
    pub n_policies: usize,
    /// Remarks of one line.
    pub notes: Vec<String>,
    /// The plans, in order of root: what is in force.
    pub plans: Vec<Arc<Plan>>,
    /// The root of the workspace of each of [`Checked::plans`].
    pub roots: Vec<PathBuf>,
    /// What the files of each workspace say of campaigns, claims and links, in order of path; their paths count from the
    /// root.
    pub facts: Vec<Vec<FileFacts>>,
    /// A configuration is wrong.
    pub bad_config: bool,
    /// A policy does not compile.
    pub bad_policy: bool,
    /// Something could not be judged.
    pub undecided: bool,
    /// A verdict would depend on a declaration that could not be compiled to something to run. No selection of findings
    /// changes that.
    pub waits: bool,
    /// The lowest level that fails the run, when the configuration says so.
    pub fail_on: Option<Level>,
    /// What the configurations select and leave out.
    pub select: Vec<SmolStr>,
    /// What the configurations leave out.
    pub ignore: Vec<SmolStr>,
    /// Whether only files were named, none of them an asset or a policy.
    pub only_other_files: bool,
    /// Whether a workspace has a baseline.
    pub has_baseline: bool,
    /// The exceptions for files, whether they hold or not.
    pub waivers: Vec<Waiver>,
    /// For output: the texts of files by the path that is shown.
    pub shown: Shown,
}

/// Everything needed to judge the files of one workspace.
#[derive(Debug)]
pub struct Session {
    /// The workspace.
    pub workspace: Workspace,
    /// The plan, and what was wrong with the policies.
    pub ready: Ready,
    /// What judgements depend on besides.
    pub inputs: Inputs,
    /// What is wrong with recorded waivers.
    of_waivers: Vec<Diagnostic>,
    /// The texts of the policy when they are not those on disk.
    texts: Option<Vec<Source>>,
}

impl Session {
    /// Compiles the policies of `workspace`.
    pub fn open(workspace: Workspace, settings: &Settings) -> Result<Self, StartError> {
        let ready = match &settings.plan {
            Some(path) => plan_from_file(path)?,
            None => policy::ready(&workspace, settings.today, settings.use_cache, &settings.given()),
        };
        Ok(Self::new(workspace, ready, None, settings))
    }

    fn new(workspace: Workspace, ready: Ready, texts: Option<Vec<Source>>, settings: &Settings) -> Self {
        let mut inputs = Inputs::at(settings.today);
        let mut found = Recorded::default();
        if let Some(plan) = &ready.plan {
            inputs.evidence = policy::evidence(&workspace, plan);
            found = recorded::recorded(&workspace, plan);
        }
        inputs.waivers = found.waivers;
        Self { workspace, ready, inputs, of_waivers: found.problems, texts }
    }

    /// The campaigns of `files`. Conditions in their manifests are understood by the policy on the way, unless there
    /// is no more than a plan of it.
    fn campaigns(&mut self, files: &[Listed], settings: &Settings) -> Campaigns {
        let given = settings.given();
        let campaigns = Campaigns::find(&self.workspace, files, &given);
        if let (Some(plan), None) = (&self.ready.plan, &settings.plan) {
            let conditions = mktlint_check::conditions_of(plan, campaigns.all());
            let texts = || self.texts.clone().unwrap_or_else(|| policy::texts(&self.workspace, &given));
            self.inputs.segments =
                policy::segments(&self.workspace, texts, settings.today, &plan.people.schema, conditions);
        }
        campaigns
    }

    /// Names everything that a result depends on besides its file and campaign.
    fn context(&self) -> Vec<u8> {
        let mut bytes = self.ready.digest.to_vec();
        bytes.extend(self.inputs.today.to_string().into_bytes());
        for (path, fact) in &self.inputs.evidence {
            bytes.extend(path.as_bytes());
            bytes.extend(match fact {
                EvidenceFact::Digest(digest) => digest.as_bytes().to_vec(),
                EvidenceFact::Missing => b"missing".to_vec(),
                EvidenceFact::Unreadable(reason) => reason.as_bytes().to_vec(),
            });
        }
        bytes.extend(recorded::key(&self.inputs.waivers));
        bytes
    }
}

fn plan_from_file(path: &std::path::Path) -> Result<Ready, StartError> {
    let fail = |reason: String| StartError::Plan { path: path.to_owned(), reason };
    let bytes = system::read_bytes(path).map_err(fail)?;
    let plan = mktlint_plan::file::from_bytes(&bytes).map_err(|error| fail(error.to_string()))?;
    let digest = crate::cache::digest_of(&bytes);
    Ok(Ready { plan: Some(Arc::new(plan)), digest, diagnostics: Vec::new(), n_policies: 0 })
}

/// Judges what `settings` names.
///
/// # Errors
///
/// Fails when the run cannot begin; anything wrong inside a file is a finding instead.
pub fn check(settings: &Settings) -> Result<Checked, StartError> {
    check_batches(batch::batches(settings)?, settings, &|workspace| Session::open(workspace, settings))
}

/// Compiles the policy of a workspace.
type Open<'o> = &'o dyn Fn(Workspace) -> Result<Session, StartError>;

fn check_batches(
    batches: Vec<batch::Batch>,
    settings: &Settings,
    open: Open<'_>,
) -> Result<Checked, StartError> {
    let mut checked = Checked { only_other_files: !settings.paths.is_empty(), ..Checked::default() };
    for batch in batches {
        check_batch(batch, settings, open, &mut checked)?;
    }
    checked.findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    checked.undecided |=
        checked.waits || checked.findings.iter().any(|found| found.undecided && found.counts());
    Ok(checked)
}

fn check_batch(
    batch: batch::Batch,
    settings: &Settings,
    open: Open<'_>,
    checked: &mut Checked,
) -> Result<(), StartError> {
    let batch::Batch { workspace, files, mut findings, judges_policy, only_other_files } = batch;
    checked.only_other_files &= only_other_files;
    if !workspace.problems.is_empty() {
        checked.bad_config = true;
        findings.extend(workspace.problems.iter().cloned());
        return show(&workspace.root, findings, settings, checked);
    }
    let baseline = match held::load(&workspace, settings, checked) {
        Ok(baseline) => baseline,
        Err(problem) => {
            findings.push(*problem);
            return show(&workspace.root, findings, settings, checked);
        }
    };
    // Of several workspaces the strictest counts: what fails alone fails in company.
    let fail_on = workspace.config.fail_on;
    checked.fail_on = Some(checked.fail_on.map_or(fail_on, |level| level.min(fail_on)));
    checked.select.extend(workspace.config.select.iter().map(|(name, _)| name.clone()));
    checked.ignore.extend(workspace.config.ignore.iter().map(|(name, _)| name.clone()));
    if let Some((name, bytes)) = &settings.stdin {
        let path = relative(&workspace.root, &settings.folder.join(name));
        let text = system::text_of(bytes, mktlint_asset::format_of(&path)).text;
        checked.shown.give(shown_path(&settings.folder, &workspace.root, &path), text);
    }
    if batch::covers_workspace(settings, &workspace.root) {
        checked.notes.extend(idle_tables(&workspace, &files));
    }
    let mut session = open(workspace)?;
    checked.n_policies += session.ready.n_policies;
    if judges_policy || session.ready.plan.is_none() {
        // Policy folders that cannot be listed were found on the way to the assets, too.
        let new = session.ready.diagnostics.iter().filter(|own| !findings.contains(own)).cloned();
        findings.extend(new.collect::<Vec<_>>());
    }
    let Some(plan) = session.ready.plan.clone() else {
        checked.bad_policy = true;
        if !files.is_empty() {
            checked.notes.push("no asset was judged, because the policy does not compile".to_owned());
        }
        return show(&session.workspace.root, findings, settings, checked);
    };
    let results = if settings.use_cache { Results::load(&session.workspace.root) } else { Results::none() };
    let others = calendar::other_manifests(&session.workspace, &plan, &files, settings);
    let both: Vec<Listed> = files.iter().chain(&others).cloned().collect();
    let campaigns = session.campaigns(&both, settings);
    let judged = judge::files(&session, &plan, files, &campaigns, settings, results);
    checked.n_assets += judged.n_assets;
    findings.extend(judged.findings);
    let together = if others.is_empty() {
        mktlint_check::judge_workspace(&plan, &judged.facts, &session.inputs)
    } else {
        together_with(others, &judged.facts, &session, &plan, &campaigns, settings)
    };
    let not_judged = mktlint_check::not_judged(&plan, &judged.facts);
    checked.notes.extend(not_judged.notes);
    checked.waits |= not_judged.is_undecided;
    if batch::covers_workspace(settings, &session.workspace.root) {
        findings.extend(mktlint_check::judge_waivers(&plan, &judged.facts, &together, &session.inputs));
    }
    if batch::covers_workspace(settings, &session.workspace.root) {
        findings.extend(std::mem::take(&mut session.of_waivers));
    }
    findings.extend(together.findings);
    findings.extend(crate::flow::judge(&session.workspace, &plan, &campaigns, &judged.facts, settings));
    if let Some(baseline) = baseline {
        held::apply(&baseline, &plan, &session.workspace, &mut findings, settings);
    }
    checked.waivers.extend(waivers::of(&plan, &session, settings, &mut checked.shown));
    checked.plans.push(plan);
    checked.roots.push(session.workspace.root.clone());
    checked.facts.push(judged.facts);
    show(&session.workspace.root, findings, settings, checked)
}

/// What all assets show together with manifests that are not judged themselves.
fn together_with(
    others: Vec<Listed>,
    facts: &[FileFacts],
    session: &Session,
    plan: &Arc<Plan>,
    campaigns: &Campaigns,
    settings: &Settings,
) -> WorkspaceResult {
    let own: BTreeSet<FilePath> = facts.iter().filter_map(|facts| facts.file.clone()).collect();
    let unjudged = judge::files(session, plan, others, campaigns, settings, Results::none());
    let mut all = facts.to_vec();
    all.extend(unjudged.facts.into_iter().map(calendar::campaigns_alone));
    all.sort_by(|a, b| a.file.cmp(&b.file));
    let mut together = mktlint_check::judge_workspace(plan, &all, &session.inputs);
    together.findings.retain(|finding| calendar::concerns(finding, &own, plan));
    together
}

/// Says which `[[assets]]` tables speak of no file, as one with a misspelt path does.
fn idle_tables(workspace: &Workspace, files: &[Listed]) -> Vec<String> {
    let files: Vec<_> = files.iter().map(|file| relative(&workspace.root, &file.path)).collect();
    let quoted = |table: &crate::config::AssetFiles| {
        table.files.iter().map(|glob| format!("`{glob}`")).collect::<Vec<_>>().join(", ")
    };
    let tables = workspace.idle_tables(&files);
    tables.map(|table| format!("no file fits {} of `[[assets]]` in `mktlint.toml`", quoted(table))).collect()
}

/// Moves findings to the paths that are shown.
fn show(
    root: &std::path::Path,
    findings: Vec<Diagnostic>,
    settings: &Settings,
    checked: &mut Checked,
) -> Result<(), StartError> {
    checked.findings.extend(checked.shown.relocate(root, settings, findings));
    Ok(())
}
