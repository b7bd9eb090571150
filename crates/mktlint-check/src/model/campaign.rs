//! What the pass over all assets needs to know of a campaign.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil;
use mktlint_decide::Value;
use mktlint_diag::Place;
use mktlint_text::Span;
use smol_str::SmolStr;

use super::facts::TierFact;

/// A campaign that a manifest declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignFact {
    /// Its id.
    pub id: SmolStr,
    /// Where the manifest says it.
    pub place: Place,
    /// The tier that its content gives it.
    pub tier: TierFact,
    /// Whom it is sent to: everyone of these. Empty when the manifest does not say.
    pub audience: Vec<AudienceFact>,
    /// Its channels, in order; `None` when the manifest does not say, or not in words that the policy knows.
    pub channels: Option<Vec<SmolStr>>,
    /// The countries where it is seen, and where the manifest says so; `None` as for channels.
    pub regions: Option<(Vec<SmolStr>, Place)>,
    /// Its messages: those that the manifest lists under `sends`, else one on each channel.
    pub sends: Vec<SendFact>,
    /// When the first message is sent; of a day alone its start. `None` when the manifest does not say.
    pub send_at: Option<civil::DateTime>,
    /// Where times of sending are meant: `Europe/Berlin`, and where the manifest says so.
    pub time_zone: Option<(SmolStr, Place)>,
    /// Whether times of sending are those of whoever gets it, wherever that is: `send_in: recipient_time`.
    pub recipient_time: bool,
    /// The fields that conditions on people can test, as `campaign.purpose`, in the order of the schema. Empty when no
    /// declaration speaks of people.
    pub values: Vec<(SmolStr, CampaignValue)>,
    /// Whether the `unless` of a cap or of quiet hours holds, by full name, in order; only of those that have one.
    pub unless: Vec<UnlessFact>,
}

/// A message, or the same one to many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendFact {
    /// Its channel; `None` when the manifest does not say.
    pub channel: Option<SmolStr>,
    /// When; `None` when the manifest does not say. Of a day alone its start.
    pub at: Option<civil::DateTime>,
    /// Whether the manifest gives a day without a time.
    pub is_day: bool,
    /// Where the manifest says when; else where it says its id.
    pub place: Place,
}

/// One value of `audience`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AudienceFact {
    /// The channel whose messages it gets, when the manifest says it for each: `audience: {email: vip, sms: texters}`;
    /// of `None` those on every channel.
    pub channel: Option<SmolStr>,
    /// Where the manifest says it.
    pub place: Place,
    /// What it says.
    pub whom: Whom,
}

/// How a manifest says whom it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// `vip`: the name of an audience, whole or its last words.
    Name(SmolStr),
    /// `country in EU and stage == customer`: a condition as policies write it; see [`crate::Inputs::segments`]. A table
    /// of conditions is turned into one.
    Condition(SmolStr),
    /// A table that is no segment: where it goes wrong, what is wrong, and what to write.
    Wrong(Span, String, String),
}

/// A field of a campaign as a value that conditions on people test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CampaignValue {
    /// The manifest gives it.
    Given(Value),
    /// It can be left out, and is.
    Missing,
    /// It is needed and not there, or not what it must be: words that follow "needs a person: ", and what to write.
    Unknown(String, Option<String>),
}

/// Whether the `unless` of a declaration holds for a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnlessFact {
    /// The full name of the declaration.
    pub rule: SmolStr,
    /// Whether it holds; else which input is missing, to follow "needs a person: ".
    pub holds: Result<bool, String>,
}

impl CampaignFact {
    /// Whether the `unless` of `rule` holds; a declaration without one never does.
    pub fn unless(&self, rule: &str) -> Result<bool, &str> {
        match self.unless.iter().find(|fact| fact.rule == rule) {
            Some(fact) => fact.holds.as_ref().copied().map_err(String::as_str),
            None => Ok(false),
        }
    }

    /// Whom messages on `channel` are sent to; of `None` everyone who is named.
    pub fn audience_on(&self, channel: Option<&str>) -> impl Iterator<Item = &AudienceFact> {
        self.audience.iter().filter(move |named| {
            named.channel.is_none() || channel.is_none() || named.channel.as_deref() == channel
        })
    }

    /// When its messages on `channel` (on any, of `None`) are sent, in order, each time with the channels of those
    /// messages; `None` when nobody knows these. Once, as [`CampaignFact::now`] has it, when there are no such messages.
    pub fn moments<'a>(
        &'a self,
        channel: Option<&'a str>,
        today: civil::DateTime,
    ) -> BTreeMap<civil::DateTime, Option<BTreeSet<&'a str>>> {
        let mut moments: BTreeMap<civil::DateTime, Option<BTreeSet<&str>>> = BTreeMap::new();
        for send in &self.sends {
            let own = send.channel.as_deref();
            if own.is_some() && channel.is_some() && own != channel {
                continue;
            }
            let known: Option<BTreeSet<&str>> = match (channel.or(own), &self.channels) {
                (Some(one), _) => Some(BTreeSet::from([one])),
                (None, Some(all)) if !all.is_empty() => Some(all.iter().map(SmolStr::as_str).collect()),
                (None, _) => None,
            };
            let at = send.at.unwrap_or_else(|| self.now(today));
            let channels = moments.entry(at).or_insert_with(|| Some(BTreeSet::new()));
            *channels = channels.take().zip(known).map(|(channels, known)| &channels | &known);
        }
        if moments.is_empty() {
            moments.insert(self.now(today), channel.map(|channel| BTreeSet::from([channel])));
        }
        moments
    }

    /// The value of `campaign.purpose`; `None` when no schema has it.
    pub fn value(&self, attribute: &str) -> Option<&CampaignValue> {
        self.values.iter().find(|(name, _)| name == attribute).map(|(_, value)| value)
    }

    /// The moment that conditions on people are judged at: when it is sent, else `today`.
    pub fn now(&self, today: civil::DateTime) -> civil::DateTime {
        self.send_at.unwrap_or(today)
    }
}
