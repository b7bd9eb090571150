//! Claims, evidence, disclosures.

use mktlint_hir::model::item;
use mktlint_hir::model::program::Placed;
use mktlint_text::Span;
use smol_str::SmolStr;

use super::Lowering;
use crate::{
    ChannelLimit, Claim, Disclosure, DisclosureNeed, Evidence, EvidenceNeed, NoteKind, RegionLimit, Written,
};

impl<'p> Lowering<'p> {
    pub fn claim(&mut self, placed: &'p Placed, claim: &'p item::Claim) {
        let says: &[item::Needle] = if self.is_sought(placed) { &claim.says } else { &[] };
        let lowered = Claim {
            head: self.head(placed, claim.level, &claim.terms),
            in_force: placed.force.is_some(),
            says: self.sought(placed, says, false),
            says_place: self.place(placed, claim.says_span),
            evidence: self.evidence_needs(placed, claim),
            disclosures: self.disclosure_needs(placed, claim),
            regions: self.region_limits(placed, claim),
            channels: self.channel_limits(placed, claim),
            tier: self.optional_str(claim.tier.as_ref()),
            regulated: claim.is_regulated(),
        };
        self.plan.claims.push(lowered);
    }

    fn evidence_needs(&mut self, placed: &Placed, claim: &item::Claim) -> crate::Seq<EvidenceNeed> {
        let mut needs = Vec::with_capacity(claim.evidence.len());
        for (path, span) in &claim.evidence {
            match self.evidences.get(path).copied() {
                Some(evidence) => needs.push(EvidenceNeed { evidence, place: self.place(placed, *span) }),
                None => self.note(placed, NoteKind::Unresolved),
            }
        }
        self.rows(needs)
    }

    fn disclosure_needs(&mut self, placed: &Placed, claim: &item::Claim) -> crate::Seq<DisclosureNeed> {
        let mut needs = Vec::with_capacity(claim.disclosures.len());
        for need in &claim.disclosures {
            match self.disclosures.get(&need.disclosure).copied() {
                Some(disclosure) => {
                    let place = self.place(placed, need.span);
                    needs.push(DisclosureNeed { disclosure, within: need.within, place });
                }
                None => self.note(placed, NoteKind::Unresolved),
            }
        }
        self.rows(needs)
    }

    fn region_limits(&mut self, placed: &Placed, claim: &item::Claim) -> crate::Seq<RegionLimit> {
        let mut limits = Vec::with_capacity(claim.regions.len());
        for limit in &claim.regions {
            let countries = self.strs(&limit.countries);
            limits.push(RegionLimit { only: limit.only, countries, place: self.place(placed, limit.span) });
        }
        self.rows(limits)
    }

    fn channel_limits(&mut self, placed: &Placed, claim: &item::Claim) -> crate::Seq<ChannelLimit> {
        let mut limits = Vec::with_capacity(claim.channels.len());
        for limit in &claim.channels {
            let channels = self.strs(&limit.channels);
            limits.push(ChannelLimit { only: limit.only, channels, place: self.place(placed, limit.span) });
        }
        self.rows(limits)
    }

    pub fn evidence(&mut self, placed: &Placed, evidence: &item::Evidence) {
        let place = self.place(placed, placed.item.name_span);
        let lowered = Evidence {
            name: self.str(&placed.item.path.0),
            place,
            document: self.written(placed, evidence.document.as_ref()),
            sha256: self.written(placed, evidence.sha256.as_ref()),
            expires: evidence.expires.map(|(day, _)| day),
            expires_place: evidence.expires.map_or(place, |(_, span)| self.place(placed, span)),
        };
        self.plan.evidences.push(lowered);
    }

    pub fn written(&mut self, placed: &Placed, text: Option<&(SmolStr, Span)>) -> Option<Written> {
        text.map(|(text, span)| Written { text: self.str(text), place: self.place(placed, *span) })
    }

    pub fn disclosure(&mut self, placed: &Placed, wordings: &[item::Needle]) {
        let shown = wordings.first().map_or("", |wording| wording.text.as_str());
        let sought: &[item::Needle] = if self.is_sought(placed) { wordings } else { &[] };
        let lowered = Disclosure {
            name: self.str(&placed.item.path.0),
            place: self.place(placed, placed.item.name_span),
            wordings: self.sought(placed, sought, false),
            shown: self.str(shown),
        };
        self.plan.disclosures.push(lowered);
    }
}
