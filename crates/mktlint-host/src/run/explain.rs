//! Why rules fired or did not at one place.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use mktlint_check::{Explanation, Inputs, Judge, Outcome, Scratch, SourceFile, explain_at};
use mktlint_diag::Place;
use mktlint_text::{LineColumn, LineIndex, Span};
use smol_str::SmolStr;

use super::campaigns::Campaigns;
use super::judge::{extraction, read};
use super::paths::Shown;
use super::{Session, Settings, StartError, batch};
use crate::workspace::{Listed, relative};

/// Why rules fired or did not; paths are as they are shown.
#[derive(Debug)]
pub struct Explained {
    /// The line.
    pub place: Place,
    /// Those that fired first, then the undecided, those that hold, those that do not apply.
    pub explanations: Vec<Explanation>,
    /// For output: the texts of files.
    pub shown: Shown,
}

/// Explains `line` (from 1) of the asset that `settings` names as its only path, at `column` (from 1) when it is given,
/// else wherever something on the line fired. `None` when the file is no asset or the policy does not compile.
///
/// # Errors
///
/// Fails when the run cannot begin, and when there is no such line.
pub fn explain(settings: &Settings, line: u32, column: Option<u32>) -> Result<Option<Explained>, StartError> {
    for batch in batch::batches(settings)? {
        let Some(file) = batch.files.first().cloned() else { continue };
        let mut session = Session::open(batch.workspace, settings)?;
        let campaigns = session.campaigns(std::slice::from_ref(&file), settings);
        return explain_file(&session, &file, &campaigns, settings, At { line, column });
    }
    Ok(None)
}

#[derive(Clone, Copy)]
struct At {
    line: u32,
    column: Option<u32>,
}

fn explain_file(
    session: &Session,
    file: &Listed,
    campaigns: &Campaigns,
    settings: &Settings,
    at: At,
) -> Result<Option<Explained>, StartError> {
    let (root, folder) = (&session.workspace.root, &settings.folder);
    let path = relative(root, &file.path);
    let fail = |reason: String| StartError::Path { path: path.as_str().into(), reason };
    let text = read(settings, file, &path).map_err(|problem| fail(problem.message))?;
    let found = session.ready.plan.as_ref().zip(extraction(&session.workspace, &path, &text));
    let Some((plan, extraction)) = found else { return Ok(None) };
    let lines = LineIndex::new(&text.text);
    if at.line == 0 || at.line > lines.n_lines() {
        return Err(fail(format!("there is no line {}; it has {}", at.line, lines.n_lines())));
    }
    let judge = Judge::new(Arc::clone(plan));
    let campaign = campaigns.of(&file.path).and_then(|manifest| manifest.campaign.as_deref());
    let source = SourceFile { file: &path, text: &text.text, extraction: &extraction, campaign };
    let mut scratch = Scratch::default();
    let line = lines.line_span(&text.text, at.line);
    let offsets = match at.column {
        Some(column) => vec![lines.offset(&text.text, LineColumn { line: at.line, column })],
        None => offsets_on(line, &judge, &source, &session.inputs, &mut scratch),
    };
    let explain = |offset| explain_at(&judge, &source, &session.inputs, offset, &mut scratch);
    let explanations = best(offsets.into_iter().flat_map(explain).collect());
    let mut shown = Shown::default();
    let explanations = explanations.into_iter().map(|it| moved(it, &mut shown, root, folder)).collect();
    let place = shown.place_in(&Place::new(path, line), root, folder);
    Ok(Some(Explained { place, explanations, shown }))
}

/// The first word of a line, and wherever findings start on it.
fn offsets_on(
    line: Span,
    judge: &Judge,
    source: &SourceFile<'_>,
    inputs: &Inputs,
    scratch: &mut Scratch,
) -> Vec<u32> {
    let words = line.slice(source.text);
    let first = line.start() + (words.len() - words.trim_start().len()) as u32;
    let found = judge.file(source, inputs, scratch).findings;
    let starts =
        found.iter().map(|found| found.primary.place.span.start()).filter(|start| line.touches(*start));
    std::iter::once(first).chain(starts).collect()
}

/// Of several explanations of one rule the one that says most, in the order of what they say.
fn best(all: Vec<Explanation>) -> Vec<Explanation> {
    let mut by_rule: BTreeMap<SmolStr, Explanation> = BTreeMap::new();
    for it in all {
        match by_rule.get(&it.rule) {
            Some(known) if rank(&known.outcome) <= rank(&it.outcome) => {}
            _ => drop(by_rule.insert(it.rule.clone(), it)),
        }
    }
    let mut best: Vec<Explanation> = by_rule.into_values().collect();
    best.sort_by_key(|it| rank(&it.outcome));
    best
}

fn rank(outcome: &Outcome) -> u8 {
    match outcome {
        Outcome::Fired => 0,
        Outcome::Undecided(_) => 1,
        Outcome::Held => 2,
        Outcome::NotApplicable(_) => 3,
    }
}

fn moved(mut it: Explanation, shown: &mut Shown, root: &Path, folder: &Path) -> Explanation {
    it.place = shown.place_in(&it.place, root, folder);
    it.about = it.about.map(|place| shown.place_in(&place, root, folder));
    it.nearest = it.nearest.map(|place| shown.place_in(&place, root, folder));
    for observed in &mut it.observed {
        observed.place = shown.place_in(&observed.place, root, folder);
    }
    it
}
