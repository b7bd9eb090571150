//! What can change about a campaign, in the words of `change only [...]`.

use std::collections::BTreeSet;
use std::fmt;

/// One way in which a campaign, an asset or a policy differs from what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// Bytes differ and nothing that anybody reads does: spaces, order of attributes or keys, line ends, encoding.
    Formatting,
    /// When it is sent.
    Schedule,
    /// Fields that no reader sees: an owner, a note, the name of a file.
    Metadata,
    /// Words, where they make no claim and name no price.
    Copy,
    /// A claim that was not made before.
    ClaimAdded,
    /// A claim that is no longer made.
    ClaimRemoved,
    /// The sentence around a claim.
    ClaimReworded,
    /// A price, a discount, or the terms of an offer.
    Price,
    /// Where a link leads.
    Link,
    /// Tracking parameters of a link.
    Utm,
    /// More people can get it.
    AudienceWider,
    /// Fewer people can get it.
    AudienceNarrower,
    /// Other people can get it, or it cannot be decided which.
    AudienceOther,
    /// The countries where it is seen.
    Region,
    /// The channels it is sent on.
    Channel,
    /// The small print that a claim or law needs.
    Disclosure,
    /// The proof behind a claim.
    Evidence,
    /// A picture or its alternative text.
    Image,
    /// A policy allows less.
    PolicyStricter,
    /// A policy allows more.
    PolicyLooser,
    /// A policy means something else, and neither can be said.
    PolicyOther,
}

impl ChangeKind {
    /// All kinds, in order.
    pub const ALL: [Self; 21] = [
        Self::Formatting,
        Self::Schedule,
        Self::Metadata,
        Self::Copy,
        Self::ClaimAdded,
        Self::ClaimRemoved,
        Self::ClaimReworded,
        Self::Price,
        Self::Link,
        Self::Utm,
        Self::AudienceWider,
        Self::AudienceNarrower,
        Self::AudienceOther,
        Self::Region,
        Self::Channel,
        Self::Disclosure,
        Self::Evidence,
        Self::Image,
        Self::PolicyStricter,
        Self::PolicyLooser,
        Self::PolicyOther,
    ];

    /// Words that stand for several kinds.
    pub const GROUPS: [(&'static str, &'static [Self]); 3] = [
        ("claims", &[Self::ClaimAdded, Self::ClaimRemoved, Self::ClaimReworded]),
        ("audience", &[Self::AudienceWider, Self::AudienceNarrower, Self::AudienceOther]),
        ("policy", &[Self::PolicyStricter, Self::PolicyLooser, Self::PolicyOther]),
    ];

    /// The word in a policy.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Formatting => "formatting",
            Self::Schedule => "schedule",
            Self::Metadata => "metadata",
            Self::Copy => "copy",
            Self::ClaimAdded => "claim_added",
            Self::ClaimRemoved => "claim_removed",
            Self::ClaimReworded => "claim_reworded",
            Self::Price => "price",
            Self::Link => "links",
            Self::Utm => "utm",
            Self::AudienceWider => "audience_wider",
            Self::AudienceNarrower => "audience_narrower",
            Self::AudienceOther => "audience_other",
            Self::Region => "regions",
            Self::Channel => "channels",
            Self::Disclosure => "disclosures",
            Self::Evidence => "evidence",
            Self::Image => "images",
            Self::PolicyStricter => "policy_stricter",
            Self::PolicyLooser => "policy_looser",
            Self::PolicyOther => "policy_other",
        }
    }

    /// The same for people: `claims (added)`.
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::ClaimAdded => "claims (added)",
            Self::ClaimRemoved => "claims (removed)",
            Self::ClaimReworded => "claims (reworded)",
            Self::Price => "prices",
            Self::Utm => "tracking",
            Self::AudienceWider => "audience (wider)",
            Self::AudienceNarrower => "audience (narrower)",
            Self::AudienceOther => "audience (another)",
            Self::PolicyStricter => "policy (stricter)",
            Self::PolicyLooser => "policy (looser)",
            Self::PolicyOther => "policy (another)",
            other => other.word(),
        }
    }

    /// Whether a policy changes so, and no campaign.
    pub const fn is_of_policy(self) -> bool {
        matches!(self, Self::PolicyStricter | Self::PolicyLooser | Self::PolicyOther)
    }

    /// The kinds that a word of a policy stands for: one, or those of a group; `None` when it is no such word.
    pub fn named(word: &str) -> Option<Vec<Self>> {
        let group = Self::GROUPS.iter().find(|(name, _)| *name == word);
        let one = || Self::ALL.into_iter().find(|kind| kind.word() == word).map(|kind| vec![kind]);
        group.map(|(_, kinds)| kinds.to_vec()).or_else(one)
    }

    /// Every word that [`ChangeKind::named`] knows, groups last.
    pub fn words() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(Self::word).chain(Self::GROUPS.iter().map(|(name, _)| *name))
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// The parts of a campaign that an approval can be for, in the words of `approve legal for [claims]`. When something is
/// sent and what no reader sees is nothing to approve.
pub const PARTS: [&str; 12] = [
    "copy",
    "claims",
    "price",
    "links",
    "utm",
    "images",
    "disclosures",
    "evidence",
    "audience",
    "regions",
    "channels",
    "policy",
];

/// How one thing differs from what it was; empty when it does not.
pub type Changes = BTreeSet<ChangeKind>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_for_kinds_and_no_word_twice() {
        let words: BTreeSet<&str> = ChangeKind::words().collect();
        assert_eq!(words.len(), ChangeKind::words().count());
        assert!(words.iter().all(|word| ChangeKind::named(word).is_some_and(|kinds| !kinds.is_empty())));
        assert_eq!(ChangeKind::named("claim"), None);
    }
}
