//! What a record says.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use mktlint_diag::FilePath;
use smol_str::SmolStr;

use crate::{Digest, PartKind, Unit};

/// One decision of one person. Never changed once it is written: a later one speaks over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Unique in the workspace; also the name of its file: `2026-11-22-legal-3fa9c2d1`.
    pub id: SmolStr,
    /// What was decided.
    pub verdict: Verdict,
    /// Of what.
    pub unit: Unit,
    /// The tier that the change had when it was decided; `None` of a waiver.
    pub tier: Option<SmolStr>,
    /// What gave it that tier.
    pub tier_reasons: Vec<String>,
    /// In which role; `None` of a waiver that nobody has to grant.
    pub role: Option<SmolStr>,
    /// Who decided: a member of the role, as the policy writes it.
    pub person: SmolStr,
    /// When.
    pub time: Timestamp,
    /// Until when it holds.
    pub expires: Option<Timestamp>,
    /// Why.
    pub reason: String,
    /// What must stay true: a part that must stay, or words for people.
    pub conditions: Vec<String>,
    /// Names of `evidence` declarations, or documents, that were looked at.
    pub evidence: Vec<SmolStr>,
    /// Of what the policy means for the unit.
    pub policy: Digest,
    /// The version of mktlint.
    pub tool: SmolStr,
    /// The number of the normal form behind the digests of parts.
    pub normal_form: u32,
    /// The digests of the newest records that were there: those that no other record names. What makes a record that was
    /// taken away, or written back in time, stand out.
    pub after: Vec<Digest>,
    /// What it speaks of: each part with what it said.
    pub parts: Vec<ApprovedPart>,
    /// Of a withdrawal alone: the id of the record that no longer holds.
    pub withdraws: Option<SmolStr>,
    /// Of a waiver alone.
    pub waiver: Option<WaiverTerms>,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The content may go out.
    Approved,
    /// It may not.
    Rejected,
    /// A finding may stay.
    Waived,
    /// An earlier record no longer holds.
    Withdrawn,
}

impl Verdict {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Approved, Self::Rejected, Self::Waived, Self::Withdrawn];

    /// The word in records and flags.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Waived => "waived",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The verdict with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// A part that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ApprovedPart {
    /// Where it stood, for people: the digest alone decides.
    pub file: Option<FilePath>,
    /// What it is about.
    pub kind: PartKind,
    /// What it said; [`ApprovedPart::GONE`] of a part that the change took away.
    pub digest: Option<Digest>,
    /// Full names of the claims, disclosures and proofs in it, for search.
    pub names: Vec<SmolStr>,
}

impl ApprovedPart {
    /// What stands for the digest of a part that is gone.
    pub const GONE: &'static str = "gone";
}

/// What a waiver spares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverTerms {
    /// Full names of rules.
    pub rules: Vec<SmolStr>,
    /// Globs of paths; never empty.
    pub files: Vec<SmolStr>,
    /// The last day on which it holds.
    pub until: Date,
    /// Who answers for it.
    pub owner: SmolStr,
}
