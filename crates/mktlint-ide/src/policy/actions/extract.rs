//! `extract audience`: a condition that is selected gets a name.

use mktlint_hir::model::types::Type;
use mktlint_hir::{Meant, mentions};
use mktlint_syntax::ast::{ChainOp, Expr, ExprKind};
use mktlint_text::Span;

use super::declare::free_name;
use super::edit::{ahead, replace};
use super::site::{Own, Site};
use crate::policy::walk::{Node, path};
use crate::{ActionKind, CodeAction};

/// Moves the selected condition on contacts into an audience of its own.
pub fn audience(site: &Site<'_>) -> Option<CodeAction> {
    let words = site.range.slice(site.text);
    let start = site.range.start() + (words.len() - words.trim_start().len()) as u32;
    let range = Span::new(start, start + words.trim().len() as u32);
    if range.is_empty() {
        return None;
    }
    let own = site.own(range.start())?;
    let selected = own.inside(range);
    let condition = own.condition().filter(|it| it.span.contains(selected) && it.span != selected)?;
    if !is_condition(&own, condition, selected) || speaks_of_locals(site, &own, selected) {
        return None;
    }
    let name = free_name(site, "audience", "new_audience");
    let value = one_line(range.slice(site.text));
    let edits = [ahead(site.text, &own, &format!("audience {name} = {value}")), replace(range, name)];
    Some(CodeAction {
        title: "extract audience".to_owned(),
        kind: ActionKind::Extract,
        edits: vec![site.edits(edits)],
        repairs: None,
        is_preferred: false,
    })
}

/// Whether exactly a condition is selected, or some neighbours of those that `and` or `or` join.
fn is_condition(own: &Own<'_>, condition: &Expr, selected: Span) -> bool {
    let nodes = path(own.tree, selected);
    let innermost = nodes.into_iter().rev().find_map(Node::expr).unwrap_or(condition);
    if innermost.span == selected {
        let mut typed = own.item.body.iter().filter(|(_, expr)| expr.span == selected);
        return typed.any(|(_, expr)| expr.ty == Type::Bool);
    }
    match &innermost.kind {
        ExprKind::Chain { op: ChainOp::And | ChainOp::Or, items, .. } => {
            items.iter().any(|item| item.span.start() == selected.start())
                && items.iter().any(|item| item.span.end() == selected.end())
        }
        _ => false,
    }
}

/// Whether a variable of a quantifier around the selection is in it.
fn speaks_of_locals(site: &Site<'_>, own: &Own<'_>, selected: Span) -> bool {
    let mentions = mentions(site.view.db, site.view.project, own.declaration).iter();
    mentions.filter(|it| selected.contains(it.span)).any(|it| match &it.what {
        Meant::Local(home) => !selected.contains(*home),
        _ => false,
    })
}

/// On one line, unless a remark would swallow the rest.
fn one_line(words: &str) -> String {
    if words.contains("//") || words.contains('"') {
        return words.to_owned();
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
