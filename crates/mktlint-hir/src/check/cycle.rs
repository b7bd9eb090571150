//! Declarations that need each other in a circle.

use std::collections::BTreeSet;

use mktlint_syntax::ast::{Block, Entry, Expr, ExprKind, Segment, StringPart};
use smol_str::SmolStr;

use crate::db::{Db, Declaration, Project, parsed};
use crate::model::DeclPath;
use crate::model::item::ItemKind;
use crate::names::{self, Entry as Found, Namespace, kind_of_word};

/// Kinds whose meaning is made of the meaning of what they name.
const fn can_recur(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Let | ItemKind::Fn | ItemKind::Region | ItemKind::Audience | ItemKind::Suppress)
}

/// The `let`, `fn`, `region`, `audience` and `suppress` that a declaration's words name.
///
/// Read off the tree: the analysis cannot be asked, it is what must not go round.
#[salsa::tracked(returns(ref))]
pub fn references<'db>(db: &'db dyn Db, project: Project, declaration: Declaration<'db>) -> Vec<Found> {
    let Some(tree) = &parsed(db, declaration).declaration else { return Vec::new() };
    let mut words = BTreeSet::new();
    segments(&tree.segments[tree.segments.len().min(1)..], &mut words);
    if let Some(body) = &tree.body {
        block(body, &mut words);
    }
    let file = declaration.file(db);
    let found =
        words.into_iter().filter_map(|word| names::resolve(db, project, file, word, Namespace::Values));
    found.filter(|entry| can_recur(entry.kind)).collect()
}

/// The circle that a `let`, `fn` or `region` is in: itself, what it needs, what that needs, up to the one that needs it.
#[salsa::tracked(returns(clone))]
pub fn cycle<'db>(db: &'db dyn Db, project: Project, declaration: Declaration<'db>) -> Option<Vec<DeclPath>> {
    let is_value = |kind: &ItemKind| matches!(kind, ItemKind::Let | ItemKind::Fn | ItemKind::Region);
    let kind = kind_of_word(declaration.kind(db)).filter(is_value)?;
    circle(db, project, declaration, kind, |at| references(db, project, at).iter().map(key).collect())
}

/// The circle that an `audience` or a `suppress` is in. Nobody asks for the type of these, so the analysis can be asked
/// what their words mean: in `audience lapsed = stage == lapsed` the second one is a stage.
pub fn audience_cycle<'db>(
    db: &'db dyn Db,
    project: Project,
    declaration: Declaration<'db>,
) -> Option<Vec<DeclPath>> {
    let is_condition = |kind: &ItemKind| matches!(kind, ItemKind::Audience | ItemKind::Suppress);
    let kind = kind_of_word(declaration.kind(db)).filter(is_condition)?;
    let used = |at| {
        let used = crate::analyze::analysis(db, project, at).used.iter();
        used.filter(|(kind, _)| can_recur(*kind)).cloned().collect()
    };
    circle(db, project, declaration, kind, used)
}

fn key(entry: &Found) -> (ItemKind, DeclPath) {
    (entry.kind, entry.path.clone())
}

/// The way from `declaration` back to itself over `needs`.
fn circle<'db>(
    db: &'db dyn Db,
    project: Project,
    declaration: Declaration<'db>,
    kind: ItemKind,
    needs: impl Fn(Declaration<'db>) -> Vec<(ItemKind, DeclPath)>,
) -> Option<Vec<DeclPath>> {
    let tree = parsed(db, declaration).declaration.as_ref()?;
    let (start, _) = names::path_of(db, declaration, kind, tree);
    let mut seen = BTreeSet::new();
    // Each entry of the stack is a path from the start; declarations are visited once, so it stays small.
    let mut stack = vec![(declaration, vec![start.clone()])];
    while let Some((at, trail)) = stack.pop() {
        for (kind, path) in needs(at) {
            if path == start {
                return Some(trail);
            }
            if seen.insert(path.clone())
                && let Some(next) = names::declaration_at(db, project, kind, path.0.clone())
            {
                let mut longer = trail.clone();
                longer.push(path);
                stack.push((next, longer));
            }
        }
    }
    None
}

fn segments(list: &[Segment], words: &mut BTreeSet<SmolStr>) {
    list.iter().filter_map(|segment| segment.value.as_ref()).for_each(|value| expr(value, words));
}

fn block(tree: &Block, words: &mut BTreeSet<SmolStr>) {
    for entry in &tree.entries {
        match entry {
            Entry::Clause(clause) => segments(&clause.segments, words),
            Entry::Expr(value) => expr(value, words),
        }
    }
}

/// Every word of an expression that could be a name.
fn expr(tree: &Expr, words: &mut BTreeSet<SmolStr>) {
    let mut each = |value: &Expr| expr(value, words);
    match &tree.kind {
        ExprKind::Word(name) => {
            words.insert(name.text.clone());
        }
        ExprKind::String(parts) => {
            for part in parts {
                if let StringPart::Interpolation(value) = part {
                    each(value);
                }
            }
        }
        ExprKind::List(items) | ExprKind::Phrase(items) | ExprKind::Chain { items, .. } => {
            items.iter().for_each(each)
        }
        ExprKind::Block(inner) => block(inner, words),
        ExprKind::Paren(inner) | ExprKind::Optional(inner) => each(inner),
        ExprKind::Field { base, .. } | ExprKind::Select { base, .. } => each(base),
        ExprKind::Call { callee, args } => {
            each(callee);
            args.iter().for_each(|arg| each(&arg.value));
        }
        ExprKind::Apply { base, args } => {
            each(base);
            args.iter().for_each(each);
        }
        ExprKind::Range { start, end, .. } => start.iter().chain(end).for_each(|value| each(value)),
        ExprKind::Unary { operand, .. } => each(operand),
        ExprKind::Binary { left, right, .. } => [left, right].into_iter().for_each(|value| each(value)),
        ExprKind::Is { subject, .. } => each(subject),
        ExprKind::OrElse { value, default, .. } => [value, default].into_iter().for_each(|value| each(value)),
        ExprKind::If { condition, then, otherwise } => {
            [condition, then, otherwise].into_iter().for_each(|value| each(value));
        }
        ExprKind::Quantifier { list, condition, .. } => {
            each(list);
            condition.iter().for_each(|value| each(value));
        }
        _ => {}
    }
}
