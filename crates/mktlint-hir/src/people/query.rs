//! What is known about the people of each declaration. One query for each: an edit in one audience decides that one
//! again, and those that name it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::DateTime;
use mktlint_decide::{Definitions, Formula, Limits, Origin, People, Schema, Solver, Undecided, Verdict};
use smol_str::SmolStr;

use super::{Declared, Items, formula, schema};
use crate::analyze::analysis;
use crate::db::{Db, Project};
use crate::draft::Target;
use crate::model::DeclPath;
use crate::model::item::{Item, ItemKind, Meaning};
use crate::names::{self, Namespace};

/// Nodes of diagrams that one question of the compiler may make. A guess: conditions that people write need some
/// hundreds, and ten declarations that reach this bound still take less than a second.
pub const LIMITS: Limits = Limits { nodes: 50_000 };

/// Declarations that one condition may need, however they name each other. Keeps a chain of thousands of audiences from
/// costing the square of its length.
const MOST_DEFINITIONS: usize = 500;

/// What is known about contacts and campaigns.
#[salsa::tracked(returns(clone))]
pub fn schema_of(db: &dyn Db, project: Project) -> Arc<Schema> {
    let items = Declared { db, project };
    let contact = crate::signature::contact(db, project);
    let contact = contact.and_then(|path| items.item(ItemKind::Contact, &path));
    let campaign = items.item(ItemKind::Asset, &DeclPath(super::value::CAMPAIGN.into()));
    Arc::new(schema(&items, contact.as_deref(), campaign.as_deref()))
}

/// The condition of an audience, or the `who` of a suppression; `None` when there is none at that path.
#[salsa::tracked(returns(clone))]
pub fn meaning_of(db: &dyn Db, project: Project, path: SmolStr) -> Option<Arc<Formula>> {
    let item = item_of(db, project, &path)?;
    let id = match &item.meaning {
        Meaning::Audience(id) => *id,
        Meaning::Suppress(suppress) => suppress.who?,
        _ => return None,
    };
    Some(Arc::new(formula(&Declared { db, project }, &schema_of(db, project), &item.body, id)))
}

/// Whether a path names an audience or a suppression; `None` when it names something else.
pub fn kind_of(db: &dyn Db, project: Project, path: &str) -> Option<ItemKind> {
    let path = DeclPath(path.into());
    let file = *project.modules(db).get(path.module())?;
    let entry = names::file_scope(db, file).names.get(&(Namespace::Values, path.name().into()))?;
    matches!(entry.kind, ItemKind::Audience | ItemKind::Suppress).then_some(entry.kind)
}

fn item_of(db: &dyn Db, project: Project, path: &SmolStr) -> Option<Arc<Item>> {
    let kind = kind_of(db, project, path)?;
    Declared { db, project }.item(kind, &DeclPath(path.clone()))
}

/// What a formula needs: the definitions that it names, and what these name. `None` when they are too many.
pub fn definitions(db: &dyn Db, project: Project, of: &[&Formula]) -> Option<Definitions> {
    let mut found: Definitions = BTreeMap::new();
    let mut open: Vec<SmolStr> = of.iter().flat_map(|formula| formula.names().cloned()).collect();
    while let Some(path) = open.pop() {
        if found.contains_key(&path) {
            continue;
        }
        let Some(meaning) = meaning_of(db, project, path.clone()) else { continue };
        open.extend(meaning.names().cloned());
        found.insert(path, meaning);
        if found.len() > MOST_DEFINITIONS {
            return None;
        }
    }
    Some(found)
}

/// The moment that the compiler takes for `now`: the start of today.
pub fn now(db: &dyn Db, project: Project) -> DateTime {
    project.today(db).at(0, 0, 0, 0)
}

/// What was decided about the people of a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The people; an error when their condition is too complex.
    pub people: Result<People, Undecided>,
    /// What became of the condition.
    pub shape: Shape,
}

/// What a condition comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nobody: the fewest conditions that leave nobody.
    Nobody(Vec<Origin>),
    /// Everybody.
    Everyone,
    /// Some people: the conditions that change nothing.
    Some(Vec<Origin>),
    /// It cannot be said.
    Unknown,
}

/// The people of an audience, or whom a suppression keeps out.
#[salsa::tracked(returns(clone))]
pub fn decision(db: &dyn Db, project: Project, path: SmolStr) -> Option<Arc<Decision>> {
    let own = meaning_of(db, project, path)?;
    let schema = schema_of(db, project);
    let now = now(db, project);
    let Some(definitions) = definitions(db, project, &[&own]) else {
        let people = Err(Undecided { kind: mktlint_decide::UndecidedKind::TooComplex, origins: Vec::new() });
        return Some(Arc::new(Decision { people, shape: Shape::Unknown }));
    };
    let mut solver = Solver::new(&schema, &definitions, LIMITS);
    let people = solver.people(&own, now);
    let shape = match &people {
        Ok(people) => shape(&mut solver, &own, people, now),
        Err(_) => Shape::Unknown,
    };
    Some(Arc::new(Decision { people, shape }))
}

fn shape(solver: &mut Solver<'_>, own: &Formula, people: &People, now: DateTime) -> Shape {
    match solver.is_nobody(people) {
        Verdict::Holds => return Shape::Nobody(solver.blame(own, now)),
        Verdict::Undecided(_) => return Shape::Unknown,
        Verdict::Fails(_) => {}
    }
    match solver.is_everyone(people) {
        Verdict::Holds => Shape::Everyone,
        Verdict::Undecided(_) | Verdict::Fails(_) => Shape::Some(solver.idle(own, now)),
    }
}

/// Where an origin is written, seen from the declaration whose question it answers.
pub fn place_of(db: &dyn Db, project: Project, own: &Item, origin: &Origin) -> Option<Target> {
    match &origin.definition {
        None => Some(Target::Here(super::span(&own.body, origin.tag))),
        Some(path) if *path == own.path.0 => Some(Target::Here(super::span(&own.body, origin.tag))),
        Some(path) => {
            let kind = kind_of(db, project, path)?;
            let path = DeclPath(path.clone());
            let found = names::declaration_at(db, project, kind, path.0.clone())?;
            let span = super::span(&analysis(db, project, found).item.body, origin.tag);
            Some(Target::There(kind, path, span))
        }
    }
}
