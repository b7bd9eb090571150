//! Conditions.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::temporal::sign;
use super::test::{self, Subject};
use super::value::{count, length, quantity};
use crate::{Comparison, Definitions, Domain, Formula, ItemTest, Operand, Schema, Test, Unit, Value};

/// Deeper parts are left out; a policy cannot say them.
const DEPTH: usize = 250;

/// `country in [DE, FR] and not (age? < 18)`. Definitions are shown by the last word of their name, or by the whole
/// name when another one ends so.
///
/// Means the same as the formula wherever it is a condition of the language. What a policy cannot say is shown in words
/// that do not compile: a length in seconds, a condition that is not understood (by its key), what nests deeper than 250
/// levels.
pub fn show_formula(formula: &Formula, schema: &Schema, definitions: &Definitions) -> String {
    let mut printer = Printer { schema, definitions, known: Vec::new() };
    printer.formula(formula, 0).words
}

/// How tightly the words of a condition hold together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    Or,
    And,
    Test,
    Word,
}

struct Shown {
    words: String,
    bond: Bond,
}

impl Shown {
    fn new(bond: Bond, words: impl Into<String>) -> Self {
        Self { words: words.into(), bond }
    }

    /// With parentheses when it holds together less than `least`.
    fn within(self, least: Bond) -> String {
        if self.bond < least { format!("({})", self.words) } else { self.words }
    }
}

struct Printer<'a> {
    schema: &'a Schema,
    definitions: &'a Definitions,
    /// Attributes that are known to be there at this point: behind `age is known and`.
    known: Vec<&'a str>,
}

impl<'a> Printer<'a> {
    fn formula(&mut self, formula: &'a Formula, depth: usize) -> Shown {
        if depth > DEPTH {
            return Shown::new(Bond::Word, "…");
        }
        match formula {
            Formula::Const(value) => Shown::new(Bond::Word, value.to_string()),
            Formula::Test { attribute, test, .. } => {
                Shown::new(bond(test), test::positive(self.subject(attribute), test))
            }
            Formula::Difference { left, right, comparison, gap, .. } => {
                Shown::new(Bond::Test, self.difference(left, right, *comparison, *gap))
            }
            Formula::Opaque { key, .. } if key.contains(' ') => Shown::new(Bond::Word, format!("({key})")),
            Formula::Opaque { key, .. } => Shown::new(Bond::Word, key.as_str()),
            Formula::Not(inner) => self.negation(inner, depth),
            Formula::And(_) => self.chain(formula, true, depth),
            Formula::Or(_) => self.chain(formula, false, depth),
            Formula::Named { name, .. } => Shown::new(Bond::Word, self.name(name)),
        }
    }

    fn negation(&mut self, inner: &'a Formula, depth: usize) -> Shown {
        if let Formula::Test { attribute, test, .. } = inner
            && let Some(words) = test::negative(self.subject(attribute), test)
        {
            return Shown::new(Bond::Test, words);
        }
        match inner {
            Formula::Const(value) => return Shown::new(Bond::Word, (!value).to_string()),
            Formula::Not(twice) => return self.formula(twice, depth + 1),
            _ => {}
        }
        let words = self.formula(inner, depth + 1).within(Bond::Word);
        Shown::new(Bond::Test, format!("not {words}"))
    }

    /// `a and b` (`is_and`), `a or b`, parts of the same kind taken out of their parentheses.
    fn chain(&mut self, formula: &'a Formula, is_and: bool, depth: usize) -> Shown {
        let mut parts = Vec::new();
        flatten(formula, is_and, depth, &mut parts);
        let (bond, word) = if is_and { (Bond::And, " and ") } else { (Bond::Or, " or ") };
        let before = self.known.len();
        let mut shown = Vec::new();
        let mut rest = parts.as_slice();
        while let [(first, depth), ..] = rest {
            let (part, taken) = match self.together(rest, is_and) {
                Some((words, taken)) => (Shown::new(Bond::Test, words), taken),
                None => (self.formula(first, depth + 1), 1),
            };
            shown.push(part);
            if taken == 1 {
                self.narrow(first, is_and);
            }
            rest = &rest[taken..];
        }
        self.known.truncate(before);
        match shown.len() {
            0 => Shown::new(Bond::Word, is_and.to_string()),
            1 => shown.remove(0),
            _ => {
                let words: Vec<String> = shown.into_iter().map(|part| part.within(bond)).collect();
                Shown::new(bond, words.join(word))
            }
        }
    }

    /// Parts at the front that one phrase says, and how many.
    fn together(&self, parts: &[(&'a Formula, usize)], is_and: bool) -> Option<(String, usize)> {
        let (attribute, first) = as_test(parts.first()?.0)?;
        let subject = self.subject(attribute);
        if is_and {
            let next = parts.get(1).map(|(part, _)| *part);
            return self.pair(attribute, first, next?).map(|words| (words, 2)).or_else(|| {
                let (items, taken) = run(parts, attribute, single_item)?;
                (taken > 1).then(|| (test::all_of(subject, &items), taken))
            });
        }
        if let Some((values, taken)) = run(parts, attribute, values).filter(|(_, taken)| *taken > 1) {
            return Some((test::one_of(subject, &values), taken));
        }
        let (items, taken) = run(parts, attribute, items).filter(|(_, taken)| *taken > 1)?;
        Some((test::positive(subject, &Test::Any(ItemTest::OneOf(items))), taken))
    }

    /// Two conditions on one attribute as one phrase: `age in 18..=30`, `tags has none of [..]`.
    fn pair(&self, attribute: &str, first: &Test, next: &'a Formula) -> Option<String> {
        let subject = self.subject(attribute);
        if let (Test::Known, Formula::Not(inner)) = (first, next) {
            return match as_test(inner)? {
                (own, Test::Any(ItemTest::OneOf(items))) if own == attribute && !items.is_empty() => {
                    Some(test::none_of(subject, items))
                }
                _ => None,
            };
        }
        let (own, second) = as_test(next)?;
        match (first, second) {
            (Test::Compare(a, left), Test::Compare(b, right)) if own == attribute => {
                test::range(subject, (*a, left), (*b, right))
            }
            _ => None,
        }
    }

    fn subject<'s>(&'s self, name: &'s str) -> Subject<'s> {
        let attribute = self.schema.find(name);
        let optional = attribute.is_some_and(|attribute| attribute.optional);
        Subject { name, attribute, can_miss: optional && !self.known.contains(&name) }
    }

    /// Remembers what is known to be there once `formula` is `truth`, as the type checker does.
    fn narrow(&mut self, formula: &'a Formula, truth: bool) {
        match formula {
            Formula::Test { attribute, test: Test::Known, .. } if truth => self.known.push(attribute),
            Formula::Not(inner) => {
                if let Formula::Test { attribute, test: Test::Known, .. } = inner.as_ref()
                    && !truth
                {
                    self.known.push(attribute);
                }
            }
            _ => {}
        }
    }

    fn name(&self, name: &'a str) -> &'a str {
        let last = last_word(name);
        let same = self.definitions.keys().filter(|other| last_word(other) == last).count();
        // An attribute of that name comes first where a bare word stands.
        if same > 1 || self.schema.find(last).is_some() { name } else { last }
    }

    /// `last_order? - signup > 30 days`. A gap that is negative is said the other way round, since no length of time is.
    fn difference(&self, left: &str, right: &str, comparison: Comparison, gap: Decimal) -> String {
        let domain = self.schema.find(left).map(|attribute| &attribute.domain);
        let (one, other) = (self.subject(left).guarded(), self.subject(right).guarded());
        match gap.cmp(&Decimal::ZERO) {
            Ordering::Equal => format!("{one} {} {other}", sign(comparison)),
            Ordering::Greater => format!("{one} - {other} {} {}", sign(comparison), shown_gap(gap, domain)),
            Ordering::Less => {
                format!("{other} - {one} {} {}", sign(comparison.mirrored()), shown_gap(-gap, domain))
            }
        }
    }
}

/// The gap, above 0, between two values of `domain`.
fn shown_gap(gap: Decimal, domain: Option<&Domain>) -> String {
    let whole = i64::try_from(gap).ok().filter(|_| gap.fract().is_zero());
    match (domain, whole) {
        (Some(Domain::Date { .. }), Some(days)) => count(days, "day"),
        (Some(Domain::DateTime), Some(seconds)) => length(seconds),
        (Some(Domain::Date { .. }), None) => gap
            .checked_mul(86_400.into())
            .map_or_else(|| format!("{gap} days"), |seconds| quantity(seconds, &Unit::Seconds)),
        (Some(Domain::DateTime), None) => quantity(gap, &Unit::Seconds),
        (domain, _) => quantity(gap, domain.and_then(Domain::unit).unwrap_or(&Unit::Plain)),
    }
}

fn bond(test: &Test) -> Bond {
    match test {
        Test::True => Bond::Word,
        Test::Any(ItemTest::Every | ItemTest::OneOf(_)) => Bond::Test,
        // It has parentheses already.
        Test::Any(_) => Bond::Word,
        _ => Bond::Test,
    }
}

/// The operands of nested `and`s (or `or`s) in order, each with its depth.
fn flatten<'a>(formula: &'a Formula, is_and: bool, depth: usize, into: &mut Vec<(&'a Formula, usize)>) {
    match formula {
        Formula::And(parts) if is_and && depth <= DEPTH => {
            parts.iter().for_each(|part| flatten(part, is_and, depth + 1, into));
        }
        Formula::Or(parts) if !is_and && depth <= DEPTH => {
            parts.iter().for_each(|part| flatten(part, is_and, depth + 1, into));
        }
        other => into.push((other, depth)),
    }
}

fn as_test(formula: &Formula) -> Option<(&str, &Test)> {
    match formula {
        Formula::Test { attribute, test, .. } => Some((attribute, test)),
        _ => None,
    }
}

/// What `select` finds in the tests of `attribute` at the front, without doubles, and how many those are.
fn run<'a>(
    parts: &[(&'a Formula, usize)],
    attribute: &str,
    select: fn(&'a Test) -> Option<&'a [Value]>,
) -> Option<(Vec<Value>, usize)> {
    let own = |part: &'a Formula| {
        as_test(part).filter(|(name, _)| *name == attribute).and_then(|(_, test)| select(test))
    };
    let found: Vec<&[Value]> = parts.iter().map_while(|(part, _)| own(part)).collect();
    let mut values: Vec<Value> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    values.extend(found.iter().copied().flatten().filter(|value| seen.insert(*value)).cloned());
    (!found.is_empty()).then_some((values, found.len()))
}

/// The values of which the attribute must have one.
fn values(test: &Test) -> Option<&[Value]> {
    match test {
        Test::OneOf(values) => Some(values),
        Test::Compare(Comparison::Equal, Operand::Value(value)) => Some(std::slice::from_ref(value)),
        _ => None,
    }
}

/// The items of which the set must have one.
fn items(test: &Test) -> Option<&[Value]> {
    match test {
        Test::Any(ItemTest::OneOf(items)) => Some(items),
        _ => None,
    }
}

/// The item that the set must have.
fn single_item(test: &Test) -> Option<&[Value]> {
    items(test).filter(|items| items.len() == 1)
}

fn last_word(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
