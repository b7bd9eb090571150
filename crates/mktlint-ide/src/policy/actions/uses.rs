//! `organize uses`: sorted, merged, without those that nothing needs.

use std::collections::{BTreeMap, BTreeSet};

use mktlint_diag::Edit;
use mktlint_hir::codes::unused_declaration;
use mktlint_hir::names::{Found, Namespace, find_path};
use mktlint_hir::{SourceFile, diagnostics};
use mktlint_syntax::ast::{ExprKind, Lead};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::edit::{line_break, replace, without};
use super::site::{Own, Site};
use crate::{ActionKind, CodeAction, View};

/// Sorts and merges each run of `use` declarations, and leaves out what nothing in the file needs; `None` when all is in
/// order. Runs end at remarks and documentation, which stay where they are.
pub fn organize_uses(view: View<'_>, file: SourceFile) -> Option<CodeAction> {
    if file.is_pack(view.db) {
        return None;
    }
    let site = Site::new(view, file, Span::at(0));
    let unused = unused(&site);
    let edits: Vec<Edit> = runs(&site).iter().filter_map(|run| organized(&site, run, &unused)).collect();
    (!edits.is_empty()).then(|| CodeAction {
        title: "organize uses".to_owned(),
        kind: ActionKind::OrganizeUses,
        edits: vec![site.edits(edits)],
        repairs: None,
        is_preferred: false,
    })
}

/// The places of names that nothing in the file needs.
fn unused(site: &Site<'_>) -> BTreeSet<Span> {
    let all = diagnostics(site.view.db, site.view.project, site.file);
    let unused = all.into_iter().filter(|found| found.code == unused_declaration::CODE.id);
    unused.map(|found| found.primary.place.span).collect()
}

/// `use` declarations with nothing but white space between them, all of which can be understood.
fn runs<'a>(site: &Site<'a>) -> Vec<Vec<Own<'a>>> {
    let mut runs: Vec<Vec<Own<'a>>> = Vec::new();
    let mut last: Option<u32> = None;
    for own in site.all() {
        if !is_plain(&own) {
            last = None;
            continue;
        }
        let gap = last.map(|last| Span::new(last, own.span.start()).slice(site.text));
        match runs.last_mut() {
            Some(run) if gap.is_some_and(|gap| gap.trim().is_empty()) => run.push(own),
            _ => runs.push(vec![own]),
        }
        last = Some(own.span.end());
    }
    runs
}

fn is_plain(own: &Own<'_>) -> bool {
    own.tree.kind.text == "use"
        && own.tree.docs.is_empty()
        && own.tree.public.is_none()
        && !mktlint_hir::names::imports_of(own.tree).is_empty()
}

fn organized(site: &Site<'_>, run: &[Own<'_>], unused: &BTreeSet<Span>) -> Option<Edit> {
    let (first, last) = (run.first()?, run.last()?);
    let span = first.span.cover(last.span);
    // A remark inside a `use` would be lost.
    if span.slice(site.text).contains("//") || span.slice(site.text).contains("/*") {
        return None;
    }
    let lines = lines(site, run, unused);
    if lines.is_empty() {
        return Some(without(site.text, span));
    }
    let text = lines.join(line_break(site.text));
    (text != span.slice(site.text)).then(|| replace(span, text))
}

/// One line for each module, in order.
fn lines(site: &Site<'_>, run: &[Own<'_>], unused: &BTreeSet<Span>) -> Vec<String> {
    let mut names: BTreeMap<SmolStr, BTreeSet<SmolStr>> = BTreeMap::new();
    let mut lines: BTreeSet<(SmolStr, String)> = BTreeSet::new();
    for own in run {
        let alias = own.tree.segments.iter().find(|segment| matches!(segment.lead, Some((Lead::As, _))));
        let imports = mktlint_hir::names::imports_of(own.tree);
        for import in imports.into_iter().filter(|import| !unused.contains(&own.at(import.span))) {
            let braced = own.tree.segments.first().and_then(|segment| segment.value.as_ref());
            let is_braced = braced.is_some_and(|value| matches!(value.kind, ExprKind::Select { .. }));
            match import.target.rsplit_once('.') {
                Some((module, name))
                    if alias.is_none() && (is_braced || is_declared(site, &import.target)) =>
                {
                    names.entry(module.into()).or_default().insert(name.into());
                }
                _ => {
                    let words = if alias.is_some() { format!(" as {}", import.local) } else { String::new() };
                    lines.insert((import.target.clone(), format!("use {}{words}", import.target)));
                }
            }
        }
    }
    for (module, names) in names {
        let all: Vec<&str> = names.iter().map(SmolStr::as_str).collect();
        let line = match all.as_slice() {
            [one] => format!("use {module}.{one}"),
            all => format!("use {module}.{{{}}}", all.join(", ")),
        };
        lines.insert((module, line));
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

fn is_declared(site: &Site<'_>, path: &SmolStr) -> bool {
    let found = find_path(site.view.db, site.view.project, path.clone(), Namespace::Values);
    matches!(found, Some(Found::Declaration(_)))
}
