//! What can be done about findings in an asset.

mod give;
mod spell;
mod waive;

use mktlint_check::{Fixable, Scratch, fix_file_where};
use mktlint_diag::{Diagnostic, Safety};
use mktlint_text::Span;

pub use waive::directive;

use super::at::{findings, judge};
use crate::policy::actions::reproduce;
use crate::policy::formatting::piece;
use crate::{ActionKind, AssetFile, CodeAction, FileEdits, View};

/// The most findings of a selection that actions are offered for: each waiver is tried before it is offered.
const MOST_FINDINGS: usize = 12;

/// What repairs or waives the findings that `range` touches: fixes and the words that were meant, the inputs that were not
/// given, then for each a waiver in the file, a waiver in the policy, a test; those of the finding with the fewest letters
/// first.
pub fn actions(view: View<'_>, file: &AssetFile, range: Span) -> Vec<CodeAction> {
    let touches =
        |span: Span| span.touches(range.start()) || span.touches(range.end()) || range.contains(span);
    let mut found: Vec<&Diagnostic> =
        findings(view, file).filter(|found| touches(found.primary.place.span)).collect();
    found.sort_by_key(|found| found.primary.place.span.len());
    found.truncate(MOST_FINDINGS);
    let mut actions: Vec<CodeAction> = Vec::new();
    let fixes = found.iter().filter_map(|found| fix(found).or_else(|| spell::action(file, found)));
    for action in fixes.chain(found.iter().flat_map(|found| give::actions(view, file, found))) {
        if !actions.iter().any(|known| known.edits == action.edits) {
            actions.push(action);
        }
    }
    let mut waived: Vec<&str> = Vec::new();
    for found in found.iter().filter(|found| found.waived.is_none()) {
        if !waived.contains(&found.code.as_str()) {
            waived.push(&found.code);
            actions.extend(waive::actions(view, file, found));
            actions.extend(reproduce(view, file, found));
        }
    }
    actions
}

/// The fix that a finding carries.
fn fix(found: &Diagnostic) -> Option<CodeAction> {
    let fix = found.fix.as_ref().filter(|_| found.waived.is_none())?;
    let risk = if fix.safety == Safety::Unsafe { " (may change what the reader is told)" } else { "" };
    Some(CodeAction {
        title: format!("{}{risk}", fix.title),
        kind: ActionKind::QuickFix,
        edits: vec![FileEdits { file: fix.file.clone(), edits: fix.edits.clone() }],
        repairs: Some((found.code.clone(), found.primary.place.span)),
        is_preferred: fix.safety == Safety::Safe,
    })
}

/// Applies every safe fix, as `mktlint check --fix` does: until nothing is left to fix, and none that would break
/// something else. `None` when there is nothing to apply.
pub fn fix_all(view: View<'_>, file: &AssetFile) -> Option<CodeAction> {
    let is_safe = |found: &Diagnostic| found.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe);
    let is_wanted = |found: &Diagnostic| view.texts.wants(found);
    file.judged.findings.iter().find(|found| is_safe(found) && found.counts() && is_wanted(found))?;
    let (judge, inputs) = judge(view)?;
    let fixable = Fixable {
        file: &file.path,
        text: &file.text,
        spec: &file.spec,
        campaign: file.campaign.as_deref(),
        allow: Safety::Safe,
    };
    let fixed = fix_file_where(judge, &fixable, &is_wanted, inputs, &mut Scratch::default());
    let mut edits = Vec::new();
    piece(&file.text, &fixed.text, 0, &mut edits);
    (!edits.is_empty()).then(|| CodeAction {
        title: "apply every safe fix of this file".to_owned(),
        kind: ActionKind::FixAll,
        edits: vec![FileEdits { file: file.path.clone(), edits }],
        repairs: None,
        is_preferred: true,
    })
}

#[cfg(test)]
mod tests;
