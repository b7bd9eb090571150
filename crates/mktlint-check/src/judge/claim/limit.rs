//! `never in [DE]`, `only on email`.

use mktlint_plan::{ChannelLimit, Claim, RegionLimit, Unknown};

use super::Fault;
use crate::judge::Run;
use crate::reach::{channels as channels_of, regions as regions_of};

/// What is wrong with the regions that the campaign goes to.
pub fn regions(run: &Run<'_>, claim: &Claim) -> Vec<Fault> {
    let limits = run.plan.list(claim.regions);
    if limits.is_empty() {
        return Vec::new();
    }
    let known = regions_of(run.plan, run.asset).or_else(|| regions_of(run.plan, run.campaign?));
    let fault = |limit: &RegionLimit| match &known {
        None => Some(not_given("regions")),
        Some(Err(odd)) => {
            let words = format!("`regions` has `{odd}`, which is not a country");
            Some(Fault::Undecided(words.into()))
        }
        Some(Ok(regions)) => {
            let allowed: Vec<&str> = run.plan.strs(limit.countries).collect();
            let wrong = regions.iter().filter(|region| allowed.contains(&region.as_str()) != limit.only);
            let wrong: Vec<&str> = wrong.map(String::as_str).collect();
            (!wrong.is_empty()).then(|| Fault::Wrong {
                words: format!("must not be said in {}", listed(&wrong)),
                clause: run.plan.place(limit.place),
                label: if limit.only { "allowed only here" } else { "forbidden here" },
                help: Some(format!("drop the claim, or do not send this to {}", listed(&wrong))),
            })
        }
    };
    limits.iter().filter_map(fault).collect()
}

/// What is wrong with the channel that the asset is for.
pub fn channels(run: &Run<'_>, claim: &Claim) -> Vec<Fault> {
    let limits = run.plan.list(claim.channels);
    if limits.is_empty() {
        return Vec::new();
    }
    let channels = channels_of(run.asset, run.campaign);
    let fault = |limit: &ChannelLimit| {
        if channels.is_empty() {
            return Some(not_given("channel"));
        }
        let allowed: Vec<&str> = run.plan.strs(limit.channels).collect();
        let is_listed = channels.iter().any(|channel| allowed.contains(&channel.as_str()));
        (is_listed != limit.only).then(|| Fault::Wrong {
            words: format!("must not be said on {}", channels[0]),
            clause: run.plan.place(limit.place),
            label: if limit.only { "allowed only here" } else { "forbidden here" },
            help: Some("drop the claim here".into()),
        })
    };
    limits.iter().filter_map(fault).collect()
}

fn not_given(field: &str) -> Fault {
    Fault::Undecided((&Unknown::NotGiven(field.to_owned())).into())
}

/// `DE`, `DE and FR`, `DE, FR, and 3 more`.
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} and {other}"),
        [one, other, rest @ ..] => format!("{one}, {other}, and {} more", rest.len()),
    }
}
