//! `inline`: the value of a `let` where its name stands.

use mktlint_diag::Edit;
use mktlint_hir::db::declarations;
use mktlint_hir::model::item::ItemKind;
use mktlint_hir::{Meant, Role, mentions};
use mktlint_syntax::ast::{Expr, ExprKind};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::edit::{replace, without};
use super::site::{Own, Site};
use crate::{ActionKind, CodeAction};

/// Inlines the `let` at the selection: at its name everywhere, and takes it away; at a use there.
///
/// Not where other files use it: their names may mean something else.
pub fn inline_let(site: &Site<'_>) -> Option<CodeAction> {
    let own = site.own(site.range.start())?;
    let at = own.inside(site.range);
    let mentions = mentions(site.view.db, site.view.project, own.declaration);
    let mention = mentions.iter().find(|mention| mention.span.contains(at))?;
    let Meant::Declaration(ItemKind::Let, path) = &mention.what else { return None };
    let home = site.all().find(|it| it.item.kind == ItemKind::Let && it.item.path == *path)?;
    let value = home.value()?;
    let words = words(site, &home, value)?;
    let (title, edits) = match mention.role {
        Role::Need => ("inline", vec![replace(own.at(mention.span), words)]),
        Role::Definition if !home.item.public && !is_used_elsewhere(site, &path.0) => {
            let mut edits: Vec<Edit> =
                uses(site, &path.0).into_iter().map(|span| replace(span, words.clone())).collect();
            if edits.is_empty() {
                return None;
            }
            edits.push(without(site.text, home.span));
            ("inline everywhere", edits)
        }
        _ => return None,
    };
    Some(CodeAction {
        title: format!("{title} `{}`", path.name()),
        kind: ActionKind::Inline,
        edits: vec![site.edits(edits)],
        repairs: None,
        is_preferred: false,
    })
}

/// The value as it can stand anywhere; `None` when a remark or a line break is in it.
fn words(site: &Site<'_>, home: &Own<'_>, value: &Expr) -> Option<String> {
    let words = home.at(value.span).slice(site.text);
    if words.contains(['\n', '\r']) || words.is_empty() {
        return None;
    }
    let is_whole = matches!(
        value.kind,
        ExprKind::Word(_)
            | ExprKind::Bool(_)
            | ExprKind::Int { .. }
            | ExprKind::Decimal { .. }
            | ExprKind::Percent { .. }
            | ExprKind::Date(_)
            | ExprKind::DateTime(_)
            | ExprKind::Time(_)
            | ExprKind::String(_)
            | ExprKind::Pattern { .. }
            | ExprKind::List(_)
            | ExprKind::Paren(_)
            | ExprKind::Field { .. }
            | ExprKind::Call { .. }
    );
    Some(if is_whole { words.to_owned() } else { format!("({words})") })
}

/// Where the file uses the `let`.
fn uses(site: &Site<'_>, path: &SmolStr) -> Vec<Span> {
    let mut found = Vec::new();
    for own in site.all() {
        let mentions = mentions(site.view.db, site.view.project, own.declaration).iter();
        let own_uses = mentions.filter(|it| it.role == Role::Need && is_of(&it.what, path));
        found.extend(own_uses.map(|it| own.at(it.span)));
    }
    found
}

fn is_of(what: &Meant, path: &SmolStr) -> bool {
    matches!(what, Meant::Declaration(ItemKind::Let, own) if own.0 == *path)
}

fn is_used_elsewhere(site: &Site<'_>, path: &SmolStr) -> bool {
    let view = site.view;
    let others = view.own_files().filter(|file| *file != site.file);
    let mut all = others.flat_map(|file| declarations(view.db, file));
    all.any(|own| mentions(view.db, view.project, *own).iter().any(|it| is_of(&it.what, path)))
}
