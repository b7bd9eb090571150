//! Sets with some items and without others.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::{Possible, Work, text, within};
use crate::eval::item_holds;
use crate::solver::atom::mentioned;
use crate::solver::axis::{Ordinal, Spans};
use crate::solver::believable;
use crate::{Domain, ItemTest, TextTest, Value};

/// Items that a set of an example may have. Nobody believes more.
const MOST_ITEMS: usize = 256;

/// Sets of items that are tried when the smallest is asked for.
const TRIES: usize = 20_000;

/// A set of one of these sizes for which each test has an item (or none, where it is false).
pub fn find(
    work: &Work,
    sizes: &Spans,
    tests: &[(&ItemTest, bool)],
    members: Option<&[SmolStr]>,
    names: bool,
    domain: &Domain,
) -> Possible<Option<Value>> {
    let search = Search { work, tests, members, names, domain };
    match search.run(sizes) {
        Possible::Yes(items) => Possible::Yes(Some(Value::Set(items))),
        Possible::No => Possible::No,
        Possible::Unclear => Possible::Unclear,
    }
}

struct Search<'s> {
    work: &'s Work,
    tests: &'s [(&'s ItemTest, bool)],
    members: Option<&'s [SmolStr]>,
    names: bool,
    domain: &'s Domain,
}

type Items = BTreeSet<Value>;

impl Search<'_> {
    fn run(&self, sizes: &Spans) -> Possible<Items> {
        let pool = self.pool();
        // Every item against every test, more than once.
        if !self.work.take((pool.len() + 1) * (self.tests.len() + 1) * 100) {
            return Possible::Unclear;
        }
        let wanted: Vec<&ItemTest> = self.tests.iter().filter(|test| test.1).map(|test| test.0).collect();
        let (pool, invented) = match self.invented(pool, &wanted) {
            Possible::Yes(found) => found,
            Possible::No => return Possible::No,
            Possible::Unclear => return Possible::Unclear,
        };
        let covered: Vec<u64> = pool.iter().map(|item| covers(item, &wanted)).collect();
        if wanted.len() > 64 {
            return Possible::Unclear;
        }
        let Some(mut items) = fewest(&pool, &covered, wanted.len(), MOST_ITEMS) else {
            return Possible::Unclear;
        };
        let Some(size) = sizes
            .iter()
            .map(|span| span.0.max(items.len() as Ordinal).min(span.1))
            .find(|size| *size >= items.len() as Ordinal && within(sizes, *size))
        else {
            // An invented item is one of many: others might cover more at once.
            return if invented { Possible::Unclear } else { Possible::No };
        };
        for item in &pool {
            if (items.len() as Ordinal) < size {
                items.insert(item.clone());
            }
        }
        if (items.len() as Ordinal) < size && self.members.is_some() {
            return Possible::No;
        }
        self.fill(items, size)
    }

    /// The members and the items that tests mention, without those that are forbidden.
    fn pool(&self) -> Vec<Value> {
        let listed = believable::members(self.domain).into_iter().map(Value::Name);
        let mut pool: Vec<Value> = listed.filter(|item| self.is_allowed(item)).collect();
        if self.members.is_none() {
            for (test, _) in self.tests {
                let items = mentioned(test, self.names).0;
                pool.extend(items.into_iter().filter(|item| self.is_allowed(item)));
            }
            let mut seen = Items::new();
            pool.retain(|item| seen.insert(item.clone()));
        }
        pool
    }

    fn is_allowed(&self, item: &Value) -> bool {
        self.tests.iter().all(|(test, is_so)| *is_so || !item_holds(test, item))
    }

    /// `pool` with one of the items that no test mentions, when they are allowed: without tests of texts they are all
    /// alike, so that nothing else can be made up that would do for more tests.
    fn with_any_other(&self, mut pool: Vec<Value>, wanted: &[&ItemTest]) -> Possible<(Vec<Value>, bool)> {
        match self.invent(None, &pool) {
            Possible::Yes(item) => pool.push(item),
            Possible::No => {}
            Possible::Unclear => return Possible::Unclear,
        }
        let is_possible = |test: &&ItemTest| pool.iter().any(|item| item_holds(test, item));
        if wanted.iter().all(is_possible) { Possible::Yes((pool, false)) } else { Possible::No }
    }

    /// `pool` with an item for each wanted test that had none, and whether items were made up.
    fn invented(&self, mut pool: Vec<Value>, wanted: &[&ItemTest]) -> Possible<(Vec<Value>, bool)> {
        if self.members.is_none() && !self.tests.iter().any(|(test, _)| speaks_of_text(test)) {
            return self.with_any_other(pool, wanted);
        }
        let mut invented = false;
        for test in wanted {
            if pool.iter().any(|item| item_holds(test, item)) {
                // A made-up item could still do for several tests at once.
                invented |= self.members.is_none() && has_text(test);
                continue;
            }
            if self.members.is_some() {
                return Possible::No;
            }
            match self.invent(Some(test), &pool) {
                Possible::Yes(item) => pool.push(item),
                Possible::No => return Possible::No,
                Possible::Unclear => return Possible::Unclear,
            }
            invented = true;
        }
        Possible::Yes((pool, invented))
    }

    /// An item that no list mentions and that is not among `others`: allowed, and passes `wanted`.
    fn invent(&self, wanted: Option<&ItemTest>, others: &[Value]) -> Possible<Value> {
        let mut excluded: Vec<Value> = others.to_vec();
        for (test, _) in self.tests {
            excluded.extend(mentioned(test, self.names).0);
        }
        let excluded: Vec<&str> = excluded.iter().filter_map(words).collect();
        let forbidden = self.tests.iter().filter(|test| !test.1).map(|test| test.0);
        let mut parts: Vec<(TextTest, &str)> = Vec::new();
        for test in forbidden.clone().chain(wanted) {
            texts(test, &mut parts);
        }
        let holds = |test: &ItemTest, found: &[bool]| item_is(test, &parts, found);
        let accept = |found: &[bool]| {
            wanted.is_none_or(|test| holds(test, found)) && !forbidden.clone().any(|test| holds(test, found))
        };
        let mut likely = Vec::new();
        wanted.into_iter().for_each(|test| texts(test, &mut likely));
        match text::find(self.work, &parts, &likely, &accept, &excluded) {
            Possible::Yes(word) if self.names => Possible::Yes(Value::Name(word)),
            Possible::Yes(word) => Possible::Yes(Value::Text(word)),
            Possible::No => Possible::No,
            Possible::Unclear => Possible::Unclear,
        }
    }

    /// Adds items until there are `size`.
    fn fill(&self, mut items: Items, size: Ordinal) -> Possible<Items> {
        if size > MOST_ITEMS as Ordinal {
            return Possible::Unclear;
        }
        while (items.len() as Ordinal) < size {
            let others: Vec<Value> = items.iter().cloned().collect();
            match self.invent(None, &others) {
                Possible::Yes(item) => items.insert(item),
                Possible::No => return Possible::No,
                Possible::Unclear => return Possible::Unclear,
            };
        }
        Possible::Yes(items)
    }
}

fn words(item: &Value) -> Option<&str> {
    match item {
        Value::Name(word) | Value::Text(word) => Some(word),
        _ => None,
    }
}

/// Which of the tests an item passes, as bits.
fn covers(item: &Value, tests: &[&ItemTest]) -> u64 {
    let bits = tests.iter().take(64).enumerate();
    bits.fold(0, |bits, (bit, test)| bits | u64::from(item_holds(test, item)) << bit)
}

/// The fewest items that pass all tests between them, at most `most`; the first such set in the order of `pool`.
fn fewest(pool: &[Value], covered: &[u64], n_tests: usize, most: usize) -> Option<Items> {
    let all = if n_tests == 64 { u64::MAX } else { (1 << n_tests) - 1 };
    let mut tries = TRIES;
    (0..=n_tests.min(most)).find_map(|size| {
        let mut chosen = Vec::new();
        choose(covered, all, size, &mut chosen, &mut tries)
            .then(|| chosen.iter().map(|at| pool[*at].clone()).collect())
    })
}

/// Covers what is `left` with `size` items: one of them passes the first test that is left.
fn choose(covered: &[u64], left: u64, size: usize, chosen: &mut Vec<usize>, tries: &mut usize) -> bool {
    if left == 0 {
        return true;
    }
    if size == 0 || *tries == 0 {
        return false;
    }
    *tries -= 1;
    let first = left & left.wrapping_neg();
    for (at, bits) in covered.iter().enumerate().filter(|(_, bits)| **bits & first != 0) {
        chosen.push(at);
        if choose(covered, left & !bits, size - 1, chosen, tries) {
            return true;
        }
        chosen.pop();
    }
    false
}

fn speaks_of_text(test: &ItemTest) -> bool {
    let mut parts = Vec::new();
    texts(test, &mut parts);
    !parts.is_empty()
}

/// Whether an item that no list mentions may pass.
fn has_text(test: &ItemTest) -> bool {
    speaks_of_text(test) || !matches!(test, ItemTest::OneOf(_))
}

/// The text tests in a condition on items.
fn texts<'t>(test: &'t ItemTest, parts: &mut Vec<(TextTest, &'t str)>) {
    match test {
        ItemTest::Text(kind, part) => parts.push((*kind, part)),
        ItemTest::Not(inner) => texts(inner, parts),
        ItemTest::And(inner) | ItemTest::Or(inner) => inner.iter().for_each(|part| texts(part, parts)),
        ItemTest::Every | ItemTest::OneOf(_) => {}
    }
}

/// The condition of an item that no list mentions, by the text tests that it passes.
fn item_is(test: &ItemTest, parts: &[(TextTest, &str)], found: &[bool]) -> bool {
    match test {
        ItemTest::Every => true,
        ItemTest::OneOf(_) => false,
        ItemTest::Text(kind, part) => {
            let at = parts.iter().position(|own| *own == (*kind, part.as_str()));
            at.and_then(|at| found.get(at)).copied().unwrap_or(false)
        }
        ItemTest::Not(inner) => !item_is(inner, parts, found),
        ItemTest::And(inner) => inner.iter().all(|part| item_is(part, parts, found)),
        ItemTest::Or(inner) => inner.iter().any(|part| item_is(part, parts, found)),
    }
}
