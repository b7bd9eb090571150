//! All people that the conditions of a case can tell apart, one of each kind, as far as that can be listed.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Time;
use mktlint_decide::{Attribute, Contact, Domain, Formula, ItemTest, Operand, Test, Value, resolve};
use rust_decimal::{Decimal, RoundingStrategy};
use smol_str::SmolStr;

use super::{Case, now, parts};

/// More people than this are thinned out: the plain evaluator takes its time.
const MOST: usize = 700;

/// Items that no condition mentions in the sets of the grid: a set can be larger than every size that is asked for
/// without any item that is mentioned.
const FRESH: u32 = 3;

/// People to ask about.
pub struct Grid {
    pub people: Vec<Contact>,
    /// Whether everybody is like one of them to every condition of the case, so that what holds for them holds.
    pub complete: bool,
}

/// The grid of a case.
pub fn grid(case: &Case) -> Grid {
    let mut complete = true;
    let mut lists: Vec<(&Attribute, Vec<Option<Value>>)> = Vec::new();
    for attribute in &case.schema.attributes {
        let found = Constants::of(case, attribute);
        let (values, all) = found.values(&attribute.domain);
        complete &= all;
        let missing = attribute.optional.then_some(None);
        let inside = values.into_iter().filter(|value| attribute.domain.holds(value)).map(Some);
        lists.push((attribute, missing.into_iter().chain(inside).collect()));
    }
    while lists.iter().map(|(_, values)| values.len()).product::<usize>() > MOST {
        complete = false;
        let Some((_, longest)) = lists.iter_mut().max_by_key(|(_, values)| values.len()) else { break };
        let mut at = 0;
        longest.retain(|_| {
            at += 1;
            at % 3 != 0
        });
    }
    let mut people = vec![Contact::new()];
    for (attribute, values) in lists {
        people = people
            .iter()
            .flat_map(|person| values.iter().map(move |value| with(person, attribute, value)))
            .collect();
    }
    Grid { people, complete }
}

fn with(person: &Contact, attribute: &Attribute, value: &Option<Value>) -> Contact {
    let mut person = person.clone();
    person.extend(value.clone().map(|value| (attribute.name.clone(), value)));
    person
}

/// What the conditions of a case compare one attribute with.
#[derive(Default)]
struct Constants {
    values: BTreeSet<Value>,
    words: BTreeSet<SmolStr>,
    sizes: u32,
    in_difference: bool,
}

impl Constants {
    fn of(case: &Case, attribute: &Attribute) -> Self {
        let mut found = Self::default();
        for part in case.all().flat_map(parts) {
            match part {
                Formula::Test { attribute: own, test, .. } if *own == attribute.name => {
                    found.add(test, &attribute.domain);
                }
                Formula::Difference { left, right, .. }
                    if *left == attribute.name || *right == attribute.name =>
                {
                    found.in_difference = true;
                }
                _ => {}
            }
        }
        found
    }

    fn add(&mut self, test: &Test, domain: &Domain) {
        match test {
            Test::Compare(_, operand) => self.values.extend(constant(operand, domain)),
            Test::OneOf(values) => self.values.extend(values.iter().cloned()),
            Test::Text(_, part) => {
                self.words.insert(part.clone());
            }
            Test::Any(item) => self.add_item(item),
            Test::Size(_, size) => self.sizes = self.sizes.max(*size),
            Test::Known | Test::True => {}
        }
    }

    fn add_item(&mut self, test: &ItemTest) {
        match test {
            ItemTest::Every => {}
            ItemTest::OneOf(values) => self.values.extend(values.iter().cloned()),
            ItemTest::Text(_, part) => {
                self.words.insert(part.clone());
            }
            ItemTest::Not(inner) => self.add_item(inner),
            ItemTest::And(inner) | ItemTest::Or(inner) => inner.iter().for_each(|part| self.add_item(part)),
        }
    }

    /// Values of the attribute, and whether every other value is like one of them.
    fn values(&self, domain: &Domain) -> (Vec<Value>, bool) {
        match domain {
            Domain::Bool => (vec![Value::Bool(false), Value::Bool(true)], true),
            Domain::Names { members, .. } => (self.names(members, &["Elsewhere"]), self.words.is_empty()),
            Domain::Number { least, most, scale, .. } => self.numbers(*least, *most, *scale),
            Domain::Date { least: Some(least), most: Some(most) } => {
                let days = least.series(1.day()).take_while(|day| day <= most);
                (days.map(Value::Date).collect(), true)
            }
            Domain::Date { .. } => (self.neighbours(), true),
            Domain::DateTime => (self.neighbours(), !self.in_difference),
            Domain::Time => {
                let is_whole =
                    |value: &Value| !matches!(value, Value::Time(at) if at.subsec_nanosecond() != 0);
                (self.neighbours().into_iter().filter(is_whole).collect(), true)
            }
            Domain::Text => (self.texts(), self.words.is_empty()),
            Domain::SetOfNames { members, open } => {
                let others: &[&str] = if *open { &["X1", "X2", "X3"] } else { &[] };
                let names = self.names(members, others);
                let (sets, all) = subsets(names);
                (sets, all && (!*open || (self.words.is_empty() && self.sizes < FRESH)))
            }
            Domain::SetOfTexts => {
                let mut items: Vec<Value> =
                    self.values.iter().filter(|value| is_text(value)).cloned().collect();
                items.extend(["x1", "x2", "bb"].map(|word| Value::Text(word.into())));
                let (sets, all) = subsets(items);
                (sets, all && self.words.is_empty() && self.sizes < FRESH)
            }
        }
    }

    fn names(&self, members: &[SmolStr], others: &[&str]) -> Vec<Value> {
        let mut names: BTreeSet<SmolStr> = members.iter().cloned().collect();
        names.extend(others.iter().map(SmolStr::new));
        names.extend(self.values.iter().filter_map(|value| match value {
            Value::Name(name) => Some(name.clone()),
            _ => None,
        }));
        names.into_iter().map(Value::Name).collect()
    }

    /// Of a range every number, when there are few; else the constants and their neighbours.
    fn numbers(&self, least: Option<Decimal>, most: Option<Decimal>, scale: u32) -> (Vec<Value>, bool) {
        let step = Decimal::new(1, scale);
        if let (Some(least), Some(most), 0) = (least, most, scale) {
            let all = std::iter::successors(Some(least), |number| Some(number + step));
            return (all.take_while(|number| *number <= most).map(Value::Number).collect(), true);
        }
        let mut found: BTreeSet<Decimal> = BTreeSet::from([Decimal::ZERO]);
        found.extend(least);
        found.extend(most);
        for value in &self.values {
            let Value::Number(number) = value else { continue };
            let floor = number.round_dp_with_strategy(scale, RoundingStrategy::ToNegativeInfinity);
            found.extend([floor - step, floor, floor + step]);
        }
        (found.into_iter().map(Value::Number).collect(), !self.in_difference)
    }

    /// Days, moments, times: constants and their neighbours.
    fn neighbours(&self) -> Vec<Value> {
        let mut found: BTreeSet<Value> = BTreeSet::new();
        let own = [Value::Date(now().date()), Value::DateTime(now()), Value::Time(Time::midnight())];
        for value in self.values.iter().chain(&own) {
            match value {
                Value::Date(day) => {
                    found.extend([-1, 0, 1].map(|n| Value::Date(day.saturating_add(n.days()))))
                }
                Value::DateTime(at) => {
                    found.extend([-1, 0, 1].map(|n| Value::DateTime(at.saturating_add(n.seconds()))));
                }
                Value::Time(at) => {
                    found.extend([-1, 0, 1].map(|n| Value::Time(at.saturating_add(n.seconds()))))
                }
                _ => {}
            }
        }
        found.into_iter().collect()
    }

    /// Constants and what they and the parts can be put together to.
    fn texts(&self) -> Vec<Value> {
        let mut found: BTreeSet<SmolStr> =
            ["", "a", "b", "c", "aa", "ab", "ba", "abb", "aab"].map(SmolStr::new).into();
        found.extend(self.values.iter().filter_map(|value| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }));
        let plain = |part: &SmolStr| SmolStr::from(part.replace('*', "").replace('?', "c"));
        let words: BTreeSet<SmolStr> =
            self.words.iter().flat_map(|part| [part.clone(), plain(part)]).collect();
        for one in &words {
            found.extend(words.iter().map(|other| SmolStr::from(format!("{one}{other}"))));
            found.extend([
                one.clone(),
                format!("{one}z").into(),
                format!("z{one}").into(),
                one.to_uppercase().into(),
            ]);
        }
        found.into_iter().map(Value::Text).collect()
    }
}

fn constant(operand: &Operand, domain: &Domain) -> Option<Value> {
    resolve(operand, domain, now())
}

fn is_text(value: &Value) -> bool {
    matches!(value, Value::Text(_))
}

/// All sets of the items, when these are at most six.
fn subsets(mut items: Vec<Value>) -> (Vec<Value>, bool) {
    let all = items.len() <= 6;
    items.truncate(6);
    let sets = 0..1_u32 << items.len();
    let set = |bits: u32| {
        items.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, item)| item.clone()).collect()
    };
    (sets.map(|bits| Value::Set(set(bits))).collect(), all)
}
