//! Suppressions that keep nobody out, or nobody that another one does not keep out as well.

use mktlint_decide::{Contact, People, Solver, Verdict, eval};
use smol_str::SmolStr;

use super::Asked;
use crate::codes;
use crate::db::{Db, Project, declarations};
use crate::draft::{Draft, Target};
use crate::model::DeclPath;
use crate::model::item::{Item, ItemKind, Meaning, Suppress};
use crate::names::{self, kind_of_word};
use crate::people::query::{self, Shape};
use crate::people::{Declared, Items, formula};

/// Suppressions that are compared, each with each. More than a hundred of them are compared with the first hundred: the
/// check is a service, and the square of thousands would not be.
const MOST: usize = 100;

impl Asked<'_, '_> {
    /// Problems of a suppression.
    pub(super) fn suppression(&self, suppress: &Suppress, problems: &mut Vec<Draft>) {
        let Some(who) = suppress.who else { return };
        self.described(who, problems);
        let path = &self.item.path;
        let shadow = shadows(self.db, self.project).iter().find(|(own, _)| *own == path.0);
        if let Some((_, other)) = shadow {
            let other = DeclPath(other.clone());
            let target = Target::Name(ItemKind::Suppress, other.clone());
            let draft =
                codes::shadowed_suppression::of(self.item.name_span, path.name(), other.name(), target);
            problems.push(draft);
        }
    }
}

/// A suppression that is compared with others.
struct Candidate {
    path: SmolStr,
    item: std::sync::Arc<Item>,
    people: People,
    /// Somebody whom it keeps out.
    example: Contact,
}

impl Candidate {
    fn says(&self) -> Option<&Suppress> {
        match &self.item.meaning {
            Meaning::Suppress(suppress) => Some(suppress),
            _ => None,
        }
    }
}

/// The suppressions of the project that keep nobody out whom another does not keep out wherever they do, with that
/// other one. Of two that say the same the later one is told.
#[salsa::tracked(returns(ref))]
pub fn shadows(db: &dyn Db, project: Project) -> Vec<(SmolStr, SmolStr)> {
    let candidates = candidates(db, project);
    let schema = query::schema_of(db, project);
    let none = mktlint_decide::Definitions::new();
    let mut solver = Solver::new(&schema, &none, query::LIMITS);
    let mut found: Vec<(SmolStr, SmolStr)> = Vec::new();
    for (at, own) in candidates.iter().enumerate() {
        let others = candidates.iter().take(MOST).enumerate().filter(|(other, _)| *other != at);
        for (number, other) in others {
            let told = found.iter().any(|(one, by)| *one == other.path && *by == own.path);
            if told || !is_wider(db, project, own, other) || !may_cover(db, project, own, other) {
                continue;
            }
            let covers = solver.is_subset(&own.people, &other.people) == Verdict::Holds;
            let is_same = covers && solver.is_subset(&other.people, &own.people) == Verdict::Holds;
            if covers && !(is_same && number > at && is_wider(db, project, other, own)) {
                found.push((own.path.clone(), other.path.clone()));
                break;
            }
        }
    }
    found
}

fn candidates(db: &dyn Db, project: Project) -> Vec<Candidate> {
    let schema = query::schema_of(db, project);
    let none = mktlint_decide::Definitions::new();
    let mut solver = Solver::new(&schema, &none, query::LIMITS);
    let own = project.files(db).iter().filter(|file| !file.is_pack(db));
    let mut found = Vec::new();
    for declaration in own.flat_map(|file| declarations(db, *file)) {
        if kind_of_word(declaration.kind(db)) != Some(ItemKind::Suppress) {
            continue;
        }
        let Some(path) = names::full_name(db, *declaration) else { continue };
        let Some(decision) = query::decision(db, project, path.clone()) else { continue };
        let (Ok(people), Shape::Some(_) | Shape::Everyone) = (&decision.people, &decision.shape) else {
            continue;
        };
        let Verdict::Fails(witness) = solver.is_nobody(people) else { continue };
        let Some(item) = (Declared { db, project }).item(ItemKind::Suppress, &DeclPath(path.clone())) else {
            continue;
        };
        found.push(Candidate { path, item, people: people.clone(), example: witness.contact(&schema) });
    }
    found
}

/// Whether `other` holds wherever `own` does: on its channels, on its days, as strictly, and without more exceptions.
fn is_wider(db: &dyn Db, project: Project, own: &Candidate, other: &Candidate) -> bool {
    let (Some(a), Some(b)) = (own.says(), other.says()) else { return false };
    let channels = b.channels.is_empty()
        || !a.channels.is_empty() && a.channels.iter().all(|channel| b.channels.contains(channel));
    let starts = b.terms.from.is_none_or(|from| a.terms.from.is_some_and(|own| from <= own));
    let ends = b.terms.until.is_none_or(|until| a.terms.until.is_some_and(|own| own <= until));
    channels
        && starts
        && ends
        && b.level >= a.level
        && !b.terms.off_by_default
        && (b.unless.is_none() || same_exceptions(db, project, own, other))
}

/// Whether both have the same `unless`.
fn same_exceptions(db: &dyn Db, project: Project, own: &Candidate, other: &Candidate) -> bool {
    let schema = query::schema_of(db, project);
    let people = |candidate: &Candidate| {
        let unless = candidate.says()?.unless?;
        let unless = formula(&Declared { db, project }, &schema, &candidate.item.body, unless);
        let definitions = query::definitions(db, project, &[&unless])?;
        Solver::new(&schema, &definitions, query::LIMITS).people(&unless, query::now(db, project)).ok()
    };
    matches!((people(own), people(other)), (Some(a), Some(b)) if a == b)
}

/// Whether the example of `own` is kept out by `other`, which is quick to see and mostly not so.
fn may_cover(db: &dyn Db, project: Project, own: &Candidate, other: &Candidate) -> bool {
    let Some(meaning) = query::meaning_of(db, project, other.path.clone()) else { return false };
    let Some(definitions) = query::definitions(db, project, &[&meaning]) else { return true };
    eval(&meaning, &definitions, &own.example, query::now(db, project)) != Some(false)
}
