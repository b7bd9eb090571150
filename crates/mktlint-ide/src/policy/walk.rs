//! The tree of a declaration, node by node.

use mktlint_syntax::ast::{Block, Clause, Declaration, Entry, Expr, ExprKind, Segment, StringPart};
use mktlint_text::Span;

/// A part of a declaration. The parser bounds how deeply they are nested.
#[derive(Clone, Copy, Debug)]
pub enum Node<'t> {
    /// `{ … }`
    Block(&'t Block),
    /// `who email_consent != granted`
    Clause(&'t Clause),
    /// `on Image`
    Segment(&'t Segment),
    /// `age? >= 18`
    Expr(&'t Expr),
}

impl<'t> Node<'t> {
    /// Its bytes, from the start of the declaration.
    pub fn span(self) -> Span {
        match self {
            Self::Block(it) => it.span,
            Self::Clause(it) => it.span,
            Self::Segment(it) => it.span,
            Self::Expr(it) => it.span,
        }
    }

    /// The expression, when it is one.
    pub fn expr(self) -> Option<&'t Expr> {
        match self {
            Self::Expr(it) => Some(it),
            _ => None,
        }
    }

    /// What stands directly in it, in order.
    pub fn children(self) -> Vec<Self> {
        match self {
            Self::Block(it) => it.entries.iter().map(entry).collect(),
            Self::Clause(it) => it.segments.iter().map(Node::Segment).collect(),
            Self::Segment(it) => it.value.iter().map(Node::Expr).collect(),
            Self::Expr(it) => operands(it),
        }
    }
}

fn entry(entry: &Entry) -> Node<'_> {
    match entry {
        Entry::Clause(it) => Node::Clause(it),
        Entry::Expr(it) => Node::Expr(it),
    }
}

/// Calls `see` with every node of `tree`, those that hold others first.
pub fn walk<'t>(tree: &'t Declaration, see: &mut impl FnMut(Node<'t>)) {
    for node in roots(tree) {
        descend(node, see);
    }
}

/// Calls `see` with `node` and everything in it.
pub fn descend<'t>(node: Node<'t>, see: &mut impl FnMut(Node<'t>)) {
    see(node);
    for child in node.children() {
        descend(child, see);
    }
}

/// The nodes that `span` lies in, from the outermost to the innermost.
pub fn path<'t>(tree: &'t Declaration, span: Span) -> Vec<Node<'t>> {
    let mut path = Vec::new();
    let mut open = roots(tree);
    while let Some(node) = open.into_iter().find(|node| node.span().contains(span)) {
        path.push(node);
        open = node.children();
    }
    path
}

/// Header and body.
fn roots(tree: &Declaration) -> Vec<Node<'_>> {
    tree.segments.iter().map(Node::Segment).chain(tree.body.as_ref().map(Node::Block)).collect()
}

fn operands(expr: &Expr) -> Vec<Node<'_>> {
    match &expr.kind {
        ExprKind::List(items) | ExprKind::Phrase(items) | ExprKind::Chain { items, .. } => {
            items.iter().map(Node::Expr).collect()
        }
        ExprKind::Block(block) => vec![Node::Block(block)],
        ExprKind::String(parts) => parts.iter().filter_map(interpolation).collect(),
        ExprKind::Call { callee, args } => {
            std::iter::once(&**callee).chain(args.iter().map(|arg| &arg.value)).map(Node::Expr).collect()
        }
        ExprKind::Apply { base, args } => std::iter::once(&**base).chain(args).map(Node::Expr).collect(),
        ExprKind::Range { start, end, .. } => {
            start.iter().chain(end).map(|bound| Node::Expr(bound)).collect()
        }
        ExprKind::If { condition, then, otherwise } => nodes([condition, then, otherwise]),
        ExprKind::Quantifier { list, condition, .. } => {
            std::iter::once(list).chain(condition).map(|part| Node::Expr(part)).collect()
        }
        ExprKind::Binary { left, right, .. } => nodes([left, right]),
        ExprKind::Is { subject, what, .. } => nodes([subject, what]),
        ExprKind::OrElse { value, default, .. } => nodes([value, default]),
        ExprKind::Paren(inner) | ExprKind::Optional(inner) => nodes([inner]),
        ExprKind::Field { base, .. } | ExprKind::Select { base, .. } => nodes([base]),
        ExprKind::Unary { operand, .. } => nodes([operand]),
        _ => Vec::new(),
    }
}

fn nodes<'t, const N: usize>(exprs: [&'t Expr; N]) -> Vec<Node<'t>> {
    exprs.into_iter().map(Node::Expr).collect()
}

fn interpolation(part: &StringPart) -> Option<Node<'_>> {
    match part {
        StringPart::Interpolation(expr) => Some(Node::Expr(expr)),
        StringPart::Text(..) => None,
    }
}
