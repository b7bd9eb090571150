//! How work flows, and which results call for a change.

use mktlint_diag::Level;
use mktlint_hir::model::expr::Length;
use serde::{Deserialize, Serialize};

use super::constant::Const;
use super::ids::{Seq, StrId};
use super::place::PlaceRef;
use super::remote;

/// The stages of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pipeline {
    /// Its full name, which nobody writes.
    pub name: StrId,
    /// The word `pipeline`, or its name.
    pub place: PlaceRef,
    /// In order.
    pub stages: Seq<StrId>,
    /// Where work may not stay long.
    pub stalls: Seq<Stall>,
    /// How fast work should be.
    pub targets: Seq<StageTarget>,
}

/// `stall qa after 2 days`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stall {
    /// The stage.
    pub stage: StrId,
    /// How long work may stay there.
    #[serde(with = "remote::LengthDef")]
    pub after: Length,
    /// The clause.
    pub place: PlaceRef,
}

/// `target brief to live within 10 days`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageTarget {
    /// The stage whose start is the start.
    pub from: StrId,
    /// The stage whose start is the end.
    pub to: StrId,
    /// How long it may take.
    #[serde(with = "remote::LengthDef")]
    pub within: Length,
    /// The clause.
    pub place: PlaceRef,
}

/// Measured results that call for a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threshold {
    /// Its full name.
    pub name: StrId,
    /// The last word of its name: what is measured.
    pub metric: StrId,
    /// Its name in the policy.
    pub place: PlaceRef,
    /// All channels when empty.
    pub channels: Seq<StrId>,
    /// In the order in which they are written.
    pub bounds: Seq<Bound>,
    /// What to do.
    pub action: Option<StrId>,
    /// Why, for people.
    pub because: Option<StrId>,
}

/// `above 0.1% warning`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    /// `above`; else `below`.
    pub above: bool,
    /// The value that is still right: a number, a percentage (0.1 of `0.1%`) or money.
    pub value: Const,
    /// How bad it is beyond.
    #[serde(with = "remote::LevelDef")]
    pub level: Level,
    /// The clause.
    pub place: PlaceRef,
}
