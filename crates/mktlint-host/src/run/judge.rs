//! Judges files, in parallel.

use std::collections::BTreeMap;
use std::sync::Arc;

use mktlint_asset::{Extraction, Spec};
use mktlint_check::{FileFacts, FileResult, Inputs, Judge, Scratch, SourceFile};
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_plan::Plan;
use rayon::prelude::*;
use smol_str::SmolStr;

use super::campaigns::{Campaigns, is_manifest};
use super::{Session, Settings};
use crate::cache::{Entry, Results, context};
use crate::codes;
use crate::system::{self, FileText, ReadError, Stamp};
use crate::workspace::{Listed, Workspace, relative};

/// What came of all files of a workspace.
#[derive(Debug, Default)]
pub struct Judged {
    /// Not in any order yet.
    pub findings: Vec<Diagnostic>,
    /// For the pass over all assets, in order of path.
    pub facts: Vec<FileFacts>,
    /// Assets judged.
    pub n_assets: usize,
}

/// What came of one file.
struct One {
    result: FileResult,
    n_assets: u32,
    keep: Option<(String, Entry)>,
}

/// Judges `files`; manifests last, because what their campaign says depends on its other assets.
pub fn files(
    session: &Session,
    plan: &Arc<Plan>,
    files: Vec<Listed>,
    campaigns: &Campaigns,
    settings: &Settings,
    results: Results,
) -> Judged {
    let judge = Judge::new(Arc::clone(plan));
    let (manifests, others): (Vec<Listed>, Vec<Listed>) = files
        .into_iter()
        .partition(|file| is_manifest(&session.workspace, &relative(&session.workspace.root, &file.path)));
    let base = session.context();
    let mut judged = Judged::default();
    let mut fresh = Vec::new();
    let worker = Worker { session, judge: &judge, campaigns, settings, results: &results };
    let first = worker.all(&others, &session.inputs, &base);
    gather(first, &mut judged, &mut fresh);
    if !manifests.is_empty() {
        let mut inputs = session.inputs.clone();
        let claims = claims_by_campaign(&judged.facts);
        let said = format!("{claims:?}");
        inputs.claims = Some(claims);
        let mut base = base;
        base.extend(said.into_bytes());
        gather(worker.all(&manifests, &inputs, &base), &mut judged, &mut fresh);
    }
    results.store(fresh);
    judged.facts.sort_by(|a, b| a.file.cmp(&b.file));
    judged
}

fn gather(all: Vec<One>, judged: &mut Judged, fresh: &mut Vec<(String, Entry)>) {
    for one in all {
        judged.n_assets += one.n_assets as usize;
        judged.findings.extend(one.result.findings);
        judged.facts.push(one.result.facts);
        fresh.extend(one.keep);
    }
}

/// The claims that the assets of each campaign make.
pub fn claims_by_campaign<'f>(
    facts: impl IntoIterator<Item = &'f FileFacts>,
) -> BTreeMap<SmolStr, Vec<SmolStr>> {
    let mut claims: BTreeMap<SmolStr, Vec<SmolStr>> = BTreeMap::new();
    for fact in facts.into_iter().flat_map(|facts| &facts.claims) {
        if let Some(campaign) = &fact.campaign {
            claims.entry(campaign.clone()).or_default().push(fact.claim.clone());
        }
    }
    for list in claims.values_mut() {
        list.sort();
        list.dedup();
    }
    claims
}

struct Worker<'a> {
    session: &'a Session,
    judge: &'a Judge,
    campaigns: &'a Campaigns,
    settings: &'a Settings,
    results: &'a Results,
}

impl Worker<'_> {
    /// All of `files`; in order, whatever the number of threads.
    fn all(&self, files: &[Listed], inputs: &Inputs, base: &[u8]) -> Vec<One> {
        // One file needs no second thread, and starting threads costs more than judging it.
        if files.len() < 4 {
            let mut scratch = Scratch::default();
            return files.iter().map(|file| self.one(file, inputs, base, &mut scratch)).collect();
        }
        files
            .par_iter()
            .with_min_len(8)
            .map_init(Scratch::default, |scratch, file| self.one(file, inputs, base, scratch))
            .collect()
    }

    fn one(&self, file: &Listed, inputs: &Inputs, base: &[u8], scratch: &mut Scratch) -> One {
        let path = relative(&self.session.workspace.root, &file.path);
        let manifest = self.campaigns.of(&file.path);
        let spec = self.session.workspace.spec_of_path(&path);
        let campaign_bytes = manifest.map_or(&[][..], |manifest| &manifest.bytes);
        let depends = context(&[base, campaign_bytes, format!("{spec:?}").as_bytes()]);
        let stamp = if self.settings.use_cache { system::stamp(&file.path) } else { None };
        if let Some(known) = stamp.and_then(|stamp| self.results.get(&path, stamp, &depends))
            && let Some(result) = restore(known)
        {
            return One { result, n_assets: known.n_assets, keep: None };
        }
        let text = match read(self.settings, file, &path) {
            Ok(text) => text,
            Err(problem) => return unreadable(*problem, &path),
        };
        let (result, n_assets) = judge_text(
            &self.session.workspace,
            self.judge,
            &path,
            &text,
            self.campaign(file),
            inputs,
            scratch,
        );
        let keep = stamp.and_then(|stamp| self.entry(stamp, depends, n_assets, &result, &path));
        One { result, n_assets, keep }
    }

    fn campaign(&self, file: &Listed) -> Option<&mktlint_asset::Asset> {
        self.campaigns.of(&file.path).and_then(|manifest| manifest.campaign.as_deref())
    }

    fn entry(
        &self,
        stamp: Stamp,
        depends: [u8; 16],
        n_assets: u32,
        result: &FileResult,
        path: &FilePath,
    ) -> Option<(String, Entry)> {
        let bytes = if n_assets == 0 && result.findings.is_empty() { Vec::new() } else { result.to_bytes() };
        Some((path.as_str().to_owned(), self.results.entry(stamp, depends, n_assets, bytes)?))
    }
}

/// The text of `file`, or of what stands for it.
pub(super) fn read(settings: &Settings, file: &Listed, path: &FilePath) -> Result<FileText, Box<Diagnostic>> {
    let format = mktlint_asset::format_of(path);
    if let Some((given, bytes)) = settings.given()
        && given == file.path
    {
        return Ok(system::text_of(bytes, format));
    }
    system::read_file(&file.path, format).map_err(|error| Box::new(not_read(path, error)))
}

/// That a file has no text.
pub fn not_read(path: &FilePath, error: ReadError) -> Diagnostic {
    match error {
        ReadError::Refused(reason) => codes::unreadable::of(path, &reason),
        ReadError::Changing => codes::changing::of(path),
    }
}

fn restore(known: &Entry) -> Option<FileResult> {
    if known.result.is_empty() { Some(FileResult::default()) } else { FileResult::from_bytes(&known.result) }
}

fn unreadable(problem: Diagnostic, path: &FilePath) -> One {
    let mut result = FileResult { findings: vec![problem], ..FileResult::default() };
    result.facts.file = Some(path.clone());
    One { result, n_assets: 0, keep: None }
}

/// Judges one text. The second value is how many assets it holds; 0 when it is none.
pub fn judge_text(
    workspace: &Workspace,
    judge: &Judge,
    path: &FilePath,
    text: &FileText,
    campaign: Option<&mktlint_asset::Asset>,
    inputs: &Inputs,
    scratch: &mut Scratch,
) -> (FileResult, u32) {
    let Some(extraction) = extraction(workspace, path, text) else { return (FileResult::default(), 0) };
    let source = SourceFile { file: path, text: &text.text, extraction: &extraction, campaign };
    let result = judge.file(&source, inputs, scratch);
    (result, u32::try_from(extraction.assets.len()).unwrap_or(u32::MAX))
}

/// The assets in a text with everything wrong with its bytes and its format; `None` when it is none.
pub fn extraction(workspace: &Workspace, path: &FilePath, text: &FileText) -> Option<Extraction> {
    Some(extraction_as(&workspace.spec(path, head(&text.text))?, path, text))
}

/// The assets in a text that is read as `spec` says, with everything wrong with its bytes and its format.
pub fn extraction_as(spec: &Spec, path: &FilePath, text: &FileText) -> Extraction {
    let mut extraction = mktlint_asset::extract(path, &text.text, spec);
    let mut problems = mktlint_asset::Decoded {
        text: text.text.as_ref().into(),
        encoding: text.encoding,
        problems: text.problems.clone(),
    }
    .diagnostics(path);
    problems.append(&mut extraction.problems);
    extraction.problems = problems;
    extraction
}

/// The first 4 KiB, cut at a character.
pub fn head(text: &str) -> &str {
    let mut end = text.len().min(4096);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
