//! Which messages a cap counts.

use jiff::civil::DateTime;
use mktlint_decide::People;
use mktlint_plan::Cap;

use super::super::{Calendar, Clock, Covered, Send, window, words};
use crate::judge::Reason;

/// A message that a cap counts.
#[derive(Clone, Debug)]
pub struct Counted<'a> {
    /// The message.
    pub send: Send<'a>,
    /// What clocks show when it is sent.
    pub local: DateTime,
    /// Where it stands on the calendar.
    pub position: DateTime,
    /// Who gets it; everybody when that cannot be said.
    pub people: People,
    /// Why it may not count after all, or not for these people.
    pub doubt: Option<Reason>,
}

/// A message that counts, but nobody knows when.
#[derive(Clone, Debug)]
pub struct Unplaced<'a> {
    /// The message.
    pub send: Send<'a>,
    /// What is missing.
    pub reason: Reason,
}

/// The messages that `cap` counts, in order of time; and those whose time is not known.
pub fn count<'c>(calendar: &mut Calendar<'c, '_>, cap: &Cap) -> (Vec<Counted<'c>>, Vec<Unplaced<'c>>) {
    let plan = calendar.plan;
    let covered = calendar.sends.iter().map(|send| (send, send.covered(plan, &cap.head, cap.channels)));
    let covered: Vec<(&Send<'c>, Covered)> = covered.filter(|(_, covered)| *covered != Covered::No).collect();
    let clocks = Clocks::of(covered.iter().map(|(send, _)| *send), cap);
    let (mut counted, mut unplaced) = (Vec::new(), Vec::new());
    for (send, covered) in covered {
        let (local, position) = match clocks.placed(send, cap) {
            Ok(placed) => placed,
            Err(reason) => {
                unplaced.push(Unplaced { send: *send, reason });
                continue;
            }
        };
        if cap.head.in_force_on(local.date()) {
            let (people, doubt) = audience(calendar, send, local);
            let doubt = if let Covered::Perhaps(reason) = covered { Some(reason) } else { doubt };
            counted.push(Counted { send: *send, local, position, people, doubt });
        }
    }
    counted.sort_by_key(|it| (it.position, it.local, &it.send.fact.id, it.send.place()));
    (counted, unplaced)
}

/// Who gets `send`; everybody, with the reason, when that cannot be said.
fn audience(calendar: &mut Calendar<'_, '_>, send: &Send<'_>, local: DateTime) -> (People, Option<Reason>) {
    match calendar.audience(send, local) {
        Ok(people) => (people, None),
        Err(problem) => {
            let whom = format!("who gets `{}`", send.fact.id);
            (calendar.everybody(), Some(words::reason(&problem, &whom)))
        }
    }
}

/// How the times of messages are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clocks {
    /// By what clocks show. Windows of days are those of the calendar on the wall; and where no campaign says its time
    /// zone, all are sent by one clock.
    Wall,
    /// By moments, since some campaigns say their time zone.
    Moments,
}

impl Clocks {
    fn of<'a>(mut sends: impl Iterator<Item = &'a Send<'a>>, cap: &Cap) -> Self {
        let is_zoned = !window::is_by_days(cap.per) && sends.any(|send| matches!(send.clock, Clock::Zone(_)));
        if is_zoned { Self::Moments } else { Self::Wall }
    }

    /// What clocks show when `send` is sent, and its position on the calendar.
    fn placed(self, send: &Send<'_>, cap: &Cap) -> Result<(DateTime, DateTime), Reason> {
        if window::is_by_days(cap.per) {
            let local = send.local()?;
            return Ok((local, window::position(local, cap.per)));
        }
        let local = send.local_minute()?;
        match (self, send.clock) {
            (Self::Wall, _) => Ok((local, local)),
            (Self::Moments, Clock::Zone(zone)) => {
                Ok((local, jiff::tz::TimeZone::UTC.to_datetime(send.moment(zone, local)?)))
            }
            (Self::Moments, Clock::Unknown(reason)) => Err(reason.clone()),
            (Self::Moments, Clock::Recipient) => Err(everywhere(cap)),
        }
    }
}

fn everywhere(cap: &Cap) -> Reason {
    let per = words::length(cap.per);
    Reason {
        words: "it is sent at another moment in each time zone, while others are sent at once".to_owned(),
        help: Some(format!("count days instead of {per}, or send all in the recipients' time")),
        said: None,
    }
}
