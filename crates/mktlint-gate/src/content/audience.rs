//! Who gets a campaign, as the policy means it.

use std::collections::BTreeMap;

use mktlint_check::{CampaignFact, Crowds, Whom};
use mktlint_diag::Place;
use smol_str::SmolStr;

use super::Reader;
use super::assemble::Entries;
use crate::{Item, PartKind};

/// Who gets a campaign.
#[derive(Clone, Debug)]
pub struct Audience {
    /// Everyone on each channel; of `None` on all that are not named. A condition over the definitions of the policy that
    /// it was read with, else why nobody knows.
    pub crowds: Crowds,
    /// Where the manifest says it.
    pub place: Place,
}

/// Adds whom `campaign` is sent to. The digest is of who they are: another name for the same people is no change, and the
/// same name for others is one.
pub fn add(reader: &Reader<'_>, campaign: &CampaignFact, entries: &mut Entries) -> Option<Audience> {
    let place = campaign.audience.first()?.place.clone();
    let crowds = mktlint_check::crowds(reader.people, reader.people_inputs, campaign);
    let mut canon = reader.canon.borrow_mut();
    let mut meant: BTreeMap<&str, String> = crowds
        .iter()
        .map(|(channel, crowd)| {
            let words =
                crowd.as_ref().map_or_else(|why| written(campaign, channel) + why, |crowd| canon.text(crowd));
            (channel.as_deref().unwrap_or_default(), words)
        })
        .collect();
    // The same people on every channel are the same people.
    if let Some(same) =
        meant.values().next().cloned().filter(|first| meant.values().all(|words| words == first))
    {
        meant = BTreeMap::from([("", same)]);
    }
    let mut meant: Vec<String> =
        meant.into_iter().flat_map(|(channel, words)| [channel.to_owned(), words]).collect();
    for channel in crowds.keys() {
        let name = channel.as_deref().unwrap_or_default().to_owned();
        let item = Item { name, text: written(campaign, channel), place: place.clone() };
        // All of what counts is in the first item.
        entries.add_counted(PartKind::Audience, item, std::mem::take(&mut meant));
    }
    Some(Audience { crowds, place })
}

/// Who is named for `channel`, as the manifest writes it.
fn written(campaign: &CampaignFact, channel: &Option<SmolStr>) -> String {
    let named = campaign.audience.iter().filter(|named| named.channel == *channel);
    let words = named.map(|named| match &named.whom {
        Whom::Name(words) | Whom::Condition(words) => words.to_string(),
        Whom::Wrong(_, words, _) => words.clone(),
    });
    words.collect::<Vec<_>>().join(", ")
}
