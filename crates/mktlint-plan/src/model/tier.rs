//! Risk tiers.

use mktlint_hir::model::expr::Length;
use serde::{Deserialize, Serialize};

use super::ids::{CodeId, Seq, StrId};
use super::place::PlaceRef;
use super::remote;

/// A risk tier, in the order of declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// Its full name.
    pub name: StrId,
    /// Its name in the policy.
    pub place: PlaceRef,
    /// When a campaign has it; the default tier when `None`.
    pub when: Option<CodeId>,
    /// The condition in the policy; else [`Tier::place`].
    pub when_place: PlaceRef,
    /// Who must approve.
    pub approvals: Seq<Approval>,
    /// How long an approval holds.
    #[serde(with = "remote::optional_length")]
    pub expires_after: Option<Length>,
}

/// `approve 2 of marketing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// How many of the role's members.
    pub count: u32,
    /// The role.
    pub role: StrId,
}
