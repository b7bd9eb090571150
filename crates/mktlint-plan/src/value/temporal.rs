//! Days and lengths of time.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use mktlint_decide::Shift;
use mktlint_hir::model::expr::{Length, Temporal};

use super::compare::{first_unknown, mismatch};
use super::{Datum, Unknown, Value};

/// The day so long after `day`, or the last there is. Months are moved first, then days; hours and minutes are rounded
/// up to whole days; a month after January 31 is the last of February.
pub fn after(day: Date, length: Length) -> Date {
    let Length { months, days, seconds } = length;
    mktlint_decide::day_from(day.at(0, 0, 0, 0), Shift { months, days, seconds })
}

/// The day so long before `day`, or the first there is.
pub fn before(day: Date, length: Length) -> Date {
    let opposite = Length {
        months: length.months.saturating_neg(),
        days: length.days.saturating_neg(),
        seconds: length.seconds.saturating_neg(),
    };
    after(day, opposite)
}

/// The moment so long after `at`, to the second.
pub fn moment_after(at: DateTime, length: Length) -> DateTime {
    let day = after(at.date(), Length { seconds: 0, ..length });
    day.to_datetime(at.time()).saturating_add(SignedDuration::from_secs(length.seconds))
}

/// The moment so long before `at`.
pub fn moment_before(at: DateTime, length: Length) -> DateTime {
    let day = before(at.date(), Length { seconds: 0, ..length });
    day.to_datetime(at.time()).saturating_sub(SignedDuration::from_secs(length.seconds))
}

/// Tests a day: false when one is missing.
///
/// Days are whole. Only a moment against hours, minutes or another moment is compared to the second.
pub fn temporal<'a>(test: Temporal, day: &Value<'a>, other: &Value<'a>, now: DateTime) -> Value<'a> {
    if let Some(unknown) = first_unknown([day, other]) {
        return unknown;
    }
    let (Value::Known(day), Value::Known(other)) = (day, other) else { return Value::bool(false) };
    judge(test, day, other, now).map_or_else(|| Value::unknown(mismatch(day, other)), Value::bool)
}

fn judge(test: Temporal, day: &Datum<'_>, other: &Datum<'_>, now: DateTime) -> Option<bool> {
    if let (Temporal::Before | Temporal::After, Datum::DateTime(at), Datum::DateTime(other)) =
        (test, day, other)
    {
        return Some(if test == Temporal::Before { at < other } else { at > other });
    }
    match (test, day, other) {
        (Temporal::Before, _, _) => Some(day.day()? < other.day()?),
        (Temporal::After, _, _) => Some(day.day()? > other.day()?),
        (_, Datum::DateTime(at), Datum::Duration(length)) if length.seconds != 0 => Some(match test {
            Temporal::Within => moment_before(now, *length) <= *at && *at <= now,
            Temporal::OlderThan => *at < moment_before(now, *length),
            _ => now <= *at && *at <= moment_after(now, *length),
        }),
        (_, _, Datum::Duration(length)) => {
            let (day, today) = (day.day()?, now.date());
            Some(match test {
                Temporal::Within => before(today, *length) <= day && day <= today,
                Temporal::OlderThan => day < before(today, *length),
                _ => today <= day && day <= after(today, *length),
            })
        }
        _ => None,
    }
}

/// `200 days ago` (`past`), `3 days from now`: a day; missing when the length is.
pub fn ago<'a>(length: &Value<'a>, past: bool, now: DateTime) -> Value<'a> {
    match length {
        Value::Known(Datum::Duration(length)) if past => {
            Value::Known(Datum::Date(before(now.date(), *length)))
        }
        Value::Known(Datum::Duration(length)) => Value::Known(Datum::Date(after(now.date(), *length))),
        Value::Known(other) => {
            Value::unknown(Unknown::Mismatch(format!("`{}` ago", super::show::datum(other))))
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn check(test: Temporal, day: Date, days: i32) -> Option<bool> {
        let length = Datum::Duration(Length { days, ..Length::default() });
        judge(test, &Datum::Date(day), &length, date(2026, 11, 22).at(9, 0, 0, 0))
    }

    #[test]
    fn the_seventh_day_is_within_and_not_older() {
        assert_eq!(check(Temporal::Within, date(2026, 11, 15), 7), Some(true));
        assert_eq!(check(Temporal::OlderThan, date(2026, 11, 15), 7), Some(false));
        assert_eq!(check(Temporal::Within, date(2026, 11, 14), 7), Some(false));
        assert_eq!(check(Temporal::OlderThan, date(2026, 11, 14), 7), Some(true));
        assert_eq!(check(Temporal::Within, date(2026, 11, 22), 7), Some(true));
        assert_eq!(check(Temporal::Within, date(2026, 11, 23), 7), Some(false));
        assert_eq!(check(Temporal::InTheNext, date(2026, 11, 29), 7), Some(true));
        assert_eq!(check(Temporal::InTheNext, date(2026, 11, 30), 7), Some(false));
    }

    #[test]
    fn the_end_of_the_calendar_is_an_end() {
        let huge = Length { months: i32::MAX, days: i32::MAX, seconds: i64::MAX };
        assert_eq!(after(date(2026, 1, 1), huge), Date::MAX);
        assert_eq!(before(date(2026, 1, 1), huge), Date::MIN);
        assert_eq!(moment_after(date(2026, 1, 1).at(0, 0, 0, 0), huge), DateTime::MAX);
    }

    #[test]
    fn a_month_less_three_days_is_that() {
        let length = Length { months: 1, days: -3, seconds: 0 };
        assert_eq!(before(date(2026, 11, 22), length), date(2026, 10, 25));
        assert_eq!(after(date(2026, 11, 22), length), date(2026, 12, 19));
    }

    #[test]
    fn hours_are_exact_between_moments() {
        let length = Datum::Duration(Length { seconds: 3600, ..Length::default() });
        let now = date(2026, 11, 22).at(9, 0, 0, 0);
        let at = |hour, minute| Datum::DateTime(date(2026, 11, 22).at(hour, minute, 0, 0));
        assert_eq!(judge(Temporal::Within, &at(8, 0), &length, now), Some(true));
        assert_eq!(judge(Temporal::Within, &at(7, 59), &length, now), Some(false));
    }
}
