//! Computing with values.

use std::borrow::Cow;

use jiff::civil;
use mktlint_hir::model::expr::{Arithmetic, Length};
use rust_decimal::Decimal;

use super::compare::{first_unknown, mismatch};
use super::temporal;
use super::{Datum, Unknown, Value};

/// `left <operator> right`: missing when one is missing, and for a division by zero.
pub fn arithmetic<'a>(operator: Arithmetic, left: &Value<'a>, right: &Value<'a>) -> Value<'a> {
    if let Some(unknown) = first_unknown([left, right]) {
        return unknown;
    }
    let (Value::Known(left), Value::Known(right)) = (left, right) else { return Value::Missing };
    match compute(operator, left, right) {
        Ok(Some(datum)) => Value::Known(datum),
        Ok(None) => Value::Missing,
        Err(unknown) => Value::unknown(unknown),
    }
}

/// `Ok(None)` is a division by zero.
fn compute<'a>(
    operator: Arithmetic,
    left: &Datum<'a>,
    right: &Datum<'a>,
) -> Result<Option<Datum<'a>>, Unknown> {
    use Datum::{Date, DateTime, Duration, Int, Money, Percent, Text};
    let number = |left: Decimal, right: Decimal| decimal(operator, left, right);
    let whole = |wrap: fn(Decimal) -> Datum<'a>, value: Option<Decimal>| value.map(wrap);
    Ok(match (left, operator, right) {
        (Int(left), _, Int(right)) if operator != Arithmetic::Divide => {
            Some(Int(int(operator, *left, *right)?))
        }
        (Percent(left), Arithmetic::Add | Arithmetic::Subtract, Percent(right)) => {
            whole(Percent, number(*left, *right)?)
        }
        (Percent(left), Arithmetic::Divide, Percent(right)) => whole(Datum::Decimal, number(*left, *right)?),
        (Money(left, one), Arithmetic::Add | Arithmetic::Subtract, Money(right, other)) if one == other => {
            number(*left, *right)?.map(|amount| Money(amount, one.clone()))
        }
        (Money(left, one), Arithmetic::Divide, Money(right, other)) if one == other => {
            whole(Datum::Decimal, number(*left, *right)?)
        }
        (Date(day), _, Duration(length)) => {
            Some(Date(moved(operator, *day, *length).ok_or_else(|| mismatch(left, right))?))
        }
        (DateTime(at), _, Duration(length)) => {
            Some(DateTime(moved_moment(operator, *at, *length).ok_or_else(|| mismatch(left, right))?))
        }
        (_, Arithmetic::Subtract, _) if left.day().is_some() && right.day().is_some() => {
            between(left, right).map(Duration)
        }
        (Duration(left), Arithmetic::Add | Arithmetic::Subtract, Duration(right)) => {
            Some(Duration(lengths(operator, *left, *right)?))
        }
        (Duration(length), Arithmetic::Multiply, Int(times))
        | (Int(times), Arithmetic::Multiply, Duration(length)) => Some(Duration(scaled(*length, *times)?)),
        (Text(_), Arithmetic::Add, Text(_)) => return joined(left, right),
        _ => return scale(operator, left, right),
    })
}

/// Two texts, end to end.
fn joined<'a>(left: &Datum<'a>, right: &Datum<'a>) -> Result<Option<Datum<'a>>, Unknown> {
    let parts = [Value::Known(left.clone()), Value::Known(right.clone())];
    match crate::eval::pure::interpolate(&parts) {
        Value::Known(text) => Ok(Some(text)),
        _ => Err(Unknown::TooLarge),
    }
}

/// An amount or a share, times or divided by a number; a number and a number.
fn scale<'a>(
    operator: Arithmetic,
    left: &Datum<'a>,
    right: &Datum<'a>,
) -> Result<Option<Datum<'a>>, Unknown> {
    use Datum::{Money, Percent};
    let is_product = operator == Arithmetic::Multiply;
    let is_scaling = matches!(operator, Arithmetic::Multiply | Arithmetic::Divide);
    let hundredth = |share: &Decimal| decimal(Arithmetic::Divide, *share, Decimal::ONE_HUNDRED);
    if let (Some(left), Some(right)) = (left.number(), right.number()) {
        return Ok(decimal(operator, left, right)?.map(Datum::Decimal));
    }
    match (left, right) {
        (Money(amount, currency), Percent(share)) | (Percent(share), Money(amount, currency))
            if is_product =>
        {
            let Some(factor) = hundredth(share)? else { return Ok(None) };
            Ok(decimal(operator, *amount, factor)?.map(|amount| Money(amount, currency.clone())))
        }
        (Money(amount, currency), other) if is_scaling && other.number().is_some() => {
            money(operator, *amount, other.number().unwrap_or_default(), currency)
        }
        (other, Money(amount, currency)) if is_product && other.number().is_some() => {
            money(operator, *amount, other.number().unwrap_or_default(), currency)
        }
        (Percent(share), other) if is_scaling && other.number().is_some() => {
            Ok(decimal(operator, *share, other.number().unwrap_or_default())?.map(Percent))
        }
        (other, Percent(share)) if is_product && other.number().is_some() => {
            let Some(factor) = hundredth(share)? else { return Ok(None) };
            Ok(decimal(operator, other.number().unwrap_or_default(), factor)?.map(Datum::Decimal))
        }
        _ => Err(mismatch(left, right)),
    }
}

fn money<'a>(
    operator: Arithmetic,
    amount: Decimal,
    by: Decimal,
    currency: &Cow<'a, str>,
) -> Result<Option<Datum<'a>>, Unknown> {
    Ok(decimal(operator, amount, by)?.map(|amount| Datum::Money(amount, currency.clone())))
}

fn int(operator: Arithmetic, left: i64, right: i64) -> Result<i64, Unknown> {
    let result = match operator {
        Arithmetic::Add => left.checked_add(right),
        Arithmetic::Subtract => left.checked_sub(right),
        Arithmetic::Multiply => left.checked_mul(right),
        Arithmetic::Divide => left.checked_div(right),
    };
    result.ok_or(Unknown::TooLarge)
}

fn decimal(operator: Arithmetic, left: Decimal, right: Decimal) -> Result<Option<Decimal>, Unknown> {
    let result = match operator {
        Arithmetic::Add => left.checked_add(right),
        Arithmetic::Subtract => left.checked_sub(right),
        Arithmetic::Multiply => left.checked_mul(right),
        Arithmetic::Divide if right.is_zero() => return Ok(None),
        Arithmetic::Divide => left.checked_div(right),
    };
    result.map(Some).ok_or(Unknown::TooLarge)
}

fn moved(operator: Arithmetic, day: civil::Date, length: Length) -> Option<civil::Date> {
    match operator {
        Arithmetic::Add => Some(temporal::after(day, length)),
        Arithmetic::Subtract => Some(temporal::before(day, length)),
        Arithmetic::Multiply | Arithmetic::Divide => None,
    }
}

fn moved_moment(operator: Arithmetic, at: civil::DateTime, length: Length) -> Option<civil::DateTime> {
    match operator {
        Arithmetic::Add => Some(temporal::moment_after(at, length)),
        Arithmetic::Subtract => Some(temporal::moment_before(at, length)),
        Arithmetic::Multiply | Arithmetic::Divide => None,
    }
}

/// The days from `right` to `left`.
fn between(left: &Datum<'_>, right: &Datum<'_>) -> Option<Length> {
    let days = mktlint_measure::date::days_ago(right.day()?, left.day()?);
    Some(Length { days, ..Length::default() })
}

fn lengths(operator: Arithmetic, left: Length, right: Length) -> Result<Length, Unknown> {
    let right = if operator == Arithmetic::Subtract { negated(right)? } else { right };
    left.plus(right).ok_or(Unknown::TooLarge)
}

fn negated(length: Length) -> Result<Length, Unknown> {
    scaled(length, -1)
}

fn scaled(length: Length, by: i64) -> Result<Length, Unknown> {
    let scale = || {
        let small = i32::try_from(by).ok();
        let part = |value: i32| if value == 0 { Some(0) } else { value.checked_mul(small?) };
        Some(Length {
            months: part(length.months)?,
            days: part(length.days)?,
            seconds: length.seconds.checked_mul(by)?,
        })
    };
    scale().ok_or(Unknown::TooLarge)
}

/// `-value`.
pub fn negate<'a>(value: &Value<'a>) -> Value<'a> {
    let Value::Known(datum) = value else { return value.clone() };
    let negated = match datum {
        Datum::Int(value) => value.checked_neg().map(Datum::Int).ok_or(Unknown::TooLarge),
        Datum::Decimal(value) => Ok(Datum::Decimal(-value)),
        Datum::Percent(value) => Ok(Datum::Percent(-value)),
        Datum::Money(amount, currency) => Ok(Datum::Money(-amount, currency.clone())),
        Datum::Duration(length) => negated(*length).map(Datum::Duration),
        other => Err(Unknown::Mismatch(format!("`-` and `{}`", super::show::datum(other)))),
    };
    negated.map_or_else(Value::unknown, Value::Known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &str, operator: Arithmetic, right: &str, expected: &str) {
        let value = |text: &str| -> Value<'static> {
            if text.ends_with('%') {
                return Value::Known(Datum::Percent(super::super::parse::percent(text).unwrap()));
            }
            if let Some((amount, currency)) = super::super::parse::money(text) {
                return Value::Known(Datum::Money(amount, currency.into()));
            }
            if let Some(length) = super::super::parse::duration(text) {
                return Value::Known(Datum::Duration(length));
            }
            if let Ok(date) = mktlint_measure::date::parse_date(text) {
                return Value::Known(Datum::Date(date));
            }
            if text.contains('.') {
                return Value::Known(Datum::Decimal(text.parse().unwrap()));
            }
            Value::int(text.parse().unwrap())
        };
        let found = super::super::show::value(&arithmetic(operator, &value(left), &value(right)));
        assert_eq!(found, expected, "{left} {operator:?} {right}");
    }

    #[test]
    fn units_follow_the_numbers() {
        use Arithmetic::{Add, Divide, Multiply, Subtract};
        check("2", Add, "3", "5");
        check("1", Divide, "4", "0.25");
        check("1", Divide, "0", "missing");
        check("0.5", Multiply, "4", "2");
        check("EUR 20", Multiply, "10%", "EUR 2");
        check("EUR 20", Divide, "EUR 5", "4");
        check("EUR 20", Add, "USD 5", "unknown");
        check("200", Multiply, "50%", "100");
        check("2026-03-31", Subtract, "1 month", "2026-02-28");
        check("2026-03-31", Subtract, "2026-03-01", "30 days");
        check("7 days", Multiply, "2", "14 days");
        check("9223372036854775807", Add, "1", "unknown");
        check("2000000000 days", Multiply, "2", "unknown");
    }
}
