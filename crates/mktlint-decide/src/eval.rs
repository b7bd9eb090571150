//! The plain evaluator: slow, obvious, and what every witness is confirmed by.
//!
//! A test of an attribute that is missing, or whose value is of another kind than the test speaks of, is false. `None`
//! stands for "not understood" and goes through `and`, `or`, `not` as Kleene has it: `false and unknown` is false.

use std::cmp::Ordering;

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::{
    Comparison, Contact, Definitions, Domain, Formula, ItemTest, Operand, Test, TextTest, Value, moment,
    needed,
};

/// Deeper formulas are not understood: nothing that a person writes nests deeper than a dozen.
const DEPTH: usize = 500;

/// Whether `formula` is true of `contact` at `now`; `None` when that hangs on a condition that is not understood, on a
/// definition that needs itself or is not there, or on a formula nested deeper than 500 levels.
///
/// Each definition is evaluated at most once.
pub fn eval(formula: &Formula, definitions: &Definitions, contact: &Contact, now: DateTime) -> Option<bool> {
    let mut person = Person { definitions, contact, now, settled: FxHashMap::default() };
    person.settle(formula);
    person.judge(formula, 0)
}

/// Whether `test` is true of the value of an attribute at `now`.
pub fn test_holds(test: &Test, value: &Value, now: DateTime) -> bool {
    match (test, value) {
        (Test::Known, _) => true,
        (Test::True, Value::Bool(value)) => *value,
        (Test::Compare(comparison, operand), _) => is_so(value, *comparison, operand, now),
        (Test::OneOf(values), _) => values.contains(value),
        (Test::Text(test, part), Value::Text(words) | Value::Name(words)) => text_holds(*test, words, part),
        (Test::Any(test), Value::Set(items)) => items.iter().any(|item| item_holds(test, item)),
        (Test::Size(comparison, size), Value::Set(items)) => {
            comparison.fits(items.len().cmp(&(*size as usize)))
        }
        _ => false,
    }
}

/// Whether an item of a set is like that.
pub fn item_holds(test: &ItemTest, item: &Value) -> bool {
    match (test, item) {
        (ItemTest::Every, _) => true,
        (ItemTest::OneOf(values), _) => values.contains(item),
        (ItemTest::Text(test, part), Value::Text(words) | Value::Name(words)) => {
            text_holds(*test, words, part)
        }
        (ItemTest::Text(..), _) => false,
        (ItemTest::Not(inner), _) => !item_holds(inner, item),
        (ItemTest::And(parts), _) => parts.iter().all(|part| item_holds(part, item)),
        (ItemTest::Or(parts), _) => parts.iter().any(|part| item_holds(part, item)),
    }
}

/// Whether `words` are like that, both sides in lower case.
pub fn text_holds(test: TextTest, words: &str, part: &str) -> bool {
    let (words, part) = (words.to_lowercase(), part.to_lowercase());
    match test {
        TextTest::StartsWith => words.starts_with(&part),
        TextTest::EndsWith => words.ends_with(&part),
        TextTest::Contains => words.contains(&part),
        TextTest::Glob => is_like(&words, &part),
    }
}

/// Whether `left - right` compares so with `gap`, which counts days between days, seconds between moments.
pub fn difference_holds(left: &Value, right: &Value, comparison: Comparison, gap: Decimal) -> bool {
    let difference = match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            left.checked_sub(*right).unwrap_or_else(|| if left > right { Decimal::MAX } else { Decimal::MIN })
        }
        (Value::Date(left), Value::Date(right)) => Decimal::from(days_between(*right, *left)),
        (Value::DateTime(left), Value::DateTime(right)) => {
            Decimal::from(left.duration_since(*right).as_secs())
        }
        _ => return false,
    };
    comparison.fits(difference.cmp(&gap))
}

/// Days from `first` to `last`; negative when `last` is earlier.
pub fn days_between(first: Date, last: Date) -> i64 {
    last.duration_since(first).as_hours() / 24
}

impl Comparison {
    /// Whether two things compare so that are in this order.
    pub fn fits(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }

    /// What holds when this does not, of values that can be compared.
    pub fn opposite(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::AtLeast,
            Self::AtMost => Self::Greater,
            Self::Greater => Self::AtMost,
            Self::AtLeast => Self::Less,
        }
    }

    /// `b <mirrored> a` is `a <self> b`.
    pub fn mirrored(self) -> Self {
        match self {
            Self::Equal | Self::NotEqual => self,
            Self::Less => Self::Greater,
            Self::AtMost => Self::AtLeast,
            Self::Greater => Self::Less,
            Self::AtLeast => Self::AtMost,
        }
    }

    /// The comparison of a whole number with `at`, as one with a whole number.
    ///
    /// # Errors
    /// With what it always is: a whole number never equals a fraction.
    pub fn of_whole(self, at: Decimal) -> Result<(Self, Decimal), bool> {
        match self {
            Self::Equal | Self::NotEqual if !at.fract().is_zero() => Err(self == Self::NotEqual),
            Self::Equal | Self::NotEqual => Ok((self, at)),
            Self::Less | Self::AtLeast => Ok((self, at.ceil())),
            Self::Greater | Self::AtMost => Ok((self, at.floor())),
        }
    }
}

fn is_so(value: &Value, comparison: Comparison, operand: &Operand, now: DateTime) -> bool {
    let domain = match value {
        Value::DateTime(_) => Domain::DateTime,
        _ => Domain::Date { least: None, most: None },
    };
    let Some(other) = moment::resolve(operand, &domain, now) else { return false };
    match (value, &other) {
        (Value::Number(_), Value::Number(_))
        | (Value::Date(_), Value::Date(_))
        | (Value::DateTime(_), Value::DateTime(_))
        | (Value::Time(_), Value::Time(_)) => comparison.fits(value.cmp(&other)),
        (Value::Bool(_), Value::Bool(_))
        | (Value::Name(_), Value::Name(_))
        | (Value::Text(_), Value::Text(_)) => match comparison {
            Comparison::Equal => *value == other,
            Comparison::NotEqual => *value != other,
            _ => false,
        },
        _ => false,
    }
}

/// Whether `words` are like `pattern`, in which `*` is any text and `?` one character. Takes at most as many steps as
/// the product of the lengths.
fn is_like(words: &str, pattern: &str) -> bool {
    let (words, pattern): (Vec<char>, Vec<char>) = (words.chars().collect(), pattern.chars().collect());
    let (mut at, mut place, mut star) = (0, 0, None);
    while at < words.len() {
        match pattern.get(place) {
            Some('*') => {
                star = Some((place, at));
                place += 1;
            }
            Some(own) if *own == '?' || *own == words[at] => {
                at += 1;
                place += 1;
            }
            // The last star takes one character more. Earlier stars need not move: they found their first place.
            _ => match &mut star {
                Some((starred, from)) => {
                    *from += 1;
                    (at, place) = (*from, *starred + 1);
                }
                None => return false,
            },
        }
    }
    pattern[place..].iter().all(|own| *own == '*')
}

struct Person<'a> {
    definitions: &'a Definitions,
    contact: &'a Contact,
    now: DateTime,
    /// What the definitions say of the person, as far as they are evaluated; one of a circle is not understood.
    settled: FxHashMap<&'a str, Option<bool>>,
}

impl<'a> Person<'a> {
    /// Evaluates the definitions that `formula` needs, those first that others need.
    fn settle(&mut self, formula: &'a Formula) {
        for (name, meaning) in needed(formula, self.definitions) {
            let result = self.judge(meaning, 0);
            self.settled.insert(name, result);
        }
    }

    fn judge(&self, formula: &Formula, depth: usize) -> Option<bool> {
        if depth > DEPTH {
            return None;
        }
        match formula {
            Formula::Const(value) => Some(*value),
            Formula::Test { attribute, test, .. } => {
                Some(self.contact.get(attribute).is_some_and(|value| test_holds(test, value, self.now)))
            }
            Formula::Difference { left, right, comparison, gap, .. } => {
                let values = self.contact.get(left).zip(self.contact.get(right));
                Some(values.is_some_and(|(left, right)| difference_holds(left, right, *comparison, *gap)))
            }
            Formula::Opaque { .. } => None,
            Formula::Not(inner) => self.judge(inner, depth + 1).map(|truth| !truth),
            Formula::And(parts) => self.any(parts, false, depth).map(|found| !found),
            Formula::Or(parts) => self.any(parts, true, depth),
            Formula::Named { name, .. } => self.settled.get(name.as_str()).copied().flatten(),
        }
    }

    /// Whether one of `parts` is `wanted`; `None` when that hangs on one that is not understood.
    fn any(&self, parts: &[Formula], wanted: bool, depth: usize) -> Option<bool> {
        let mut result = Some(false);
        for part in parts {
            match self.judge(part, depth + 1) {
                Some(truth) if truth == wanted => return Some(true),
                Some(_) => {}
                None => result = None,
            }
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::*;
    use crate::{Shift, Tag};

    fn test(test: Test) -> Formula {
        Formula::Test { attribute: "x".into(), test, tag: Tag(0) }
    }

    fn holds(formula: &Formula, value: Option<Value>) -> Option<bool> {
        let contact = value.map(|value| ("x".into(), value)).into_iter().collect();
        eval(formula, &Definitions::new(), &contact, date(2026, 11, 22).at(9, 30, 0, 0))
    }

    fn opaque() -> Formula {
        Formula::Opaque { key: "k".into(), why: "it is odd".into(), tag: Tag(0) }
    }

    fn named(name: &str) -> Formula {
        Formula::Named { name: name.into(), tag: Tag(0) }
    }

    #[test]
    fn a_test_on_a_missing_value_is_false_and_its_opposite_true() {
        let different = test(Test::Compare(Comparison::NotEqual, Operand::Value(Value::Number(1.into()))));
        assert_eq!(holds(&different, None), Some(false));
        assert_eq!(holds(&different, Some(Value::Number(2.into()))), Some(true));
        assert_eq!(holds(&Formula::Not(Box::new(different)), None), Some(true));
        let nothing = test(Test::Any(ItemTest::Every));
        assert_eq!(holds(&nothing, None), Some(false));
        assert_eq!(holds(&Formula::Not(Box::new(nothing)), None), Some(true));
    }

    #[test]
    fn days_are_whole_and_moments_are_not() {
        let week_ago = Shift { days: -7, ..Shift::default() };
        let older = |operand| test(Test::Compare(Comparison::Less, operand));
        let day = |day| Some(Value::Date(date(2026, 11, day)));
        assert_eq!(holds(&older(Operand::FromNow(week_ago)), day(15)), Some(false));
        assert_eq!(holds(&older(Operand::FromNow(week_ago)), day(14)), Some(true));
        let at = |hour| Some(Value::DateTime(date(2026, 11, 15).at(hour, 0, 0, 0)));
        assert_eq!(holds(&older(Operand::FromNow(week_ago)), at(9)), Some(true));
        assert_eq!(holds(&older(Operand::FromNow(week_ago)), at(10)), Some(false));
        assert_eq!(holds(&older(Operand::DayFromNow(week_ago)), at(9)), Some(false));
    }

    #[test]
    fn whole_numbers_compare_with_fractions_as_with_the_next_whole_number() {
        use Comparison::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
        for comparison in [Equal, NotEqual, Less, AtMost, Greater, AtLeast] {
            for (tenths, number) in (-25..=25).flat_map(|tenths| (-4..=4).map(move |number| (tenths, number)))
            {
                let (at, number) = (Decimal::new(tenths, 1), Decimal::from(number));
                let found = comparison.of_whole(at).map(|(comparison, whole)| {
                    assert!(whole.fract().is_zero());
                    comparison.fits(number.cmp(&whole))
                });
                assert_eq!(found.unwrap_or_else(|always| always), comparison.fits(number.cmp(&at)));
            }
        }
    }

    #[test]
    fn patterns() {
        let like = |words, pattern| text_holds(TextTest::Glob, words, pattern);
        assert!(like("Ana@ACME.example", "*@acme.*"));
        assert!(like("abc", "a?c") && !like("ac", "a?c"));
        assert!(like("aXbXc", "a*b*c") && !like("aXbX", "a*b*c"));
        assert!(like("", "*") && like("", "") && !like("a", ""));
        assert!(!like(&"a".repeat(2_000), &format!("{}b", "*a".repeat(500))));
    }

    #[test]
    fn unknown_goes_as_far_as_it_must() {
        let (yes, no) = (Formula::Const(true), Formula::Const(false));
        assert_eq!(holds(&Formula::And(vec![opaque(), no]), None), Some(false));
        assert_eq!(holds(&Formula::Or(vec![opaque(), yes.clone()]), None), Some(true));
        assert_eq!(holds(&Formula::And(vec![opaque(), yes]), None), None);
    }

    #[test]
    fn definitions_are_entered_once_and_cycles_end() {
        let now = date(2026, 11, 22).at(0, 0, 0, 0);
        let mut definitions = Definitions::new();
        definitions.insert("d0".into(), Arc::new(Formula::Const(true)));
        for n in 1..20_000 {
            let before = named(&format!("d{}", n - 1));
            definitions.insert(format!("d{n}").into(), Arc::new(Formula::And(vec![before.clone(), before])));
        }
        definitions.insert("self".into(), Arc::new(Formula::Not(Box::new(named("self")))));
        assert_eq!(eval(&named("d19999"), &definitions, &Contact::new(), now), Some(true));
        assert_eq!(eval(&named("self"), &definitions, &Contact::new(), now), None);
        assert_eq!(eval(&named("nobody_wrote_this"), &definitions, &Contact::new(), now), None);
    }

    #[test]
    fn a_formula_that_is_too_deep_is_not_understood() {
        let deep = |n| (0..n).fold(Formula::Const(true), |inner, _| Formula::Not(Box::new(inner)));
        assert_eq!(holds(&deep(400), None), Some(true));
        assert_eq!(holds(&deep(600), None), None);
    }

    #[test]
    fn differences_count_days_and_seconds() {
        let holds = |left, right, gap: i64| difference_holds(&left, &right, Comparison::Greater, gap.into());
        let day = |month, day| Value::Date(date(2026, month, day));
        assert!(holds(day(3, 1), day(2, 1), 27) && !holds(day(3, 1), day(2, 1), 28));
        let at = |hour| Value::DateTime(date(2026, 3, 1).at(hour, 0, 0, 0));
        assert!(holds(at(2), at(1), 3599) && !holds(at(2), at(1), 3600));
        assert!(!holds(at(2), day(1, 1), 0), "a moment and a day have no difference");
        assert!(holds(Value::Number(Decimal::MAX), Value::Number(Decimal::MIN), 0));
    }
}
