//! Declarations that need each other in a circle.

use std::collections::{BTreeMap, BTreeSet};

use mktlint_syntax::ast::{Block, Entry, Expr, ExprKind, Segment, StringPart};
use smol_str::SmolStr;

use crate::db::{Db, Declaration, Project, declarations, parsed};
use crate::model::DeclPath;
use crate::model::expr::ExprKind as Meant;
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

/// Declarations that need each other in circles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circles {
    /// The way round each circle, from the member that stands first; told at that member.
    pub ways: Vec<Vec<(ItemKind, DeclPath)>>,
    /// All that are in a circle.
    pub members: BTreeSet<(ItemKind, DeclPath)>,
    /// All that were looked at, each behind what it needs.
    pub order: Vec<(ItemKind, DeclPath)>,
}

/// The circles of the project's own `let`, `fn` and `region` declarations, and what these name.
///
/// One query for all: a search from each would take the square of a long chain. The result stays the same while nobody
/// names anything new.
#[salsa::tracked(returns(ref))]
pub fn circles(db: &dyn Db, project: Project) -> Circles {
    let is_value = |kind: ItemKind| matches!(kind, ItemKind::Let | ItemKind::Fn | ItemKind::Region);
    let needs =
        |at| references(db, project, at).iter().map(|entry| (entry.kind, entry.path.clone())).collect();
    Needs::of_own(db, project, is_value, needs).circles()
}

/// The circles of the project's own `audience` and `suppress` declarations. Nobody asks for the type of these, so the
/// analysis can be asked what their words mean: in `audience lapsed = stage == lapsed` the second one is a stage.
#[salsa::tracked(returns(ref))]
pub fn audience_circles(db: &dyn Db, project: Project) -> Circles {
    let is_condition = |kind: ItemKind| matches!(kind, ItemKind::Audience | ItemKind::Suppress);
    let needs = |at| {
        let used = crate::analyze::analysis(db, project, at).used();
        used.filter(|(kind, _)| can_recur(*kind)).map(|(kind, path)| (kind, path.clone())).collect()
    };
    Needs::of_own(db, project, is_condition, needs).circles()
}

/// The circles of the project's own `given` declarations: facts whose values need each other. A `let` or `fn` between
/// them counts as what it is made of.
#[salsa::tracked(returns(ref))]
pub fn given_circles(db: &dyn Db, project: Project) -> Circles {
    let value_of = |fact: &DeclPath| {
        let found = names::global(db, project, fact.name().into(), ItemKind::Given)?;
        Some((ItemKind::Given, found.path))
    };
    let need = |expr: &Meant| match expr {
        Meant::Fact(path) => value_of(path),
        Meant::Let(path) => Some((ItemKind::Let, path.clone())),
        Meant::CallFn(path, _) => Some((ItemKind::Fn, path.clone())),
        _ => None,
    };
    let needs = |at| {
        let item = &crate::analyze::analysis(db, project, at).item;
        item.body.iter().filter_map(|(_, expr)| need(&expr.kind)).collect()
    };
    Needs::of_own(db, project, |kind| kind == ItemKind::Given, needs).circles()
}

/// Asks for the signature of everything that others need before theirs.
///
/// A signature asks for those that it rests on. Without this the last `let` of a chain of thousands would go down the
/// whole chain at once and overflow the stack.
pub fn settle(db: &dyn Db, project: Project) {
    for (_, path) in &circles(db, project).order {
        crate::signature::signature(db, project, path.0.clone());
    }
}

/// Declarations with numbers, and the numbers of what each needs.
#[derive(Default)]
struct Needs {
    names: Vec<(ItemKind, DeclPath)>,
    needs: Vec<Vec<usize>>,
}

impl Needs {
    /// The project's own declarations of some kinds, in order of file and place, then what `needs` says of them and of
    /// what they need.
    fn of_own<'db>(
        db: &'db dyn Db,
        project: Project,
        is_start: impl Fn(ItemKind) -> bool,
        needs: impl Fn(Declaration<'db>) -> Vec<(ItemKind, DeclPath)>,
    ) -> Self {
        let mut numbers: BTreeMap<(ItemKind, DeclPath), usize> = BTreeMap::new();
        let mut all = Vec::new();
        let own = project.files(db).iter().filter(|file| !file.is_pack(db));
        for declaration in own.flat_map(|file| declarations(db, *file)) {
            // The kind first: what looks at the tree of every declaration runs again after every edit.
            let kind = kind_of_word(declaration.kind(db)).filter(|kind| is_start(*kind));
            if let Some(kind) = kind
                && let Some(outline) = names::outline(db, *declaration)
            {
                let key = (kind, outline.path.clone());
                numbers.entry(key).or_insert_with(|| {
                    all.push(*declaration);
                    all.len() - 1
                });
            }
        }
        let mut graph = Self::default();
        while let Some(&declaration) = all.get(graph.needs.len()) {
            let mut own = Vec::new();
            for key in needs(declaration) {
                if let Some(number) = numbers.get(&key) {
                    own.push(*number);
                } else if let Some(next) = names::declaration_at(db, project, key.0, key.1.0.clone()) {
                    own.push(all.len());
                    numbers.insert(key, all.len());
                    all.push(next);
                }
            }
            graph.needs.push(own);
        }
        let mut names: Vec<_> = numbers.into_iter().map(|(key, number)| (number, key)).collect();
        names.sort();
        graph.names = names.into_iter().map(|(_, key)| key).collect();
        graph
    }

    fn circles(&self) -> Circles {
        let found = super::graph::circles(&self.needs);
        let name = |number: &usize| self.names.get(*number).cloned();
        let is_in_one = found.is_in_one.iter().zip(&self.names).filter(|(is_in_one, _)| **is_in_one);
        Circles {
            ways: found.ways.iter().map(|way| way.iter().filter_map(name).collect()).collect(),
            members: is_in_one.map(|(_, name)| name.clone()).collect(),
            order: found.order.iter().filter_map(name).collect(),
        }
    }
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
