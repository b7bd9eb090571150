//! What unquoted words stand for.

use jiff::civil;
use rust_decimal::Decimal;

use super::node::Shape;

/// The value that the plain word `text` stands for in YAML's core schema, a day or a time of day; `None` when it is a
/// text.
pub(crate) fn plain(text: &str) -> Option<Shape> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some(Shape::Null),
        "true" | "True" | "TRUE" => return Some(Shape::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Shape::Bool(false)),
        _ => {}
    }
    let first = *text.as_bytes().first()?;
    if !(first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.')) || text.len() > 64 {
        return None;
    }
    number(text).or_else(|| moment(text))
}

/// The number that `text` stands for: `12`, `-3`, `0x1F`, `1_000`, `1.5`, `2e3`.
pub(crate) fn number(text: &str) -> Option<Shape> {
    let plain = text.replace('_', "");
    let digits = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = plain.strip_prefix(prefix) {
            return i64::from_str_radix(digits, radix).ok().map(Shape::Int);
        }
    }
    if let Ok(whole) = plain.parse() {
        return Some(Shape::Int(whole));
    }
    let exact = Decimal::from_str_exact(plain.trim_start_matches('+'));
    exact.or_else(|_| Decimal::from_scientific(&plain)).ok().map(Shape::Decimal)
}

/// The day or time that `text` stands for: `2026-11-27`, `2026-11-27T09:00`, `2026-11-27 09:00:30+01:00`, `21:00`.
///
/// A distance from UTC is dropped: times are the sender's local ones.
pub(crate) fn moment(text: &str) -> Option<Shape> {
    if text.len() < 10 {
        return time(text).map(Shape::Time);
    }
    let (day, rest) = text.split_at_checked(10)?;
    let date = date(day)?;
    if rest.is_empty() {
        return Some(Shape::Date(date));
    }
    let clock = rest.strip_prefix(['T', 't', ' '])?.trim_start();
    let end = clock.find(['Z', 'z', '+', '-', ' ']).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at_checked(end)?;
    is_zone(zone.trim()).then_some(())?;
    Some(Shape::DateTime(date.to_datetime(time(clock)?)))
}

fn date(text: &str) -> Option<civil::Date> {
    let bytes = text.as_bytes();
    let dashed = bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count() == 8;
    (dashed && digits).then(|| text.parse().ok()).flatten()
}

/// `09:00`, `09:00:30`, `09:00:30.5`.
fn time(text: &str) -> Option<civil::Time> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() >= 5 && bytes.get(2) == Some(&b':') && bytes[..2].iter().all(u8::is_ascii_digit);
    shaped.then(|| text.parse().ok()).flatten()
}

fn is_zone(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or_default();
    matches!(text, "" | "Z" | "z" | "UTC")
        || (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_values() {
        let int = |value| Some(Shape::Int(value));
        assert_eq!(plain("12"), int(12));
        assert_eq!(plain("-3"), int(-3));
        assert_eq!(plain("0x1F"), int(31));
        assert_eq!(plain("1_000"), int(1000));
        assert_eq!(plain("19.90"), Some(Shape::Decimal(Decimal::new(1990, 2))));
        assert_eq!(plain("2e3"), Some(Shape::Decimal(Decimal::new(2000, 0))));
        assert_eq!(plain("2026-11-27"), Some(Shape::Date(civil::date(2026, 11, 27))));
        let nine = civil::date(2026, 11, 27).at(9, 0, 0, 0);
        for text in
            ["2026-11-27T09:00", "2026-11-27 09:00:00", "2026-11-27T09:00:00+01:00", "2026-11-27T09:00Z"]
        {
            assert_eq!(plain(text), Some(Shape::DateTime(nine)), "{text}");
        }
        assert_eq!(plain("21:00"), Some(Shape::Time(civil::time(21, 0, 0, 0))));
    }

    #[test]
    fn other_words_are_texts() {
        for text in
            ["20%", "1.2.3", "2026-13-01", "3 for 2", "-", ".", "1:1", "inf", "+1 555 0100", "yes", "12-24"]
        {
            assert_eq!(plain(text), None, "{text}");
        }
    }
}
