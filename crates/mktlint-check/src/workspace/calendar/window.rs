//! Windows of time that slide over a calendar.

use std::ops::Range;

use jiff::Span;
use jiff::civil::{DateTime, Time};
use mktlint_hir::model::expr::Length;

/// Whether windows of length `per` count whole days of the calendar: of `7 days`, not of `36 hours`.
pub fn is_by_days(per: Length) -> bool {
    per.seconds == 0
}

/// Where `at` stands on a calendar for windows of length `per`: the start of its day when they count days.
pub fn position(at: DateTime, per: Length) -> DateTime {
    if is_by_days(per) { at.date().to_datetime(Time::midnight()) } else { at }
}

/// The first position that is no longer in a window with one that starts at `start`. `None` when that lies beyond the
/// calendar.
pub fn end(start: DateTime, per: Length) -> Option<DateTime> {
    let days = Span::new().try_months(per.months).ok()?.try_days(per.days).ok()?;
    let seconds = Span::new().try_seconds(per.seconds).ok()?;
    start.checked_add(days).ok()?.checked_add(seconds).ok()
}

/// The largest runs of `positions` (in order) that one window of length `per` holds. A window is half open: with
/// `per 7 days` something on day `d` shares one with day `d + 6` and none with day `d + 7`.
///
/// Only runs that are part of no other are given, in order; everything is in one at least.
pub fn windows(positions: &[DateTime], per: Length) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut last = 0;
    for (first, start) in positions.iter().enumerate() {
        let end = end(*start, per);
        last = last.max(first + 1);
        while positions.get(last).is_some_and(|at| end.is_none_or(|end| *at < end)) {
            last += 1;
        }
        if found.last().is_none_or(|window| window.end < last) {
            found.push(first..last);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(per: Length, moments: &[&str], expected: &[(usize, usize)]) {
        let moments = moments.iter().map(|at| at.parse::<DateTime>().expect("a moment"));
        let positions: Vec<DateTime> = moments.map(|at| position(at, per)).collect();
        let found = windows(&positions, per).into_iter().map(|window| (window.start, window.end));
        assert_eq!(found.collect::<Vec<_>>(), expected, "{positions:?}");
    }

    fn days(days: i32) -> Length {
        Length { days, ..Length::default() }
    }

    fn hours(hours: i64) -> Length {
        Length { seconds: hours * 3600, ..Length::default() }
    }

    #[test]
    fn the_seventh_day_after_is_another_week() {
        check(days(7), &["2026-11-02T23:00", "2026-11-08T00:00"], &[(0, 2)]);
        check(days(7), &["2026-11-02T23:00", "2026-11-09T00:00"], &[(0, 1), (1, 2)]);
        check(days(1), &["2026-11-02T00:00", "2026-11-02T23:59", "2026-11-03T00:00"], &[(0, 2), (2, 3)]);
    }

    #[test]
    fn hours_are_counted_exactly() {
        check(hours(24), &["2026-11-02T09:00", "2026-11-03T08:59"], &[(0, 2)]);
        check(hours(24), &["2026-11-02T09:00", "2026-11-03T09:00"], &[(0, 1), (1, 2)]);
    }

    #[test]
    fn months_end_with_the_month() {
        let month = Length { months: 1, ..Length::default() };
        // A month from January 31 ends before February 28.
        check(month, &["2027-01-31T09:00", "2027-02-27T09:00", "2027-02-28T09:00"], &[(0, 2), (1, 3)]);
        check(month, &["2027-01-15T09:00", "2027-02-14T09:00", "2027-02-15T09:00"], &[(0, 2), (1, 3)]);
    }

    #[test]
    fn windows_inside_others_are_left_out() {
        let days_of = ["2026-11-01T09:00", "2026-11-03T09:00", "2026-11-05T09:00", "2026-11-09T09:00"];
        check(days(7), &days_of, &[(0, 3), (1, 4)]);
        check(days(7), &days_of[..3], &[(0, 3)]);
        check(days(7), &[], &[]);
    }

    #[test]
    fn the_end_of_the_calendar_is_no_trouble() {
        check(days(i32::MAX), &["2026-11-01T09:00", "9999-12-31T09:00"], &[(0, 2)]);
        check(hours(1), &["9999-12-31T23:30", "9999-12-31T23:59"], &[(0, 2)]);
    }
}
