//! A message as the calendar sees it.

use jiff::Timestamp;
use jiff::civil::DateTime;
use mktlint_diag::{Place, closest};
use mktlint_measure::zones::{self, Zone};
use mktlint_plan::{Head, Plan, Seq, StrId};

use super::Campaign;
use crate::judge::Reason;
use crate::{CampaignFact, SendFact};

/// A message of a campaign.
#[derive(Clone, Copy, Debug)]
pub struct Send<'a> {
    /// The number of its campaign.
    pub campaign: usize,
    /// Its campaign.
    pub fact: &'a CampaignFact,
    /// What the manifest says of it.
    pub message: &'a SendFact,
    /// Which clocks show its time.
    pub clock: &'a Clock,
}

/// Channels that nobody is sent anything on; who comes by sees it.
const PUBLIC: [&str; 4] = ["blog", "web", "social", "ads"];

/// Whether nobody is sent anything on `channel`.
pub fn is_public(channel: &str) -> bool {
    PUBLIC.contains(&channel)
}

/// By whose clock a campaign is sent.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The sender's, in this time zone: everybody at once.
    Zone(Zone),
    /// The recipient's: everybody when their own clock shows it.
    Recipient,
    /// Nobody says; what is missing.
    Unknown(Reason),
}

/// Whether a declaration speaks of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Covered {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// That cannot be said, for this reason.
    Perhaps(Reason),
}

impl Clock {
    /// The clock of a campaign.
    pub fn of(fact: &CampaignFact) -> Self {
        if fact.recipient_time {
            return Self::Recipient;
        }
        let Some((name, _)) = &fact.time_zone else {
            return Self::Unknown(Reason {
                words: "the manifest does not say in which time zone `send_at` is meant".to_owned(),
                help: Some("write `time_zone: America/New_York`, or `send_in: recipient_time`".to_owned()),
                said: None,
            });
        };
        match Zone::find(name) {
            Some(zone) => Self::Zone(zone),
            None => Self::Unknown(Reason {
                words: format!("`{name}` is no time zone"),
                help: Some(
                    match closest(
                        name,
                        zones::countries().flat_map(|(_, zones)| zones.iter().map(Zone::name)),
                    ) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "write a name of the tz database such as `Europe/Berlin`".to_owned(),
                    },
                ),
                said: None,
            }),
        }
    }
}

impl<'a> Send<'a> {
    /// All messages of `campaigns`, in order.
    pub fn all(campaigns: &'a [Campaign<'a>]) -> Vec<Self> {
        let of = |(number, campaign): (usize, &'a Campaign<'a>)| {
            let Campaign { fact, clock, .. } = campaign;
            fact.sends.iter().map(move |message| Self { campaign: number, fact, message, clock })
        };
        campaigns.iter().enumerate().flat_map(of).collect()
    }

    /// Where the manifest says when it is sent.
    pub fn place(&self) -> &'a Place {
        &self.message.place
    }

    /// What clocks show when it is sent.
    ///
    /// # Errors
    /// When the manifest does not say.
    pub fn local(&self) -> Result<DateTime, Reason> {
        self.message.at.ok_or_else(|| Reason {
            words: format!("`{}` does not say when it is sent", self.fact.id),
            help: Some("write `send_at: 2026-11-27T09:00`".to_owned()),
            said: None,
        })
    }

    /// What clocks show when it is sent, to the minute.
    ///
    /// # Errors
    /// When the manifest says no day, or a day alone.
    pub fn local_minute(&self) -> Result<DateTime, Reason> {
        let local = self.local()?;
        match self.message.is_day {
            false => Ok(local),
            true => Err(Reason {
                words: format!("`{}` does not say at what time it is sent", self.fact.id),
                help: Some(format!("write the time behind the day, as in `{}T09:00`", local.date())),
                said: None,
            }),
        }
    }

    /// The moment at which `zone` shows `local`.
    ///
    /// # Errors
    /// Near the year 10 000.
    pub fn moment(&self, zone: &Zone, local: DateTime) -> Result<Timestamp, Reason> {
        zone.moment(local).ok_or_else(|| format!("{local} is beyond the calendar").into())
    }

    /// Whether the declaration with `head` on `channels` (all on which something is sent to people, when empty) speaks
    /// of it, apart from days.
    pub fn covered(&self, plan: &Plan, head: &Head, channels: Seq<StrId>) -> Covered {
        let on = |channel: &str| match channels.is_empty() {
            true => !is_public(channel),
            false => plan.strs(channels).any(|named| named == channel),
        };
        let by_channel = match &self.message.channel {
            Some(channel) if !on(channel) => return Covered::No,
            None => Covered::Perhaps(Reason {
                words: format!("`{}` does not say on which channel it is sent", self.fact.id),
                help: Some("write `channel: email`".to_owned()),
                said: None,
            }),
            _ => Covered::Yes,
        };
        match self.fact.unless(plan.str(head.name)) {
            Ok(true) => Covered::No,
            Ok(false) => by_channel,
            Err(words) => Covered::Perhaps(words.to_owned().into()),
        }
    }
}
