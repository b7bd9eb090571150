//! Directives in assets: those that are there, and new ones.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use mktlint_asset::{Directive, extract};
use mktlint_check::{Judge, Scratch, SourceFile};
use mktlint_diag::{Diagnostic, Edit, FilePath, Fix, Safety, apply_edits};
use mktlint_ide::{AssetFile, JudgedFile, asset};

use super::fix::FixedFile;
use super::judge::{extraction_as, head, read};
use super::paths::shown_path;
use super::{Session, Settings, StartError, batch};
use crate::workspace::{Listed, Workspace, relative};

/// Directives that are written into one file: each is tried, and the file judged again.
const MOST_DIRECTIVES: usize = 200;

/// The directives to write.
#[derive(Debug)]
pub struct Inline<'a> {
    /// The files, as they are shown.
    pub files: &'a BTreeSet<FilePath>,
    /// The full name of the rule.
    pub rule: &'a str,
    /// The last day on which they hold.
    pub until: Date,
    /// Why; without quotation marks.
    pub because: &'a str,
}

/// What became of them; nothing is written yet.
#[derive(Debug, Default)]
pub struct Inlined {
    /// The files with their directives.
    pub files: Vec<FixedFile>,
    /// Findings that these cover.
    pub n_waived: usize,
    /// Findings that no directive can stand beside, as in plain text.
    pub n_left: usize,
}

/// Makes a directive beside each finding of the rule that counts, in the files that `inline` names.
///
/// # Errors
///
/// Fails when the run cannot begin.
pub fn waive_inline(settings: &Settings, inline: &Inline<'_>) -> Result<Inlined, StartError> {
    let mut inlined = Inlined::default();
    for batch in batch::batches(settings)? {
        let files = named(&batch.workspace, batch.files, settings, inline.files);
        if files.is_empty() {
            continue;
        }
        let mut session = Session::open(batch.workspace, settings)?;
        let Some(plan) = session.ready.plan.clone() else { continue };
        let campaigns = session.campaigns(&files, settings);
        let judge = Judge::new(plan);
        for file in &files {
            let campaign = campaigns.of(&file.path).and_then(|manifest| manifest.campaign.clone());
            if let Some(asset) = asset_file(&session.workspace, settings, file, campaign) {
                waive_in(asset, file, &judge, &session, settings, inline, &mut inlined);
            }
        }
    }
    Ok(inlined)
}

/// The directives in those of `files` (as they are shown) that are assets, in order of path.
///
/// # Errors
///
/// Fails when the run cannot begin.
pub fn directives(
    settings: &Settings,
    files: &BTreeSet<FilePath>,
) -> Result<Vec<(FilePath, Directive)>, StartError> {
    let mut found = Vec::new();
    for batch in batch::batches(settings)? {
        let root = batch.workspace.root.clone();
        for file in named(&batch.workspace, batch.files, settings, files) {
            let shown = shown_path(&settings.folder, &root, &relative(&root, &file.path));
            let Some(asset) = asset_file(&batch.workspace, settings, &file, None) else { continue };
            let own = asset.extraction.assets.iter().flat_map(|asset| &asset.directives);
            found.extend(own.map(|directive| (shown.clone(), directive.clone())));
        }
    }
    found.sort_by(|a, b| (&a.0, a.1.span).cmp(&(&b.0, b.1.span)));
    found.dedup();
    Ok(found)
}

fn named(
    workspace: &Workspace,
    files: Vec<Listed>,
    settings: &Settings,
    wanted: &BTreeSet<FilePath>,
) -> Vec<Listed> {
    let shown =
        |file: &Listed| shown_path(&settings.folder, &workspace.root, &relative(&workspace.root, &file.path));
    files.into_iter().filter(|file| wanted.contains(&shown(file))).collect()
}

fn asset_file(
    workspace: &Workspace,
    settings: &Settings,
    file: &Listed,
    campaign: Option<Arc<mktlint_asset::Asset>>,
) -> Option<AssetFile> {
    let path = relative(&workspace.root, &file.path);
    let text = read(settings, file, &path).ok()?;
    let spec = workspace.spec(&path, head(&text.text))?;
    let extraction = Arc::new(extraction_as(&spec, &path, &text));
    let judged = Arc::new(JudgedFile::default());
    Some(AssetFile { path, text: text.text, spec: Arc::new(spec), extraction, campaign, judged })
}

/// Writes one directive after the other, each beside a finding that no earlier one covers.
fn waive_in(
    mut asset: AssetFile,
    file: &Listed,
    judge: &Judge,
    session: &Session,
    settings: &Settings,
    inline: &Inline<'_>,
    inlined: &mut Inlined,
) {
    let before = Arc::clone(&asset.text);
    let mut found = uncovered(&asset, judge, session, inline);
    let n_found = found.len();
    for _ in 0..MOST_DIRECTIVES {
        let next = found.iter().find_map(|next| {
            let edit = asset::actions::directive(&asset, &judge.plan, next, inline.until, inline.because)?;
            let changed = with(&asset, edit)?;
            let still = uncovered(&changed, judge, session, inline);
            (still.len() < found.len()).then_some((changed, still))
        });
        let Some(next) = next else { break };
        (asset, found) = next;
    }
    inlined.n_left += found.len();
    if n_found > found.len() {
        inlined.n_waived += n_found - found.len();
        let shown = shown_path(&settings.folder, &session.workspace.root, &asset.path);
        inlined.files.extend(FixedFile::new(shown, file, before, asset.text.to_string()));
    }
}

/// The findings of the rule that count in `asset`.
fn uncovered(asset: &AssetFile, judge: &Judge, session: &Session, inline: &Inline<'_>) -> Vec<Diagnostic> {
    let source = SourceFile {
        file: &asset.path,
        text: &asset.text,
        extraction: &asset.extraction,
        campaign: asset.campaign.as_deref(),
    };
    let result = judge.file(&source, &session.inputs, &mut Scratch::default());
    let counts = |found: &Diagnostic| found.code == inline.rule && found.waived.is_none();
    result.findings.into_iter().filter(counts).collect()
}

/// `asset` after `edit`.
fn with(asset: &AssetFile, edit: Edit) -> Option<AssetFile> {
    let fix = Fix { title: String::new(), safety: Safety::Safe, file: asset.path.clone(), edits: vec![edit] };
    let text = apply_edits(&asset.text, &[&fix])?;
    let extraction = Arc::new(extract(&asset.path, &text, &asset.spec));
    Some(AssetFile { text: text.into(), extraction, ..asset.clone() })
}
