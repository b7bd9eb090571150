//! Conventions for links.

use mktlint_hir::model::item::Presence;
use mktlint_measure::text::Shape;
use serde::{Deserialize, Serialize};

use super::ids::{CodeId, PatternId, Seq, StrId};
use super::place::{PlaceRef, Written};
use super::remote;
use super::rule::Head;

/// A convention for links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utm {
    /// Name, level, dates.
    pub head: Head,
    /// Channels whose assets it speaks of; all when empty.
    pub channels: Seq<StrId>,
    /// Hosts of the links it speaks of (`acme.example`, `*.acme.example`); every web link when empty.
    pub hosts: Seq<Written>,
    /// What each parameter must be.
    pub params: Seq<UtmParam>,
    /// The GA4 default channel group that links must be reported as.
    pub group: Option<Written>,
    /// Whether parameters that are not named are allowed.
    pub others_allowed: bool,
    /// The order of parameters, by short name; empty when free.
    pub order: Seq<StrId>,
}

/// One parameter of a convention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UtmParam {
    /// Without `utm_`.
    pub name: StrId,
    /// Whether it must be there.
    #[serde(with = "remote::PresenceDef")]
    pub presence: Presence,
    /// What it may be.
    pub allowed: Allowed,
    /// The clause.
    pub place: PlaceRef,
}

/// What a parameter may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Allowed {
    /// Anything.
    Any,
    /// One of these.
    OneOf(Seq<StrId>),
    /// Exactly the text that the code gives; undecided when that is unknown.
    Equal(CodeId),
    /// The pattern finds all of it.
    Pattern(PatternId),
    /// It has this shape.
    Shape(#[serde(with = "remote::ShapeDef")] Shape),
}
