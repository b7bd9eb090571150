//! Time zones: what a clock shows there, and which ones a country has.
//!
//! Rules of time zones are those of the IANA database that is compiled in, so the machine has no say.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use smol_str::SmolStr;

/// `country,zone`, see `stdlib/data/SOURCE.md`.
static TABLE: &str = include_str!("../../../stdlib/data/zones.csv");

/// A time zone of the IANA database.
#[derive(Clone, Debug)]
pub struct Zone {
    name: SmolStr,
    zone: TimeZone,
}

impl Zone {
    /// The zone `name`, in any case: `Europe/Berlin`, `UTC`. Abbreviations such as `PST` are none, since several zones
    /// share them.
    pub fn find(name: &str) -> Option<Self> {
        // Old names such as `EST` and `MST7MDT` have no summer time, or another than people think.
        if !name.contains('/') && !name.eq_ignore_ascii_case("UTC") {
            return None;
        }
        let zone = database().get(name).ok()?;
        Some(Self { name: zone.iana_name()?.into(), zone })
    }

    /// Its name as the database spells it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When its clocks show `local`. Of two such moments the first; a time that the clocks jump over is read with the
    /// offset from before the jump, so it is as long after the jump as it claims to be. `None` near the year 10 000.
    pub fn moment(&self, local: DateTime) -> Option<Timestamp> {
        self.zone.to_ambiguous_timestamp(local).compatible().ok()
    }

    /// What its clocks show at `moment`.
    pub fn local(&self, moment: Timestamp) -> DateTime {
        self.zone.to_datetime(moment)
    }
}

/// The zones of a country by its ISO 3166 code in capitals, the most populous first; empty for codes that are none and
/// for islands that nobody lives on (`BV`, `HM`).
///
/// Source: `zone.tab` of tzdata 2025b.
pub fn of_country(code: &str) -> &'static [Zone] {
    table().get(code).map_or(&[], Vec::as_slice)
}

/// Every country that has a zone, with its zones, in order of code.
pub fn countries() -> impl Iterator<Item = (&'static str, &'static [Zone])> {
    table().iter().map(|(code, zones)| (*code, zones.as_slice()))
}

fn table() -> &'static BTreeMap<&'static str, Vec<Zone>> {
    static ZONES: OnceLock<BTreeMap<&str, Vec<Zone>>> = OnceLock::new();
    ZONES.get_or_init(|| {
        let mut zones: BTreeMap<&str, Vec<Zone>> = BTreeMap::new();
        for (country, name) in rows() {
            zones.entry(country).or_default().extend(Zone::find(name));
        }
        zones
    })
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().skip(1).filter_map(|row| row.split_once(','))
}

fn database() -> &'static TimeZoneDatabase {
    static DATABASE: OnceLock<TimeZoneDatabase> = OnceLock::new();
    DATABASE.get_or_init(TimeZoneDatabase::bundled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::find(name).expect("the database has it")
    }

    fn check_moment(name: &str, local: &str, expected: &str) {
        let moment = zone(name).moment(local.parse().expect("a local time"));
        assert_eq!(moment.map(|it| it.to_string()).as_deref(), Some(expected), "{name} {local}");
    }

    #[test]
    fn clocks_that_jump_forward() {
        // In New York 02:00 EST (UTC-5) is 03:00 EDT (UTC-4): half past two is read as EST, so it is 07:30 UTC.
        check_moment("America/New_York", "2027-03-14T01:59:59", "2027-03-14T06:59:59Z");
        check_moment("America/New_York", "2027-03-14T02:30:00", "2027-03-14T07:30:00Z");
        check_moment("America/New_York", "2027-03-14T03:00:00", "2027-03-14T07:00:00Z");
        let shown = zone("America/New_York").local("2027-03-14T07:30:00Z".parse().expect("a moment"));
        assert_eq!(shown.to_string(), "2027-03-14T03:30:00");
    }

    #[test]
    fn clocks_that_fall_back() {
        // In Berlin half past two comes twice, in summer time (UTC+2) first.
        check_moment("Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T00:30:00Z");
        check_moment("Europe/Berlin", "2026-10-25T03:00:00", "2026-10-25T02:00:00Z");
        let again = zone("Europe/Berlin").local("2026-10-25T01:30:00Z".parse().expect("a moment"));
        assert_eq!(again.to_string(), "2026-10-25T02:30:00");
    }

    #[test]
    fn zones_far_from_full_hours() {
        check_moment("Asia/Kathmandu", "2026-12-01T09:00:00", "2026-12-01T03:15:00Z");
        // Samoa is a day ahead of American Samoa, across the date line.
        check_moment("Pacific/Apia", "2026-12-02T09:00:00", "2026-12-01T20:00:00Z");
        check_moment("Pacific/Pago_Pago", "2026-12-01T09:00:00", "2026-12-01T20:00:00Z");
    }

    #[test]
    fn what_is_no_zone() {
        assert_eq!(zone("europe/berlin").name(), "Europe/Berlin");
        assert_eq!(zone("utc").name(), "UTC");
        for name in ["", "PST", "EST", "Europe/Berlino", "+02:00", "/", "../etc/localtime", "Berlin"] {
            assert!(Zone::find(name).is_none(), "{name}");
        }
    }

    #[test]
    fn moments_outside_of_the_calendar_are_none() {
        assert_eq!(zone("America/New_York").moment(DateTime::MAX), None);
        assert_eq!(zone("Asia/Tokyo").moment(DateTime::MIN), None);
    }

    #[test]
    fn every_row_names_a_zone_of_the_database() {
        let unknown: Vec<&str> =
            rows().map(|(_, name)| name).filter(|name| Zone::find(name).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        assert_eq!(rows().count(), 418);
        assert_eq!(countries().count(), 247);
    }

    #[test]
    fn zones_of_countries() {
        let names = |code| of_country(code).iter().map(Zone::name).collect::<Vec<_>>();
        assert_eq!(names("ES"), ["Europe/Madrid", "Africa/Ceuta", "Atlantic/Canary"]);
        assert_eq!(names("GB"), ["Europe/London"]);
        assert_eq!(of_country("US").len(), 29);
        assert_eq!(names("US").last(), Some(&"Pacific/Honolulu"));
        assert!(names("BV").is_empty() && names("us").is_empty());
    }
}
