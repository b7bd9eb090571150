//! What can be typed at a place in a policy.

mod clause;
mod header;
mod items;
mod member;
mod modules;
mod names;
mod operator;
mod record;
mod skeleton;
mod types;
mod uses;
mod value;
mod wanted;
mod words;

#[cfg(test)]
mod tests;

use mktlint_hir::SourceFile;
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::item::ItemKind;
use mktlint_syntax::lex::Kind;

use super::context::Context;
use crate::model::Completion;
use crate::view::View;
use items::Items;
use wanted::{Wanted, wanted};

pub use clause::docs_of as clause_docs;
pub use items::is_meant;
pub use modules::{n_rules, summary as module_summary, title as module_title};
pub use skeleton::docs_of as kind_docs;
pub use types::docs_of as type_docs;
pub use uses::Uses;
pub use value::special_docs;

/// Items that a list can have. Whoever gets so many asks again when more letters are typed.
pub const MOST: usize = 500;

/// Characters of docs that an item carries. A guess: lists show some ten lines.
const LONGEST_DOCS: usize = 600;

/// What can be typed at `offset`, the most likely first.
pub fn completion(view: View<'_>, file: SourceFile, offset: u32) -> Vec<Completion> {
    let Some(context) = Context::at(view, file, offset) else { return Vec::new() };
    let mut items = Items::new(&context);
    offer(&mut items);
    items.finish(MOST)
}

fn offer(items: &mut Items<'_, '_>) {
    let at = items.at;
    if at.is_top_level() {
        return skeleton::offer(items);
    }
    let Some(kind) = at.kind else { return };
    if at.last().is_some_and(|last| last.kind == Kind::Dot) {
        return member::offer(items);
    }
    match at.frame().open {
        Kind::Sep => header::offer(items, kind),
        // Bodies that hold names of one's own have no clauses.
        Kind::BodyOpen if at.is_head() => clause::offer(items, kind),
        Kind::BodyOpen => {
            if !words::offer(items, kind) {
                expression(items);
            }
        }
        Kind::SelectOpen => selected(items),
        Kind::LBracket if words::list(items) => {}
        Kind::CallOpen if kind == ItemKind::Fn && at.frames().len() == 2 && header::lead(at).is_none() => {
            parameter(items);
        }
        Kind::LBrace if at.frame().entry >= at.n_tokens() => {
            record::offer(items, at.frames().len() - 1);
        }
        _ => {
            record::missing(items);
            expression(items);
        }
    }
}

/// A name in `use std.regions.{…}`.
fn selected(items: &mut Items<'_, '_>) {
    let at = items.at;
    let module = at.words(0).concat();
    modules::members(items, module.trim_end_matches('.'), |_| true);
}

/// The type of a parameter.
fn parameter(items: &mut Items<'_, '_>) {
    if items.at.last().is_some_and(|last| matches!(last.kind, Kind::Colon | Kind::TypeOpen)) {
        types::offer(items);
    }
}

/// What an expression goes on with.
fn expression(items: &mut Items<'_, '_>) {
    let at = items.at;
    let depth = at.frames().len() - 1;
    match wanted(at, depth, at.n_tokens()) {
        Wanted::Operand(ty) => value::offer(items, ty.as_ref()),
        Wanted::OperandOr(ty, words) => {
            items.words(words);
            value::offer(items, ty.as_ref());
        }
        Wanted::Words(words) => items.words(words),
        Wanted::Operator(range) => {
            operator::offer(items, range);
        }
        Wanted::Unit(range) => operator::units(items, range),
        Wanted::Searched => value::lists(items),
        Wanted::Shape => words::shapes(items),
        Wanted::Nothing => {}
    }
}

/// Reads the names of every module. The first completion would do it otherwise, and every pack has to be parsed for it.
pub fn warm(view: View<'_>) {
    for file in view.project.files(view.db) {
        mktlint_hir::names::file_scope(view.db, *file);
    }
}

/// The docs of a declaration, as far as a list shows them; `None` when it has none. Nothing is analysed for it.
pub fn docs(view: View<'_>, kind: ItemKind, path: &DeclPath) -> Option<String> {
    let tree = view.tree(view.find(kind, path)?)?;
    let lines: Vec<&str> = tree.docs.iter().map(|line| line.text.as_str()).collect();
    let docs = lines.join("\n");
    let docs = docs.trim();
    let end = docs.char_indices().nth(LONGEST_DOCS).map_or(docs.len(), |(at, _)| at);
    let shown = docs.get(..end)?;
    (!shown.is_empty()).then(|| if end < docs.len() { format!("{shown}…") } else { shown.to_owned() })
}

/// The text of a snippet for editors that cannot fill places: each place as its example.
pub fn without_places(snippet: &str) -> String {
    let mut out = String::with_capacity(snippet.len());
    let mut chars = snippet.chars().peekable();
    let mut depth = 0_u32;
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '$' if chars.peek() == Some(&'{') => {
                chars.next();
                while chars.next_if(char::is_ascii_digit).is_some() {}
                chars.next_if_eq(&':');
                depth += 1;
            }
            '$' => while chars.next_if(char::is_ascii_digit).is_some() {},
            '}' if depth > 0 => depth -= 1,
            c => out.push(c),
        }
    }
    out
}
