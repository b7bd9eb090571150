//! What a manifest says, for those who ask without judging it.

use std::collections::{BTreeMap, BTreeSet};

use mktlint_asset::Asset;
use mktlint_decide::Formula;
use smol_str::SmolStr;

use super::{Settler, Unclear, resolve};
use crate::judge::campaign_fact;
use crate::{CampaignFact, Inputs, Judge, Scratch, SourceFile};

/// Everyone who gets the messages of a campaign, by channel; of `None` those of every channel.
pub type Crowds = BTreeMap<Option<SmolStr>, Result<Formula, String>>;

/// What is known of the campaign that `asset` is the manifest of; `None` for any other asset, and without an id.
pub fn campaign_of(
    judge: &Judge,
    source: &SourceFile<'_>,
    asset: &Asset,
    inputs: &Inputs,
    scratch: &mut Scratch,
) -> Option<CampaignFact> {
    judge.with_new_run(source, asset, inputs, scratch, |run| campaign_fact(&run))
}

/// Who gets the messages of `campaign`, with its fields settled: as conditions over the definitions of the plan, else why
/// nobody knows. Empty when the manifest does not say.
pub fn crowds(judge: &Judge, inputs: &Inputs, campaign: &CampaignFact) -> Crowds {
    let settler = Settler::new(&judge.plan);
    let channels: BTreeSet<&Option<SmolStr>> = campaign.audience.iter().map(|named| &named.channel).collect();
    let on = |channel: &Option<SmolStr>| {
        let named = campaign.audience.iter().filter(|named| named.channel == *channel);
        let parts: Result<Vec<Formula>, String> = named
            .map(|named| {
                let crowd = resolve(&judge.plan, inputs, &named.whom).map_err(words)?;
                Ok(settler.settle(&crowd.formula, &campaign.values, inputs.today))
            })
            .collect();
        parts.map(|mut parts| if parts.len() == 1 { parts.remove(0) } else { Formula::Or(parts) })
    };
    channels.into_iter().map(|channel| (channel.clone(), on(channel))).collect()
}

fn words(unclear: Unclear) -> String {
    match unclear {
        Unclear::UnknownName(name, _) => format!("no audience is called `{name}`"),
        Unclear::Several(name, _) => format!("several audiences are called `{name}`"),
        Unclear::Mistake(words) | Unclear::Wrong(_, words, _) => words,
        Unclear::NotRead => "the condition of its audience was not read".into(),
    }
}
