//! Contacts, audiences and suppressions.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use mktlint_decide::{
    Contact, Definitions, Formula, Limits, People, Schema, Solver, Tag, Undecided, UndecidedKind, Verdict,
    Witness, renamed_definitions, show_formula,
};
use mktlint_diag::Place;

use super::facet::{self, Facet};
use super::{Change, Comparison, Direction, Fate, head};
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
    /// The same as values.
    pub contact: Contact,
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

/// Compares the schemas, then audiences and suppressions.
pub fn compare(old: &Plan, new: &Plan, now: DateTime, found: &mut Comparison) {
    attributes(&old.people.schema, &new.people.schema, found);
    let definitions = definitions(old, new);
    match old.people.schema.merged(&new.people.schema) {
        Ok(schema) => {
            let solver = Solver::new(&schema, &definitions, Limits::default());
            let judge = Judge { solver, schema: &schema, definitions: &definitions, now };
            judge.all(groups(old, true), groups(new, false), found);
        }
        Err(clash) => {
            let why = format!("`{}` has another kind of value now", clash.attribute);
            incomparable(&groups(old, true), &groups(new, false), &why, found);
        }
    }
}

fn definitions(old: &Plan, new: &Plan) -> Definitions {
    let mut all = renamed_definitions(&old.people.definitions, OLD);
    all.extend(new.people.definitions.iter().map(|(name, formula)| (name.clone(), formula.clone())));
    all
}

/// The attributes of contacts that came, went or have other values.
fn attributes(old: &Schema, new: &Schema, found: &mut Comparison) {
    let own = |schema: &Schema| -> BTreeMap<String, String> {
        let contact = schema.attributes.iter().filter(|attribute| attribute.of_contact);
        contact.map(|it| (it.name.to_string(), format!("{:?} {}", it.domain, it.optional))).collect()
    };
    let (mut old, new) = (own(old), own(new));
    let mut change = |name: &str, fate: Fate, line: &str| {
        found.changes.push(Change {
            kind: "attribute",
            name: name.to_owned(),
            fate,
            direction: None,
            lines: vec![line.to_owned()],
            movements: Vec::new(),
            old: None,
            new: None,
        });
    };
    let mut n_same = 0;
    for (name, shape) in &new {
        match old.remove(name) {
            None => change(name, Fate::Added, "contacts have it now"),
            Some(before) if before != *shape => change(name, Fate::Altered, "it has other values now"),
            Some(_) => n_same += 1,
        }
    }
    old.keys().for_each(|name| change(name, Fate::Removed, "contacts do not have it any more"));
    found.n_same += n_same;
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
    schema: &'a Schema,
    definitions: &'a Definitions,
    now: DateTime,
}

impl Judge<'_> {
    fn all(mut self, old: Vec<Group>, new: Vec<Group>, found: &mut Comparison) {
        let key = |group: &Group| (group.kind, group.name.clone());
        let mut gone: BTreeMap<_, Group> = old.into_iter().map(|group| (key(&group), group)).collect();
        let mut come = Vec::new();
        for group in new {
            match gone.remove(&key(&group)) {
                Some(before) => self.pair(&before, &group, found),
                None => come.push(group),
            }
        }
        for group in come {
            match self.same(&group, &gone) {
                Some(at) => {
                    let before = gone.remove(&at);
                    let from = before.as_ref().map(|it| it.name.clone()).unwrap_or_default();
                    found.changes.push(Change {
                        old: before.map(|it| it.place),
                        ..change(&group, Fate::Renamed(from))
                    });
                }
                None => found.changes.push(self.alone(&group, Fate::Added, Side::Enter)),
            }
        }
        let removed = gone.into_values().map(|group| self.alone(&group, Fate::Removed, Side::Leave));
        found.changes.extend(removed);
    }

    fn pair(&mut self, old: &Group, new: &Group, found: &mut Comparison) {
        let (mut direction, mut lines) = match facet::compare(&old.facets, &new.facets) {
            Some((direction, lines)) => (Some(direction), lines),
            None => (None, Vec::new()),
        };
        let mut movements = Vec::new();
        for side in [Side::Enter, Side::Leave] {
            let (more, less) = if side == Side::Enter { (new, old) } else { (old, new) };
            match self.movement(more.formula.clone().minus(less.formula.clone()), side) {
                Ok(None) => {}
                Ok(Some(movement)) => {
                    let up = when_more(new.kind);
                    let own = if side == Side::Enter { up } else { up.opposite() };
                    direction = Some(match direction {
                        None => Some(own),
                        Some(other) => other.map(|other| other.and(own)),
                    });
                    movements.push(movement);
                }
                Err(why) => {
                    direction = Some(None);
                    lines.push(format!("cannot be compared: {why}"));
                    break;
                }
            }
        }
        match direction {
            None => found.n_same += 1,
            Some(direction) => found.changes.push(Change {
                direction,
                lines,
                movements,
                old: Some(old.place.clone()),
                ..change(new, Fate::Altered)
            }),
        }
    }

    /// The one of `others` with the same people, channels and terms, when there is one.
    fn same(
        &mut self,
        group: &Group,
        others: &BTreeMap<(&'static str, String), Group>,
    ) -> Option<(&'static str, String)> {
        let own = self.people(&group.formula).ok()?;
        let is_same = |judge: &mut Self, other: &Group| {
            other.kind == group.kind
                && facet::compare(&other.facets, &group.facets).is_none()
                && judge
                    .people(&other.formula)
                    .is_ok_and(|people| matches!(judge.solver.is_equivalent(&own, &people), Verdict::Holds))
        };
        let found = others.iter().find(|(_, other)| is_same(self, other));
        found.map(|(key, _)| key.clone())
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
        match movement {
            Ok(movement) => change.movements.extend(movement),
            Err(why) => change.lines.push(format!("cannot be decided: {why}")),
        }
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
        let conditions = self.solver.describe(people, MOST_CONDITIONS).unwrap_or_default();
        let show = |formula: &Formula| show_formula(formula, self.schema, self.definitions);
        Movement {
            side,
            conditions: conditions.iter().map(show).collect(),
            example: witness.show(self.schema, self.now),
            contact: witness.contact(self.schema),
        }
    }
}

fn change(group: &Group, fate: Fate) -> Change {
    Change {
        kind: group.kind,
        name: group.name.clone(),
        fate,
        direction: None,
        lines: Vec::new(),
        movements: Vec::new(),
        old: None,
        new: Some(group.place.clone()),
    }
}

fn words(undecided: &Undecided) -> String {
    match &undecided.kind {
        UndecidedKind::NotUnderstood(why) => why.join("; "),
        UndecidedKind::TooComplex => "its conditions are too complex".to_owned(),
    }
}

/// All audiences and suppressions of policies whose contacts do not go together.
fn incomparable(old: &[Group], new: &[Group], why: &str, found: &mut Comparison) {
    for group in new {
        let before = old.iter().find(|other| (other.kind, &other.name) == (group.kind, &group.name));
        let fate = if before.is_some() { Fate::Altered } else { Fate::Added };
        found.changes.push(Change {
            lines: vec![format!("cannot be compared: {why}")],
            old: before.map(|it| it.place.clone()),
            ..change(group, fate)
        });
    }
    for group in old {
        if !new.iter().any(|other| (other.kind, &other.name) == (group.kind, &group.name)) {
            let place = Some(group.place.clone());
            found.changes.push(Change { old: place, new: None, ..change(group, Fate::Removed) });
        }
    }
}
