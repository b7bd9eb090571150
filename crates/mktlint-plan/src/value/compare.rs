//! Comparing values.

use std::cmp::Ordering;

use mktlint_hir::model::expr::{Comparison, Length, Meeting, TextTest};
use rust_decimal::Decimal;

use super::{Datum, List, Truth, Unknown, Value};

/// `left <comparison> right`: false when one is missing.
pub fn compare<'a>(comparison: Comparison, left: &Value<'a>, right: &Value<'a>) -> Value<'a> {
    on_known(left, right, |left, right| {
        let order = || order(left, right).ok_or_else(|| mismatch(left, right));
        Ok(match comparison {
            Comparison::Equal => equal(left, right)?,
            Comparison::NotEqual => !equal(left, right)?,
            Comparison::Less => order()?.is_lt(),
            Comparison::AtMost => order()?.is_le(),
            Comparison::Greater => order()?.is_gt(),
            Comparison::AtLeast => order()?.is_ge(),
        })
    })
}

/// Runs `test` on values that are both known: the first unknown, else false for a missing one.
fn on_known<'a>(
    left: &Value<'a>,
    right: &Value<'a>,
    test: impl FnOnce(&Datum<'a>, &Datum<'a>) -> Result<bool, Unknown>,
) -> Value<'a> {
    match (left, right) {
        (Value::Unknown(_), _) => left.clone(),
        (_, Value::Unknown(_)) => right.clone(),
        (Value::Known(left), Value::Known(right)) => {
            test(left, right).map_or_else(Value::unknown, Value::bool)
        }
        (Value::Missing, _) | (_, Value::Missing) => Value::bool(false),
    }
}

/// The first of `values` that is unknown.
pub fn first_unknown<'v, 'a: 'v>(values: impl IntoIterator<Item = &'v Value<'a>>) -> Option<Value<'a>> {
    values.into_iter().find(|value| matches!(value, Value::Unknown(_))).cloned()
}

/// What to say of two values that do not go together.
pub fn mismatch(left: &Datum<'_>, right: &Datum<'_>) -> Unknown {
    Unknown::Mismatch(format!("`{}` and `{}`", super::show::datum(left), super::show::datum(right)))
}

/// Whether two values are the same. Amounts of two currencies differ; other units that do not go together are an error.
fn equal(left: &Datum<'_>, right: &Datum<'_>) -> Result<bool, Unknown> {
    if let (Some(left), Some(right)) = (left.word(), right.word()) {
        return Ok(left == right);
    }
    match (left, right) {
        (Datum::Bool(left), Datum::Bool(right)) => Ok(left == right),
        (Datum::Money(_, left), Datum::Money(_, right)) if left != right => Ok(false),
        (Datum::List(left), Datum::List(right)) => Ok(left == right),
        (Datum::Record(left), Datum::Record(right)) => Ok(left == right),
        _ => order(left, right).map(Ordering::is_eq).ok_or_else(|| mismatch(left, right)),
    }
}

/// Which comes first; `None` for what has no order, or units that do not go together.
fn order(left: &Datum<'_>, right: &Datum<'_>) -> Option<Ordering> {
    if let (Some(left), Some(right)) = (left.number(), right.number()) {
        return Some(left.cmp(&right));
    }
    match (left, right) {
        (Datum::Percent(left), Datum::Percent(right)) => Some(left.cmp(right)),
        (Datum::Money(left, one), Datum::Money(right, other)) if one == other => Some(left.cmp(right)),
        (Datum::Duration(left), Datum::Duration(right)) => Some(size(*left).cmp(&size(*right))),
        (Datum::DateTime(left), Datum::DateTime(right)) => Some(left.cmp(right)),
        (Datum::Time(left), Datum::Time(right)) => Some(left.cmp(right)),
        (Datum::Text(left), Datum::Text(right)) => Some(left.as_str().cmp(right.as_str())),
        _ => Some(left.day()?.cmp(&right.day()?)),
    }
}

/// Seconds, with months of 30 days: a year is shorter than 365 days here, since no order of lengths fits every
/// calendar.
fn size(length: Length) -> i128 {
    let days = i128::from(length.months) * 30 + i128::from(length.days);
    days * 24 * 3600 + i128::from(length.seconds)
}

impl<'a> Value<'a> {
    /// The value, when it is known.
    pub fn datum(&self) -> Option<&Datum<'a>> {
        match self {
            Self::Known(datum) => Some(datum),
            Self::Missing | Self::Unknown(_) => None,
        }
    }
}

impl Datum<'_> {
    fn word(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.as_str()),
            Self::Member(word) | Self::Country(word) | Self::Language(word) => Some(word),
            _ => None,
        }
    }

    /// The number, of values without unit.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Int(value) => Some(Decimal::from(*value)),
            Self::Decimal(value) => Some(*value),
            _ => None,
        }
    }

    /// The day of a day or moment.
    pub fn day(&self) -> Option<jiff::civil::Date> {
        match self {
            Self::Date(date) => Some(*date),
            Self::DateTime(at) => Some(at.date()),
            _ => None,
        }
    }
}

/// `item in list`: false when one is missing; unknown when only an unknown item could be it.
pub fn contains<'a>(list: &Value<'a>, item: &Value<'a>) -> Value<'a> {
    if let Some(unknown) = first_unknown([item, list]) {
        return unknown;
    }
    match (list, item) {
        (Value::Known(Datum::List(list)), Value::Known(_)) => any(list.iter().map(|own| same(&own, item))),
        (Value::Known(list), Value::Known(item)) => Value::unknown(mismatch(item, list)),
        _ => Value::bool(false),
    }
}

/// `left == right`.
fn same<'a>(left: &Value<'a>, right: &Value<'a>) -> Value<'a> {
    compare(Comparison::Equal, left, right)
}

/// Whether one of `conditions` is true; else the first unknown; else false.
pub fn any<'a>(conditions: impl IntoIterator<Item = Value<'a>>) -> Value<'a> {
    let mut result = Value::bool(false);
    for condition in conditions {
        match condition.truth() {
            Truth::True => return Value::bool(true),
            Truth::Unknown if result.truth() == Truth::False => result = not_bool(condition),
            Truth::Unknown | Truth::False => {}
        }
    }
    result
}

/// Whether all of `conditions` are true; else false when one is; else the first unknown.
pub fn all<'a>(conditions: impl IntoIterator<Item = Value<'a>>) -> Value<'a> {
    not(any(conditions.into_iter().map(not)))
}

/// True for false and missing, false for true.
pub fn not(condition: Value<'_>) -> Value<'_> {
    match condition.truth() {
        Truth::True => Value::bool(false),
        Truth::False => Value::bool(true),
        Truth::Unknown => not_bool(condition),
    }
}

/// Missing as false.
pub fn truth(condition: Value<'_>) -> Value<'_> {
    match condition.truth() {
        Truth::True => Value::bool(true),
        Truth::False => Value::bool(false),
        Truth::Unknown => not_bool(condition),
    }
}

/// A condition that is neither true nor false: as it is, or what it is instead of a condition.
fn not_bool(condition: Value<'_>) -> Value<'_> {
    match condition {
        Value::Known(datum) => {
            Value::unknown(Unknown::Mismatch(format!("`{}` as a condition", super::show::datum(&datum))))
        }
        other => other,
    }
}

/// How two lists meet: false when one is missing.
pub fn meets<'a>(meeting: Meeting, left: &Value<'a>, right: &Value<'a>) -> Value<'a> {
    if let Some(unknown) = first_unknown([left, right]) {
        return unknown;
    }
    match (left, right) {
        (Value::Known(Datum::List(_)), Value::Known(Datum::List(items))) => meets_items(meeting, left, items),
        (Value::Known(one), Value::Known(other)) => Value::unknown(mismatch(one, other)),
        _ => Value::bool(false),
    }
}

fn meets_items<'a>(meeting: Meeting, list: &Value<'a>, items: &List<'a>) -> Value<'a> {
    let mut found = items.iter().map(|item| contains(list, &item));
    match meeting {
        Meeting::Any => any(&mut found),
        Meeting::All => all(&mut found),
        Meeting::None => not(any(&mut found)),
    }
}

/// `value in least..greatest`: false when one is missing.
pub fn in_range<'a>(
    value: &Value<'a>,
    least: Option<&Value<'a>>,
    greatest: Option<&Value<'a>>,
    inclusive: bool,
) -> Value<'a> {
    let upper = if inclusive { Comparison::AtMost } else { Comparison::Less };
    let least = least.map(|least| compare(Comparison::AtLeast, value, least));
    let greatest = greatest.map(|greatest| compare(upper, value, greatest));
    all(least.into_iter().chain(greatest))
}

/// Text against text, ignoring case: false when one is missing.
pub fn text_test<'a>(test: TextTest, text: &Value<'a>, part: &Value<'a>) -> Value<'a> {
    on_known(text, part, |text, part| {
        let words = |datum: &Datum<'_>| match datum {
            Datum::Record(record) => record.text().map(|text| text.as_str().to_lowercase()),
            datum => datum.word().map(|word| word.to_lowercase()),
        };
        let (Some(whole), Some(part)) = (words(text), words(part)) else {
            return Err(mismatch(text, part));
        };
        Ok(match test {
            TextTest::Contains => whole.contains(&part),
            TextTest::StartsWith => whole.starts_with(&part),
            TextTest::EndsWith => whole.ends_with(&part),
        })
    })
}

/// Runs `test` on the words of `text`: false when it is missing.
pub fn on_text<'a>(text: &Value<'a>, test: impl FnOnce(&super::TextValue<'a>) -> bool) -> Value<'a> {
    match text {
        Value::Known(Datum::Text(words)) => Value::bool(test(words)),
        Value::Known(Datum::Record(record)) if record.text().is_some() => {
            Value::bool(record.text().is_some_and(|words| test(&words)))
        }
        Value::Known(other) => match other.word() {
            Some(word) => Value::bool(test(&super::TextValue::new(word.to_owned()))),
            None => Value::unknown(Unknown::Mismatch(format!("`{}` and a text", super::show::datum(other)))),
        },
        Value::Missing => Value::bool(false),
        Value::Unknown(_) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Value<'_> {
        Value::text(words)
    }

    #[test]
    fn a_comparison_on_missing_is_false() {
        for comparison in [Comparison::Equal, Comparison::NotEqual, Comparison::Less] {
            assert_eq!(compare(comparison, &Value::Missing, &Value::int(1)), Value::bool(false));
        }
    }

    #[test]
    fn units_are_not_mixed() {
        let money =
            |amount: i64, currency: &'static str| Value::Known(Datum::Money(amount.into(), currency.into()));
        assert_eq!(compare(Comparison::Equal, &money(20, "EUR"), &money(20, "USD")), Value::bool(false));
        assert!(compare(Comparison::Less, &money(20, "EUR"), &money(30, "USD")).as_unknown().is_some());
        assert!(compare(Comparison::Equal, &Value::int(1), &text("1")).as_unknown().is_some());
        let half = Value::Known(Datum::Decimal(Decimal::new(5, 1)));
        assert_eq!(compare(Comparison::Less, &half, &Value::int(1)), Value::bool(true));
    }

    #[test]
    fn an_unknown_item_does_not_hide_a_known_one() {
        let unknown = Value::unknown(Unknown::NotGiven("x".into()));
        let list = Value::list(vec![unknown.clone(), text("a")]);
        assert_eq!(contains(&list, &text("a")), Value::bool(true));
        assert_eq!(contains(&list, &text("b")), unknown);
    }

    #[test]
    fn lists_meet() {
        let list = |words: &[&'static str]| Value::list(words.iter().map(|word| text(word)).collect());
        let (ab, bc) = (list(&["a", "b"]), list(&["b", "c"]));
        assert_eq!(meets(Meeting::Any, &ab, &bc), Value::bool(true));
        assert_eq!(meets(Meeting::All, &ab, &bc), Value::bool(false));
        assert_eq!(meets(Meeting::All, &ab, &list(&["b"])), Value::bool(true));
        assert_eq!(meets(Meeting::None, &ab, &list(&["c"])), Value::bool(true));
        assert_eq!(meets(Meeting::None, &Value::Missing, &ab), Value::bool(false));
    }

    #[test]
    fn text_tests_ignore_case() {
        assert_eq!(text_test(TextTest::EndsWith, &text("Große PAUSE"), &text("pause")), Value::bool(true));
    }
}
