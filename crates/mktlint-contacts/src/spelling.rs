//! How values are written in files.

use std::borrow::Cow;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
/// Seconds of a day.
pub const DAY: i64 = 24 * HOUR;

/// `true`, `false`, `yes`, `no`, `1`, `0`, in any case.
pub fn boolean(text: &[u8]) -> Option<bool> {
    let is = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word.as_bytes()));
    if is(["true", "yes", "1"]) {
        Some(true)
    } else if is(["false", "no", "0"]) {
        Some(false)
    } else {
        None
    }
}

/// A decimal number: `mantissa` divided by ten to the power of `scale`, which can be negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digits {
    /// All digits, with the sign.
    pub mantissa: i128,
    /// How many of them stand behind the point.
    pub scale: i32,
}

/// Why a text is no number that can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// It is none.
    NotNumber,
    /// It has too many digits.
    TooLarge,
}

/// The most digits of a number; 28 is what a decimal holds, the rest are zeros that may stand around them.
const MOST_DIGITS: u32 = 38;

/// `12`, `-12.50`, `+3`, `.5`, `1.25e3`. No separators of thousands: `1,250` is a number in one country and a fraction
/// in another.
pub fn number(text: &[u8]) -> Result<Digits, NumberError> {
    let (is_negative, rest) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let (digits, exponent) = match rest.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (&rest[..at], exponent(&rest[at + 1..])?),
        None => (rest, 0),
    };
    let mut number = plain(digits)?;
    number.scale -= exponent;
    number.mantissa *= if is_negative { -1 } else { 1 };
    Ok(number)
}

fn plain(digits: &[u8]) -> Result<Digits, NumberError> {
    let (mut mantissa, mut n_digits, mut scale, mut is_behind) = (0_i128, 0, 0, false);
    for byte in digits {
        match byte {
            b'0'..=b'9' if n_digits == MOST_DIGITS => return Err(NumberError::TooLarge),
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + i128::from(byte - b'0');
                // Zeros in front are no digits.
                n_digits += u32::from(mantissa != 0);
                scale += i32::from(is_behind);
            }
            b'.' if !is_behind => is_behind = true,
            _ => return Err(NumberError::NotNumber),
        }
    }
    match digits {
        [] | b"." => Err(NumberError::NotNumber),
        // A million zeros behind the point.
        _ if digits.len() > 400 => Err(NumberError::TooLarge),
        _ => Ok(Digits { mantissa, scale }),
    }
}

fn exponent(text: &[u8]) -> Result<i32, NumberError> {
    let text = std::str::from_utf8(text).map_err(|_| NumberError::NotNumber)?;
    let exponent: i32 = text.parse().map_err(|_| NumberError::NotNumber)?;
    if exponent.abs() > 400 { Err(NumberError::TooLarge) } else { Ok(exponent) }
}

/// The days from 1970-01-01 to a day of the calendar of today, before 1582 too; `None` when there is no such day.
fn days_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return None,
    };
    if !(1..=last).contains(&day) {
        return None;
    }
    // Years that begin in March end with the leap day; 719 468 days lie between 0000-03-01 and 1970-01-01.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * month + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

fn fixed<const N: usize>(text: &[u8], at: usize) -> Option<i64> {
    let digits = text.get(at..at + N)?;
    digits.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
}

/// `2026-11-22` as days from 1970-01-01; also a moment at midnight without offset, which says no more.
pub fn day(text: &[u8]) -> Option<i64> {
    if text.len() == 10 {
        return plain_day(text);
    }
    let (seconds, has_offset) = moment_with_offset(text)?;
    (!has_offset && seconds % DAY == 0).then_some(seconds.div_euclid(DAY))
}

fn plain_day(text: &[u8]) -> Option<i64> {
    let is_dashed = text.len() == 10 && text[4] == b'-' && text[7] == b'-';
    if !is_dashed {
        return None;
    }
    days_of(fixed::<4>(text, 0)?, fixed::<2>(text, 5)?, fixed::<2>(text, 8)?)
}

/// `2026-11-22T09:30:00Z`, `2026-11-22 09:30`, `2026-11-22` as seconds from 1970-01-01; with an offset of UTC. What is
/// behind the second is dropped.
pub fn moment(text: &[u8]) -> Option<i64> {
    moment_with_offset(text).map(|(seconds, _)| seconds)
}

fn moment_with_offset(text: &[u8]) -> Option<(i64, bool)> {
    let day = plain_day(text.get(..10)?)? * DAY;
    match &text[10..] {
        [] => Some((day, false)),
        [b'T' | b't' | b' ', rest @ ..] => {
            let (time, rest) = leading_time(rest)?;
            let offset = offset(rest.trim_ascii_start())?;
            Some((day + time - offset.unwrap_or(0), offset.is_some()))
        }
        _ => None,
    }
}

/// `09:30`, `09:30:15` as seconds from midnight. What is behind the second is dropped.
pub fn time(text: &[u8]) -> Option<i64> {
    let (seconds, rest) = leading_time(text)?;
    rest.is_empty().then_some(seconds)
}

fn leading_time(text: &[u8]) -> Option<(i64, &[u8])> {
    let (hour, minute) = (fixed::<2>(text, 0)?, fixed::<2>(text, 3)?);
    if text[2] != b':' || hour > 23 || minute > 59 {
        return None;
    }
    let (second, rest) = match &text[5..] {
        [b':', rest @ ..] => (fixed::<2>(rest, 0)?, fraction(&rest[2..])?),
        rest => (0, rest),
    };
    (second <= 59).then_some((hour * HOUR + minute * MINUTE + second, rest))
}

fn fraction(text: &[u8]) -> Option<&[u8]> {
    let [b'.' | b',', digits @ ..] = text else { return Some(text) };
    let len = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (len > 0).then(|| &digits[len..])
}

/// `Z`, `+02:00`, `+0200`, `+02` in seconds; `Some(None)` without one.
fn offset(text: &[u8]) -> Option<Option<i64>> {
    let (sign, rest) = match text {
        [] => return Some(None),
        b"Z" | b"z" | b"UTC" => return Some(Some(0)),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let minutes = match (rest.len(), rest.get(2)) {
        (2, _) => 0,
        (4, _) => fixed::<2>(rest, 2)?,
        (5, Some(b':')) => fixed::<2>(rest, 3)?,
        _ => return None,
    };
    let hours = fixed::<2>(rest, 0)?;
    (hours < 24 && minutes < 60).then_some(Some(sign * (hours * HOUR + minutes * MINUTE)))
}

/// The items of a set that is written as text: `["a", "b"]`, `a;b`, `a|b`. Items are trimmed, empty ones dropped.
/// `None` when it begins like JSON and is no list of texts.
pub fn items(text: &str) -> Option<Vec<Cow<'_, str>>> {
    let text = text.trim();
    if text.starts_with('[') {
        let items: Vec<String> = serde_json::from_str(text).ok()?;
        return Some(items.into_iter().map(Cow::Owned).collect());
    }
    let items = text.split([';', '|']).map(str::trim).filter(|item| !item.is_empty());
    Some(items.map(Cow::Borrowed).collect())
}

#[cfg(test)]
mod tests {
    use jiff::civil;

    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let epoch = civil::date(1970, 1, 1);
        for text in
            ["0001-01-01", "1582-10-15", "1969-12-31", "1970-01-01", "2000-02-29", "2026-11-22", "9999-12-31"]
        {
            let date: civil::Date = text.parse().expect("it is a day");
            let expected = date.duration_since(epoch).as_hours() / 24;
            assert_eq!(day(text.as_bytes()), Some(expected), "{text}");
        }
        for text in
            ["2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "22.11.2026", "2026-11-31"]
        {
            assert_eq!(day(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_moment_at_midnight_is_a_day() {
        assert_eq!(day(b"1970-01-02 00:00:00"), Some(1));
        assert_eq!(day(b"1970-01-02T00:00:00.000"), Some(1));
        assert_eq!(day(b"1970-01-02T00:00:01"), None);
        // In which zone is that a day?
        assert_eq!(day(b"1970-01-02T00:00:00Z"), None);
    }

    #[test]
    fn moments_with_and_without_offset() {
        let nine = 9 * HOUR + 30 * MINUTE;
        for (text, expected) in [
            ("1970-01-01T09:30:00", nine),
            ("1970-01-01 09:30", nine),
            ("1970-01-01T09:30:15.999Z", nine + 15),
            ("1970-01-01T09:30:00+02:00", nine - 2 * HOUR),
            ("1970-01-01T09:30:00 -0330", nine + 3 * HOUR + 30 * MINUTE),
            ("1970-01-02", DAY),
        ] {
            assert_eq!(moment(text.as_bytes()), Some(expected), "{text}");
        }
        for text in
            ["1970-01-01T24:00", "1970-01-01T09:60", "1970-01-01T9:30", "1970-01-01T09:30:00+25:00", "T", ""]
        {
            assert_eq!(moment(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn numbers_keep_every_digit() {
        let digits = |mantissa, scale| Ok(Digits { mantissa, scale });
        for (text, expected) in [
            ("12", digits(12, 0)),
            ("-12.50", digits(-1250, 2)),
            ("+.5", digits(5, 1)),
            ("1.25e3", digits(125, -1)),
            ("1E-2", digits(1, 2)),
            ("00000000000000000000000000000000000000000007", digits(7, 0)),
            ("1,250", Err(NumberError::NotNumber)),
            ("1.2.3", Err(NumberError::NotNumber)),
            (".", Err(NumberError::NotNumber)),
            ("", Err(NumberError::NotNumber)),
            ("1e", Err(NumberError::NotNumber)),
            ("nan", Err(NumberError::NotNumber)),
            ("1e999", Err(NumberError::TooLarge)),
            ("123456789012345678901234567890123456789", Err(NumberError::TooLarge)),
        ] {
            assert_eq!(number(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn sets_as_text() {
        let list = |text| items(text).map(|items| items.join(","));
        assert_eq!(list("a; b|c;;"), Some("a,b,c".to_owned()));
        assert_eq!(list(r#" ["a;b", "c"] "#), Some("a;b,c".to_owned()));
        assert_eq!(list("[]"), Some(String::new()));
        assert_eq!(list("[1]"), None);
        assert_eq!(list("[a"), None);
    }

    #[test]
    fn booleans() {
        assert_eq!(boolean(b"TRUE"), Some(true));
        assert_eq!(boolean(b"no"), Some(false));
        assert_eq!(boolean(b"2"), None);
    }
}
