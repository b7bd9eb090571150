//! Names that mean nothing, too much, or are not used.

use mktlint_diag::Diagnostic;
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::item::ItemKind;
use mktlint_hir::names::{imports_of, kind_of_word};
use mktlint_hir::places::country;
use mktlint_hir::signature::own_contact;
use mktlint_syntax::ast::{BinaryOp, ChainOp, Expr, ExprKind, Name, UnaryOp};
use mktlint_text::Span;

use super::super::Repair;
use super::super::declare::skeleton;
use super::super::edit::{behind, insert, remove, replace, ticked, with_clause};
use super::super::site::{Own, Site, in_file};
use super::clauses::removed;
use super::written;
use crate::FileEdits;
use crate::policy::completion::Uses;
use crate::policy::walk::path;

/// A name that nothing declares.
pub fn unknown(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let Some(help) = found.help.first().map(String::as_str) else { return undeclared(site, found) };
    let words = ticked(help);
    match words.as_slice() {
        [path] if help.starts_with("add `use ") => used(site, path).into_iter().collect(),
        [head, _, path] if head.starts_with("pub ") => published(site, head, path).into_iter().collect(),
        [head] if help.starts_with("declare it: `") => declared(site, found, head).into_iter().collect(),
        ["is missing", "is known"] => missing(site, found).into_iter().collect(),
        _ if help.starts_with("did you mean `") => undeclared(site, found),
        _ if help.starts_with("write its ISO 3166 code") => code(site, found),
        _ => written(site, found),
    }
}

/// ``add `use std.regions.EU` at the top of the file``
fn used(site: &Site<'_>, words: &str) -> Option<Repair> {
    let path = DeclPath(words.strip_prefix("use ")?.into());
    let edits = Uses::of(site.view, site.file).bring(&path);
    Some(Repair::here(site, format!("add `{words}`"), edits))
}

/// ``write `pub let x` in `acme.other`, and `use acme.other.x` ``
fn published(site: &Site<'_>, head: &str, words: &str) -> Option<Repair> {
    let path = DeclPath(words.strip_prefix("use ")?.into());
    let kind = kind_of_word(head.split(' ').nth(1)?)?;
    let there = made_public(site, kind, &path)?;
    let here = site.edits(Uses::of(site.view, site.file).bring(&path));
    let title = format!("make `{}` public and add `{words}`", path.name());
    Some(Repair { title, edits: vec![there, here] })
}

/// `pub` before a declaration of another file of the project.
fn made_public(site: &Site<'_>, kind: ItemKind, path: &DeclPath) -> Option<FileEdits> {
    let own = Own::new(site.view, site.view.find(kind, path)?)?;
    let file = own.declaration.file(site.view.db);
    if file.is_pack(site.view.db) || own.tree.public.is_some() {
        return None;
    }
    Some(in_file(file.path(site.view.db), [insert(own.at(own.tree.kind.span).start(), "pub ")]))
}

/// ``write `pub let x` there``
pub fn private(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let repair = || {
        let target = found.secondary.first()?;
        let file = site.view.policy(&target.place.file)?;
        let there = Site::new(site.view, file, target.place.span);
        let own = there.own(target.place.span.start())?;
        let edits = vec![made_public(site, own.item.kind, &own.item.path)?];
        Some(Repair { title: format!("make `{}` public", own.item.path.name()), edits })
    };
    repair().into_iter().collect()
}

/// ``declare it: `role legal …` ``
fn declared(site: &Site<'_>, found: &Diagnostic, head: &str) -> Option<Repair> {
    let mut words = head.split(' ');
    let (kind, name) = (words.next()?, words.next()?);
    declare(site, found, kind, name)
}

/// A declaration behind the one that needs it.
fn declare(site: &Site<'_>, found: &Diagnostic, kind: &str, name: &str) -> Option<Repair> {
    let own = site.own(found.primary.place.span.start())?;
    let edit = behind(site.text, &own, &skeleton(kind, name)?);
    Some(Repair::here(site, format!("declare {kind} `{name}`"), [edit]))
}

/// `age == null`
fn missing(site: &Site<'_>, found: &Diagnostic) -> Option<Repair> {
    let span = found.primary.place.span;
    let own = site.own(span.start())?;
    let nodes = path(own.tree, own.inside(span));
    let comparison = nodes.iter().rev().find_map(|node| match node.expr().map(|expr| (expr, &expr.kind)) {
        Some((expr, ExprKind::Binary { op, left, .. })) => Some((expr, *op, left)),
        _ => None,
    });
    let (expr, op, left) = comparison?;
    let test = match op {
        BinaryOp::Eq => "is missing",
        BinaryOp::Ne => "is known",
        _ => return None,
    };
    let rest = Span::new(own.at(left.span).end(), own.at(expr.span).end());
    Some(Repair::here(site, format!("write `{test}`"), [replace(rest, format!(" {test}"))]))
}

/// `de` where a country is wanted.
fn code(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let span = found.primary.place.span;
    let words = span.slice(site.text);
    let code = country(&words.to_ascii_uppercase());
    let code = code.map(|code| Repair::here(site, format!("write `{code}`"), [replace(span, code)]));
    let region = || declare(site, found, "region", words);
    code.or_else(region).into_iter().collect()
}

/// What can be declared for a word that nothing explains.
fn undeclared(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let span = found.primary.place.span;
    let name = span.slice(site.text);
    let is_called = |start: &str| found.message.starts_with(start);
    let repair = match () {
        () if is_called("no type is called") => declare(site, found, "enum", name),
        () if is_called("no function is called") => declare(site, found, "fn", name),
        () if is_called("nothing here is called") => person(site, found, name),
        () => None,
    };
    repair.into_iter().collect()
}

/// In a condition on contacts: an audience where the word is a condition, else an attribute of the contact.
fn person(site: &Site<'_>, found: &Diagnostic, name: &str) -> Option<Repair> {
    let span = found.primary.place.span;
    let own = site.own(span.start())?;
    let at = own.inside(span);
    own.condition().filter(|condition| condition.span.contains(at))?;
    let nodes = path(own.tree, at);
    let mut around = nodes.iter().rev().filter_map(|node| node.expr()).filter(|expr| expr.span != at);
    match around.next().map(|expr| &expr.kind) {
        None
        | Some(
            ExprKind::Chain { op: ChainOp::And | ChainOp::Or, .. }
            | ExprKind::Unary { op: UnaryOp::Not, .. }
            | ExprKind::Paren(_),
        ) => declare(site, found, "audience", name),
        Some(ExprKind::Binary { right, .. }) => attribute(site, name, right),
        _ => None,
    }
}

/// An attribute of the type of what it is compared with.
fn attribute(site: &Site<'_>, name: &str, value: &Expr) -> Option<Repair> {
    let ty = match &value.kind {
        ExprKind::Int { .. } => "Int",
        ExprKind::Decimal { .. } => "Decimal",
        ExprKind::Percent { .. } => "Percent",
        ExprKind::Date(_) => "Date",
        ExprKind::String(_) => "Text",
        ExprKind::Bool(_) => "Bool",
        _ => return None,
    };
    let view = site.view;
    let contact = Own::new(view, view.find(ItemKind::Contact, &own_contact(view.db, view.project)?)?)?;
    let file = contact.declaration.file(view.db);
    let edit = with_clause(file.text(view.db), &contact, &format!("{name}: {ty}"));
    let title = format!("add the attribute `{name}` to `contact`");
    Some(Repair { title, edits: vec![in_file(file.path(view.db), [edit])] })
}

/// The second of two declarations.
pub fn duplicate(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let Some(own) = site.own(found.primary.place.span.start()) else { return Vec::new() };
    let is_same = |help: &String| help.starts_with("give the fact a name");
    if found.help.first().is_some_and(is_same) { Vec::new() } else { vec![removed(site, &own)] }
}

/// A declaration or import that nothing uses.
pub fn unused(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let span = found.primary.place.span;
    let Some(own) = site.own(span.start()) else { return Vec::new() };
    if own.tree.kind.text == "use" {
        return import(site, &own, span).into_iter().collect();
    }
    if !found.message.starts_with("nothing uses") {
        return Vec::new();
    }
    let public = insert(own.at(own.tree.kind.span).start(), "pub ");
    vec![removed(site, &own), Repair::here(site, "make it public", [public])]
}

/// Without one name of a `use`.
fn import(site: &Site<'_>, own: &Own<'_>, name: Span) -> Option<Repair> {
    let title = format!("remove `{}` from the `use`", name.slice(site.text));
    let value = own.tree.segments.first()?.value.as_ref()?;
    let ExprKind::Select { names, .. } = &value.kind else { return Some(removed(site, own)) };
    if imports_of(own.tree).len() < 2 {
        return Some(removed(site, own));
    }
    let at = names.iter().position(|it| own.at(it.span) == name)?;
    let after = names.get(at + 1).map(|next: &Name| Span::new(name.start(), own.at(next.span).start()));
    let before = || {
        let last = names.get(at.checked_sub(1)?)?;
        Some(Span::new(own.at(last.span).end(), name.end()))
    };
    Some(Repair::here(site, title, [remove(after.or_else(before)?)]))
}
