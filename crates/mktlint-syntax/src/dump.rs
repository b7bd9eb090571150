//! A tree in a few lines, for tests and for curious authors.

use std::fmt::Write;

use crate::ast::{
    Arg, Block, Clause, Declaration, Entry, Expr, ExprKind, Lead, Segment, StringPart, UnaryOp,
};

/// The tree of a declaration as text: operators first in parentheses, phrases in angle brackets, one line for each
/// entry of the body. Docs and places are left out.
pub fn dump(declaration: &Declaration) -> String {
    let mut out = String::new();
    if declaration.public.is_some() {
        out.push_str("pub ");
    }
    out.push_str(&declaration.kind.text);
    segments(&mut out, &declaration.segments);
    if let Some(body) = &declaration.body {
        for entry in &body.entries {
            out.push_str("\n  ");
            self::entry(&mut out, entry);
        }
    }
    out.push('\n');
    out
}

/// An expression in the notation of [`dump`].
pub fn dump_expr(expr: &Expr) -> String {
    let mut out = String::new();
    self::expr(&mut out, expr);
    out
}

fn segments(out: &mut String, segments: &[Segment]) {
    for segment in segments {
        out.push_str(" [");
        if let Some((lead, _)) = segment.lead {
            out.push_str(symbol(lead));
        }
        if let Some(value) = &segment.value {
            out.push_str(if segment.lead.is_some() { " " } else { "" });
            expr(out, value);
        }
        out.push(']');
    }
}

fn symbol(lead: Lead) -> &'static str {
    match lead {
        Lead::Assign => "=",
        Lead::Comma => ",",
        Lead::Arrow => "->",
        Lead::In => "in",
        Lead::NotIn => "not in",
        Lead::On => "on",
        Lead::As => "as",
        Lead::Except => "except",
        Lead::Where => "where",
        Lead::When => "when",
        Lead::Unless => "unless",
        Lead::Until => "until",
        Lead::Type => ":",
    }
}

fn entry(out: &mut String, entry: &Entry) {
    match entry {
        Entry::Clause(clause) => self::clause(out, clause),
        Entry::Expr(value) => expr(out, value),
    }
}

fn clause(out: &mut String, clause: &Clause) {
    out.push_str(&clause.head.text);
    if clause.colon.is_some() {
        out.push(':');
    }
    segments(out, &clause.segments);
}

fn expr(out: &mut String, it: &Expr) {
    match &it.kind {
        ExprKind::Error => out.push_str("ERROR"),
        ExprKind::Word(name) => out.push_str(&name.text),
        ExprKind::Bool(value) => put(out, format_args!("{value}")),
        ExprKind::Int { value, .. } => put(out, format_args!("{value}")),
        ExprKind::Decimal { value, .. } => put(out, format_args!("{value}")),
        ExprKind::Percent { value, .. } => put(out, format_args!("{value}%")),
        ExprKind::Date(it) => put(out, format_args!("{}-{:02}-{:02}", it.year, it.month, it.day)),
        ExprKind::DateTime(it) => put(out, format_args!("{it:?}")),
        ExprKind::Time(it) => put(out, format_args!("{:02}:{:02}:{:02}", it.hour, it.minute, it.second)),
        ExprKind::String(parts) => string(out, parts),
        ExprKind::Pattern { body, flags, .. } => put(out, format_args!("/{body}/{}", flags.text)),
        ExprKind::List(items) => group(out, '[', ", ", items, ']'),
        ExprKind::Block(block) => self::block(out, block),
        ExprKind::Paren(inner) => expr(out, inner),
        ExprKind::Phrase(items) => group(out, '<', " ", items, '>'),
        ExprKind::Chain { op, items, .. } => node(out, &format!("{op:?}").to_lowercase(), items),
        _ => compound(out, it),
    }
}

fn compound(out: &mut String, it: &Expr) {
    match &it.kind {
        ExprKind::Field { base, name } => node(out, &format!(".{}", name.text), [&**base]),
        ExprKind::Select { base, names } => {
            let names: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
            node(out, &format!(".{{{}}}", names.join(", ")), [&**base]);
        }
        ExprKind::Call { callee, args } => call(out, callee, args),
        ExprKind::Optional(inner) => node(out, "?", [&**inner]),
        ExprKind::Apply { base, args } => node(out, "apply", std::iter::once(&**base).chain(args)),
        ExprKind::Range { start, end, inclusive } => {
            let op = if *inclusive { "..=" } else { ".." };
            node(out, op, [start, end].into_iter().flatten().map(|it| &**it));
        }
        ExprKind::Unary { op: UnaryOp::Not, operand, .. } => node(out, "not", [&**operand]),
        ExprKind::Unary { op: UnaryOp::Neg, operand, .. } => node(out, "-", [&**operand]),
        ExprKind::Binary { op, left, right, .. } => node(out, op.symbol(), [&**left, &**right]),
        ExprKind::Is { subject, negated, what, .. } => {
            node(out, if *negated { "is not" } else { "is" }, [&**subject, &**what]);
        }
        ExprKind::OrElse { value, default, .. } => node(out, "or else", [&**value, &**default]),
        ExprKind::If { condition, then, otherwise } => node(out, "if", [&**condition, &**then, &**otherwise]),
        ExprKind::Quantifier { kind, variable, list, condition, .. } => {
            let name = variable.as_ref().map_or("it", |name| name.text.as_str());
            let op = format!("{} {name}", format!("{kind:?}").to_lowercase());
            node(out, &op, std::iter::once(&**list).chain(condition.as_deref()));
        }
        _ => {}
    }
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("writing to a string cannot fail");
}

fn node<'e>(out: &mut String, op: &str, items: impl IntoIterator<Item = &'e Expr>) {
    out.push('(');
    out.push_str(op);
    for item in items {
        out.push(' ');
        expr(out, item);
    }
    out.push(')');
}

fn group(out: &mut String, open: char, between: &str, items: &[Expr], close: char) {
    out.push(open);
    for (at, item) in items.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { between });
        expr(out, item);
    }
    out.push(close);
}

fn block(out: &mut String, block: &Block) {
    out.push('{');
    for (at, entry) in block.entries.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { ", " });
        self::entry(out, entry);
    }
    out.push('}');
}

fn call(out: &mut String, callee: &Expr, args: &[Arg]) {
    out.push_str("(call ");
    expr(out, callee);
    for arg in args {
        out.push(' ');
        if let Some(name) = &arg.name {
            put(out, format_args!("{}: ", name.text));
        }
        expr(out, &arg.value);
    }
    out.push(')');
}

fn string(out: &mut String, parts: &[StringPart]) {
    out.push('"');
    for part in parts {
        match part {
            StringPart::Text(text, _) => out.push_str(&text.escape_debug().to_string()),
            StringPart::Interpolation(inner) => {
                out.push('{');
                expr(out, inner);
                out.push('}');
            }
        }
    }
    out.push('"');
}
