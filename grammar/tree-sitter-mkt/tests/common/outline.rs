//! The same list from both trees: what stands where.

use mktlint_syntax::ast::{
    BinaryOp, Block, ChainOp, Clause, Declaration, Entry, Expr, ExprKind, Segment, StringPart, UnaryOp,
};
use mktlint_syntax::{chunks, is_kind, parse_file};
use tree_sitter::{Node, Tree};

use crate::common::walk;

/// What stands where, by label and bytes.
pub type Outline<'t> = Vec<(&'t str, usize, usize)>;

/// The declarations of a text: kind, the word behind it, where the kind starts.
pub type Declarations = Vec<(String, Option<String>, usize)>;

/// Whether the compiler finds no mistake in the form of `text`.
pub fn is_well_formed(text: &str) -> bool {
    parse_file(text).declarations.iter().all(|(_, parse)| parse.problems.is_empty())
}

/// The declarations that the compiler sees.
pub fn declared(text: &str) -> Declarations {
    let named = |chunk: mktlint_syntax::ast::Chunk| {
        let kind = chunk.kind.filter(|kind| is_kind(&kind.text))?;
        let start = chunk.offset + kind.span.start();
        Some((kind.text.to_string(), chunk.name.map(|name| name.text.to_string()), start as usize))
    };
    chunks(text).into_iter().filter_map(named).collect()
}

/// The declarations that an editor sees.
pub fn declared_in_tree(tree: &Tree, text: &str) -> Declarations {
    let mut leaves = Vec::new();
    walk(tree.root_node(), &mut |node| {
        let comment = matches!(node.kind(), "comment" | "block_comment" | "doc_text" | "///" | "//!");
        if node.child_count() == 0 && !comment && !node.byte_range().is_empty() {
            leaves.push(node);
        }
    });
    // A word that starts a declaration of its own is no name.
    let word = |node: &Node<'_>| {
        let text = &text[node.byte_range()];
        text.starts_with(|it: char| it.is_alphabetic() || it == '_').then(|| text.to_owned())
    };
    let kinds = leaves.iter().enumerate().filter(|(_, node)| node.kind() == "kind");
    kinds
        .map(|(at, node)| {
            let name = leaves
                .get(at + 1)
                .filter(|next| !matches!(next.kind(), "kind" | "pub" | "unknown"))
                .and_then(word);
            (text[node.byte_range()].to_owned(), name, node.start_byte())
        })
        .collect()
}

/// What the compiler sees in a well-formed text.
pub fn outline(text: &str) -> Outline<'static> {
    let mut list = List { base: 0, out: Vec::new() };
    for (chunk, parse) in parse_file(text).declarations {
        list.base = chunk.offset as usize;
        if let Some(declaration) = &parse.declaration {
            list.declaration(declaration);
        }
    }
    list.out
}

struct List {
    base: usize,
    out: Outline<'static>,
}

impl List {
    fn add(&mut self, label: &'static str, span: mktlint_text::Span) {
        self.out.push((label, self.base + span.start() as usize, self.base + span.end() as usize));
    }

    fn declaration(&mut self, it: &Declaration) {
        self.add("kind", it.kind.span);
        self.segments(&it.segments);
        if let Some(body) = &it.body {
            self.add("body", body.span);
            self.block(body);
        }
    }

    fn segments(&mut self, segments: &[Segment]) {
        // A comma at the end has no value, and is no segment to an editor.
        for segment in segments.iter().filter(|it| it.value.is_some()) {
            self.add("segment", segment.span);
            segment.value.iter().for_each(|value| self.expr(value));
        }
    }

    fn block(&mut self, block: &Block) {
        for entry in &block.entries {
            match entry {
                Entry::Clause(clause) => self.clause(clause),
                // In a body it stands in a segment to an editor.
                Entry::Expr(value) => self.expr(value),
            }
        }
    }

    fn clause(&mut self, it: &Clause) {
        self.add("clause", it.span);
        self.segments(&it.segments);
    }

    fn fields(&mut self, block: &Block) {
        for entry in &block.entries {
            match entry {
                Entry::Clause(clause) => {
                    self.add("field", clause.span);
                    clause
                        .segments
                        .iter()
                        .filter_map(|it| it.value.as_ref())
                        .for_each(|value| self.expr(value));
                }
                Entry::Expr(value) => self.expr(value),
            }
        }
    }

    fn all<'e>(&mut self, items: impl IntoIterator<Item = &'e Expr>) {
        items.into_iter().for_each(|it| self.expr(it));
    }

    fn expr(&mut self, it: &Expr) {
        self.add(label(&it.kind), it.span);
        match &it.kind {
            ExprKind::String(parts) => {
                for part in parts {
                    if let StringPart::Interpolation(value) = part {
                        self.expr(value);
                    }
                }
            }
            ExprKind::List(items) | ExprKind::Phrase(items) | ExprKind::Chain { items, .. } => {
                self.all(items)
            }
            ExprKind::Block(block) => self.fields(block),
            ExprKind::Paren(inner) | ExprKind::Optional(inner) => self.expr(inner),
            ExprKind::Field { base, .. } => self.expr(base),
            ExprKind::Select { base, names } => {
                self.expr(base);
                names.iter().for_each(|name| self.add("word", name.span));
            }
            ExprKind::Call { callee, args } => {
                self.expr(callee);
                self.all(args.iter().map(|arg| &arg.value));
            }
            ExprKind::Apply { base, args } => {
                self.expr(base);
                self.all(args);
            }
            ExprKind::Range { start, end, .. } => self.all(start.iter().chain(end).map(|it| &**it)),
            ExprKind::Unary { operand, .. } => self.expr(operand),
            ExprKind::Binary { left, right, .. } => self.all([&**left, &**right]),
            ExprKind::Is { subject, what, .. } => self.all([&**subject, &**what]),
            ExprKind::OrElse { value, default, .. } => self.all([&**value, &**default]),
            ExprKind::If { condition, then, otherwise } => self.all([&**condition, &**then, &**otherwise]),
            ExprKind::Quantifier { variable, list, condition, .. } => {
                variable.iter().for_each(|name| self.add("variable", name.span));
                self.expr(list);
                self.all(condition.as_deref());
            }
            _ => {}
        }
    }
}

fn label(kind: &ExprKind) -> &'static str {
    match kind {
        ExprKind::Error => "error",
        ExprKind::Word(_) => "word",
        ExprKind::Bool(_) => "boolean",
        ExprKind::Int { .. } => "integer",
        ExprKind::Decimal { .. } => "decimal",
        ExprKind::Percent { .. } => "percent",
        ExprKind::Date(_) => "date",
        ExprKind::DateTime(_) => "date_time",
        ExprKind::Time(_) => "time",
        ExprKind::String(_) => "string",
        ExprKind::Pattern { .. } => "pattern",
        ExprKind::List(_) => "list",
        ExprKind::Block(_) => "record",
        ExprKind::Paren(_) => "parenthesized",
        ExprKind::Field { .. } => "member",
        ExprKind::Select { .. } => "select",
        ExprKind::Call { .. } => "call",
        ExprKind::Optional(_) => "optional",
        ExprKind::Apply { .. } => "generic",
        ExprKind::Range { .. } => "range",
        ExprKind::Unary { op: UnaryOp::Not, .. } => "negation",
        ExprKind::Unary { op: UnaryOp::Neg, .. } => "negative",
        ExprKind::Binary { op: BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div, .. } => {
            "arithmetic"
        }
        ExprKind::Binary { .. } => "comparison",
        ExprKind::Is { .. } => "predicate",
        ExprKind::OrElse { .. } => "fallback",
        ExprKind::Chain { op: ChainOp::And, .. } => "conjunction",
        ExprKind::Chain { op: ChainOp::Or, .. } => "disjunction",
        ExprKind::Chain { op: ChainOp::Pipe, .. } => "alternatives",
        ExprKind::Phrase(_) => "phrase",
        ExprKind::If { .. } => "conditional",
        ExprKind::Quantifier { .. } => "quantified",
    }
}

/// What an editor sees.
pub fn outline_of_tree(tree: &Tree) -> Outline<'_> {
    let mut out = Vec::new();
    list_node(tree.root_node(), "", &mut out);
    out
}

/// `above` is the kind of the node around it.
fn list_node<'t>(node: Node<'t>, above: &str, out: &mut Outline<'t>) {
    let kind = node.kind();
    // The members of an `enum` are names, and the first of them is the head of a clause.
    let is_head = above == "clause" && kind == "name";
    let chain = matches!(kind, "disjunction" | "conjunction" | "alternatives");
    match kind {
        _ if !node.is_named() => return,
        "source_file" | "declaration" | "interpolation" | "arguments" | "argument" | "types" => {}
        _ if is_head => return,
        "comment" | "block_comment" | "module_doc" | "doc" | "head" | "key" | "property" | "quantifier"
        | "string_text" | "escape" | "pattern_text" | "pattern_flags" => return,
        // The compiler has one node for `a or b or c`.
        _ if chain && above == kind => {}
        "name" => out.push(("word", node.start_byte(), node.end_byte())),
        "clause" => {
            let start = node.child_by_field_name("head").map_or(node.start_byte(), |head| head.start_byte());
            out.push(("clause", start, node.end_byte()));
        }
        "field" => {
            let start = node.child_by_field_name("name").map_or(node.start_byte(), |name| name.start_byte());
            out.push(("field", start, node.end_byte()));
        }
        // An entry of a body that is no clause.
        "segment" if above == "body" => {}
        _ => out.push((kind, node.start_byte(), node.end_byte())),
    }
    for at in 0..node.child_count() {
        list_node(node.child(at).expect("it is one of the children"), kind, out);
    }
}
