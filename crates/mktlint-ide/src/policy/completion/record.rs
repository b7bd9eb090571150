//! Records that are written in a policy: fields of fixtures, of people, and of conditions on people.

use std::collections::BTreeSet;

use mktlint_hir::model::DeclPath;
use mktlint_hir::model::item::{ItemKind, Meaning, RecordField};
use mktlint_hir::model::types::Type;
use mktlint_hir::names::{self, Namespace, PRELUDE};
use mktlint_hir::signature::{contacts_for, library_contact, own_contact};
use mktlint_syntax::lex::Kind;

use super::items::{Distance, Draft, Fit, Items};
use crate::model::CompletionKind;
use crate::policy::context::Context;
use crate::view::View;

/// What a record in braces is of.
struct Shape {
    /// Records whose fields it can have, the most likely one first.
    records: Vec<DeclPath>,
    /// Whether it can give facts too.
    facts: bool,
    /// Whether it can hold conditions as well as values: `{ age < 18 }`.
    conditions: bool,
}

/// The fields of the record that is declared at `path`.
pub fn fields<'a>(view: View<'a>, path: &DeclPath) -> &'a [RecordField] {
    let kinds = [ItemKind::Asset, ItemKind::Part, ItemKind::Contact];
    let declaration = kinds.into_iter().find_map(|kind| view.find(kind, path));
    match declaration.map(|declaration| &view.item(declaration).meaning) {
        Some(Meaning::Record(record)) => &record.fields,
        _ => &[],
    }
}

/// A field as something to be listed.
pub fn draft(field: &RecordField) -> Draft {
    Draft::new(field.name.as_str(), CompletionKind::Field).detail(&field.ty).docs(field.docs.as_str())
}

/// The type of the value behind the colon before the cursor.
pub fn value_type(at: &Context<'_>, depth: usize) -> Option<Type> {
    let shape = shape(at, depth)?;
    let entry = at.entry(depth);
    let name = at.tokens(entry.start..entry.start + 1).first().map(|token| at.str(*token).to_owned())?;
    let infer = at.infer()?;
    let of_record = shape.records.iter().find_map(|record| infer.field_type(record, &name));
    let ty = of_record.or_else(|| infer.fact(&name).filter(|_| shape.facts).map(|(_, ty)| ty))?;
    Some(ty.present().clone())
}

/// What the open brace at `depth` holds; `None` when it is no record.
fn shape(at: &Context<'_>, depth: usize) -> Option<Shape> {
    if at.frames().get(depth)?.open != Kind::LBrace {
        return None;
    }
    let words: Vec<String> =
        at.words(depth.checked_sub(1)?).into_iter().map(|word| word.trim_matches('"').to_owned()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (view, file) = (at.view, at.file);
    let contacts = || contacts_for(view.db, view.project, file);
    match words.as_slice() {
        [.., "on", kind] if at.kind == Some(ItemKind::Test) => {
            let records = [record_named(at, kind)?, campaign()].to_vec();
            Some(Shape { records, facts: true, conditions: false })
        }
        _ if matches!(at.head(), Some("includes" | "excludes")) => {
            let mut records = [own_contact(view.db, view.project), library_contact(view.db, view.project)];
            let records = records.iter_mut().find_map(Option::take).into_iter().chain([campaign()]);
            Some(Shape { records: records.collect(), facts: false, conditions: false })
        }
        [.., "never"] | [.., "could", "include"] => {
            Some(Shape { records: contacts(), facts: false, conditions: true })
        }
        _ => None,
    }
}

fn campaign() -> DeclPath {
    DeclPath(format!("{PRELUDE}.Campaign").into())
}

/// The kind of asset or part called `name`.
pub fn record_named(at: &Context<'_>, name: &str) -> Option<DeclPath> {
    let entry = names::resolve(at.view.db, at.view.project, at.file, name.into(), Namespace::Values)?;
    matches!(entry.kind, ItemKind::Asset | ItemKind::Part).then_some(entry.path)
}

/// Offers the fields of the record around the cursor; false when there is none.
pub fn offer(items: &mut Items<'_, '_>, depth: usize) -> bool {
    let Some(shape) = shape(items.at, depth) else { return false };
    let there = names_in(items.at, depth);
    for (n, record) in shape.records.iter().enumerate() {
        let distance = if n == 0 { Distance::Local } else { Distance::Import };
        for (nth, field) in fields(items.at.view, record).iter().enumerate() {
            if !there.contains(field.name.as_str()) {
                let draft = draft(field).snippet(format!("{}: $0", field.name));
                items.push(draft.ranked(Fit::Exact, distance).nth(nth));
            }
        }
    }
    if shape.facts {
        super::names::global(items, ItemKind::Fact);
    }
    if shape.conditions {
        super::value::offer(items, Some(&Type::Bool));
    }
    true
}

/// Offers the word that leaves a field out, where its value can stand.
pub fn missing(items: &mut Items<'_, '_>) {
    let depth = items.at.frames().len() - 1;
    let is_value = items.at.last().is_some_and(|last| last.kind == Kind::Colon);
    if is_value && shape(items.at, depth).is_some_and(|shape| !shape.conditions) {
        let draft = Draft::keyword("missing", "leaves the field out");
        items.push(draft.ranked(Fit::Exact, Distance::Prelude));
    }
}

/// The names that have a value in the brace at `depth` already.
fn names_in(at: &Context<'_>, depth: usize) -> BTreeSet<String> {
    let Some(frame) = at.frames().get(depth) else { return BTreeSet::new() };
    let tokens = at.tokens(frame.at + 1..at.n_tokens());
    tokens.iter().filter(|token| token.kind == Kind::Key).map(|token| at.str(*token).to_owned()).collect()
}
