//! What is known of campaigns.

use jiff::civil;
use mktlint_decide::Value;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::diagnostic::{WirePlace, WireSpan, span_from_wire, span_to_wire};
use super::facts::text;
use crate::{AudienceFact, CampaignFact, CampaignValue, SendFact, TierFact, UnlessFact, Whom};

#[derive(Serialize, Deserialize)]
struct WireTier(Option<String>, Vec<String>, Option<WirePlace>, Vec<String>);

#[derive(Serialize, Deserialize)]
enum WireWhom {
    Name(String),
    Condition(String),
    Wrong(WireSpan, String, String),
}

#[derive(Serialize, Deserialize)]
enum WireValue {
    Given(Value),
    Missing,
    Unknown(String, Option<String>),
}

#[derive(Serialize, Deserialize)]
struct WireSend(Option<String>, Option<civil::DateTime>, bool, WirePlace);

#[derive(Serialize, Deserialize)]
pub(super) struct WireCampaign {
    id: String,
    place: WirePlace,
    tier: WireTier,
    audience: Vec<(Option<SmolStr>, WirePlace, WireWhom)>,
    channels: Option<Vec<SmolStr>>,
    regions: Option<(Vec<SmolStr>, WirePlace)>,
    sends: Vec<WireSend>,
    send_at: Option<civil::DateTime>,
    time_zone: Option<(SmolStr, WirePlace)>,
    recipient_time: bool,
    values: Vec<(SmolStr, WireValue)>,
    unless: Vec<(SmolStr, Result<bool, String>)>,
}

impl From<&CampaignFact> for WireCampaign {
    fn from(fact: &CampaignFact) -> Self {
        let audience =
            |fact: &AudienceFact| (fact.channel.clone(), (&fact.place).into(), (&fact.whom).into());
        let send = |send: &SendFact| {
            WireSend(send.channel.as_ref().map(text), send.at, send.is_day, (&send.place).into())
        };
        let placed = |(name, place): &(SmolStr, _)| (name.clone(), WirePlace::from(place));
        let listed = |(names, place): &(Vec<SmolStr>, _)| (names.clone(), WirePlace::from(place));
        Self {
            id: text(&fact.id),
            place: (&fact.place).into(),
            tier: (&fact.tier).into(),
            audience: fact.audience.iter().map(audience).collect(),
            channels: fact.channels.clone(),
            regions: fact.regions.as_ref().map(listed),
            sends: fact.sends.iter().map(send).collect(),
            send_at: fact.send_at,
            time_zone: fact.time_zone.as_ref().map(placed),
            recipient_time: fact.recipient_time,
            values: fact.values.iter().map(|(name, value)| (name.clone(), value.into())).collect(),
            unless: fact.unless.iter().map(|fact| (fact.rule.clone(), fact.holds.clone())).collect(),
        }
    }
}

impl From<WireCampaign> for CampaignFact {
    fn from(wire: WireCampaign) -> Self {
        let audience = |(channel, place, whom): (Option<SmolStr>, WirePlace, WireWhom)| AudienceFact {
            channel,
            place: place.into(),
            whom: whom.into(),
        };
        let send = |WireSend(channel, at, is_day, place): WireSend| SendFact {
            channel: channel.map(Into::into),
            at,
            is_day,
            place: place.into(),
        };
        Self {
            id: wire.id.into(),
            place: wire.place.into(),
            tier: wire.tier.into(),
            audience: wire.audience.into_iter().map(audience).collect(),
            channels: wire.channels,
            regions: wire.regions.map(|(names, place)| (names, place.into())),
            sends: wire.sends.into_iter().map(send).collect(),
            send_at: wire.send_at,
            time_zone: wire.time_zone.map(|(name, place)| (name, place.into())),
            recipient_time: wire.recipient_time,
            values: wire.values.into_iter().map(|(name, value)| (name, value.into())).collect(),
            unless: wire.unless.into_iter().map(|(rule, holds)| UnlessFact { rule, holds }).collect(),
        }
    }
}

impl From<&TierFact> for WireTier {
    fn from(tier: &TierFact) -> Self {
        let place = tier.place.as_ref().map(Into::into);
        Self(tier.tier.as_ref().map(text), tier.reasons.clone(), place, tier.undecided.clone())
    }
}

impl From<WireTier> for TierFact {
    fn from(WireTier(tier, reasons, place, undecided): WireTier) -> Self {
        Self { tier: tier.map(Into::into), reasons, place: place.map(Into::into), undecided }
    }
}

impl From<&Whom> for WireWhom {
    fn from(whom: &Whom) -> Self {
        match whom {
            Whom::Name(name) => Self::Name(text(name)),
            Whom::Condition(words) => Self::Condition(text(words)),
            Whom::Wrong(span, words, help) => Self::Wrong(span_to_wire(*span), words.clone(), help.clone()),
        }
    }
}

impl From<WireWhom> for Whom {
    fn from(wire: WireWhom) -> Self {
        match wire {
            WireWhom::Name(name) => Self::Name(name.into()),
            WireWhom::Condition(words) => Self::Condition(words.into()),
            WireWhom::Wrong(span, words, help) => Self::Wrong(span_from_wire(span), words, help),
        }
    }
}

impl From<&CampaignValue> for WireValue {
    fn from(value: &CampaignValue) -> Self {
        match value {
            CampaignValue::Given(value) => Self::Given(value.clone()),
            CampaignValue::Missing => Self::Missing,
            CampaignValue::Unknown(words, help) => Self::Unknown(words.clone(), help.clone()),
        }
    }
}

impl From<WireValue> for CampaignValue {
    fn from(wire: WireValue) -> Self {
        match wire {
            WireValue::Given(value) => Self::Given(value),
            WireValue::Missing => Self::Missing,
            WireValue::Unknown(words, help) => Self::Unknown(words, help),
        }
    }
}
