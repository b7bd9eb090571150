//! Risk tiers.

use mktlint_hir::model::expr::Length;
use mktlint_hir::model::item::Quorum;
use serde::{Deserialize, Serialize};

use super::ids::{CodeId, Seq, StrId};
use super::place::PlaceRef;
use super::remote;

/// A risk tier. They stand in the order of declaration, from harmless to grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// Its full name.
    pub name: StrId,
    /// Its name in the policy.
    pub place: PlaceRef,
    /// When a change has it; what no other tier claims when `None`.
    pub when: Option<CodeId>,
    /// The condition in the policy; else [`Tier::place`].
    pub when_place: PlaceRef,
    /// The conditions of `when` between its `or`s, one of which must hold; none without a `when`.
    pub clauses: Seq<TierClause>,
    /// Full names of the tiers whose `when` takes a change away from this one, whatever those yield to themselves.
    pub yields: Seq<StrId>,
    /// Who must approve: all of these. No role twice.
    pub approvals: Seq<Approval>,
    /// Whether the approval of somebody who made the change counts.
    pub authors_may_approve: bool,
    /// How long an approval holds.
    #[serde(with = "remote::optional_length")]
    pub expires_after: Option<Length>,
    /// Why, for people.
    pub because: Option<StrId>,
}

/// One of the conditions between the `or`s of a `when`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierClause {
    /// The condition.
    pub condition: CodeId,
    /// As the policy writes it, in one line.
    pub words: StrId,
}

/// `approve 2 of marketing for [copy]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// How many of the role's members.
    #[serde(with = "remote::QuorumDef")]
    pub count: Quorum,
    /// The full name of the role; see [`crate::Plan::role`].
    pub role: StrId,
    /// The role is asked when one of these parts changes, and speaks of these alone; of all that changes when empty.
    /// Words of [`mktlint_hir::model::change::PARTS`].
    pub parts: Seq<StrId>,
    /// Where the policy names the role.
    pub place: PlaceRef,
}
