//! Values that can be missing.

use mktlint_diag::Diagnostic;
use mktlint_hir::model::types::Type;
use mktlint_syntax::ast::{ChainOp, Expr, ExprKind, UnaryOp};

use super::super::Repair;
use super::super::edit::{insert, replace};
use super::super::site::{Own, Site};
use crate::policy::walk::{Node, path};

/// Besides `x?`: ask whether it is known, or say what stands in for it.
pub fn unguarded(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let span = found.primary.place.span;
    let Some(own) = site.own(span.start()) else { return Vec::new() };
    let words = span.slice(site.text);
    if words.is_empty() || words.contains(['\n', '\r']) {
        return Vec::new();
    }
    let nodes = path(own.tree, own.inside(span));
    let known = known(site, &own, &nodes, words);
    let default = default(&own, own.inside(span)).map(|default| {
        let title = format!("write `{words} or else {default}`");
        Repair::here(site, title, [replace(span, format!("({words} or else {default})"))])
    });
    let is_fixed = found.fix.is_some();
    let guard = (!is_fixed).then(|| Repair::here(site, "put `?` behind it", [insert(span.end(), "?")]));
    guard.into_iter().chain(known).chain(default).collect()
}

/// `age is known and age >= 18`: around the whole comparison.
fn known(site: &Site<'_>, own: &Own<'_>, nodes: &[Node<'_>], words: &str) -> Option<Repair> {
    let exprs: Vec<&Expr> = nodes.iter().filter_map(|node| node.expr()).collect();
    let at = exprs.iter().rposition(|expr| joins(expr)).map_or(0, |at| at + 1);
    let condition = exprs.get(at)?;
    let outer = at.checked_sub(1).and_then(|at| exprs.get(at));
    let is_loose = outer.is_none_or(|outer| {
        matches!(outer.kind, ExprKind::Paren(_) | ExprKind::Chain { op: ChainOp::And, .. })
    });
    let span = own.at(condition.span);
    let test = format!("{words} is known and ");
    let edits = match is_loose {
        true => vec![insert(span.start(), test)],
        false => vec![insert(span.start(), format!("({test}")), insert(span.end(), ")")],
    };
    Some(Repair::here(site, format!("ask first: `{words} is known and …`"), edits))
}

/// Whether conditions stand in it.
fn joins(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Chain { op: ChainOp::And | ChainOp::Or, .. }
            | ExprKind::Unary { op: UnaryOp::Not, .. }
            | ExprKind::Paren(_)
            | ExprKind::If { .. }
            | ExprKind::Quantifier { .. }
            | ExprKind::String(_)
    )
}

/// What can stand in for a missing value of the type at `span`.
fn default(own: &Own<'_>, span: mktlint_text::Span) -> Option<&'static str> {
    let typed = own.item.body.iter().find(|(_, expr)| expr.span == span && expr.ty.is_optional());
    match typed?.1.ty.present() {
        Type::Int => Some("0"),
        Type::Text => Some("\"\""),
        Type::Bool => Some("false"),
        _ => None,
    }
}
