//! Claims, their evidence and their small print.

use jiff::civil;
use mktlint_hir::model::item::Proximity;
use serde::{Deserialize, Serialize};

use super::ids::{DisclosureId, EvidenceId, Seq, StrId};
use super::pattern::Sought;
use super::place::{PlaceRef, Written};
use super::remote;
use super::rule::Head;

/// What may be said only so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Name, level, dates.
    pub head: Head,
    /// Whether assets are judged by it; else it is here because something in force speaks of it.
    pub in_force: bool,
    /// What counts as saying it; nothing when it is not in force and no condition names it.
    pub says: Seq<Sought>,
    /// The clause that says so.
    pub says_place: PlaceRef,
    /// The proof that must be valid.
    pub evidence: Seq<EvidenceNeed>,
    /// The small print that must stand near.
    pub disclosures: Seq<DisclosureNeed>,
    /// Where it may be said.
    pub regions: Seq<RegionLimit>,
    /// On which channels it may be said.
    pub channels: Seq<ChannelLimit>,
    /// `tier high`.
    pub tier: Option<StrId>,
    /// `regulated`.
    pub regulated: bool,
}

/// `needs evidence trial_2025`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceNeed {
    /// Which.
    pub evidence: EvidenceId,
    /// The clause.
    pub place: PlaceRef,
}

/// `needs disclosure study_note within 2 paragraphs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisclosureNeed {
    /// Which.
    pub disclosure: DisclosureId,
    /// How near.
    #[serde(with = "remote::ProximityDef")]
    pub within: Proximity,
    /// The clause.
    pub place: PlaceRef,
}

/// `never in [DE, FR]`, `only in EU`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionLimit {
    /// `only in`; else `never in`.
    pub only: bool,
    /// The countries, in order.
    pub countries: Seq<StrId>,
    /// The clause.
    pub place: PlaceRef,
}

/// `never on sms`, `only on email, push`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelLimit {
    /// `only on`; else `never on`.
    pub only: bool,
    /// The channels, in order.
    pub channels: Seq<StrId>,
    /// The clause.
    pub place: PlaceRef,
}

/// The proof of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its full name.
    pub name: StrId,
    /// Its name in the policy.
    pub place: PlaceRef,
    /// Path from the root of the workspace.
    pub document: Option<Written>,
    /// Digest of the document, lower-case hex.
    pub sha256: Option<Written>,
    /// The last day on which it may be relied on.
    #[serde(with = "remote::optional_date")]
    pub expires: Option<civil::Date>,
    /// Where the policy says so; else [`Evidence::place`].
    pub expires_place: PlaceRef,
}

/// Small print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// Its full name.
    pub name: StrId,
    /// Its name in the policy.
    pub place: PlaceRef,
    /// The accepted wordings; none when it is not in force and no claim in force needs it.
    pub wordings: Seq<Sought>,
    /// The first wording, for help; empty when there is none.
    pub shown: StrId,
}
