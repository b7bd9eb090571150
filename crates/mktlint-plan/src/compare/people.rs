//! Audiences and suppressions, compared by decision.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::DateTime;
use mktlint_decide::{
    Clash, Definitions, Formula, Limits, People, Schema, Solver, Tag, Undecided, UndecidedKind, Verdict,
    Witness, renamed_definitions, show_formula,
};
use mktlint_diag::Place;
use smol_str::{SmolStr, format_smolstr};

use super::facet::{self, Facet};
use super::{Change, Comparison, Direction, Fate, contact, head, only_alike};
use crate::{Plan, Suppression};

/// What the definitions of the old policy are called while both are in one question; no name starts so.
const OLD: &str = "old:";

/// Descriptions with more conditions than these say nothing to anybody.
const MOST_CONDITIONS: usize = 6;

/// Who comes into an audience or suppression, or goes.
#[derive(Clone, Debug)]
pub struct Movement {
    /// Which way.
    pub side: Side,
    /// One of these holds for each of them; empty when there would be too many.
    pub conditions: Vec<String>,
    /// One of them, as policies write contacts.
    pub example: String,
    /// The same, with its values.
    pub witness: Witness,
}

/// Which way people move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// They are in it now.
    Enter,
    /// They were in it.
    Leave,
}

/// A set of people that a policy names.
struct Group {
    kind: &'static str,
    name: String,
    formula: Formula,
    place: Place,
    facets: Vec<Facet>,
}

/// What groups are known by: kind and full name.
type Key = (&'static str, String);

/// Compares the schemas, then audiences and suppressions.
pub fn compare(old: &Plan, new: &Plan, now: DateTime, found: &mut Comparison) {
    contact::attributes(&old.people.schema, &new.people.schema, found);
    let both = Both::of(old, new);
    let solver = Solver::new(&both.schema, &both.definitions, Limits::default());
    let judge = Judge { solver, both: &both, now };
    judge.all(groups(old, true), groups(new, false), found);
}

/// Who comes and who goes where people whom `old` describes as the first of a pair are those whom `new` describes as the
/// second; nobody when both are the same, else why it cannot be said.
pub fn compare_people(
    old: &Plan,
    new: &Plan,
    pairs: &[(Formula, Formula)],
    now: DateTime,
) -> Vec<Result<Vec<Movement>, String>> {
    let both = Both::of(old, new);
    let solver = Solver::new(&both.schema, &both.definitions, Limits::default());
    let mut judge = Judge { solver, both: &both, now };
    let mut one = |(before, after): &(Formula, Formula)| {
        let before = before.renamed(OLD);
        let enter = judge.movement(after.clone().minus(before.clone()), Side::Enter)?;
        let leave = judge.movement(before.minus(after.clone()), Side::Leave)?;
        Ok(enter.into_iter().chain(leave).collect())
    };
    pairs.iter().map(&mut one).collect()
}

/// Suppressions with what can change about them, besides whom they are about.
pub(super) fn suppressions(plan: &Plan) -> Vec<(String, Formula, Vec<Facet>)> {
    let groups = groups(plan, false).into_iter().filter(|group| group.kind == "suppress");
    groups.map(|group| (group.name, group.formula, group.facets)).collect()
}

/// What two policies know of people, in one.
struct Both {
    schema: Schema,
    definitions: Definitions,
}

impl Both {
    /// Attributes that mean different things are understood in neither.
    fn of(old: &Plan, new: &Plan) -> Self {
        let (mut before, mut after) = (old.people.schema.clone(), new.people.schema.clone());
        let mut own = new.people.definitions.clone();
        let mut olds = renamed_definitions(&old.people.definitions, OLD);
        loop {
            // Each turn takes an attribute away, so the turns end.
            match merged(&before, &after) {
                Ok(schema) => {
                    own.append(&mut olds);
                    return Self { schema, definitions: own };
                }
                Err(clash) => {
                    let name = clash.attribute;
                    before.attributes.retain(|attribute| attribute.name != name);
                    after.attributes.retain(|attribute| attribute.name != name);
                    let why = format!("`{name}` has another kind of value now");
                    own = without(&own, &name, &why);
                    olds = without(&olds, &name, &why);
                    olds.values_mut().for_each(|formula| *formula = Arc::new(set_apart(formula, &why)));
                }
            }
        }
    }
}

/// A policy in which nothing depends on contacts has no schema, whatever its `contact` says.
fn merged(old: &Schema, new: &Schema) -> Result<Schema, Clash> {
    match (old.attributes.is_empty(), new.attributes.is_empty()) {
        (true, _) => Ok(new.clone()),
        (_, true) => Ok(old.clone()),
        (false, false) => old.merged(new),
    }
}

fn without(definitions: &Definitions, attribute: &SmolStr, why: &str) -> Definitions {
    let unknown = |formula: &Formula| Arc::new(formula.unknown(attribute, why));
    definitions.iter().map(|(name, formula)| (name.clone(), unknown(formula))).collect()
}

/// `formula` with the conditions that are not understood because of `why` unlike any of the new policy: `spend >= 500`
/// is not one condition when it was dollars and is euros.
fn set_apart(formula: &Formula, why: &str) -> Formula {
    let parts = |parts: &[Formula]| parts.iter().map(|part| set_apart(part, why)).collect();
    match formula {
        Formula::Opaque { key, why: own, tag } if own == why => {
            Formula::Opaque { key: format_smolstr!("{OLD}{key}"), why: own.clone(), tag: *tag }
        }
        Formula::Not(inner) => Formula::Not(Box::new(set_apart(inner, why))),
        Formula::And(all) => Formula::And(parts(all)),
        Formula::Or(all) => Formula::Or(parts(all)),
        other => other.clone(),
    }
}

fn groups(plan: &Plan, is_old: bool) -> Vec<Group> {
    let settle = |formula: Formula| if is_old { formula.renamed(OLD) } else { formula };
    let audiences = plan.people.audiences.iter().map(|audience| Group {
        kind: "audience",
        name: plan.str(audience.name).to_owned(),
        formula: settle(Formula::Named { name: plan.str(audience.name).into(), tag: Tag::default() }),
        place: plan.place(audience.place),
        facets: Vec::new(),
    });
    let suppressions = plan.people.suppressions.iter().map(|suppression| Group {
        kind: "suppress",
        name: plan.str(suppression.head.name).to_owned(),
        formula: settle(plan.suppressed(suppression)),
        place: plan.place(suppression.head.place),
        facets: terms(plan, suppression),
    });
    audiences.chain(suppressions).collect()
}

fn terms(plan: &Plan, suppression: &Suppression) -> Vec<Facet> {
    let mut facets = head::facets(plan, &suppression.head);
    facets.push(Facet::all_when_empty("channels", plan.strs(suppression.channels), Direction::Stricter));
    facets
}

/// More people in an audience is looser, more in a suppression stricter.
fn when_more(kind: &str) -> Direction {
    if kind == "suppress" { Direction::Stricter } else { Direction::Looser }
}

struct Judge<'a> {
    solver: Solver<'a>,
    both: &'a Both,
    now: DateTime,
}

impl Judge<'_> {
    fn all(mut self, old: Vec<Group>, new: Vec<Group>, found: &mut Comparison) {
        let key = |group: &Group| (group.kind, group.name.clone());
        let mut gone: BTreeMap<Key, Group> = old.into_iter().map(|group| (key(&group), group)).collect();
        let mut come = Vec::new();
        for group in new {
            match gone.remove(&key(&group)) {
                Some(before) => match self.pair(&before, &group) {
                    Some(change) => found.changes.push(change),
                    None => found.n_same += 1,
                },
                None => come.push(group),
            }
        }
        let mut people = self.all_people(&gone);
        for group in come {
            let before = self.same(&group, &gone, &people).or_else(|| moved(&group, &gone)).and_then(|key| {
                people.remove(&key);
                gone.remove(&key)
            });
            found.changes.push(match before {
                Some(before) => {
                    let altered = self.pair(&before, &group);
                    let change = altered.unwrap_or_else(|| change(&group, Fate::Renamed));
                    Change { old: Some(before.place), old_name: Some(before.name), ..change }
                }
                None => self.alone(&group, Fate::Added, Side::Enter),
            });
        }
        let removed = gone.into_values().map(|group| self.alone(&group, Fate::Removed, Side::Leave));
        found.changes.extend(removed);
    }

    /// What is different in `new`; `None` when it means the same.
    fn pair(&mut self, old: &Group, new: &Group) -> Option<Change> {
        let mut change = Change { old: Some(old.place.clone()), ..change(new, Fate::Altered) };
        let mut directions = Vec::new();
        if let Some((direction, lines)) = facet::compare(&old.facets, &new.facets) {
            directions.push(direction);
            change.lines = lines;
        }
        for side in [Side::Enter, Side::Leave] {
            let (more, less) = if side == Side::Enter { (new, old) } else { (old, new) };
            match self.movement(more.formula.clone().minus(less.formula.clone()), side) {
                Ok(None) => {}
                Ok(Some(movement)) => {
                    let up = when_more(new.kind);
                    directions.push(Some(if side == Side::Enter { up } else { up.opposite() }));
                    change.movements.push(movement);
                }
                Err(why) => change.undecided = Some(why),
            }
        }
        if directions.is_empty() && change.undecided.is_none() {
            return None;
        }
        let all: Option<Vec<Direction>> = directions.into_iter().collect();
        let decided = all.filter(|_| change.undecided.is_none());
        change.direction = decided.and_then(|all| all.into_iter().reduce(Direction::and));
        Some(change)
    }

    fn all_people(&mut self, groups: &BTreeMap<Key, Group>) -> BTreeMap<Key, People> {
        let people = |(key, group): (&Key, &Group)| Some((key.clone(), self.people(&group.formula).ok()?));
        groups.iter().filter_map(people).collect()
    }

    /// The one of `others` with the same people, channels and terms as `group`; somebody at least, since two that
    /// nobody is in have nothing to do with each other.
    fn same(
        &mut self,
        group: &Group,
        others: &BTreeMap<Key, Group>,
        people: &BTreeMap<Key, People>,
    ) -> Option<Key> {
        let own = self.people(&group.formula).ok()?;
        if matches!(self.solver.is_nobody(&own), Verdict::Holds) {
            return None;
        }
        let is_same = |(key, other): &(&Key, &Group)| {
            other.kind == group.kind
                && facet::compare(&other.facets, &group.facets).is_none()
                // Nearly always what is equivalent is equal, and that is asked without work.
                && people.get(*key).is_some_and(|people| *people == own)
        };
        others.iter().find(is_same).map(|(key, _)| key.clone())
    }

    fn alone(&mut self, group: &Group, fate: Fate, side: Side) -> Change {
        let movement = self.movement(group.formula.clone(), side);
        let up = if fate == Fate::Added { Direction::Stricter } else { Direction::Looser };
        let mut change = change(group, fate);
        // An audience that nothing is sent to yet allows nothing.
        change.direction = (group.kind == "suppress").then_some(up);
        if change.fate == Fate::Removed {
            std::mem::swap(&mut change.old, &mut change.new);
        }
        // Who is in a set that came or went follows from its condition, so what is not understood of it is no loss.
        change.movements.extend(movement.ok().flatten());
        change
    }

    fn people(&mut self, formula: &Formula) -> Result<People, String> {
        self.solver.people(formula, self.now).map_err(|undecided| words(&undecided))
    }

    /// Who is in `formula`; `None` when nobody is.
    fn movement(&mut self, formula: Formula, side: Side) -> Result<Option<Movement>, String> {
        let people = self.people(&formula)?;
        match self.solver.is_nobody(&people) {
            Verdict::Holds => Ok(None),
            Verdict::Undecided(undecided) => Err(words(&undecided)),
            Verdict::Fails(witness) => Ok(Some(self.shown(&people, &witness, side))),
        }
    }

    fn shown(&mut self, people: &People, witness: &Witness, side: Side) -> Movement {
        let Both { schema, definitions } = self.both;
        let conditions = self.solver.describe(people, MOST_CONDITIONS).unwrap_or_default();
        Movement {
            side,
            conditions: conditions.iter().map(|it| show_formula(it, schema, definitions)).collect(),
            example: witness.show(schema, self.now),
            witness: witness.clone(),
        }
    }
}

/// The one of `gone` that has the last word of its name in another module.
fn moved(group: &Group, gone: &BTreeMap<Key, Group>) -> Option<Key> {
    let alike = gone.keys().filter(|(kind, _)| *kind == group.kind).map(|(_, name)| name);
    Some((group.kind, only_alike(&group.name, alike)?))
}

fn change(group: &Group, fate: Fate) -> Change {
    super::change(group.kind, group.name.clone(), fate, Some(group.place.clone()))
}

fn words(undecided: &Undecided) -> String {
    match &undecided.kind {
        UndecidedKind::NotUnderstood(why) => why.join("; "),
        UndecidedKind::TooComplex => "its conditions are too complex".to_owned(),
    }
}
