//! Moments as manifests and result files write them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use mktlint_measure::date::{parse_date, parse_datetime};

/// Reads `2026-11-03`, `2026-11-03T10:00`, `2026-11-03T10:00Z`, `2026-11-03T10:00+01:00`; `None` of anything else.
///
/// A day stands for its start, and a time without a zone is one of UTC: where people sit is not known here, and the
/// same file must mean the same on every machine.
pub fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    match parse_date(text) {
        Ok(date) => utc(date.at(0, 0, 0, 0)),
        Err(_) => {
            let local = parse_datetime(text).ok()?;
            text.parse().ok().or_else(|| utc(local))
        }
    }
}

/// `local` on the clock of UTC.
pub(crate) fn utc(local: DateTime) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(local).ok()
}

/// The day of `at` on the calendar of UTC: `2026-11-03`.
pub(crate) fn day(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).date().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        moment(text).map(|at| at.to_string())
    }

    #[test]
    fn days_and_times_without_a_zone_are_of_utc() {
        assert_eq!(read("2026-11-03").as_deref(), Some("2026-11-03T00:00:00Z"));
        assert_eq!(read("2026-11-03T10:00").as_deref(), Some("2026-11-03T10:00:00Z"));
        assert_eq!(read(" 2026-11-03 10:00 ").as_deref(), Some("2026-11-03T10:00:00Z"));
        assert_eq!(read("2026-11-03T10:00Z").as_deref(), Some("2026-11-03T10:00:00Z"));
    }

    #[test]
    fn an_offset_counts() {
        assert_eq!(read("2026-11-03T10:00+01:00").as_deref(), Some("2026-11-03T09:00:00Z"));
        assert_eq!(read("2026-11-03T23:30:00-08:00").as_deref(), Some("2026-11-04T07:30:00Z"));
    }

    #[test]
    fn anything_else_is_no_moment() {
        for text in ["", "soon", "2026-13-01", "2026-11-03T25:00", "20261103", "3.11.2026", "2026-11-03T10"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
