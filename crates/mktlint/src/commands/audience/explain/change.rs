//! What one other value would change.

use mktlint_decide::{Contact, Formula, Limits, Solver, Value, Verdict, definitions_given, eval};
use serde_json::{Value as Json, json};

use crate::people::{Crowd, shown, value_as_json};

/// Changes that are told; more are noise.
const MOST: usize = 5;

/// Another value of one attribute.
#[derive(Clone, Debug)]
pub struct Change {
    attribute: String,
    to: Option<Value>,
    words: String,
}

impl Change {
    /// `stage: lapsed instead of customer`
    pub fn words(&self) -> &str {
        &self.words
    }

    /// For tools.
    pub fn json(&self) -> Json {
        json!({ "attribute": self.attribute, "to": self.to.as_ref().map(value_as_json) })
    }
}

/// The attributes, in the order of the schema, of which another value alone would let `formula` be false instead of true
/// of `contact`, or true instead of false, each with such a value.
pub fn changes(formula: &Formula, contact: &Contact, crowd: &Crowd) -> Vec<Change> {
    let Some(holds) = eval(formula, crowd.definitions(), contact, crowd.now) else { return Vec::new() };
    let wanted = if holds { Formula::Not(Box::new(formula.clone())) } else { formula.clone() };
    let names = crowd.schema().attributes.iter().filter(|it| it.of_contact).map(|it| it.name.as_str());
    names.filter_map(|name| change(name, &wanted, contact, crowd)).take(MOST).collect()
}

/// Another value of the attribute `name` with which `wanted` holds.
fn change(name: &str, wanted: &Formula, contact: &Contact, crowd: &Crowd) -> Option<Change> {
    let mut definitions = crowd.definitions().clone();
    for other in crowd.schema().attributes.iter().filter(|it| it.name != name && it.of_contact) {
        definitions = definitions_given(&definitions, &other.name, contact.get(&other.name), crowd.now);
    }
    let mut solver = Solver::new(crowd.schema(), &definitions, Limits::default());
    let people = solver.people(wanted, crowd.now).ok()?;
    let Verdict::Fails(witness) = solver.is_nobody(&people) else { return None };
    let found = witness.values.iter().find(|value| value.attribute == name)?;
    let mut changed = contact.clone();
    match &found.value {
        Some(value) => changed.insert(name.into(), value.clone()),
        None => changed.remove(name),
    };
    let is_so = eval(wanted, crowd.definitions(), &changed, crowd.now) == Some(true);
    let to = shown(name, found.value.as_ref(), crowd.schema());
    let from = shown(name, contact.get(name), crowd.schema());
    let from = from.strip_prefix(&format!("{name}: ")).unwrap_or(&from);
    is_so.then(|| Change {
        attribute: name.to_owned(),
        to: found.value.clone(),
        words: format!("{to} instead of {from}"),
    })
}
