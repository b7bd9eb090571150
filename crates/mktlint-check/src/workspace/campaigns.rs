//! Campaigns and what links say about them.

use std::collections::BTreeMap;

use mktlint_diag::{Diagnostic, Place};
use smol_str::SmolStr;

use crate::{CampaignFact, FileFacts, codes};

/// Finds ids that two manifests share, and links that report to another campaign than their own.
pub(super) fn campaigns(files: &[FileFacts]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&SmolStr, &CampaignFact> = BTreeMap::new();
    let mut found = Vec::new();
    for fact in files.iter().flat_map(|facts| &facts.campaigns) {
        match first.get(&fact.id) {
            Some(other) => {
                found.push(codes::duplicate_campaign(fact.place.clone(), &fact.id, other.place.clone()))
            }
            None => _ = first.insert(&fact.id, fact),
        }
    }
    for facts in files {
        mismatches(facts, &first, &mut found);
    }
    found
}

fn mismatches(facts: &FileFacts, known: &BTreeMap<&SmolStr, &CampaignFact>, found: &mut Vec<Diagnostic>) {
    let Some(file) = &facts.file else { return };
    for utm in facts.utms.iter().filter(|utm| utm.key == "campaign" && !utm.governed) {
        let Some(id) = utm.campaign.as_ref().filter(|id| **id != utm.value) else { continue };
        let manifest = known.get(id).map(|fact| fact.place.clone());
        for span in &utm.spans {
            let place = Place::new(file.clone(), *span);
            found.push(codes::campaign_mismatch(place, &utm.value, id, manifest.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use mktlint_text::Span;

    use super::*;
    use crate::UtmFact;

    fn manifest(name: &str, id: &str) -> FileFacts {
        let place = Place::new(name.into(), Span::new(4, 9));
        let campaigns = vec![crate::workspace::sample(id, place)];
        FileFacts { file: Some(name.into()), campaigns, ..FileFacts::default() }
    }

    fn link(campaign: &str, value: &str, governed: bool) -> FileFacts {
        let utm = UtmFact {
            campaign: Some(campaign.into()),
            key: "campaign".into(),
            value: value.into(),
            spans: vec![Span::new(1, 3)],
            governed,
        };
        FileFacts { file: Some("m.md".into()), utms: vec![utm], ..FileFacts::default() }
    }

    #[test]
    fn the_second_of_two_ids_is_reported() {
        let found = campaigns(&[manifest("a", "x"), manifest("b", "y"), manifest("c", "x")]);
        let shown: Vec<_> =
            found.iter().map(|it| (it.primary.place.file.as_str(), it.message.as_str())).collect();
        assert_eq!(shown, [("c", "a second campaign has the id `x`")]);
        assert_eq!(found[0].secondary[0].place.file.as_str(), "a");
    }

    #[test]
    fn links_report_to_their_own_campaign() {
        let files =
            [manifest("a", "x"), link("x", "x", false), link("x", "spring", false), link("x", "old", true)];
        let found = campaigns(&files);
        let shown: Vec<_> = found.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(shown, ["the link reports to campaign `spring`, but this is part of `x`"]);
    }
}
