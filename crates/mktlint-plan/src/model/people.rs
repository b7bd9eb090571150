//! Who gets what: audiences, suppressions, caps and quiet hours, as formulas.

use std::sync::Arc;

use jiff::civil;
use mktlint_decide::{Definitions, Formula, Origin, Schema, Tag};
use mktlint_diag::Place;
use mktlint_hir::model::expr::Length;
use serde::{Deserialize, Serialize};

use super::ids::{CodeId, Seq, StrId};
use super::place::PlaceRef;
use super::plan::Plan;
use super::remote;
use super::rule::Head;

/// Everything that is decided about people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct People {
    /// The contact's attributes, then the campaign's as `campaign.purpose`.
    pub schema: Schema,
    /// The conditions of audiences and of the `who` of suppressions, by full name, in force or not; and of the `unless`
    /// of suppressions, by the name that [`Suppression::unless`] has.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// Name, level, dates, waivers.
    pub head: Head,
    /// Channels; all when empty.
    pub channels: Seq<StrId>,
    /// The `who` clause.
    pub who_place: PlaceRef,
    /// The definition that says when it does not apply; it tests attributes of the campaign and perhaps of the contact.
    pub unless: Option<StrId>,
}

/// How many messages somebody may get.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The definition of whom it protects; everybody when there is none.
    pub who: Option<StrId>,
    /// What does not count: a condition on the campaign.
    pub unless: Option<CodeId>,
    /// The clause.
    pub at_most_place: PlaceRef,
}

/// When nothing may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The definition of whom they protect; everybody when there is none.
    pub who: Option<StrId>,
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

/// What the definition for the `unless` of the suppression `name` is called; no declaration can be called so.
pub fn unless_of(name: &str) -> String {
    format!("{name} unless")
}

/// What the definition for the `who` of the cap or quiet hours `name` is called; no declaration can be called so.
pub fn who_of(name: &str) -> String {
    format!("{name} who")
}

impl Plan {
    /// Where the condition `origin` of a definition is written; `None` for one of a formula without a name.
    pub fn origin(&self, origin: &Origin) -> Option<Place> {
        let key = (origin.definition.as_deref()?, origin.tag);
        let origins = &self.people.origins;
        let at = origins.binary_search_by(|row| (self.str(row.definition), row.tag).cmp(&key)).ok()?;
        origins.get(at).map(|row| self.place(row.place))
    }

    /// The audience with the full name `name`.
    pub fn audience(&self, name: &str) -> Option<&Audience> {
        let audiences = &self.people.audiences;
        let at = audiences.binary_search_by(|audience| self.str(audience.name).cmp(name)).ok()?;
        audiences.get(at)
    }

    /// The people of the suppression, as a formula: its `who`, and not its `unless`.
    pub fn suppressed(&self, suppression: &Suppression) -> Formula {
        let named = |id: StrId| Formula::Named { name: self.str(id).into(), tag: Tag::default() };
        let who = named(suppression.head.name);
        match suppression.unless {
            Some(unless) => who.minus(named(unless)),
            None => who,
        }
    }
}
