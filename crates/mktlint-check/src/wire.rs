//! A file's result as bytes, for the cache of whoever keeps one.
//!
//! The types that travel here mirror those of the model. They are private, so the layout is no promise: a cache keys
//! its entries by the version of mktlint, and bytes of another layout read as `None`.

mod campaign;
mod diagnostic;
mod facts;
mod outcome;

use serde::{Deserialize, Serialize};

use crate::FileResult;

/// The layout; a reader of another number refuses.
const LAYOUT: u16 = 4;

#[derive(Serialize, Deserialize)]
struct WireResult {
    layout: u16,
    findings: Vec<diagnostic::WireDiagnostic>,
    tally: [u32; 4],
    outcomes: Vec<outcome::WireOutcome>,
    applied: Vec<u32>,
    facts: facts::WireFacts,
}

impl FileResult {
    /// The result as bytes; equal results give equal bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let wire = WireResult {
            layout: LAYOUT,
            findings: self.findings.iter().map(Into::into).collect(),
            tally: outcome::tally_to_wire(self.tally),
            outcomes: self.outcomes.iter().map(Into::into).collect(),
            applied: self.applied.clone(),
            facts: (&self.facts).into(),
        };
        // Writing to memory fails for no type that is made of numbers, texts and lists.
        postcard::to_allocvec(&wire).unwrap_or_default()
    }

    /// The result that [`to_bytes`](Self::to_bytes) made these of; `None` for any others.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let wire: WireResult = postcard::from_bytes(bytes).ok()?;
        (wire.layout == LAYOUT).then(|| Self {
            findings: wire.findings.into_iter().map(Into::into).collect(),
            tally: outcome::tally_from_wire(wire.tally),
            outcomes: wire.outcomes.into_iter().map(Into::into).collect(),
            applied: wire.applied,
            facts: wire.facts.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use mktlint_diag::{Diagnostic, Edit, FilePath, Fix, Level, Place, Safety, Waived, WaiverSource};
    use mktlint_text::Span;

    use jiff::civil::date;
    use mktlint_decide::Value;

    use crate::{AudienceFact, CampaignFact, CampaignValue, SendFact, UnlessFact, Whom};
    use crate::{ClaimFact, DirectiveFact, FileFacts, FileResult, Outcome, RuleOutcome, Tally};
    use crate::{TierFact, UtmFact};

    fn campaign(place: Place, tier: TierFact) -> CampaignFact {
        let whom = [
            Whom::Name("vip".into()),
            Whom::Condition("age? > 3".into()),
            Whom::Wrong(Span::new(1, 2), "w".into(), "h".into()),
        ];
        let at = date(2026, 11, 22).at(9, 0, 0, 0);
        let values = [
            CampaignValue::Given(Value::Name("marketing".into())),
            CampaignValue::Missing,
            CampaignValue::Unknown("u".into(), Some("h".into())),
        ];
        CampaignFact {
            id: "c".into(),
            place: place.clone(),
            tier,
            audience: whom
                .map(|whom| AudienceFact { channel: Some("sms".into()), place: place.clone(), whom })
                .into(),
            channels: Some(vec!["email".into()]),
            regions: Some((vec!["DE".into()], place.clone())),
            sends: vec![SendFact {
                channel: Some("email".into()),
                at: Some(at),
                is_day: true,
                place: place.clone(),
            }],
            send_at: Some(at),
            time_zone: Some(("Europe/Berlin".into(), place)),
            recipient_time: true,
            values: values.map(|value| ("campaign.purpose".into(), value)).into(),
            unless: vec![
                UnlessFact { rule: "r".into(), holds: Ok(true) },
                UnlessFact { rule: "s".into(), holds: Err("w".into()) },
            ],
        }
    }

    fn sample() -> FileResult {
        let place = Place::new(FilePath::new("a.md"), Span::new(3, 9));
        let fix = Fix {
            title: "t".into(),
            safety: Safety::Unsafe,
            file: "a.md".into(),
            edits: vec![Edit { span: Span::at(4), text: "é".into() }],
        };
        let waived = Waived {
            because: "b".into(),
            until: Some("2027-01-31".into()),
            owner: Some("o".into()),
            source: WaiverSource::Record("i".into()),
            place: place.clone(),
        };
        let mut finding = Diagnostic::finding("r.x", Level::Warning, place.clone(), "m")
            .label("l")
            .also_at(place.clone(), "required here")
            .note("n")
            .help("h")
            .with_fix(fix);
        finding.why = Some("w".into());
        finding.undecided = true;
        finding.waived = Some(waived.clone());
        let tier = TierFact {
            tier: Some("high".into()),
            reasons: vec!["a".into()],
            place: Some(place.clone()),
            undecided: vec!["c".into()],
        };
        let outcomes = [
            Outcome::Fired,
            Outcome::Held,
            Outcome::NotApplicable("on Sms".into()),
            Outcome::Undecided("p".into()),
        ];
        FileResult {
            findings: vec![finding],
            tally: Tally { fired: 1, held: 2, not_applicable: 3, undecided: 4 },
            outcomes: outcomes.map(|outcome| RuleOutcome { asset: 1, rule: "r".into(), outcome }).into(),
            applied: vec![0, 7],
            facts: FileFacts {
                file: Some("a.md".into()),
                campaigns: vec![campaign(place, tier)],
                utms: vec![UtmFact {
                    campaign: None,
                    key: "source".into(),
                    value: "News".into(),
                    spans: vec![Span::new(1, 2)],
                    governed: true,
                }],
                claims: vec![ClaimFact { campaign: Some("c".into()), claim: "a.b".into() }],
                directives: vec![DirectiveFact {
                    rule: "MKT0501".into(),
                    span: Span::new(1, 2),
                    scope: Span::new(2, 5),
                    waived,
                }],
                waivers_used: vec![3],
            },
        }
    }

    #[test]
    fn a_result_comes_back_as_it_was() {
        let bytes = sample().to_bytes();
        assert_eq!(FileResult::from_bytes(&bytes), Some(sample()));
        assert_eq!(FileResult::from_bytes(&bytes[..bytes.len() - 1]), None);
        assert_eq!(FileResult::from_bytes(b"\x09\x09"), None);
    }
}
