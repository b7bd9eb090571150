//! Texts and sets as codes, so that a condition is judged once for each different value.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use mktlint_decide::{Test, Value, test_holds};
use mktlint_measure::language;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::Reason;
use crate::cell::Kept;
use crate::field::Kind;
use crate::spelling;

/// The values of one attribute that were seen so far. Forgets them when they become too many.
#[derive(Clone, Debug)]
pub struct Dictionary {
    codes: FxHashMap<Box<[u8]>, u32>,
    /// What each code stands for.
    values: Vec<Result<Value, Reason>>,
    tests: Vec<Test>,
    /// For each test what it says of each code.
    truths: Vec<Vec<bool>>,
    now: DateTime,
    bytes: usize,
    key: Vec<u8>,
}

/// The most values that are kept from one batch to the next: a guess at what a cache of the processor holds.
const MOST_ENTRIES: usize = 1 << 16;

/// The most bytes of values that are kept from one batch to the next.
const MOST_BYTES: usize = 8 << 20;

impl Dictionary {
    /// An empty dictionary for an attribute of which `tests` are asked.
    pub fn new(tests: Vec<Test>, now: DateTime) -> Self {
        let truths = vec![Vec::new(); tests.len()];
        let (codes, values) = (FxHashMap::default(), Vec::new());
        Self { codes, values, tests, truths, now, bytes: 0, key: Vec::new() }
    }

    /// Forgets all values when they are many. Codes that were given out before mean nothing any more.
    pub fn begin_batch(&mut self) {
        if self.values.len() > MOST_ENTRIES || self.bytes > MOST_BYTES {
            self.codes.clear();
            self.values.clear();
            self.truths.iter_mut().for_each(Vec::clear);
            self.bytes = 0;
        }
    }

    /// The code of what `kept` spells; `Ok(None)` when that is no value at all.
    pub fn code(&mut self, kind: &Kind, kept: Kept<'_>) -> Result<Option<u32>, Reason> {
        let code = match kept {
            Kept::Spelled(text) if !kind.is_set() => match self.codes.get(text) {
                Some(code) => *code,
                None => self.add(text.into(), parsed(kind, text)),
            },
            Kept::Spelled(text) => self.set(b'=', &[text], |text| spelled_set(kind, text)),
            Kept::Items(items) => self.set(b'[', items, |_| set(kind, items)),
            Kept::Missing | Kept::Number(_) => return Ok(None),
        };
        match &self.values[code as usize] {
            Ok(_) => Ok(Some(code)),
            Err(reason) => Err(reason.clone()),
        }
    }

    /// The code of a set, looked up by its items with their lengths.
    fn set(&mut self, sign: u8, items: &[&[u8]], parse: impl Fn(&[u8]) -> Result<Value, Reason>) -> u32 {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        key.push(sign);
        for item in items {
            key.extend_from_slice(&(item.len() as u64).to_le_bytes());
            key.extend_from_slice(item);
        }
        let code = match self.codes.get(key.as_slice()) {
            Some(code) => *code,
            None => self.add(key.as_slice().into(), parse(items.first().copied().unwrap_or_default())),
        };
        self.key = key;
        code
    }

    fn add(&mut self, key: Box<[u8]>, value: Result<Value, Reason>) -> u32 {
        for (test, truths) in self.tests.iter().zip(&mut self.truths) {
            truths.push(value.as_ref().is_ok_and(|value| test_holds(test, value, self.now)));
        }
        // A batch has at most 8 192 rows, and many values are forgotten between batches.
        let code = self.values.len() as u32;
        self.bytes += 2 * key.len();
        self.values.push(value);
        self.codes.insert(key, code);
        code
    }

    /// The value that `code` stands for.
    pub fn value(&self, code: u32) -> Option<&Value> {
        self.values.get(code as usize)?.as_ref().ok()
    }

    /// For each code whether `test`, a number in the list of tests, holds.
    pub fn truths(&self, test: usize) -> &[bool] {
        &self.truths[test]
    }
}

fn parsed(kind: &Kind, text: &[u8]) -> Result<Value, Reason> {
    let text = std::str::from_utf8(text).map_err(|_| Reason::NotUtf8)?;
    match kind {
        Kind::Name(members) => name(members.as_ref(), text),
        _ => Ok(Value::Text(text.into())),
    }
}

fn name(members: Option<&FxHashSet<SmolStr>>, text: &str) -> Result<Value, Reason> {
    match members {
        Some(members) if !members.contains(text) => Err(Reason::NotMember),
        Some(_) => Ok(Value::Name(text.into())),
        // Open lists are those of languages, whose tags mean the same in any case: `EN`, `de_at`.
        None => Ok(Value::Name(language::tag(text).map_or_else(|| text.into(), SmolStr::from))),
    }
}

fn spelled_set(kind: &Kind, text: &[u8]) -> Result<Value, Reason> {
    let text = std::str::from_utf8(text).map_err(|_| Reason::NotUtf8)?;
    let items = spelling::items(text).ok_or(Reason::OtherKind { wanted: kind.words() })?;
    let items: Vec<&[u8]> = items.iter().map(|item| item.as_bytes()).collect();
    set(kind, &items)
}

fn set(kind: &Kind, items: &[&[u8]]) -> Result<Value, Reason> {
    let members = if let Kind::Names(members) = kind { Some(members.as_ref()) } else { None };
    let item = |bytes: &&[u8]| {
        let text = std::str::from_utf8(bytes).map_err(|_| Reason::NotUtf8)?;
        match members {
            Some(members) => name(members, text),
            None => Ok(Value::Text(text.into())),
        }
    };
    items.iter().map(item).collect::<Result<BTreeSet<Value>, Reason>>().map(Value::Set)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dictionary() -> Dictionary {
        let tests = vec![Test::OneOf(vec![Value::Text("b".into())]), Test::Known];
        Dictionary::new(tests, jiff::civil::date(2026, 11, 22).at(9, 0, 0, 0))
    }

    #[test]
    fn one_code_for_one_value_with_what_its_tests_say() {
        let mut dictionary = dictionary();
        let mut code = |text: &[u8]| dictionary.code(&Kind::Text, Kept::Spelled(text));
        let codes = [code(b"a"), code(b"b"), code(b"a"), code(b"\xff")];
        assert_eq!(codes, [Ok(Some(0)), Ok(Some(1)), Ok(Some(0)), Err(Reason::NotUtf8)]);
        assert_eq!(dictionary.truths(0), [false, true, false]);
    }

    #[test]
    fn languages_mean_the_same_in_any_case() {
        let mut dictionary = dictionary();
        let code =
            dictionary.code(&Kind::Name(None), Kept::Spelled(b"de_at")).expect("a name").expect("known");
        assert_eq!(dictionary.value(code), Some(&Value::Name("de-AT".into())));
    }

    #[test]
    fn lists_and_spelled_sets_do_not_mix() {
        let mut dictionary = dictionary();
        let text = |text: &str| Value::Text(text.into());
        let mut value = |kept: Kept<'_>| {
            let code = dictionary.code(&Kind::Texts, kept).expect("it is a set").expect("it is known");
            dictionary.value(code).cloned()
        };
        let set = |items: &[&str]| Some(Value::Set(items.iter().map(|item| text(item)).collect()));
        assert_eq!(value(Kept::Spelled(b"a;b")), set(&["a", "b"]));
        assert_eq!(value(Kept::Items(&[b"a;b"])), set(&["a;b"]));
        assert_eq!(value(Kept::Items(&[b"a", b"b"])), set(&["a", "b"]));
        assert_eq!(value(Kept::Items(&[])), set(&[]));
        assert_eq!(value(Kept::Spelled(b"[]")), set(&[]));
    }

    #[test]
    fn many_values_are_forgotten_between_batches() {
        let mut dictionary = dictionary();
        let code = |dictionary: &mut Dictionary, text: &str| {
            dictionary.code(&Kind::Text, Kept::Spelled(text.as_bytes()))
        };
        for number in 0..=MOST_ENTRIES {
            assert_eq!(code(&mut dictionary, &number.to_string()), Ok(Some(number as u32)));
        }
        dictionary.begin_batch();
        assert_eq!(code(&mut dictionary, "b"), Ok(Some(0)));
        assert_eq!(dictionary.truths(0), [true]);
    }
}
