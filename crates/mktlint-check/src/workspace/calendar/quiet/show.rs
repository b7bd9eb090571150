//! What is said of messages in quiet hours.

use std::collections::BTreeSet;

use mktlint_diag::Diagnostic;
use mktlint_plan::{Plan, QuietHours};

use super::super::{Send, words};
use super::{Elsewhere, Quiet};
use crate::judge::{Reason, undecided};

/// Quiet hours and a message.
#[derive(Clone, Copy, Debug)]
pub struct Show<'a> {
    pub plan: &'a Plan,
    pub hours: &'a QuietHours,
    pub send: Send<'a>,
}

impl Show<'_> {
    /// It comes in quiet hours.
    pub fn quiet(self, quiet: &Quiet) -> Diagnostic {
        let place = self.send.place().clone();
        let mut found = words::finding(self.plan, &self.hours.head, place, self.message(quiet));
        found.primary.text = self.sent(quiet);
        self.add_people(&mut found, quiet);
        found.help.push(self.repair(quiet));
        if quiet.elsewhere.is_some() {
            for audience in self.send.fact.audience_on(self.send.message.channel.as_deref()) {
                found = found.also_at(audience.place.clone(), "can include people there");
            }
        }
        found.also_at(self.plan.place(self.hours.hours_place), "quiet hours")
    }

    /// It comes in quiet hours, if they count.
    pub fn doubt(self, quiet: &Quiet, reason: Reason) -> Diagnostic {
        let words = format!("{}, and {}", self.message(quiet), reason.words);
        let mut found = self.unknown(Reason { words, ..reason });
        self.add_people(&mut found, quiet);
        found
    }

    /// Whether it comes in quiet hours has no answer.
    pub fn unknown(self, reason: Reason) -> Diagnostic {
        undecided(self.plan, &self.hours.head, self.send.place().clone(), reason)
    }

    /// `20:00 to 08:00`
    fn hours(self) -> String {
        format!("{} to {}", words::clock(self.hours.from), words::clock(self.hours.to))
    }

    fn message(self, quiet: &Quiet) -> String {
        let (time, hours) = (words::clock(quiet.local.time()), self.hours());
        match &quiet.elsewhere {
            Some(Elsewhere { worst, .. }) => {
                format!("in {} it is {time} then, inside the quiet hours {hours}", worst.zone.name())
            }
            None if self.hours.recipient_time => {
                format!("everybody gets it at {time} of their own time, inside the quiet hours {hours}")
            }
            None => format!("it is sent at {time}, inside the quiet hours {hours}"),
        }
    }

    /// What the sender's clock shows.
    fn sent(self, quiet: &Quiet) -> String {
        let Some(Elsewhere { sender, planned, .. }) = &quiet.elsewhere else { return String::new() };
        format!("{} in {}", words::clock(planned.time()), sender.name())
    }

    fn add_people(self, found: &mut Diagnostic, quiet: &Quiet) {
        let Some(Elsewhere { worst, witness, spots, .. }) = &quiet.elsewhere else { return };
        if let Some(witness) = witness {
            found.notes.push(words::example(self.plan, witness, worst.local));
        }
        if spots.len() > 1 {
            let countries: BTreeSet<&str> = spots.iter().map(|spot| spot.country).collect();
            let countries: Vec<String> = countries.into_iter().map(str::to_owned).collect();
            found.notes.push(format!(
                "it is quiet then in {} time zones of {}",
                spots.len(),
                words::list(&countries)
            ));
        }
    }

    fn repair(self, quiet: &Quiet) -> String {
        let Some(Elsewhere { sender, better, .. }) = &quiet.elsewhere else {
            return format!("send it at {} or later", words::clock(self.hours.to));
        };
        let local = "write `send_in: recipient_time`, so that everybody gets it by their own clock";
        match better {
            Some(at) => format!("send it at {} {}, or {local}", words::clock(at.time()), sender.name()),
            None => format!("no time of that day is good everywhere: {local}"),
        }
    }
}
