//! What days and lengths of time come to today.

use jiff::civil::{Date, Weekday};
use mktlint_hir::SourceFile;
use mktlint_hir::infer::civil_date;
use mktlint_hir::model::expr::{Const, Expr, ExprKind, Temporal};
use mktlint_hir::model::item::Item;
use mktlint_syntax::ast::ExprKind as Tree;
use mktlint_text::Span;

use crate::model::Hover;
use crate::policy::hints::{moved, today};
use crate::policy::lens::counted;
use crate::policy::walk::path;
use crate::view::View;

/// What the day or length of time at `offset` comes to.
pub fn hover(view: View<'_>, file: SourceFile, offset: u32) -> Option<Hover> {
    let (declaration, inside) = view.declaration_at(file, offset)?;
    let base = declaration.offset(view.db);
    let tree = view.tree(declaration)?;
    let nodes = path(tree, Span::at(inside));
    let date = nodes.iter().rev().filter_map(|node| node.expr()).find_map(|expr| match expr.kind {
        Tree::Date(date) => Some((expr.span, civil_date(date)?)),
        _ => None,
    });
    let (span, text) = match date {
        Some((span, date)) => (span, day(date, view.project.today(view.db))),
        None => {
            let item = view.item(declaration);
            let (today, why) = today(view, item);
            let (span, text) = length(item, inside, today)?;
            (span, format!("{text}\n\n{why}"))
        }
    };
    Some(Hover { span: span.shift(base), markdown: text })
}

/// `Sunday, 2026-11-15, 7 days ago`
fn day(date: Date, today: Date) -> String {
    let days = today.until(date).map_or(0, |span| span.get_days());
    let far = match days {
        0 => "today".to_owned(),
        days if days < 0 => format!("{} ago", counted(days.unsigned_abs() as usize, "day")),
        days => format!("in {}", counted(days as usize, "day")),
    };
    format!("{}, {date}, {far}", weekday(date.weekday()))
}

const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// The smallest test of a day around `inside`, as days.
fn length(item: &Item, inside: u32, today: Date) -> Option<(Span, String)> {
    let around = item.body.iter().map(|(_, expr)| expr).filter(|expr| expr.span.touches(inside));
    let said = around.filter_map(|expr| Some((expr.span, days(item, expr, today)?)));
    said.min_by_key(|(span, _)| span.len())
}

fn days(item: &Item, expr: &Expr, today: Date) -> Option<String> {
    let moved = |id, past| match item.body.get(id).kind {
        ExprKind::Const(Const::Duration(length)) => moved(today, length, past),
        _ => None,
    };
    Some(match &expr.kind {
        ExprKind::Temporal(Temporal::Within, _, length) => {
            format!("from {} up to {today}", moved(*length, true)?)
        }
        ExprKind::Temporal(Temporal::OlderThan, _, length) => format!("before {}", moved(*length, true)?),
        ExprKind::Temporal(Temporal::InTheNext, _, length) => {
            format!("from {today} up to {}", moved(*length, false)?)
        }
        ExprKind::Ago(length, past) => day(moved(*length, *past)?, today),
        _ => return None,
    })
}
