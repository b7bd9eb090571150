//! Declarations that ask for opposite things.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::analyze::analysis;
use crate::codes;
use crate::db::{Db, Declaration, Project, declarations};
use crate::draft::{Found, Target};
use crate::model::DeclPath;
use crate::model::item::{Allowed, ItemKind, Meaning, Presence, Utm, UtmParam};

/// Contradictions between the terms, and between the link conventions, of the project's own files.
#[salsa::tracked(returns(ref))]
pub fn conflicts<'db>(db: &'db dyn Db, project: Project) -> Vec<Found> {
    let mut problems = Vec::new();
    let mut preferred: BTreeMap<String, (DeclPath, Declaration<'db>)> = BTreeMap::new();
    let mut avoided: Vec<(String, DeclPath, Declaration<'db>, mktlint_text::Span)> = Vec::new();
    let mut utms: Vec<(Declaration<'db>, DeclPath, &'db Utm)> = Vec::new();
    let files = project.files(db).iter().filter(|file| !file.is_pack(db));
    // The kind first: what asks about every declaration runs again after every edit.
    let can_conflict = |own: &&Declaration<'db>| matches!(own.kind(db).as_str(), "term" | "utm");
    for &declaration in files.flat_map(|file| declarations(db, *file)).filter(can_conflict) {
        let item = &analysis(db, project, declaration).item;
        match &item.meaning {
            Meaning::Term(term) => {
                let plain = |words: &str| {
                    if term.case_sensitive { words.to_owned() } else { words.to_lowercase() }
                };
                preferred.insert(plain(&term.preferred), (item.path.clone(), declaration));
                for needle in term.avoid.iter().filter(|needle| needle.flags.is_none()) {
                    let words = plain(&needle.text);
                    avoided.push((words, item.path.clone(), declaration, needle.span));
                }
            }
            Meaning::Utm(utm) => utms.push((declaration, item.path.clone(), utm)),
            _ => {}
        }
    }
    terms(db, &preferred, &avoided, &mut problems);
    for (at, one) in utms.iter().enumerate() {
        for other in &utms[at + 1..] {
            conventions(db, one, other, &mut problems);
        }
    }
    problems
}

/// A wording that one term asks for and another forbids.
fn terms<'db>(
    db: &'db dyn Db,
    preferred: &BTreeMap<String, (DeclPath, Declaration<'db>)>,
    avoided: &[(String, DeclPath, Declaration<'db>, mktlint_text::Span)],
    problems: &mut Vec<Found>,
) {
    for (words, path, declaration, span) in avoided {
        if let Some((other, _)) = preferred.get(words) {
            let target = Target::Name(ItemKind::Term, other.clone());
            problems.push(Found::new(
                db,
                *declaration,
                codes::conflicting_terms::of(*span, words, path == other, target),
            ));
        }
    }
}

type Convention<'db> = (Declaration<'db>, DeclPath, &'db Utm);

/// A parameter of which two conventions for the same links allow nothing in common.
fn conventions<'db>(
    db: &'db dyn Db,
    (_, first, a): &Convention<'db>,
    (declaration, _, b): &Convention<'db>,
    problems: &mut Vec<Found>,
) {
    let meet =
        |x: &[SmolStr], y: &[SmolStr]| x.is_empty() || y.is_empty() || x.iter().any(|one| y.contains(one));
    let hosts = |utm: &Utm| utm.hosts.iter().map(|(host, _)| host.clone()).collect::<Vec<_>>();
    if !meet(&a.channels, &b.channels) || !meet(&hosts(a), &hosts(b)) {
        return;
    }
    for param in &b.params {
        let Some(other) = a.params.iter().find(|other| other.name == param.name) else { continue };
        if contradict(other, param) {
            let target = Target::There(ItemKind::Utm, first.clone(), other.span);
            problems.push(Found::new(
                db,
                *declaration,
                codes::conflicting_utm::of(param.span, &param.name, target),
            ));
        }
    }
}

fn contradict(a: &UtmParam, b: &UtmParam) -> bool {
    match (a.presence, b.presence) {
        (Presence::Required, Presence::Forbidden) | (Presence::Forbidden, Presence::Required) => return true,
        (Presence::Forbidden, _) | (_, Presence::Forbidden) => return false,
        _ => {}
    }
    match (&a.allowed, &b.allowed) {
        (Allowed::OneOf(x), Allowed::OneOf(y)) => !x.iter().any(|one| y.contains(one)),
        _ => false,
    }
}
