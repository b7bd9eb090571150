//! Days and moments that are said relative to `now`.
//!
//! The rules are those of `last_order? within 7 days` in a rule on an asset: days are whole and local, and a length with
//! hours is rounded away from zero when a day is asked for.

use jiff::SignedDuration;
use jiff::Span;
use jiff::civil::{Date, DateTime, Time};

use crate::{Domain, Operand, Shift, Value};

const DAY: i64 = 24 * 3600;

/// The day so far from the day of `now`; the first or last day of the calendar when it would lie beyond.
pub fn day_from(now: DateTime, shift: Shift) -> Date {
    moved(now.date(), shift.months, shift.whole_days())
}

impl Shift {
    /// Its days, with its seconds rounded away from zero to whole days; its months are not among them.
    pub fn whole_days(self) -> i64 {
        let rest = if self.seconds % DAY == 0 { 0 } else { self.seconds.signum() };
        i64::from(self.days) + self.seconds / DAY + rest
    }
}

/// The moment so far from `now`, to the second; the first or last of the calendar when it would lie beyond.
///
/// A fraction of a second in `now` is dropped: attributes know none, and an order placed this very second is not in
/// the future.
pub fn moment_from(now: DateTime, shift: Shift) -> DateTime {
    let day = moved(now.date(), shift.months, i64::from(shift.days));
    let at = day.to_datetime(whole_seconds(now.time()));
    let at = at.saturating_add(SignedDuration::from_secs(shift.seconds));
    at.date().to_datetime(whole_seconds(at.time()))
}

/// What an attribute of `domain` is compared with at `now`; `None` when something relative is compared with what is
/// neither day nor moment.
pub fn resolve(operand: &Operand, domain: &Domain, now: DateTime) -> Option<Value> {
    match (operand, domain) {
        (Operand::Value(value), _) => Some(value.clone()),
        (Operand::FromNow(shift) | Operand::DayFromNow(shift), Domain::Date { .. }) => {
            Some(Value::Date(day_from(now, *shift)))
        }
        (Operand::FromNow(shift), Domain::DateTime) => Some(Value::DateTime(moment_from(now, *shift))),
        (Operand::DayFromNow(shift), Domain::DateTime) => {
            Some(Value::DateTime(day_from(now, *shift).to_datetime(Time::midnight())))
        }
        (Operand::FromNow(_) | Operand::DayFromNow(_), _) => None,
    }
}

fn whole_seconds(time: Time) -> Time {
    Time::constant(time.hour(), time.minute(), time.second(), 0)
}

fn moved(day: Date, months: i32, days: i64) -> Date {
    let day = added(day, Span::new().try_months(months).ok(), months < 0);
    added(day, Span::new().try_days(days).ok(), days < 0)
}

fn added(day: Date, span: Option<Span>, back: bool) -> Date {
    let end = if back { Date::MIN } else { Date::MAX };
    span.and_then(|span| day.checked_add(span).ok()).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn shift(months: i32, days: i32, seconds: i64) -> Shift {
        Shift { months, days, seconds }
    }

    #[test]
    fn months_move_first_and_keep_to_the_month() {
        let now = date(2026, 1, 31).at(9, 0, 0, 0);
        assert_eq!(day_from(now, shift(1, 0, 0)), date(2026, 2, 28));
        assert_eq!(day_from(now, shift(1, 1, 0)), date(2026, 3, 1));
        assert_eq!(day_from(now, shift(-2, -1, 0)), date(2025, 11, 29));
    }

    #[test]
    fn part_of_a_day_counts_as_a_day_where_a_day_is_asked_for() {
        let now = date(2026, 11, 22).at(23, 59, 59, 999_000_000);
        assert_eq!(day_from(now, shift(0, 0, 3600)), date(2026, 11, 23));
        assert_eq!(day_from(now, shift(0, 0, -3600)), date(2026, 11, 21));
        assert_eq!(day_from(now, shift(0, 0, -DAY)), date(2026, 11, 21));
        assert_eq!(moment_from(now, shift(0, 0, 1)), date(2026, 11, 23).at(0, 0, 0, 0));
    }

    #[test]
    fn the_end_of_the_calendar_is_an_end() {
        let now = date(2026, 1, 1).at(12, 0, 0, 0);
        let all = shift(i32::MAX, i32::MAX, i64::MAX);
        assert_eq!(day_from(now, all), Date::MAX);
        assert_eq!(moment_from(now, all), Date::MAX.at(23, 59, 59, 0));
        assert_eq!(day_from(now, shift(i32::MIN, i32::MIN, i64::MIN)), Date::MIN);
    }
}
