//! Changes that the editor offers at a place of a policy.

mod declare;
mod edit;
mod extract;
mod inline;
mod level;
mod repairs;
mod reproduce;
mod site;
mod uses;
mod waive;

use mktlint_diag::{Diagnostic, Edit, Fix, Safety, choose_fixes};
use mktlint_hir::{SourceFile, diagnostics};
use mktlint_text::Span;

use crate::{ActionKind, CodeAction, FileEdits, View};
pub(crate) use edit::{at_end, insert, line_break, line_end, replace, ticked};
pub use reproduce::reproduce;
use site::Site;
pub use uses::organize_uses;
pub use waive::{last_day, waive};

/// Findings of one selection that repairs are offered for: all of a file may be selected.
const MOST_FINDINGS: usize = 50;

/// What can be done at `range`: repairs of what is wrong there first, then changes that keep the meaning.
///
/// Files of packs are read only.
pub fn actions(view: View<'_>, file: SourceFile, range: Span) -> Vec<CodeAction> {
    if file.is_pack(view.db) {
        return Vec::new();
    }
    let site = Site::new(view, file, range);
    let mut actions = Vec::new();
    let touches = |found: &Diagnostic| {
        let span = found.primary.place.span;
        found.primary.place.file == *site.path && (range.touches(span.start()) || span.touches(range.start()))
    };
    let here = diagnostics(view.db, view.project, file).into_iter().filter(touches);
    let mut here: Vec<Diagnostic> = here.take(MOST_FINDINGS).collect();
    // Codes count up from spelling to meaning: what is written wrong is mended before what follows from it.
    here.sort_by(|a, b| a.level.cmp(&b.level).reverse().then_with(|| a.code.cmp(&b.code)));
    here.iter().for_each(|found| actions.extend(repair(&site, found)));
    actions.extend(extract::audience(&site));
    actions.extend(inline::inline_let(&site));
    actions.extend(level::levels(&site));
    actions.extend(level::stubs(&site));
    actions.extend(waive::at(&site));
    actions.extend(reproduce::at(&site));
    actions
}

/// Every safe fix of a file that goes together with the others; `None` without any.
pub fn fix_all(view: View<'_>, file: SourceFile) -> Option<CodeAction> {
    if file.is_pack(view.db) {
        return None;
    }
    let found = diagnostics(view.db, view.project, file);
    let path = file.path(view.db);
    let fixes = choose_fixes(&found, path, Safety::Safe);
    let edits: Vec<Edit> = fixes.iter().flat_map(|fix| fix.edits.iter().cloned()).collect();
    (!edits.is_empty()).then(|| CodeAction {
        title: "apply every safe fix of this file".to_owned(),
        kind: ActionKind::FixAll,
        edits: vec![FileEdits { file: path.clone(), edits }],
        repairs: None,
        is_preferred: false,
    })
}

/// The ways to repair one finding: its own fix, and what its help tells to type.
fn repair(site: &Site<'_>, found: &Diagnostic) -> Vec<CodeAction> {
    let of_fix = |fix: &Fix| {
        let mut edits = fix.edits.clone();
        edits.sort();
        Repair { title: fix.title.clone(), edits: vec![FileEdits { file: fix.file.clone(), edits }] }
    };
    let fix = found.fix.as_ref();
    let is_safe = fix.is_some_and(|fix| fix.safety == Safety::Safe);
    let mut all: Vec<Repair> = fix.map(of_fix).into_iter().collect();
    all.extend(repairs::of(site, found));
    let is_only = all.len() == 1;
    let action = |(at, repair): (usize, Repair)| CodeAction {
        title: repair.title,
        kind: ActionKind::QuickFix,
        edits: repair.edits,
        repairs: Some((found.code.clone(), found.primary.place.span)),
        is_preferred: at == 0 && is_safe && is_only,
    };
    all.into_iter().enumerate().map(action).collect()
}

/// One way to repair a finding.
struct Repair {
    title: String,
    edits: Vec<FileEdits>,
}

impl Repair {
    /// Edits of the file at hand.
    fn here(site: &Site<'_>, title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Self { title: title.into(), edits: vec![site.edits(edits)] }
    }
}

#[cfg(test)]
mod tests;
