//! Declarations that exist twice, that nothing uses, or that go round in a circle.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::cycle::{audience_circles, circles, given_circles};
use crate::analyze::analysis;
use crate::codes;
use crate::db::{Db, Declaration, Project, SourceFile, declarations, parsed};
use crate::draft::{Found, Target};
use crate::model::DeclPath;
use crate::model::item::{ItemKind, Meaning};
use crate::names::{self, Namespace, kind_of_word};

/// Problems of the names of one file, each with the declaration it is in.
#[salsa::tracked(returns(ref))]
pub fn name_problems(db: &dyn Db, project: Project, file: SourceFile) -> Vec<Found> {
    let mut problems = Vec::new();
    duplicates(db, project, file, &mut problems);
    unused(db, project, file, &mut problems);
    let all = [circles(db, project), audience_circles(db, project), given_circles(db, project)];
    for way in all.iter().flat_map(|circles| &circles.ways) {
        let Some((kind, path)) = way.first().filter(|(_, path)| path.module() == file.module(db)) else {
            continue;
        };
        if let Some(declaration) = names::declaration_at(db, project, *kind, path.0.clone()) {
            let span = names_span(db, declaration);
            problems.push(Found::new(db, declaration, codes::cycle::of(span, way)));
        }
    }
    problems
}

fn names_span(db: &dyn Db, declaration: Declaration<'_>) -> mktlint_text::Span {
    let tree = parsed(db, declaration).declaration.as_ref();
    tree.map_or_else(Default::default, |tree| {
        names::declared_name(tree).map_or(tree.kind.span, |(_, span)| span)
    })
}

fn duplicates(db: &dyn Db, project: Project, file: SourceFile, problems: &mut Vec<Found>) {
    let mut first: BTreeMap<(Namespace, SmolStr), (ItemKind, DeclPath, u32)> = BTreeMap::new();
    for &declaration in declarations(db, file) {
        let Some(kind) = kind_of_word(declaration.kind(db)) else { continue };
        let Some(tree) = &parsed(db, declaration).declaration else { continue };
        if kind == ItemKind::Contact {
            second_contact(db, project, declaration, problems);
        }
        if names::is_nameless(kind) {
            continue;
        }
        let Some((name, span)) = names::declared_name(tree) else { continue };
        let (path, _) = names::path_of(db, declaration, kind, tree);
        let key = (Namespace::of(kind), name.clone());
        match first.get(&key) {
            Some((other, path, _)) => {
                let target = Target::Name(*other, path.clone());
                problems.push(Found::new(
                    db,
                    declaration,
                    codes::duplicate_declaration::of(span, &name, target),
                ));
            }
            None => {
                first.insert(key, (kind, path, declaration.ordinal(db)));
            }
        }
    }
}

fn second_contact<'db>(
    db: &'db dyn Db,
    project: Project,
    declaration: Declaration<'db>,
    problems: &mut Vec<Found>,
) {
    let Some(first) = crate::signature::contact(db, project) else { return };
    let Some(tree) = &parsed(db, declaration).declaration else { return };
    if names::path_of(db, declaration, ItemKind::Contact, tree).0 != first {
        let target = Target::Name(ItemKind::Contact, first);
        problems.push(Found::new(
            db,
            declaration,
            codes::duplicate_declaration::contact(tree.kind.span, target),
        ));
    }
}

/// Kinds that only exist to be named.
const fn exists_to_be_named(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Let
            | ItemKind::Fn
            | ItemKind::Fact
            | ItemKind::Region
            | ItemKind::Evidence
            | ItemKind::Disclosure
            | ItemKind::Enum
    )
}

fn unused(db: &dyn Db, project: Project, file: SourceFile, problems: &mut Vec<Found>) {
    let mut used: BTreeSet<DeclPath> = BTreeSet::new();
    for &declaration in declarations(db, file) {
        let analysis = analysis(db, project, declaration);
        let own = &analysis.item.path;
        used.extend(analysis.used().map(|(_, path)| path).filter(|path| *path != own).cloned());
        if let Meaning::Enforce(enforce) = &analysis.item.meaning {
            used.insert(enforce.target.clone());
        }
    }
    for &declaration in declarations(db, file) {
        let item = &analysis(db, project, declaration).item;
        match &item.meaning {
            Meaning::Use(found) => unused_imports(db, declaration, found, &used, problems),
            Meaning::Error => {}
            _ if exists_to_be_named(item.kind) && !item.public && !used.contains(&item.path) => {
                let word = names::word_of_kind(item.kind);
                let draft = codes::unused_declaration::of(item.name_span, word, item.path.name());
                problems.push(Found::new(db, declaration, draft));
            }
            _ => {}
        }
    }
}

fn unused_imports<'db>(
    db: &'db dyn Db,
    declaration: Declaration<'db>,
    found: &[(DeclPath, SmolStr)],
    used: &BTreeSet<DeclPath>,
    problems: &mut Vec<Found>,
) {
    let Some(tree) = &parsed(db, declaration).declaration else { return };
    for import in names::imports_of(tree) {
        let folder = format!("{}.", import.target);
        let is_used = used.iter().any(|path| path.0 == import.target || path.0.starts_with(&folder));
        let exists = found.iter().any(|(path, _)| path.0 == import.target);
        if exists && !is_used {
            problems.push(Found::new(
                db,
                declaration,
                codes::unused_declaration::import(import.span, &import.local),
            ));
        }
    }
}
