//! Values.

use std::fmt::Write;

use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;

use crate::{Unit, Value, days_between};

/// `lapsed`, `USD 500`, `2026-11-22`, `"text"`, `["a", "b"]`. Numbers without a unit that is given are plain.
pub fn show_value(value: &Value, unit: Option<&Unit>) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Name(name) => name.to_string(),
        Value::Number(number) => quantity(*number, unit.unwrap_or(&Unit::Plain)),
        Value::Date(date) => date.to_string(),
        Value::DateTime(at) => format!("{}T{}", at.date(), clock(at.time())),
        Value::Time(time) => clock(*time),
        Value::Text(text) => quoted(text),
        Value::Set(items) => list(items),
    }
}

/// The same with days and moments as people near `now` say them: `today`, `3 days ago`, `in 5 days`,
/// `3 days ago at 14:30`, `20 minutes ago`.
pub fn show_relative(value: &Value, unit: Option<&Unit>, now: DateTime) -> String {
    match value {
        Value::Date(date) => day(*date, now.date()),
        Value::DateTime(at) if at.date() == now.date() => {
            let seconds = at.duration_since(now).as_secs();
            if seconds == 0 { "now".to_owned() } else { apart(seconds < 0, &length(seconds.abs())) }
        }
        Value::DateTime(at) => format!("{} at {}", day(at.date(), now.date()), clock(at.time())),
        _ => show_value(value, unit),
    }
}

/// `["a", "b"]`
pub fn list<'a>(items: impl IntoIterator<Item = &'a Value>) -> String {
    units(items, None)
}

/// `[USD 5, USD 10]`
pub fn units<'a>(items: impl IntoIterator<Item = &'a Value>, unit: Option<&Unit>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| show_value(item, unit)).collect();
    format!("[{}]", items.join(", "))
}

/// `7 days`
pub fn count(n: i64, noun: &str) -> String {
    format!("{n} {noun}{}", if n.abs() == 1 { "" } else { "s" })
}

/// So many seconds in the largest unit that divides them: `7 days`, `36 hours`. The language has no unit below the
/// minute; only what was computed shows seconds.
pub fn length(seconds: i64) -> String {
    match seconds {
        _ if seconds % 86_400 == 0 => count(seconds / 86_400, "day"),
        _ => clock_length(seconds),
    }
}

/// So many seconds, not in days: `48 hours`, `90 minutes`.
pub fn clock_length(seconds: i64) -> String {
    match seconds {
        _ if seconds % 3_600 == 0 => count(seconds / 3_600, "hour"),
        _ if seconds % 60 == 0 => count(seconds / 60, "minute"),
        _ => count(seconds, "second"),
    }
}

/// A number that counts something.
pub fn quantity(number: Decimal, unit: &Unit) -> String {
    let sign = if number.is_sign_negative() && !number.is_zero() { "-" } else { "" };
    let size = number.abs().normalize();
    match unit {
        Unit::Plain => format!("{sign}{size}"),
        Unit::Percent => format!("{sign}{size}%"),
        Unit::Money(currency) if currency.is_empty() => format!("{sign}{size}"),
        // `-USD 5`: the language has no negative number behind a currency.
        Unit::Money(currency) => format!("{sign}{currency} {size}"),
        Unit::Seconds => match i64::try_from(size) {
            Ok(whole) if size.fract().is_zero() => format!("{sign}{}", length(whole)),
            _ => format!("{sign}{size} seconds"),
        },
    }
}

/// `"a \"quoted\" \{text\}"`
pub fn quoted(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 2);
    result.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' | '{' | '}' => result.extend(['\\', character]),
            '\n' => result.push_str("\\n"),
            '\t' => result.push_str("\\t"),
            '\r' => result.push_str("\\r"),
            _ if is_unseen(character) => {
                let _ = write!(result, "\\u{{{:x}}}", u32::from(character));
            }
            _ => result.push(character),
        }
    }
    result.push('"');
    result
}

/// Controls, line separators, and the marks that reorder what a terminal shows.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn clock(time: Time) -> String {
    let minutes = format!("{:02}:{:02}", time.hour(), time.minute());
    if time.second() == 0 { minutes } else { format!("{minutes}:{:02}", time.second()) }
}

fn day(date: Date, today: Date) -> String {
    match days_between(today, date) {
        0 => "today".to_owned(),
        days => apart(days < 0, &count(days.abs(), "day")),
    }
}

fn apart(past: bool, length: &str) -> String {
    if past { format!("{length} ago") } else { format!("in {length}") }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn check(value: Value, unit: Unit, expected: &str) {
        assert_eq!(show_value(&value, Some(&unit)), expected);
    }

    fn number(text: &str) -> Value {
        Value::Number(text.parse().unwrap())
    }

    #[test]
    fn as_policies_write_them() {
        check(number("500.00"), Unit::Money("USD".into()), "USD 500");
        check(number("-0.5"), Unit::Money("USD".into()), "-USD 0.5");
        check(number("0.30"), Unit::Percent, "0.3%");
        check(number("172800"), Unit::Seconds, "2 days");
        check(number("3600"), Unit::Seconds, "1 hour");
        check(number("-0"), Unit::Plain, "0");
        check(Value::Text("a \"b\" {c}\n\u{202e}".into()), Unit::Plain, r#""a \"b\" \{c\}\n\u{202e}""#);
        check(Value::DateTime(date(2026, 1, 31).at(9, 0, 0, 0)), Unit::Plain, "2026-01-31T09:00");
        check(Value::Set([number("2"), number("1")].into()), Unit::Plain, "[1, 2]");
    }

    #[test]
    fn as_people_say_them() {
        let now = date(2026, 11, 22).at(9, 30, 0, 0);
        let check = |value: Value, expected: &str| assert_eq!(show_relative(&value, None, now), expected);
        check(Value::Date(date(2026, 11, 22)), "today");
        check(Value::Date(date(2026, 11, 21)), "1 day ago");
        check(Value::Date(date(2026, 11, 27)), "in 5 days");
        check(Value::DateTime(date(2026, 11, 22).at(9, 10, 0, 0)), "20 minutes ago");
        check(Value::DateTime(date(2026, 11, 19).at(14, 30, 0, 0)), "3 days ago at 14:30");
        check(Value::DateTime(now), "now");
        check(Value::Bool(true), "true");
    }
}
