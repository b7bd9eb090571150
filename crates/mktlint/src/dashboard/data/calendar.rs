//! What is sent when, and where that is too much for somebody.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use mktlint_check::{FileFacts, SendFact};
use mktlint_plan::Plan;
use smol_str::SmolStr;

use super::campaigns::Campaign;
use super::findings::{Finding, Standing};

/// What is sent on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// How many messages on each channel, in order; without a channel under an empty word.
    pub channels: BTreeMap<SmolStr, usize>,
    /// The campaigns, in order.
    pub campaigns: BTreeSet<SmolStr>,
    /// Whether one of the messages is among too many for somebody.
    pub is_over: bool,
}

impl Day {
    /// How many messages.
    pub fn total(&self) -> usize {
        self.channels.values().sum()
    }
}

/// The days of a month on which something is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// In order.
    pub days: BTreeMap<Date, Day>,
}

/// A cap that would be broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Over {
    /// The cap.
    pub rule: SmolStr,
    /// The campaign whose message is the last of too many.
    pub campaign: SmolStr,
    /// What is wrong.
    pub message: String,
}

/// All messages of all campaigns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// In order; only months in which something is sent.
    pub months: Vec<Month>,
    /// The caps that would be broken.
    pub over: Vec<Over>,
    /// How many messages have no day.
    pub n_undated: usize,
}

impl Calendar {
    /// The calendar of the campaigns of `facts`; `campaigns` know what was found of caps.
    pub fn new(facts: &[FileFacts], campaigns: &[Campaign], plan: &Plan) -> Self {
        let caps: BTreeSet<&str> = plan.people.caps.iter().map(|cap| plan.str(cap.head.name)).collect();
        let mut calendar = Self { over: over(campaigns, &caps), ..Self::default() };
        let mut days: BTreeMap<Date, Day> = BTreeMap::new();
        for fact in facts.iter().flat_map(|facts| &facts.campaigns) {
            let is_over = calendar.over.iter().any(|over| over.campaign == fact.id);
            for send in &fact.sends {
                match send.at {
                    Some(at) => days.entry(at.date()).or_default().add(send, &fact.id, is_over),
                    None => calendar.n_undated += 1,
                }
            }
        }
        for (date, day) in days {
            let first = date.first_of_month();
            match calendar.months.last_mut().filter(|month| month.first == first) {
                Some(month) => _ = month.days.insert(date, day),
                None => calendar.months.push(Month { first, days: BTreeMap::from([(date, day)]) }),
            }
        }
        calendar
    }
}

impl Day {
    fn add(&mut self, send: &SendFact, campaign: &SmolStr, is_over: bool) {
        *self.channels.entry(send.channel.clone().unwrap_or_default()).or_insert(0) += 1;
        self.campaigns.insert(campaign.clone());
        self.is_over |= is_over;
    }
}

fn over(campaigns: &[Campaign], caps: &BTreeSet<&str>) -> Vec<Over> {
    let mut all = Vec::new();
    for campaign in campaigns {
        let is_open = |it: &&Finding| matches!(it.standing, Standing::Counts | Standing::Undecided);
        let found = campaign.findings.iter().filter(|it| caps.contains(it.rule.as_str())).filter(is_open);
        all.extend(found.map(|finding| Over {
            rule: finding.rule.clone(),
            campaign: campaign.id.clone(),
            message: finding.message.clone(),
        }));
    }
    all
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn messages_of_a_day_are_counted_by_channel() {
        let mut day = Day::default();
        let place = mktlint_diag::Place::new("c.yaml".into(), mktlint_text::Span::at(0));
        let at = Some(date(2026, 11, 27).at(7, 0, 0, 0));
        let send = |channel: &str| SendFact {
            channel: Some(channel.into()),
            at,
            is_day: false,
            place: place.clone(),
        };
        day.add(&send("email"), &"a".into(), false);
        day.add(&send("email"), &"b".into(), true);
        day.add(&send("sms"), &"a".into(), false);
        assert_eq!((day.total(), day.channels.get("email").copied(), day.is_over), (3, Some(2), true));
        assert_eq!(day.campaigns.len(), 2);
    }
}
