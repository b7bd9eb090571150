//! Facts.

use mktlint_diag::FilePath;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::campaign::WireCampaign;
use super::diagnostic::{WireSpan, WireWaived, span_from_wire, span_to_wire};
use crate::{ClaimFact, DirectiveFact, FileFacts, UtmFact};

#[derive(Serialize, Deserialize)]
struct WireUtm {
    campaign: Option<String>,
    key: String,
    value: String,
    spans: Vec<WireSpan>,
    governed: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct WireFacts {
    file: Option<String>,
    campaigns: Vec<WireCampaign>,
    utms: Vec<WireUtm>,
    claims: Vec<(Option<String>, String)>,
    directives: Vec<(String, WireSpan, WireSpan, WireWaived)>,
    waivers_used: Vec<u32>,
}

pub(super) fn text(word: &SmolStr) -> String {
    word.to_string()
}

impl From<&FileFacts> for WireFacts {
    fn from(facts: &FileFacts) -> Self {
        let directive = |fact: &DirectiveFact| {
            (text(&fact.rule), span_to_wire(fact.span), span_to_wire(fact.scope), (&fact.waived).into())
        };
        let claim = |fact: &ClaimFact| (fact.campaign.as_ref().map(text), text(&fact.claim));
        Self {
            file: facts.file.as_ref().map(|file| file.as_str().to_owned()),
            campaigns: facts.campaigns.iter().map(Into::into).collect(),
            utms: facts.utms.iter().map(Into::into).collect(),
            claims: facts.claims.iter().map(claim).collect(),
            directives: facts.directives.iter().map(directive).collect(),
            waivers_used: facts.waivers_used.clone(),
        }
    }
}

impl From<WireFacts> for FileFacts {
    fn from(wire: WireFacts) -> Self {
        let directive =
            |(rule, span, scope, waived): (String, WireSpan, WireSpan, WireWaived)| DirectiveFact {
                rule: rule.into(),
                span: span_from_wire(span),
                scope: span_from_wire(scope),
                waived: waived.into(),
            };
        let claim = |(campaign, claim): (Option<String>, String)| ClaimFact {
            campaign: campaign.map(Into::into),
            claim: claim.into(),
        };
        Self {
            file: wire.file.as_deref().map(FilePath::new),
            campaigns: wire.campaigns.into_iter().map(Into::into).collect(),
            utms: wire.utms.into_iter().map(Into::into).collect(),
            claims: wire.claims.into_iter().map(claim).collect(),
            directives: wire.directives.into_iter().map(directive).collect(),
            waivers_used: wire.waivers_used,
        }
    }
}

impl From<&UtmFact> for WireUtm {
    fn from(fact: &UtmFact) -> Self {
        Self {
            campaign: fact.campaign.as_ref().map(text),
            key: text(&fact.key),
            value: text(&fact.value),
            spans: fact.spans.iter().copied().map(span_to_wire).collect(),
            governed: fact.governed,
        }
    }
}

impl From<WireUtm> for UtmFact {
    fn from(wire: WireUtm) -> Self {
        Self {
            campaign: wire.campaign.map(Into::into),
            key: wire.key.into(),
            value: wire.value.into(),
            spans: wire.spans.into_iter().map(span_from_wire).collect(),
            governed: wire.governed,
        }
    }
}
