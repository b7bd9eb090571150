//! Where it is quiet at a moment.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use mktlint_measure::zones::{self, Zone};
use mktlint_plan::QuietHours;

/// A time zone of a country, at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// By ISO 3166 code.
    pub country: &'static str,
    /// The zone.
    pub zone: &'static Zone,
    /// What its clocks show.
    pub local: DateTime,
}

/// Whether `time` is inside of `hours`: from their first minute to just before their last. Never when both are one.
pub fn is_quiet(hours: &QuietHours, time: Time) -> bool {
    match hours.from <= hours.to {
        true => hours.from <= time && time < hours.to,
        false => hours.from <= time || time < hours.to,
    }
}

impl Spot {
    /// How many minutes its local time is away from where quiet hours start and end.
    pub fn depth(&self, hours: &QuietHours) -> i32 {
        let minutes = |time: Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
        let apart = |one: Time, other: Time| (minutes(one) - minutes(other)).rem_euclid(24 * 60);
        let time = self.local.time();
        apart(time, hours.from).min(apart(hours.to, time))
    }
}

/// The spot that is farthest inside of `hours`; of several the first.
pub fn deepest(spots: &[Spot], hours: &QuietHours) -> Option<Spot> {
    spots.iter().rev().max_by_key(|spot| spot.depth(hours)).copied()
}

/// The spots where it is quiet at one moment.
#[derive(Debug)]
pub struct Spots(BTreeMap<&'static str, Vec<Spot>>);

impl Spots {
    /// Where it is inside of `hours` at `moment`, all over the world.
    pub fn at(hours: &QuietHours, moment: Timestamp) -> Self {
        let mut spots: BTreeMap<&str, Vec<Spot>> = BTreeMap::new();
        for (country, zones) in zones::countries() {
            for zone in zones {
                let local = zone.local(moment);
                if is_quiet(hours, local.time()) {
                    spots.entry(country).or_default().push(Spot { country, zone, local });
                }
            }
        }
        Self(spots)
    }

    /// Whether it is quiet nowhere.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The spots of each country, in order of its code.
    pub fn by_country(self) -> impl Iterator<Item = (&'static str, Vec<Spot>)> {
        self.0.into_iter()
    }
}

/// The quarter of an hour of the day of `planned` that is the nearest to it, of two the earlier, at which it is quiet in
/// none of `recipients`, as the clocks of `sender` show it.
pub fn better(
    hours: &QuietHours,
    recipients: &[&Zone],
    sender: &Zone,
    planned: DateTime,
) -> Option<DateTime> {
    let quarters =
        (0..24).flat_map(|hour| [0, 15, 30, 45].map(|minute| planned.date().at(hour, minute, 0, 0)));
    let mut quarters: Vec<DateTime> = quarters.collect();
    let apart = |at: &DateTime| at.duration_until(planned).abs();
    quarters.sort_by_key(apart);
    // Most zones go with others all day. Those that change their clocks on this day may not, so all are asked in the end.
    let of_day =
        |zone: &&Zone| [quarters.first(), quarters.last()].map(|at| Some(zone.local(sender.moment(*at?)?)));
    let sample: BTreeMap<_, &Zone> = recipients.iter().map(|zone| (of_day(zone), *zone)).collect();
    quarters.iter().copied().find(|at| {
        let Some(moment) = sender.moment(*at) else { return false };
        let is_good = |zone: &Zone| !is_quiet(hours, zone.local(moment).time());
        sample.values().all(|zone| is_good(zone)) && recipients.iter().all(|zone| is_good(zone))
    })
}
