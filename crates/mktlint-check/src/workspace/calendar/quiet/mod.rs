//! `quiet_hours`: messages that reach somebody at a bad time.

mod show;
mod spot;
mod whereabouts;

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use mktlint_decide::Witness;
use mktlint_diag::Diagnostic;
use mktlint_measure::zones::{self, Zone};
use mktlint_plan::QuietHours;

use super::{Calendar, Clock, Covered, Send};
use crate::judge::Reason;
use show::Show;
use spot::{Spot, Spots};
pub use whereabouts::Countries;
use whereabouts::{Presence, Whereabouts};

/// Judges the calendar by quiet hours: each message once.
pub fn judge(calendar: &mut Calendar<'_, '_>, hours: &QuietHours, found: &mut Vec<Diagnostic>) {
    let mut judged = BTreeSet::new();
    for send in calendar.sends {
        let covered = send.covered(calendar.plan, &hours.head, hours.channels);
        if covered == Covered::No
            || !judged.insert((send.campaign, &send.message.channel, send.message.at, send.place()))
        {
            continue;
        }
        let show = Show { plan: calendar.plan, hours, send: *send };
        let heard = hear(calendar, hours, send);
        found.extend(match (heard, covered) {
            (Heard::Fine, _) => None,
            (Heard::Unknown(reason), _) => Some(show.unknown(reason)),
            (Heard::Quiet(quiet), Covered::Perhaps(reason)) => Some(show.doubt(&quiet, reason)),
            (Heard::Quiet(quiet), _) => Some(show.quiet(&quiet)),
        });
    }
}

/// What a message is to those who get it.
enum Heard {
    /// It comes at a good time.
    Fine,
    /// It comes in quiet hours.
    Quiet(Quiet),
    /// That cannot be said.
    Unknown(Reason),
}

/// A message in quiet hours.
pub struct Quiet {
    /// What the clock that counts shows.
    local: DateTime,
    /// Where, when that is not everywhere; who, as far as somebody is known; and the other such places.
    elsewhere: Option<Elsewhere>,
}

/// Where a message comes in quiet hours.
pub struct Elsewhere {
    /// Where it is worst.
    worst: Spot,
    /// Somebody there.
    witness: Option<Witness>,
    /// All places in order of country.
    spots: Vec<Spot>,
    /// The zone of the sender.
    sender: Zone,
    /// What its clocks show.
    planned: DateTime,
    /// The time of that day, nearest to the planned one, that is quiet for nobody.
    better: Option<DateTime>,
}

fn hear<'c>(calendar: &mut Calendar<'c, '_>, hours: &QuietHours, send: &Send<'c>) -> Heard {
    let local = match send.local() {
        Ok(local) if !hours.head.in_force_on(local.date()) => return Heard::Fine,
        Ok(_) => send.local_minute(),
        Err(reason) => Err(reason),
    };
    match (local, send.clock) {
        (Err(reason), _) => Heard::Unknown(reason),
        (Ok(local), clock) if !hours.recipient_time || matches!(clock, Clock::Recipient) => {
            if !spot::is_quiet(hours, local.time()) {
                return Heard::Fine;
            }
            match calendar.protects_some(send, local) {
                Ok(true) => Heard::Quiet(Quiet { local, elsewhere: None }),
                Ok(false) => Heard::Fine,
                Err(reason) => Heard::Unknown(reason),
            }
        }
        (Ok(_), Clock::Unknown(reason)) => Heard::Unknown(reason.clone()),
        (Ok(local), Clock::Zone(zone)) => {
            hear_elsewhere(calendar, hours, send, zone, local).unwrap_or_else(Heard::Unknown)
        }
        (Ok(_), Clock::Recipient) => Heard::Fine,
    }
}

/// Spots with somebody who can be there.
type Inhabited = (Vec<Spot>, Option<Witness>);

/// `spots` of one country with `somebody` who is there; where contacts say their time zone, only those in their `own`.
fn narrowed(
    spots: Vec<Spot>,
    somebody: Option<Witness>,
    own: Vec<(&Zone, Option<Witness>)>,
) -> Vec<Inhabited> {
    if own.is_empty() {
        return vec![(spots, somebody)];
    }
    let inhabited = |spot: Spot| {
        let (_, witness) = own.iter().find(|(zone, _)| zone.name() == spot.zone.name())?;
        Some((vec![spot], witness.clone().or_else(|| somebody.clone())))
    };
    spots.into_iter().filter_map(inhabited).collect()
}

/// What the message is to people in all the time zones in which they can be.
fn hear_elsewhere<'c>(
    calendar: &mut Calendar<'c, '_>,
    hours: &QuietHours,
    send: &Send<'c>,
    zone: &Zone,
    local: DateTime,
) -> Result<Heard, Reason> {
    let spots = Spots::at(hours, send.moment(zone, local)?);
    if spots.is_empty() {
        return Ok(Heard::Fine);
    }
    let whereabouts = Whereabouts::of(calendar, send, local);
    let mut sure = Vec::new();
    let mut doubt = None;
    for (country, spots) in spots.by_country() {
        match whereabouts.presence(calendar, country) {
            Presence::Nobody => {}
            Presence::Somebody(witness) => {
                let own = whereabouts.zones_in(calendar, country, zones::of_country(country));
                sure.extend(narrowed(spots, witness, own));
            }
            Presence::Unknown(reason) => doubt = doubt.or(Some(reason)),
        }
    }
    // Somebody whose country is known says more than one who may be anywhere, and hardly anybody lives in Antarctica.
    let rank = |(spots, witness): &Inhabited| {
        let is_there = witness.as_ref().is_some_and(|witness| whereabouts.is_placed(witness));
        let is_lonely = spots.first().is_some_and(|spot| spot.country == "AQ");
        (is_there, !is_lonely, spots.iter().map(|spot| spot.depth(hours)).max())
    };
    let Some(at) = (0..sure.len()).rev().max_by_key(|at| rank(&sure[*at])) else {
        return doubt.map_or(Ok(Heard::Fine), Err);
    };
    let witness = sure[at].1.clone();
    let worst = spot::deepest(&sure[at].0, hours);
    let spots: Vec<Spot> = sure.into_iter().flat_map(|(spots, _)| spots).collect();
    let better = spot::better(hours, &whereabouts.zones(calendar), zone, local);
    let elsewhere =
        worst.map(|worst| Elsewhere { worst, witness, spots, sender: zone.clone(), planned: local, better });
    Ok(Heard::Quiet(Quiet { local: elsewhere.as_ref().map_or(local, |it| it.worst.local), elsewhere }))
}
