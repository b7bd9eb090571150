//! How work flows: what manifests stamp, what results say, what history and decisions show.

mod decisions;
mod gather;
mod judge;
mod owners;
mod results;
mod traces;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

pub use gather::{Asked, Gathered, gather};
pub(crate) use judge::judge;

/// The last moment of `day` on any clock on earth: what lies behind it has not happened yet, wherever it was written.
pub fn end_of(day: Date) -> Timestamp {
    let midnight = day.tomorrow().unwrap_or(day).at(0, 0, 0, 0);
    let utc = TimeZone::UTC.to_timestamp(midnight).unwrap_or(Timestamp::MAX);
    utc.checked_add(SignedDuration::from_hours(12)).unwrap_or(Timestamp::MAX)
}
