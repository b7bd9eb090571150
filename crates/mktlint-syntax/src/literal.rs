//! The values of literals.

use rust_decimal::Decimal;

use crate::ast::{Date, DateTime, Time};

/// `1_000`; `None` above 2^63 - 1.
pub(crate) fn int(text: &str) -> Option<i64> {
    text.replace('_', "").parse().ok()
}

/// `2.50`; `None` beyond 96 bits or 28 places.
pub(crate) fn decimal(text: &str) -> Option<Decimal> {
    let plain = text.replace('_', "");
    Decimal::from_str_exact(&plain).ok()
}

/// The number before the sign of `0.1%`.
pub(crate) fn percent(text: &str) -> Option<Decimal> {
    decimal(text.strip_suffix('%')?)
}

/// `2027-01-01`; `None` when the calendar has no such day.
pub(crate) fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    (day >= 1 && day <= days_in(year, month)?).then_some(Date { year, month, day })
}

/// Days of a month in the Gregorian calendar; `None` when there is no such month.
fn days_in(year: u16, month: u8) -> Option<u8> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => Some(if leap { 29 } else { 28 }),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

/// `21:00`, `21:00:30`; `None` when no clock shows it. There is no `24:00`.
pub(crate) fn time(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let second = parts.next().map_or(Some(0), |second| second.parse().ok())?;
    (hour < 24 && minute < 60 && second < 60).then_some(Time { hour, minute, second })
}

/// `2027-01-01T09:00+01:00`; `None` when the day, the time or the distance from UTC (up to 23:59) does not exist.
pub(crate) fn date_time(text: &str) -> Option<DateTime> {
    let (day, rest) = text.split_once('T')?;
    let cut = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at_checked(cut)?;
    Some(DateTime { date: date(day)?, time: time(clock)?, offset: offset(zone)? })
}

/// Minutes east of UTC: `Z`, `+01:00`, or nothing. The outer `None` says that there is no such offset.
fn offset(zone: &str) -> Option<Option<i16>> {
    let minutes = |text: &str| time(text).map(|it| i16::from(it.hour) * 60 + i16::from(it.minute));
    match zone.split_at_checked(1) {
        None => Some(None),
        Some(("Z", _)) => Some(Some(0)),
        Some(("-", rest)) => minutes(rest).map(|it| Some(-it)),
        Some((_, rest)) => minutes(rest).map(Some),
    }
}

/// The character that `\n`, `\{` or `\u{2019}` stands for; `None` when there is no such escape.
pub(crate) fn escape(text: &str) -> Option<char> {
    match text.strip_prefix('\\')? {
        "n" => Some('\n'),
        "t" => Some('\t'),
        "r" => Some('\r'),
        "\"" => Some('"'),
        "\\" => Some('\\'),
        "{" => Some('{'),
        "}" => Some('}'),
        code => {
            let digits = code.strip_prefix("u{")?.strip_suffix('}')?;
            char::from_u32(u32::from_str_radix(digits, 16).ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(date("2028-02-29"), Some(Date { year: 2028, month: 2, day: 29 }));
        for wrong in ["2027-02-29", "2100-02-29", "2027-04-31", "2027-13-01", "2027-00-10", "2027-01-00"] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn times_and_offsets_are_those_of_a_clock() {
        assert_eq!(time("8:05"), Some(Time { hour: 8, minute: 5, second: 0 }));
        assert_eq!(time("24:00"), None);
        assert_eq!(time("21:60"), None);
        assert_eq!(date_time("2027-01-01T09:00-01:30").and_then(|it| it.offset), Some(-90));
        assert_eq!(date_time("2027-01-01T09:00:30Z").and_then(|it| it.offset), Some(0));
        assert_eq!(date_time("2027-01-01T09:00").map(|it| it.offset), Some(None));
        assert_eq!(date_time("2027-01-01T09:00+25:00"), None);
    }

    #[test]
    fn numbers_that_do_not_fit_have_no_value() {
        assert_eq!(int("9_223_372_036_854_775_807"), Some(i64::MAX));
        assert_eq!(int("9223372036854775808"), None);
        assert_eq!(percent("0.10%").map(|it| it.to_string()).as_deref(), Some("0.10"));
        assert_eq!(decimal("0.00000000000000000000000000001"), None);
    }

    #[test]
    fn escapes_are_few() {
        assert_eq!(escape(r"\u{2019}"), Some('’'));
        assert_eq!(escape(r"\{"), Some('{'));
        for wrong in [r"\q", r"\", r"\u{}", r"\u{D800}", r"\u"] {
            assert_eq!(escape(wrong), None, "{wrong}");
        }
    }
}
