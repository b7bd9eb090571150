//! Conditions on contacts.

use std::collections::BTreeSet;

use mktlint_diag::Diagnostic;
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::item::ItemKind;
use mktlint_syntax::ast::{ChainOp, Expr, ExprKind};
use mktlint_text::Span;

use super::super::Repair;
use super::super::edit::{insert, remove, replace, ticked, with_clause};
use super::super::site::{Own, Site, in_file};
use super::clauses::removed;
use crate::View;
use crate::policy::walk::path;

/// Everybody is in it, and that is meant.
pub fn everyone(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let repair = || {
        let own = site.own(found.primary.place.span.start())?;
        let condition = own.condition().filter(|it| !matches!(it.kind, ExprKind::Bool(_)))?;
        Some(Repair::here(site, "write `true`", [replace(own.at(condition.span), "true")]))
    };
    repair().into_iter().collect()
}

/// Two that are the same people: one can be said by the other, or go.
pub fn same(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let Some(own) = site.own(found.primary.place.span.start()) else { return Vec::new() };
    let other = found.secondary.first().filter(|other| other.place.file == *site.path);
    let name = other.map(|other| other.place.span.slice(site.text)).filter(|name| !name.is_empty());
    let by_name = name.zip(own.condition()).map(|(name, condition)| {
        Repair::here(site, format!("write `{name}`"), [replace(own.at(condition.span), name)])
    });
    by_name.into_iter().chain([removed(site, &own)]).collect()
}

/// A condition that changes nothing, out of those that `and` or `or` join.
pub fn idle(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let repair = || {
        let span = found.primary.place.span;
        let own = site.own(span.start())?;
        let nodes = path(own.tree, own.inside(span));
        let mut chains = nodes.iter().rev().filter_map(|node| node.expr());
        let gap = chains.find_map(|expr| operand(expr, own.inside(span)))?;
        Some(Repair::here(site, "remove this condition", [remove(own.at(gap))]))
    };
    repair().into_iter().collect()
}

/// An operand with the operator before it, else the one behind it.
fn operand(chain: &Expr, span: Span) -> Option<Span> {
    let ExprKind::Chain { op: ChainOp::And | ChainOp::Or, items, .. } = &chain.kind else { return None };
    let at = items.iter().position(|item| item.span.contains(span))?;
    let own = items.get(at)?.span;
    match at.checked_sub(1).and_then(|before| items.get(before)) {
        Some(before) => Some(Span::new(before.span.end(), own.end())),
        None => Some(Span::new(own.start(), items.get(at + 1)?.span.start())),
    }
}

/// A move to a stage to which no way leads.
pub fn stage(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let repair = || {
        let own = site.own(found.primary.place.span.start())?;
        let way = *ticked(found.help.first()?).first()?;
        Some(Repair::here(site, format!("add `{way}`"), [with_clause(site.text, &own, way)]))
    };
    repair().into_iter().collect()
}

/// ``add `and not (last_order? within 7 days)` to `winback` ``, perhaps with brackets around the rest.
pub fn refuted(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let repair = || {
        let help = found.help.first()?;
        let words = help.strip_prefix("add `")?;
        let (more, name) = words.rsplit_once("` to `")?;
        let (name, _) = name.split_once('`')?;
        let own = named(site, found, name)?;
        let condition = own.condition()?;
        if names_itself(more, name) || is_in_the_other(site, found, &own.item.path) {
            return None;
        }
        let span = own.at(condition.span);
        let is_loose = !matches!(
            condition.kind,
            ExprKind::Chain { op: ChainOp::Or, .. } | ExprKind::If { .. } | ExprKind::Quantifier { .. }
        );
        let edits = match is_loose {
            true => vec![insert(span.end(), format!(" {more}"))],
            false => vec![insert(span.start(), "("), insert(span.end(), format!(") {more}"))],
        };
        let file = own.declaration.file(site.view.db).path(site.view.db);
        Some(Repair { title: format!("add `{more}` to `{name}`"), edits: vec![in_file(file, edits)] })
    };
    repair().into_iter().collect()
}

/// The audience that the proof calls `name`.
fn named<'a>(site: &Site<'a>, found: &Diagnostic, name: &str) -> Option<Own<'a>> {
    let proof = site.own(found.primary.place.span.start())?;
    let used = mktlint_hir::analysis(site.view.db, site.view.project, proof.declaration).used();
    let mut used = used.filter(|(kind, path)| *kind == ItemKind::Audience && path.name() == name);
    let (kind, path) = used.next()?;
    let own = Own::new(site.view, site.view.find(kind, path)?)?;
    (!own.declaration.file(site.view.db).is_pack(site.view.db)).then_some(own)
}

/// Whether another side of the proof is made of `changed`, however far below: a condition added there would change both.
fn is_in_the_other(site: &Site<'_>, found: &Diagnostic, changed: &DeclPath) -> bool {
    let Some(proof) = site.own(found.primary.place.span.start()) else { return true };
    let View { db, project, .. } = site.view;
    let mut seen: BTreeSet<&DeclPath> = BTreeSet::from([changed]);
    let mut open = vec![proof.declaration];
    while let Some(declaration) = open.pop() {
        let is_proof = declaration == proof.declaration;
        let used = mktlint_hir::analysis(db, project, declaration).used();
        for (kind, path) in used.filter(|(kind, _)| matches!(kind, ItemKind::Audience | ItemKind::Suppress)) {
            if path == changed && !is_proof {
                return true;
            }
            if seen.insert(path) {
                open.extend(site.view.find(kind, path));
            }
        }
    }
    false
}

/// Whether a condition speaks of the audience that it would be added to.
fn names_itself(condition: &str, name: &str) -> bool {
    condition.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
}
