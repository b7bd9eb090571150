//! What follows a dot: fields, members, parts of a kind of asset, and what is in a module.

use std::ops::Range;

use mktlint_hir::model::item::ItemKind;
use mktlint_hir::model::types::Type;
use mktlint_hir::names::{self, Namespace};
use mktlint_syntax::lex::{Kind, WORDS};

use super::items::{Distance, Fit, Items};
use super::{modules, record};

/// Offers what follows the dot before the cursor.
pub fn offer(items: &mut Items<'_, '_>) {
    let at = items.at;
    let end = at.n_tokens().saturating_sub(1);
    let chain = chain(items, end);
    let path = at.source(chain.clone()).to_owned();
    if path.is_empty() && !is_call(items, end) {
        return;
    }
    if names_modules(items) {
        return module(items, &path);
    }
    if is_scope(items) {
        return scope(items, &path);
    }
    let ty = at.type_of(base(items, end));
    if let Type::Record(record) = ty.present() {
        return fields(items, record);
    }
    let entry = names::resolve(at.view.db, at.view.project, at.file, path.as_str().into(), Namespace::Values);
    match entry {
        Some(entry) if matches!(entry.kind, ItemKind::Enum | ItemKind::Lifecycle) => {
            super::names::members(items, &entry.path);
        }
        _ => module(items, &path),
    }
}

/// The dotted words that end before the token `end`.
fn chain(items: &Items<'_, '_>, end: usize) -> Range<usize> {
    let at = items.at;
    let mut start = end;
    loop {
        let word = start.checked_sub(1).and_then(|n| at.tokens(n..start).first().copied());
        if !word.is_some_and(|token| WORDS.has(token.kind)) {
            break;
        }
        start -= 1;
        let dot = start.checked_sub(1).and_then(|n| at.tokens(n..start).first().copied());
        if dot.is_none_or(|token| token.kind != Kind::Dot) {
            break;
        }
        start -= 1;
    }
    start..end
}

/// The operand before the dot: a chain of words, or more when it ends with a bracket.
fn base(items: &Items<'_, '_>, end: usize) -> Range<usize> {
    let depth = items.at.frames().len().saturating_sub(1);
    if is_call(items, end) { items.at.operand(depth, end) } else { chain(items, end) }
}

fn is_call(items: &Items<'_, '_>, end: usize) -> bool {
    let last = end.checked_sub(1).and_then(|n| items.at.tokens(n..end).first().copied());
    last.is_some_and(|token| matches!(token.kind, Kind::RParen | Kind::Question))
}

/// Whether words stand for modules here.
fn names_modules(items: &Items<'_, '_>) -> bool {
    let at = items.at;
    let in_header = at.head().is_none();
    match at.kind {
        Some(ItemKind::Use) => true,
        Some(ItemKind::Enforce | ItemKind::Waive | ItemKind::Test) => in_header,
        _ => false,
    }
}

/// Whether the words are the scope of a rule.
fn is_scope(items: &Items<'_, '_>) -> bool {
    let at = items.at;
    let lead = super::header::lead(at);
    at.kind == Some(ItemKind::Rule) && at.frames().len() == 1 && lead == Some(Kind::On)
}

/// The parts of a kind of asset, and the fields of the last word.
fn scope(items: &mut Items<'_, '_>, path: &str) {
    let mut words = path.split('.');
    let Some(record) = words.next_back().and_then(|word| record::record_named(items.at, word)) else {
        return;
    };
    fields(items, &record);
    if words.next().is_none() && is_asset(items, &record) {
        super::names::offer(items, super::names::Reach::File, |kind| {
            (kind == ItemKind::Part).then_some(Fit::Exact)
        });
    }
}

fn is_asset(items: &Items<'_, '_>, record: &mktlint_hir::model::DeclPath) -> bool {
    items.at.view.find(ItemKind::Asset, record).is_some()
}

/// Offers the fields of a record.
pub fn fields(items: &mut Items<'_, '_>, record: &mktlint_hir::model::DeclPath) {
    for (n, field) in record::fields(items.at.view, record).iter().enumerate() {
        items.push(record::draft(field).ranked(Fit::Exact, Distance::Local).nth(n));
    }
}

/// Offers what can follow the name of a module: folders and files in it, and what it declares.
pub fn module(items: &mut Items<'_, '_>, path: &str) {
    let (db, file) = (items.at.view.db, items.at.file);
    let module = names::absolute(db, file, path);
    modules::offer(items, &module);
    match items.at.kind {
        Some(ItemKind::Enforce | ItemKind::Waive | ItemKind::Test) => {
            modules::rules_called(items, &module);
        }
        Some(ItemKind::Use) => modules::members(items, &module, |kind| kind != ItemKind::Test),
        _ => modules::members(items, &module, is_value),
    }
}

fn is_value(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Let
            | ItemKind::Fn
            | ItemKind::Fact
            | ItemKind::Region
            | ItemKind::Audience
            | ItemKind::Suppress
            | ItemKind::Enum
            | ItemKind::Lifecycle
    )
}
