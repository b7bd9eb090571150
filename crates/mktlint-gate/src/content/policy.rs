//! What a policy means for one unit.

use std::collections::{BTreeMap, BTreeSet};

use mktlint_asset::Kind;
use mktlint_plan::compare::meanings;
use mktlint_plan::{Judgement, Plan, RuleId};

use crate::Digest;

/// What every declaration of a policy means, by kind and full name, as digests.
#[derive(Clone, Debug)]
pub struct Meanings {
    all: BTreeMap<(&'static str, String), Digest>,
    /// The rules with a condition that look at each kind of asset.
    rules: BTreeMap<Kind, Vec<String>>,
    /// The channels that suppressions, caps and quiet hours are limited to; none means all.
    channels: BTreeMap<(&'static str, String), BTreeSet<String>>,
}

/// Kinds of declarations that judge campaigns by the channels that they are sent on.
const OF_PEOPLE: [&str; 3] = ["suppress", "cap", "quiet_hours"];

impl Meanings {
    /// Those of `plan`. Costs as much as comparing two policies; to be asked once for each policy.
    pub fn of(plan: &Plan) -> Self {
        let all = meanings(plan).into_iter().map(|meaning| {
            let digest = Digest::of_all(meaning.lines.iter().map(String::as_str));
            ((meaning.kind, meaning.name), digest)
        });
        let rules = Kind::ALL.into_iter().map(|kind| (kind, conditions(plan, kind)));
        Self { all: all.collect(), rules: rules.collect(), channels: channels(plan) }
    }

    /// What the policy means for a unit with assets of `kinds` that is sent on `channels`: its tiers and what they ask of
    /// roles (not who is in them, and with which keys), the rules with conditions that look at such assets, conventions for links, and what protects people on those
    /// channels. A change of any other declaration leaves it as it is.
    ///
    /// Not in it, since they speak only where their words stand: claims and disclosures, whose meaning is in the digests of
    /// the parts that use them; terms and `match` rules, which are findings of the state that is judged.
    pub fn digest<'c>(&self, kinds: &BTreeSet<Kind>, channels: impl IntoIterator<Item = &'c str>) -> Digest {
        let channels: BTreeSet<&str> = channels.into_iter().collect();
        let rules: BTreeSet<&str> =
            kinds.iter().filter_map(|kind| self.rules.get(kind)).flatten().map(String::as_str).collect();
        let has_people = kinds.contains(&Kind::Campaign);
        let counts = |kind: &'static str, name: &str| match kind {
            "rule" => rules.contains(name),
            "utm" => kinds.iter().any(|kind| *kind != Kind::Campaign),
            _ if OF_PEOPLE.contains(&kind) => has_people && self.reaches(kind, name, &channels),
            _ => kind == "tier",
        };
        let mut lines = Vec::new();
        for ((kind, name), digest) in self.all.iter().filter(|((kind, name), _)| counts(kind, name)) {
            lines.extend([(*kind).to_owned(), name.clone(), digest.to_string()]);
        }
        Digest::of_all(lines.iter().map(String::as_str))
    }

    /// What the policy means for a change of itself: its tiers alone.
    pub fn digest_of_policy(&self) -> Digest {
        self.digest(&BTreeSet::new(), [])
    }

    /// The digest of one declaration; `None` when none of the kind is called so, or it is not in force.
    pub fn of_declaration(&self, kind: &'static str, name: &str) -> Option<Digest> {
        self.all.get(&(kind, name.to_owned())).copied()
    }

    fn reaches(&self, kind: &'static str, name: &str, sent: &BTreeSet<&str>) -> bool {
        let limits = self.channels.get(&(kind, name.to_owned()));
        limits.is_none_or(|limits| {
            limits.is_empty() || limits.iter().any(|channel| sent.contains(channel.as_str()))
        })
    }
}

/// The rules that ask something of assets of `kind`, other than those that look for wordings.
fn conditions(plan: &Plan, kind: Kind) -> Vec<String> {
    let rules = plan.rules_for(kind).iter().filter_map(|id: &RuleId| plan.rule(*id));
    let with_condition = rules.filter(|rule| !matches!(rule.judgement, Judgement::Match(_)));
    with_condition.map(|rule| plan.str(rule.head.name).to_owned()).collect()
}

fn channels(plan: &Plan) -> BTreeMap<(&'static str, String), BTreeSet<String>> {
    let people = &plan.people;
    let suppressions = people.suppressions.iter().map(|it| ("suppress", it.head.name, it.channels));
    let caps = people.caps.iter().map(|it| ("cap", it.head.name, it.channels));
    let hours = people.quiet_hours.iter().map(|it| ("quiet_hours", it.head.name, it.channels));
    let all = suppressions.chain(caps).chain(hours);
    all.map(|(kind, name, channels)| {
        ((kind, plan.str(name).to_owned()), plan.strs(channels).map(str::to_owned).collect())
    })
    .collect()
}
