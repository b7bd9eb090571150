//! Formulas in which something is settled.

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Span};
use rust_decimal::Decimal;

use crate::{Definitions, Formula, Operand, Schema, Test, Value, eval, show_formula};

/// See [`Formula::given`].
pub fn given(formula: &Formula, attribute: &str, value: Option<&Value>, now: DateTime) -> Formula {
    rewrite(formula, &mut |part| match part {
        Formula::Test { attribute: own, test, .. } if own == attribute => {
            Some(Formula::Const(value.is_some_and(|value| eval::test_holds(test, value, now))))
        }
        Formula::Difference { left, right, .. } if left == attribute || right == attribute => {
            Some(difference_given(part, attribute, value))
        }
        _ => None,
    })
}

/// All definitions once the attribute has the value, or is missing (`None`).
pub fn definitions_given(
    definitions: &Definitions,
    attribute: &str,
    value: Option<&Value>,
    now: DateTime,
) -> Definitions {
    let settled = |formula: &Formula| Arc::new(given(formula, attribute, value, now));
    definitions.iter().map(|(name, formula)| (name.clone(), settled(formula))).collect()
}

/// See [`Formula::unknown`].
pub fn unknown(formula: &Formula, attribute: &str, why: &str) -> Formula {
    // Without a schema two tests of one attribute read the same only when they are the same.
    let key = |part: &Formula| show_formula(part, &Schema::default(), &Definitions::new()).into();
    let opaque = |part: &Formula, tag| Some(Formula::Opaque { key: key(part), why: why.into(), tag });
    rewrite(formula, &mut |part| match part {
        Formula::Test { attribute: own, tag, .. } if own == attribute => opaque(part, *tag),
        Formula::Difference { left, right, tag, .. } if left == attribute || right == attribute => {
            opaque(part, *tag)
        }
        _ => None,
    })
}

/// The formula with parts replaced, without what became needless.
fn rewrite(formula: &Formula, replace: &mut impl FnMut(&Formula) -> Option<Formula>) -> Formula {
    if let Some(part) = replace(formula) {
        return part;
    }
    match formula {
        Formula::Not(inner) => match rewrite(inner, replace) {
            Formula::Const(value) => Formula::Const(!value),
            inner => Formula::Not(Box::new(inner)),
        },
        Formula::And(parts) => joined(parts, true, replace),
        Formula::Or(parts) => joined(parts, false, replace),
        other => other.clone(),
    }
}

/// `and` (whose neutral part is `true`) or `or` of the parts once they are rewritten.
fn joined(
    parts: &[Formula],
    neutral: bool,
    replace: &mut impl FnMut(&Formula) -> Option<Formula>,
) -> Formula {
    let mut kept = Vec::with_capacity(parts.len());
    for part in parts {
        match rewrite(part, replace) {
            Formula::Const(value) if value == neutral => {}
            Formula::Const(value) => return Formula::Const(value),
            part => kept.push(part),
        }
    }
    match kept.len() {
        0 => Formula::Const(neutral),
        1 => kept.remove(0),
        _ if neutral => Formula::And(kept),
        _ => Formula::Or(kept),
    }
}

/// A difference, one of whose attributes is `attribute`.
fn difference_given(formula: &Formula, attribute: &str, value: Option<&Value>) -> Formula {
    let Formula::Difference { left, right, comparison, gap, tag } = formula else { return formula.clone() };
    let Some(value) = value else { return Formula::Const(false) };
    if left == right {
        return Formula::Const(eval::difference_holds(value, value, *comparison, *gap));
    }
    let other = if left == attribute { right } else { left };
    let test = |test| Formula::Test { attribute: other.clone(), test, tag: *tag };
    let always = |holds| if holds { test(Test::Known) } else { Formula::Const(false) };
    let (comparison, gap) = match (value, comparison.of_whole(*gap)) {
        (Value::Number(_), _) => (*comparison, *gap),
        (_, Ok(whole)) => whole,
        (_, Err(holds)) => return always(holds),
    };
    let (comparison, offset) =
        if left == attribute { (comparison.mirrored(), -gap) } else { (comparison, gap) };
    match moved(value, offset) {
        Some(Ok(limit)) => test(Test::Compare(comparison, Operand::Value(limit))),
        Some(Err(order)) => always(comparison.fits(order)),
        None => Formula::Const(false),
    }
}

/// `value + offset`, or how every value compares with it when it lies outside of what can be counted; `None` when
/// nothing can be added to such a value.
fn moved(value: &Value, offset: Decimal) -> Option<Result<Value, Ordering>> {
    let beyond = if offset.is_sign_negative() { Ordering::Greater } else { Ordering::Less };
    let moved = match value {
        Value::Number(number) => number.checked_add(offset).map(Value::Number),
        Value::Date(day) => later_day(*day, offset).map(Value::Date),
        Value::DateTime(at) => later_moment(*at, offset).map(Value::DateTime),
        _ => return None,
    };
    Some(moved.ok_or(beyond))
}

fn later_day(day: Date, days: Decimal) -> Option<Date> {
    day.checked_add(Span::new().try_days(i64::try_from(days).ok()?).ok()?).ok()
}

fn later_moment(at: DateTime, seconds: Decimal) -> Option<DateTime> {
    at.checked_add(SignedDuration::from_secs(i64::try_from(seconds).ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{Comparison, Contact, Tag, eval};

    const COMPARISONS: [Comparison; 6] = [
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::AtMost,
        Comparison::Greater,
        Comparison::AtLeast,
    ];

    fn number(value: i64) -> Value {
        Value::Number(value.into())
    }

    fn purpose(name: &str) -> Formula {
        let test = Test::OneOf(vec![Value::Name(name.into())]);
        Formula::Test { attribute: "campaign.purpose".into(), test, tag: Tag(0) }
    }

    #[test]
    fn what_is_settled_falls_away() {
        let now = date(2026, 11, 22).at(0, 0, 0, 0);
        let adult = Formula::Test { attribute: "adult".into(), test: Test::True, tag: Tag(1) };
        let marketing = Value::Name("marketing".into());
        let unless = Formula::Or(vec![purpose("transactional"), adult.clone()]);
        assert_eq!(unless.given("campaign.purpose", Some(&marketing), now), adult);
        let both = Formula::And(vec![purpose("transactional"), adult]);
        assert_eq!(both.given("campaign.purpose", Some(&marketing), now), Formula::Const(false));
        let not = Formula::Not(Box::new(purpose("transactional")));
        assert_eq!(not.given("campaign.purpose", None, now), Formula::Const(true));
    }

    /// Settling one side and then testing the other is testing both.
    fn check(values: &[Value], gaps: &[Decimal]) {
        let now = date(2026, 11, 22).at(0, 0, 0, 0);
        let none = Definitions::new();
        for (comparison, gap) in COMPARISONS.iter().flat_map(|it| gaps.iter().map(move |gap| (*it, *gap))) {
            let formula =
                Formula::Difference { left: "l".into(), right: "r".into(), comparison, gap, tag: Tag(0) };
            for (left, right) in values.iter().flat_map(|l| values.iter().map(move |r| (l, r))) {
                let contact = Contact::from([("l".into(), left.clone()), ("r".into(), right.clone())]);
                let wanted = eval(&formula, &none, &contact, now);
                for (name, value) in [("l", left), ("r", right)] {
                    let settled = formula.given(name, Some(value), now);
                    assert_eq!(eval(&settled, &none, &contact, now), wanted, "{settled:?} of {contact:?}");
                }
            }
        }
    }

    #[test]
    fn a_difference_becomes_a_comparison() {
        let gaps = ["-1000000000", "-2", "-0.5", "0", "0.5", "1", "1.5", "1000000000"];
        let gaps: Vec<Decimal> = gaps.iter().map(|gap| gap.parse().unwrap()).collect();
        check(&[number(-1), number(0), number(1), number(3)], &gaps);
        let day = |day| Value::Date(date(2026, 11, day));
        check(&[day(20), day(21), day(22), day(24), Value::Date(Date::MIN)], &gaps);
        let at = |second| Value::DateTime(date(2026, 11, 22).at(9, 0, second, 0));
        check(&[at(0), at(1), at(2), at(4), Value::DateTime(DateTime::MAX)], &gaps);
    }

    #[test]
    fn equal_tests_of_an_unknown_attribute_are_one_condition() {
        let unknown = Formula::And(vec![purpose("marketing"), purpose("marketing"), purpose("other")]);
        let Formula::And(parts) = unknown.unknown("campaign.purpose", "the campaign does not say") else {
            panic!("stays a conjunction");
        };
        let keys: Vec<_> = parts
            .iter()
            .map(|part| match part {
                Formula::Opaque { key, .. } => key.clone(),
                other => panic!("{other:?} is understood"),
            })
            .collect();
        assert!(keys[0] == keys[1] && keys[1] != keys[2]);
    }
}
