//! What one other value would change.

use mktlint_decide::{
    Contact, Definitions, Formula, Limits, Solver, Tag, Value, Verdict, definitions_given, eval,
};
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

/// The attributes, in the order of the schema, of which another value alone would let `contact` be out of the audience
/// `name` instead of in, or in instead of out, each with such a value.
pub fn changes(name: &str, contact: &Contact, crowd: &Crowd) -> Vec<Change> {
    let formula = &Formula::Named { name: name.into(), tag: Tag::default() };
    let Some(holds) = eval(formula, crowd.definitions(), contact, crowd.now) else { return Vec::new() };
    let wanted = if holds { Formula::Not(Box::new(formula.clone())) } else { formula.clone() };
    let looked_at = crowd.looked_at(name);
    let needed: Definitions = crowd.closure(name).map(|(name, part)| (name.into(), part.clone())).collect();
    let names = crowd.schema().attributes.iter().map(|it| it.name.as_str());
    let names = names.filter(|name| looked_at.contains(name));
    let settled = |name: &str| {
        let others = looked_at.iter().filter(|other| **other != name);
        others.fold(needed.clone(), |definitions, other| {
            definitions_given(&definitions, other, contact.get(*other), crowd.now)
        })
    };
    names.filter_map(|name| change(name, &wanted, &settled(name), contact, crowd)).take(MOST).collect()
}

/// Another value of the attribute `name` with which `wanted` holds; in `definitions` all others are settled.
fn change(
    name: &str,
    wanted: &Formula,
    definitions: &Definitions,
    contact: &Contact,
    crowd: &Crowd,
) -> Option<Change> {
    let mut solver = Solver::new(crowd.schema(), definitions, Limits::default());
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
