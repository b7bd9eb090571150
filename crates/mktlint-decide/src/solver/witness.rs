//! People as examples.

use jiff::civil::DateTime;
use smol_str::SmolStr;

use super::Solver;
use super::axis::{Kind, MISSING, Ordinal};
use super::believable::{self, Anchor};
use super::level::{LevelId, What};
use super::people::Notes;
use super::store::{EVERYONE, NOBODY, NodeId};
use super::theory::{Values, holds};
use crate::eval::difference_holds;
use crate::{Comparison, Contact, Domain, Schema, Value};

/// Nodes that are looked at to see whether an attribute matters.
const LOOKS: usize = 20_000;

/// A person as an example. Only the attributes that matter are there; the others can be anything that their domains
/// allow. Always the same one for the same question; the plain tests of [`crate::eval`] confirmed every answer on its
/// path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// In the order of the schema.
    pub values: Vec<WitnessValue>,
}

/// One attribute of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessValue {
    /// Its name.
    pub attribute: SmolStr,
    /// Its value; `None` when it is missing.
    pub value: Option<Value>,
    /// Whether the question speaks of it relative to `now`, so that `3 days ago` says more than the day.
    pub relative: bool,
}

impl Witness {
    /// `{ stage: lapsed, last_order: 3 days ago }`
    pub fn show(&self, schema: &Schema, now: DateTime) -> String {
        crate::show::show_witness(self, schema, now)
    }

    /// The person as values, with a believable value for every attribute of the schema that can not be missing.
    pub fn contact(&self, schema: &Schema) -> Contact {
        let mut contact = Contact::new();
        for attribute in &schema.attributes {
            let own = self.values.iter().find(|value| value.attribute == attribute.name);
            let value = match own {
                Some(own) => own.value.clone(),
                None if attribute.optional => None,
                None => Some(any_value(&attribute.domain)),
            };
            if let Some(value) = value {
                contact.insert(attribute.name.clone(), value);
            }
        }
        contact
    }
}

/// Some value of a domain.
fn any_value(domain: &Domain) -> Value {
    let axis = super::axis::Axis::of(domain, false);
    match (&axis.kind, believable::members(domain).into_iter().next()) {
        (Kind::Size { .. }, _) => Value::Set(std::collections::BTreeSet::new()),
        (Kind::Words { names: true }, Some(member)) => Value::Name(member),
        (Kind::Words { names: true }, None) => Value::Name("example".into()),
        (Kind::Words { names: false }, _) => Value::Text("example".into()),
        _ => believable::choose(&axis, domain, &[(axis.first, axis.last)], Anchor::Free)
            .and_then(|place| axis.value(place))
            .unwrap_or(Value::Bool(false)),
    }
}

impl Solver<'_> {
    /// The example of these values, without those that do not matter; `None` when it is not confirmed.
    pub(super) fn witness(&self, root: NodeId, mut values: Values, notes: &Notes) -> Option<Witness> {
        let is_confirmed = self.leads(root, &values);
        debug_assert!(is_confirmed, "not a person of the diagram: {values:?}");
        if !is_confirmed {
            return None;
        }
        for at in values.keys().rev().copied().collect::<Vec<_>>() {
            let Some(value) = values.remove(&at) else { continue };
            if !self.leads(root, &values) {
                values.insert(at, value);
            }
        }
        let values = values.into_iter().filter_map(|(at, value)| {
            let attribute = self.schema.attributes.get(at as usize)?.name.clone();
            Some(WitnessValue { attribute, value, relative: notes.relative.contains(&at) })
        });
        Some(Witness { values: values.collect() })
    }

    /// Whether everybody with these values is in the diagram, whatever else is so.
    pub(super) fn leads(&self, root: NodeId, values: &Values) -> bool {
        let mut seen = rustc_hash::FxHashSet::default();
        let mut stack = vec![root];
        while let Some(node) = stack.pop() {
            if node == NOBODY || seen.len() > LOOKS {
                return false;
            }
            if node == EVERYONE || !seen.insert(node) {
                continue;
            }
            let runs = self.store.runs(node);
            match self.place(self.store.level(node), values) {
                Some(place) => {
                    let next = runs.partition_point(|run| run.last < place);
                    stack.push(runs.get(next).map_or(NOBODY, |run| run.child));
                }
                None => stack.extend(runs.iter().map(|run| run.child)),
            }
        }
        true
    }

    /// What somebody with these values answers at a level; `None` when that depends on other attributes.
    fn place(&self, id: LevelId, values: &Values) -> Option<Ordinal> {
        let level = self.levels.level(id);
        let value = values.get(&level.at);
        match &level.what {
            What::Opaque(_) => None,
            What::Value => Some(value?.as_ref().map_or(MISSING, |value| self.value_place(id, value))),
            what @ (What::Text(..) | What::Item(_)) => {
                Some(Ordinal::from(value?.as_ref().is_some_and(|value| holds(what, value))))
            }
            What::Minus(left) => self.difference_place(id, values.get(left)?.as_ref()?, value?.as_ref()?),
        }
    }

    fn value_place(&self, id: LevelId, value: &Value) -> Ordinal {
        match value {
            Value::Name(word) | Value::Text(word)
                if matches!(self.levels.axis(id).kind, Kind::Words { .. }) =>
            {
                self.words.find(word)
            }
            _ => self.levels.axis(id).cut(value).map_or(MISSING, |cut| cut.floor),
        }
    }

    /// The difference of two values, confirmed by the plain evaluator.
    fn difference_place(&self, id: LevelId, left: &Value, right: &Value) -> Option<Ordinal> {
        let level = self.levels.level(id);
        let What::Minus(other) = level.what else { return None };
        let axes = [other, level.at].map(|at| {
            let attribute = &self.schema.attributes[at as usize];
            super::axis::Axis::of(&attribute.domain, attribute.optional)
        });
        let scale = axes.iter().map(super::level::digits).max().unwrap_or(0);
        let place = |axis: &super::axis::Axis, value| {
            axis.cut(value).map(|cut| cut.floor * 10_i128.pow(scale - super::level::digits(axis)))
        };
        let difference = place(&axes[0], left)? - place(&axes[1], right)?;
        let gap = super::axis::number_at(difference, scale)?;
        difference_holds(left, right, Comparison::Equal, gap).then_some(difference)
    }
}
