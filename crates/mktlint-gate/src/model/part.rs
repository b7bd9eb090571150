//! Parts of what a campaign says.

use std::fmt;

use mktlint_diag::{FilePath, Place};
use mktlint_hir::model::change::ChangeKind;

use super::digest::Digest;

/// What a part of a campaign is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// Words that people read, subjects and preheaders among them, without what has a part of its own below.
    Copy,
    /// The claims that are made, each with the sentence around it.
    Claims,
    /// Prices, discounts and terms of offers, each with its sentence.
    Prices,
    /// Where links lead, without tracking.
    Links,
    /// Tracking parameters.
    Utm,
    /// Pictures and their alternative texts.
    Images,
    /// The small print that the policy asks for.
    Disclosures,
    /// Proofs behind the claims that are made.
    Evidence,
    /// Who can get it, as the policy means it.
    Audience,
    /// The countries where it is seen.
    Regions,
    /// The channels it is sent on.
    Channels,
    /// When it is sent.
    Schedule,
    /// Fields that no reader sees.
    Metadata,
    /// What a policy means.
    Policy,
}

impl PartKind {
    /// All kinds, in order.
    pub const ALL: [Self; 14] = [
        Self::Copy,
        Self::Claims,
        Self::Prices,
        Self::Links,
        Self::Utm,
        Self::Images,
        Self::Disclosures,
        Self::Evidence,
        Self::Audience,
        Self::Regions,
        Self::Channels,
        Self::Schedule,
        Self::Metadata,
        Self::Policy,
    ];

    /// The word in records and flags; those of a policy's `change only [...]` where there is one.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Claims => "claims",
            Self::Prices => "price",
            Self::Links => "links",
            Self::Utm => "utm",
            Self::Images => "images",
            Self::Disclosures => "disclosures",
            Self::Evidence => "evidence",
            Self::Audience => "audience",
            Self::Regions => "regions",
            Self::Channels => "channels",
            Self::Schedule => "schedule",
            Self::Metadata => "metadata",
            Self::Policy => "policy",
        }
    }

    /// The kind with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The part that a change of `kind` is a change of; `None` of formatting, which changes no part.
    pub const fn of(kind: ChangeKind) -> Option<Self> {
        Some(match kind {
            ChangeKind::Formatting => return None,
            ChangeKind::Schedule => Self::Schedule,
            ChangeKind::Metadata => Self::Metadata,
            ChangeKind::Copy => Self::Copy,
            ChangeKind::ClaimAdded | ChangeKind::ClaimRemoved | ChangeKind::ClaimReworded => Self::Claims,
            ChangeKind::Price => Self::Prices,
            ChangeKind::Link => Self::Links,
            ChangeKind::Utm => Self::Utm,
            ChangeKind::AudienceWider | ChangeKind::AudienceNarrower | ChangeKind::AudienceOther => {
                Self::Audience
            }
            ChangeKind::Region => Self::Regions,
            ChangeKind::Channel => Self::Channels,
            ChangeKind::Disclosure => Self::Disclosures,
            ChangeKind::Evidence => Self::Evidence,
            ChangeKind::Image => Self::Images,
            ChangeKind::PolicyStricter | ChangeKind::PolicyLooser | ChangeKind::PolicyOther => Self::Policy,
        })
    }

    /// Whether an approval speaks of it: not of when something is sent, nor of what no reader sees.
    pub const fn is_approved(self) -> bool {
        !matches!(self, Self::Schedule | Self::Metadata)
    }
}

impl fmt::Display for PartKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// Which part of which file: `campaigns/serum/email.html#claims`; of the campaign as a whole `#audience`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartId {
    /// The file; `None` of the campaign as a whole.
    pub file: Option<FilePath>,
    /// What it is about.
    pub kind: PartKind,
}

impl fmt::Display for PartId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.as_ref().map_or("", |file| file.as_str());
        write!(out, "{file}#{}", self.kind)
    }
}

/// What a part says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Of the items, of the kind of asset and of the kind of part. Equal for parts that say the same, whatever their
    /// files are called.
    pub digest: Digest,
    /// In the order in which people meet them.
    pub items: Vec<Item>,
}

/// One thing that a part says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is called where it has a name: the full name of a claim, a field of a manifest; else empty.
    pub name: String,
    /// What it says, normalised.
    pub text: String,
    /// Where.
    pub place: Place,
}
