//! Days and times as people write them in files, and how far apart they are.
//!
//! Everything is civil: a day is a day on the wall calendar of the campaign. Instants and time zones belong to the
//! caller.

use std::fmt;

use jiff::civil::{Date, DateTime, Time};

/// Why a text is not a date or a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadDate {
    /// Not written as `2026-11-22`, `21:00` or `2026-11-22T21:00`.
    Shape,
    /// Written so, but no calendar has that day: `2026-02-30`.
    NoSuchDay,
    /// Written so, but no clock shows that time: `25:00`, `24:00`.
    NoSuchTime,
}

impl fmt::Display for BadDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shape => "not written as `2026-11-22` or `21:00`",
            Self::NoSuchDay => "no such day",
            Self::NoSuchTime => "no such time",
        })
    }
}

impl std::error::Error for BadDate {}

/// Reads `2026-11-22`.
///
/// # Errors
///
/// For anything else, white space included.
pub fn parse_date(text: &str) -> Result<Date, BadDate> {
    let bytes = text.as_bytes();
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return Err(BadDate::Shape) };
    let year = number(&[*y1, *y2, *y3, *y4])?;
    let (month, day) = (number(&[*m1, *m2])?, number(&[*d1, *d2])?);
    Date::new(year, month as i8, day as i8).map_err(|_| BadDate::NoSuchDay)
}

/// Reads `21:00` or `21:00:30`, in 24 hours.
///
/// # Errors
///
/// For anything else, white space included.
pub fn parse_time(text: &str) -> Result<Time, BadDate> {
    let (hour, minute, second) = match text.as_bytes() {
        [h1, h2, b':', m1, m2] => (number(&[*h1, *h2])?, number(&[*m1, *m2])?, 0),
        [h1, h2, b':', m1, m2, b':', s1, s2] => {
            (number(&[*h1, *h2])?, number(&[*m1, *m2])?, number(&[*s1, *s2])?)
        }
        _ => return Err(BadDate::Shape),
    };
    Time::new(hour as i8, minute as i8, second as i8, 0).map_err(|_| BadDate::NoSuchTime)
}

/// Reads `2026-11-22T21:00`, with a space for the `T`, seconds, fractions and an offset (`Z`, `+01:00`) allowed.
///
/// The result is the day and time as written. The offset is checked and then dropped: whoever writes
/// `2026-11-22T23:30-08:00` speaks of the 22nd. A fraction of a second is dropped too.
///
/// # Errors
///
/// For anything else, a date alone included.
pub fn parse_datetime(text: &str) -> Result<DateTime, BadDate> {
    let (date, time) = text.split_at_checked(10).ok_or(BadDate::Shape)?;
    let time = time.strip_prefix(['T', 't', ' ']).ok_or(BadDate::Shape)?;
    let time = without_fraction(without_offset(time)?)?;
    Ok(parse_date(date)?.to_datetime(parse_time(time)?))
}

/// Reads the day of a date or of a date with a time.
///
/// # Errors
///
/// For what is neither.
pub fn parse_day(text: &str) -> Result<Date, BadDate> {
    if text.len() == 10 { parse_date(text) } else { parse_datetime(text).map(DateTime::date) }
}

/// Returns how many days `date` lies before `today`: 0 for today, negative in the future.
pub fn days_ago(date: Date, today: Date) -> i32 {
    today.duration_since(date).as_hours().div_euclid(24) as i32
}

/// Returns how many days after `from`, up to and with `to`, are Monday to Friday; negative when `to` is earlier.
///
/// From Friday to the next Monday it is 1, and from a day to itself 0. Holidays differ by country and are not taken off.
pub fn business_days(from: Date, to: Date) -> i32 {
    if to < from {
        return -business_days(to, from);
    }
    let days = days_ago(from, to);
    // Of whole weeks five days count; what is left is at most six days.
    let left = 1..=days % 7;
    let is_business = |after: &i32| (i32::from(from.weekday().to_monday_zero_offset()) + after) % 7 < 5;
    days / 7 * 5 + left.filter(is_business).count() as i32
}

/// `digits` as a number; they are few, so that it always fits.
fn number(digits: &[u8]) -> Result<i16, BadDate> {
    digits.iter().try_fold(0, |sum, digit| match digit {
        b'0'..=b'9' => Ok(sum * 10 + i16::from(digit - b'0')),
        _ => Err(BadDate::Shape),
    })
}

fn without_offset(time: &str) -> Result<&str, BadDate> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Ok(time);
    }
    match time.find(['+', '-']) {
        Some(at) => parse_time(&time[at + 1..]).map(|_| &time[..at]),
        None => Ok(time),
    }
}

fn without_fraction(time: &str) -> Result<&str, BadDate> {
    match time.split_once(['.', ',']) {
        Some((time, digits)) if time.len() == 8 && is_fraction(digits) => Ok(time),
        Some(_) => Err(BadDate::Shape),
        None => Ok(time),
    }
}

fn is_fraction(digits: &str) -> bool {
    (1..=9).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_iso_and_nothing_else() {
        let check = |text, expected: Result<&str, BadDate>| {
            assert_eq!(parse_date(text).map(|date| date.to_string()), expected.map(str::to_owned), "{text}");
        };
        check("2026-11-22", Ok("2026-11-22"));
        check("2024-02-29", Ok("2024-02-29"));
        check("2026-02-29", Err(BadDate::NoSuchDay));
        check("2026-13-01", Err(BadDate::NoSuchDay));
        for text in ["", "2026-1-2", "22.11.2026", " 2026-11-22", "2026-11-22T00:00", "２０２６-11-22"] {
            check(text, Err(BadDate::Shape));
        }
    }

    #[test]
    fn times_have_24_hours() {
        let check = |text, expected: Result<&str, BadDate>| {
            assert_eq!(parse_time(text).map(|time| time.to_string()), expected.map(str::to_owned), "{text}");
        };
        check("21:00", Ok("21:00:00"));
        check("08:30:15", Ok("08:30:15"));
        check("24:00", Err(BadDate::NoSuchTime));
        check("9:00", Err(BadDate::Shape));
        check("9 pm", Err(BadDate::Shape));
    }

    #[test]
    fn a_datetime_keeps_the_day_that_is_written() {
        let check = |text, expected: Result<&str, BadDate>| {
            assert_eq!(parse_datetime(text).map(|it| it.to_string()), expected.map(str::to_owned), "{text}");
        };
        check("2026-11-22T23:30-08:00", Ok("2026-11-22T23:30:00"));
        check("2026-11-22 09:00:05.250Z", Ok("2026-11-22T09:00:05"));
        check("2026-11-22T09:00+25:00", Err(BadDate::NoSuchTime));
        check("2026-11-22", Err(BadDate::Shape));
        check("2026-11-22T09:00.5", Err(BadDate::Shape));
        assert_eq!(parse_day("2026-11-22T23:30Z"), parse_date("2026-11-22"));
        assert_eq!(parse_day("é026-11-2"), Err(BadDate::Shape));
    }

    #[test]
    fn business_days_leave_weekends_out() {
        let check = |from, to, expected| {
            let read = |text| parse_date(text).expect("a date");
            assert_eq!(business_days(read(from), read(to)), expected, "{from} {to}");
        };
        // 2026-11-20 is a Friday.
        check("2026-11-20", "2026-11-20", 0);
        check("2026-11-20", "2026-11-22", 0);
        check("2026-11-20", "2026-11-23", 1);
        check("2026-11-22", "2026-11-23", 1);
        check("2026-11-16", "2026-11-20", 4);
        check("2026-11-16", "2026-11-30", 10);
        check("2026-11-23", "2026-11-20", -1);
    }

    #[test]
    fn days_ago_counts_calendar_days() {
        let check = |date, today, expected| {
            let read = |text| parse_date(text).expect("a date");
            assert_eq!(days_ago(read(date), read(today)), expected);
        };
        check("2026-11-15", "2026-11-22", 7);
        check("2026-11-22", "2026-11-22", 0);
        check("2026-11-23", "2026-11-22", -1);
        check("0001-01-01", "9999-12-31", 3_652_058);
    }
}
