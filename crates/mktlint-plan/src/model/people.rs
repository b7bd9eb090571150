//! Who gets what: audiences, suppressions, caps and quiet hours, as formulas.

use std::sync::Arc;

use jiff::civil;
use mktlint_decide::{Definitions, Formula, Schema, Tag};
use mktlint_hir::model::expr::Length;
use serde::{Deserialize, Serialize};

use super::ids::{CodeId, Seq, StrId};
use super::place::PlaceRef;
use super::remote;
use super::rule::Head;

/// Everything that is decided about people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct People {
    /// The contact's attributes, then the campaign's as `campaign.purpose`.
    pub schema: Schema,
    /// The conditions of audiences and of the `who` of suppressions, by full name.
    pub definitions: Definitions,
    /// In order of full name.
    pub audiences: Vec<Audience>,
    /// Those in force, in order of full name.
    pub suppressions: Vec<Suppression>,
    /// Those in force, in order of full name.
    pub caps: Vec<Cap>,
    /// Those in force, in order of full name.
    pub quiet_hours: Vec<QuietHours>,
    /// `audience could include { … }`: what is asked, by number.
    pub inclusions: Vec<Arc<Formula>>,
    /// Where each condition of a definition is written, in order of definition and tag.
    pub origins: Vec<OriginPlace>,
}

/// An audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// Its full name, by which [`People::definitions`] has its condition.
    pub name: StrId,
    /// The text after the name.
    pub title: Option<StrId>,
    /// The doc comment; may be empty.
    pub docs: StrId,
    /// Its name in the policy.
    pub place: PlaceRef,
}

/// People who must not get something. Its `who` is the definition of its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suppression {
    /// Name, level, dates, waivers.
    pub head: Head,
    /// Channels; all when empty.
    pub channels: Seq<StrId>,
    /// The `who` clause.
    pub who_place: PlaceRef,
    /// When it does not apply; tests attributes of the campaign and perhaps of the contact.
    pub unless: Option<Formula>,
}

/// How many messages somebody may get.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cap {
    /// Name, level, dates, waivers.
    pub head: Head,
    /// How many at most.
    pub at_most: u32,
    /// Of which channels; all when empty.
    pub channels: Seq<StrId>,
    /// In which window.
    #[serde(with = "remote::LengthDef")]
    pub per: Length,
    /// What does not count: a condition on the campaign.
    pub unless: Option<CodeId>,
    /// The clause.
    pub at_most_place: PlaceRef,
}

/// When nothing may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuietHours {
    /// Name, level, dates, waivers.
    pub head: Head,
    /// Channels; all when empty.
    pub channels: Seq<StrId>,
    /// The first quiet minute.
    #[serde(with = "remote::time")]
    pub from: civil::Time,
    /// The first minute that is not quiet any more; earlier than `from` when the hours go over midnight.
    #[serde(with = "remote::time")]
    pub to: civil::Time,
    /// Whose clock: the recipient's, else the sender's.
    pub recipient_time: bool,
    /// What does not count: a condition on the campaign.
    pub unless: Option<CodeId>,
    /// The clause.
    pub hours_place: PlaceRef,
}

/// Where a condition is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginPlace {
    /// The definition.
    pub definition: StrId,
    /// The condition's tag.
    pub tag: Tag,
    /// Its place.
    pub place: PlaceRef,
}
