//! Values as people write them.

use mktlint_hir::model::expr::Length;
use rust_decimal::Decimal;

use super::{Datum, Value};

/// `value` as people write it: `EUR 20`, `7 days`, `missing`, `unknown`.
pub fn value(value: &Value<'_>) -> String {
    match value {
        Value::Known(known) => datum(known),
        Value::Missing => "missing".into(),
        Value::Unknown(_) => "unknown".into(),
    }
}

/// As messages show it: `EUR 20`, `7 days`, `missing`, `unknown`.
impl std::fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&value(self))
    }
}

/// The same of a value that is there.
pub fn datum(datum: &Datum<'_>) -> String {
    match datum {
        Datum::Bool(value) => value.to_string(),
        Datum::Int(value) => value.to_string(),
        Datum::Decimal(value) => number(*value),
        Datum::Percent(value) => format!("{}%", number(*value)),
        Datum::Money(amount, currency) => format!("{currency} {}", number(*amount)),
        Datum::Duration(value) => length(*value),
        Datum::Date(date) => date.to_string(),
        Datum::DateTime(at) => format!("{} {}", at.date(), time(at.time())),
        Datum::Time(at) => time(*at),
        Datum::Country(word) | Datum::Language(word) | Datum::Member(word) => word.to_string(),
        Datum::Text(text) => text.words.to_string(),
        Datum::List(list) => list.iter().map(|item| value(&item)).collect::<Vec<_>>().join(", "),
        Datum::Record(record) => record.text().map_or_else(|| record.word(), |text| text.as_str().to_owned()),
    }
}

/// Without zeros at the end.
pub fn number(number: Decimal) -> String {
    number.normalize().to_string()
}

fn time(time: jiff::civil::Time) -> String {
    let minutes = format!("{:02}:{:02}", time.hour(), time.minute());
    if time.second() == 0 { minutes } else { format!("{minutes}:{:02}", time.second()) }
}

/// `7 days`, `1 year`, `36 hours`, `0 days`.
pub fn length(length: Length) -> String {
    let count = |n: i64, unit: &str| format!("{n} {unit}{}", if n == 1 { "" } else { "s" });
    let mut parts = Vec::new();
    match length.months {
        0 => {}
        months if months % 12 == 0 => parts.push(count(i64::from(months / 12), "year")),
        months => parts.push(count(i64::from(months), "month")),
    }
    if length.days != 0 {
        parts.push(count(i64::from(length.days), "day"));
    }
    match length.seconds {
        0 => {}
        seconds if seconds % 3600 == 0 => parts.push(count(seconds / 3600, "hour")),
        seconds if seconds % 60 == 0 => parts.push(count(seconds / 60, "minute")),
        seconds => parts.push(count(seconds, "second")),
    }
    if parts.is_empty() { count(0, "day") } else { parts.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_write_it() {
        let check = |datum_: Datum<'_>, expected: &str| assert_eq!(datum(&datum_), expected);
        check(Datum::Percent(Decimal::new(100, 3)), "0.1%");
        check(Datum::Money(Decimal::new(2000, 2), "EUR".into()), "EUR 20");
        check(Datum::Duration(Length { months: 12, days: 1, seconds: 0 }), "1 year 1 day");
        check(Datum::DateTime(jiff::civil::date(2026, 11, 22).at(9, 5, 0, 0)), "2026-11-22 09:05");
        assert_eq!(value(&Value::list(vec![Value::text("a"), Value::Missing])), "a, missing");
    }
}
