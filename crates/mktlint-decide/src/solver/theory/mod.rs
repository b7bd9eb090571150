//! Whether answers along a path of a diagram go together, and values that give them.
//!
//! A diagram treats its levels as independent. Those of different attributes are; tests of one text, items of one set
//! and differences are not. A path is a person when each attribute has a value that answers all its questions so.

mod difference;
mod set;
mod text;

use std::cell::Cell;
use std::collections::BTreeMap;

use super::axis::{Kind, MISSING, OTHERS, Ordinal, Spans};
use super::believable::{self, Anchor};
use super::level::{LevelId, Levels, What};
use super::people::Words;
use crate::eval::{item_holds, text_holds};
use crate::{ItemTest, Schema, TextTest, Value};

/// What a path answers at one level: one of these places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub level: LevelId,
    pub spans: Spans,
}

/// Whether something is possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Possible<T> {
    /// Like this.
    Yes(T),
    /// Certainly not.
    No,
    /// It would take too much work to say.
    Unclear,
}

/// Values of attributes by position; `None` is missing.
pub type Values = BTreeMap<u32, Option<Value>>;

/// What the answers of a path are judged with.
pub struct Theory<'s> {
    pub schema: &'s Schema,
    pub levels: &'s Levels,
    pub words: &'s Words,
    /// What all paths of one search may take together.
    pub work: Work,
}

/// What is left of the work that one search may make: places of patterns that are looked at, bounds that are compared.
/// A step takes some nanoseconds.
pub struct Work(Cell<usize>);

impl Default for Work {
    fn default() -> Self {
        Self(Cell::new(5_000_000))
    }
}

impl Work {
    /// Takes so many steps; `false` when there are not so many, and then there are none.
    pub fn take(&self, steps: usize) -> bool {
        let left = self.0.get().checked_sub(steps);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Whether nothing is left.
    pub fn is_done(&self) -> bool {
        self.0.get() == 0
    }
}

/// Whether the last answer of a path goes with those before.
pub enum Checked {
    /// It does not.
    Refuted,
    /// As far as can be seen, with this value of its attribute.
    Fine(Option<Value>),
}

/// What a path says of one attribute.
#[derive(Default)]
struct Demand<'s> {
    /// Where its value is; anywhere when the path does not ask.
    value: Option<&'s Spans>,
    texts: Vec<(TextTest, &'s str, bool)>,
    items: Vec<(&'s ItemTest, bool)>,
    /// Differences from earlier attributes.
    minus: Vec<(u32, &'s Spans)>,
}

impl Demand<'_> {
    fn is_missing(&self) -> bool {
        self.value.is_some_and(|spans| spans.iter().all(|span| span.0 == MISSING))
    }
}

impl<'s> Theory<'s> {
    /// Values that answer so.
    pub fn solve(&self, answers: &[Answer]) -> Possible<Values> {
        let demands = self.demands(answers);
        let mut values = Values::new();
        let compared = compared(&demands);
        if !compared.is_empty() {
            match difference::solve(self, &demands, &compared) {
                Possible::Yes(found) => values.extend(found),
                Possible::No => return Possible::No,
                Possible::Unclear => return Possible::Unclear,
            }
        }
        for (at, demand) in &demands {
            if values.contains_key(at) {
                continue;
            }
            match self.value(*at, demand) {
                Possible::Yes(value) => values.insert(*at, value),
                Possible::No => return Possible::No,
                Possible::Unclear => return Possible::Unclear,
            };
        }
        Possible::Yes(values)
    }

    /// Whether the last answer goes with those before. `models` are the values that were found for earlier answers.
    pub fn check(&self, answers: &[Answer], models: &[Option<Value>]) -> Checked {
        let Some(last) = answers.last() else { return Checked::Fine(None) };
        let level = self.levels.level(last.level);
        match &level.what {
            What::Value | What::Opaque(_) => Checked::Fine(None),
            What::Minus(_) => {
                let demands = self.demands(answers);
                let compared = compared(&demands);
                if difference::is_refuted(self, &demands, &compared) {
                    Checked::Refuted
                } else {
                    Checked::Fine(None)
                }
            }
            what => {
                let is_near = |answer: &&Answer| self.levels.level(answer.level).at == level.at;
                let near: Vec<Answer> = answers.iter().filter(is_near).cloned().collect();
                let is_so = last.spans.iter().any(|span| span.1 > 0);
                let earlier = answers.iter().zip(models).rev();
                let mut earlier =
                    earlier.filter(|(answer, _)| is_near(answer)).filter_map(|(_, model)| model.as_ref());
                match earlier.next() {
                    Some(model) if holds(what, model) == is_so => Checked::Fine(Some(model.clone())),
                    _ => match self.solve(&near) {
                        Possible::No => Checked::Refuted,
                        Possible::Yes(mut values) => Checked::Fine(values.remove(&level.at).flatten()),
                        Possible::Unclear => Checked::Fine(None),
                    },
                }
            }
        }
    }

    fn demands<'x>(&self, answers: &'x [Answer]) -> BTreeMap<u32, Demand<'x>>
    where
        's: 'x,
    {
        let mut demands: BTreeMap<u32, Demand<'x>> = BTreeMap::new();
        for answer in answers {
            let level = self.levels.level(answer.level);
            if level.is_opaque() {
                continue;
            }
            let demand = demands.entry(level.at).or_default();
            let is_so = answer.spans.iter().any(|span| span.1 > 0);
            match &level.what {
                What::Value => demand.value = Some(&answer.spans),
                What::Text(kind, part) => demand.texts.push((*kind, part, is_so)),
                What::Item(test) => demand.items.push((test, is_so)),
                What::Minus(left) => demand.minus.push((*left, &answer.spans)),
                What::Opaque(_) => {}
            }
        }
        demands
    }

    /// A value of one attribute that is in no difference.
    fn value(&self, at: u32, demand: &Demand<'_>) -> Possible<Option<Value>> {
        let Some(attribute) = self.schema.attributes.get(at as usize) else { return Possible::No };
        if demand.is_missing() {
            let is_so = demand.texts.iter().any(|text| text.2) || demand.items.iter().any(|item| item.1);
            return if is_so { Possible::No } else { Possible::Yes(None) };
        }
        let axis = super::axis::Axis::of(&attribute.domain, attribute.optional);
        let spans = present(demand.value, axis.first, axis.last);
        match &axis.kind {
            Kind::Words { names } => self.word(at, *names, &spans, demand),
            Kind::Size { members, names } => {
                set::find(&self.work, &spans, &demand.items, members.as_deref(), *names, &attribute.domain)
            }
            _ => match believable::choose(&axis, &attribute.domain, &spans, Anchor::Free)
                .and_then(|place| axis.value(place))
            {
                Some(value) => Possible::Yes(Some(value)),
                None => Possible::Unclear,
            },
        }
    }

    fn word(&self, at: u32, names: bool, spans: &Spans, demand: &Demand<'_>) -> Possible<Option<Value>> {
        let value = |word| Some(if names { Value::Name(word) } else { Value::Text(word) });
        let fits = |word: &str| {
            text::vector(&demand.texts, word) == demand.texts.iter().map(|test| test.2).collect::<Vec<_>>()
        };
        let is_open = spans.last().is_some_and(|span| span.1 == OTHERS);
        if is_open {
            let listed = believable::members(&self.schema.attributes[at as usize].domain);
            let listed = listed.iter().find(|member| within(spans, self.words.find(member)) && fits(member));
            if let Some(member) = listed {
                return Possible::Yes(value(member.clone()));
            }
            let excluded: Vec<&str> = (0..self.words.len() as Ordinal)
                .filter(|place| !within(spans, *place))
                .filter_map(|place| Some(self.words.word(place)?.as_str()))
                .collect();
            let wanted: Vec<bool> = demand.texts.iter().map(|test| test.2).collect();
            let tests: Vec<_> = demand.texts.iter().map(|(kind, part, _)| (*kind, *part)).collect();
            let likely: Vec<_> =
                demand.texts.iter().filter(|test| test.2).map(|test| (test.0, test.1)).collect();
            return match text::find(&self.work, &tests, &likely, &|found| found == wanted, &excluded) {
                Possible::Yes(word) => Possible::Yes(value(word)),
                Possible::No => Possible::No,
                Possible::Unclear => Possible::Unclear,
            };
        }
        let mut words: Vec<_> = (0..self.words.len() as Ordinal)
            .filter(|place| within(spans, *place))
            .filter_map(|place| self.words.word(place))
            .filter(|word| fits(word))
            .collect();
        words.sort_unstable();
        match words.first() {
            Some(word) => Possible::Yes(value((*word).clone())),
            None => Possible::No,
        }
    }
}

/// Whether a text or a set is so; `false` of other questions.
pub fn holds(what: &What, value: &Value) -> bool {
    match (what, value) {
        (What::Text(kind, part), Value::Text(words) | Value::Name(words)) => text_holds(*kind, words, part),
        (What::Item(test), Value::Set(items)) => items.iter().any(|item| item_holds(test, item)),
        _ => false,
    }
}

/// The attributes that are in differences, in order.
fn compared(demands: &BTreeMap<u32, Demand<'_>>) -> Vec<u32> {
    let pairs = demands.iter().flat_map(|(at, demand)| demand.minus.iter().map(|(left, _)| (*at, *left)));
    let mut compared: Vec<u32> = pairs.flat_map(|(at, left)| [at, left]).collect();
    compared.sort_unstable();
    compared.dedup();
    compared
}

/// The spans that are not the missing value.
fn present(spans: Option<&Spans>, first: Ordinal, last: Ordinal) -> Spans {
    match spans {
        Some(spans) => spans.iter().copied().filter(|span| span.0 != MISSING).collect(),
        None => vec![(first, last)],
    }
}

/// Whether a place is in one of the spans.
pub fn within(spans: &Spans, place: Ordinal) -> bool {
    let next = spans.partition_point(|span| span.1 < place);
    spans.get(next).is_some_and(|span| span.0 <= place)
}
