//! Tests of one attribute.

use super::temporal::{self, sign};
use super::value::{list, quoted, show_value, units};
use crate::{Attribute, Comparison, Domain, ItemTest, Operand, Test, TextTest, Value};

/// The variable of `any item in tags where …`.
const ITEM: &str = "item";

/// An attribute as a condition names it.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Its name.
    pub name: &'a str,
    /// What is known of it; `None` when the schema does not have it.
    pub attribute: Option<&'a Attribute>,
    /// Whether it can be missing at this place.
    pub can_miss: bool,
}

impl Subject<'_> {
    /// `age?`, `age`
    pub fn guarded(&self) -> String {
        format!("{}{}", self.name, if self.can_miss { "?" } else { "" })
    }

    fn domain(&self) -> Option<&Domain> {
        self.attribute.map(|attribute| &attribute.domain)
    }

    fn value(&self, value: &Value) -> String {
        show_value(value, self.domain().and_then(Domain::unit))
    }

    fn values(&self, values: &[Value]) -> String {
        units(values, self.domain().and_then(Domain::unit))
    }
}

/// The condition that `test` is true of the subject.
pub fn positive(subject: Subject<'_>, test: &Test) -> String {
    let guarded = subject.guarded();
    match test {
        Test::Known => format!("{} is known", subject.name),
        Test::True => guarded,
        Test::Compare(comparison, operand) => compared(subject, *comparison, operand),
        Test::OneOf(values) => one_of(subject, values),
        Test::Text(test, part) => format!("{guarded} {}", like(*test, part)),
        Test::Any(item) => any(subject, item),
        Test::Size(comparison, size) => format!("length({guarded}) {} {size}", sign(*comparison)),
    }
}

/// The condition that `test` is false of the subject, when that is simpler than `not (…)`.
pub fn negative(subject: Subject<'_>, test: &Test) -> Option<String> {
    let guarded = subject.guarded();
    match test {
        Test::Known => Some(format!("{} is missing", subject.name)),
        Test::True => Some(format!("not {guarded}")),
        Test::OneOf(values) => match values.as_slice() {
            [] => None,
            [value] if !subject.can_miss && subject.holds(value) => {
                Some(format!("{guarded} != {}", subject.value(value)))
            }
            _ => Some(format!("{guarded} not in {}", subject.values(values))),
        },
        Test::Compare(comparison, operand)
            if !subject.can_miss && subject.goes_with(*comparison, operand) =>
        {
            Some(compared(subject, comparison.opposite(), operand))
        }
        Test::Size(comparison, size) if !subject.can_miss && subject.is_set() => {
            Some(format!("length({guarded}) {} {size}", sign(comparison.opposite())))
        }
        Test::Any(ItemTest::OneOf(items)) if !subject.can_miss && subject.is_set() && !items.is_empty() => {
            Some(none_of(subject, items))
        }
        Test::Compare(..) | Test::Size(..) | Test::Text(..) | Test::Any(_) => None,
    }
}

/// `tags has none of ["vip"]`, which is false of a set that is missing.
pub fn none_of(subject: Subject<'_>, items: &[Value]) -> String {
    format!("{} has none of {}", subject.guarded(), list(items))
}

/// `tags has all of ["vip", "new"]`
pub fn all_of(subject: Subject<'_>, items: &[Value]) -> String {
    format!("{} has all of {}", subject.guarded(), list(items))
}

/// `stage == lapsed`, `country in [DE, FR]`
pub fn one_of(subject: Subject<'_>, values: &[Value]) -> String {
    match values {
        [] => "false".to_owned(),
        [value] => format!("{} == {}", subject.guarded(), subject.value(value)),
        _ => format!("{} in {}", subject.guarded(), subject.values(values)),
    }
}

/// Two comparisons that one phrase can say together: `age in 18..=30`, `last_order within 7 days`.
pub fn range(
    subject: Subject<'_>,
    first: (Comparison, &Operand),
    second: (Comparison, &Operand),
) -> Option<String> {
    use Comparison::{AtLeast, AtMost, Less};
    let (low, high) = if first.0 == AtLeast { (first, second) } else { (second, first) };
    if let Some(words) = temporal::between(low, high, subject.domain()) {
        return Some(format!("{} {words}", subject.guarded()));
    }
    let (Operand::Value(least), Operand::Value(most)) = (low.1, high.1) else { return None };
    let dots = match (low.0, high.0) {
        (AtLeast, AtMost) => "..=",
        (AtLeast, Less) => "..",
        _ => return None,
    };
    let is_number = |value: &Value| matches!(value, Value::Number(_));
    (is_number(least) && is_number(most))
        .then(|| format!("{} in {}{dots}{}", subject.guarded(), subject.value(least), subject.value(most)))
}

impl Subject<'_> {
    /// Whether `value` is of the kind that the attribute has, so that either `==` or `!=` holds.
    fn holds(&self, value: &Value) -> bool {
        self.goes_with(Comparison::Equal, &Operand::Value(value.clone()))
    }

    /// Whether the comparison or its opposite holds of every value. One that does not go with the attribute is false,
    /// and so is its opposite.
    fn goes_with(&self, comparison: Comparison, operand: &Operand) -> bool {
        let is_equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        match (self.domain(), operand) {
            (Some(Domain::Bool), Operand::Value(Value::Bool(_)))
            | (Some(Domain::Names { .. }), Operand::Value(Value::Name(_)))
            | (Some(Domain::Text), Operand::Value(Value::Text(_))) => is_equality,
            (Some(Domain::Number { .. }), Operand::Value(Value::Number(_)))
            | (Some(Domain::Date { .. }), Operand::Value(Value::Date(_)))
            | (Some(Domain::DateTime), Operand::Value(Value::DateTime(_)))
            | (Some(Domain::Time), Operand::Value(Value::Time(_)))
            | (Some(Domain::Date { .. } | Domain::DateTime), Operand::FromNow(_) | Operand::DayFromNow(_)) => {
                true
            }
            _ => false,
        }
    }

    fn is_set(&self) -> bool {
        matches!(self.domain(), Some(Domain::SetOfNames { .. } | Domain::SetOfTexts))
    }
}

fn compared(subject: Subject<'_>, comparison: Comparison, operand: &Operand) -> String {
    let guarded = subject.guarded();
    match operand {
        Operand::Value(value) => format!("{guarded} {} {}", sign(comparison), subject.value(value)),
        relative => {
            let words = temporal::compared(comparison, relative, subject.domain()).unwrap_or_default();
            format!("{guarded} {words}")
        }
    }
}

/// What stands behind a text. A pattern of `*` and `?` becomes one of the simpler tests where it is one.
fn like(test: TextTest, part: &str) -> String {
    let plain = |part: &str| !part.contains(['*', '?']);
    match test {
        TextTest::StartsWith => format!("starts with {}", quoted(part)),
        TextTest::EndsWith => format!("ends with {}", quoted(part)),
        TextTest::Contains => format!("contains {}", quoted(part)),
        TextTest::Glob if part.is_empty() => "== \"\"".to_owned(),
        TextTest::Glob => {
            let (end, start) = (part.strip_prefix('*'), part.strip_suffix('*'));
            let middle = end.and_then(|rest| rest.strip_suffix('*'));
            match (middle, start, end) {
                (Some(middle), ..) if plain(middle) => like(TextTest::Contains, middle),
                (_, Some(start), _) if plain(start) => like(TextTest::StartsWith, start),
                (.., Some(end)) if plain(end) => like(TextTest::EndsWith, end),
                _ => format!("matches {}", pattern(part)),
            }
        }
    }
}

/// `/^a.*b$/is` for `a*b`
fn pattern(glob: &str) -> String {
    let mut result = String::from("/^");
    for character in glob.chars() {
        match character {
            '*' => result.push_str(".*"),
            '?' => result.push('.'),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '/' | '\\' | '.' | '+' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' | '#' | '&'
            | '-' | '~' => {
                result.extend(['\\', character]);
            }
            _ => result.push(character),
        }
    }
    result.push_str("$/is");
    result
}

fn any(subject: Subject<'_>, test: &ItemTest) -> String {
    let guarded = subject.guarded();
    match test {
        ItemTest::Every => format!("length({guarded}) >= 1"),
        ItemTest::OneOf(items) => match items.as_slice() {
            [] => "false".to_owned(),
            [item] => format!("{guarded} has {}", show_value(item, None)),
            _ => format!("{guarded} has any of {}", list(items)),
        },
        _ => format!("(any {ITEM} in {guarded} where {})", of_item(test, false)),
    }
}

/// A condition on the variable; `tight` when it stands between `and`s or behind `not`.
fn of_item(test: &ItemTest, tight: bool) -> String {
    let grouped = |words: String| if tight { format!("({words})") } else { words };
    match test {
        ItemTest::Every => "true".to_owned(),
        ItemTest::OneOf(items) => match items.as_slice() {
            [] => "false".to_owned(),
            [item] => format!("{ITEM} == {}", show_value(item, None)),
            _ => format!("{ITEM} in {}", list(items)),
        },
        ItemTest::Text(test, part) => format!("{ITEM} {}", like(*test, part)),
        ItemTest::Not(inner) => format!("not ({})", of_item(inner, false)),
        ItemTest::And(parts) if parts.is_empty() => "true".to_owned(),
        ItemTest::Or(parts) if parts.is_empty() => "false".to_owned(),
        ItemTest::And(parts) => grouped(joined(parts, " and ")),
        ItemTest::Or(parts) => grouped(joined(parts, " or ")),
    }
}

fn joined(parts: &[ItemTest], word: &str) -> String {
    let parts: Vec<String> = parts.iter().map(|part| of_item(part, true)).collect();
    parts.join(word)
}
