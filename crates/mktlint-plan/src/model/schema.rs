//! Fields of asset kinds, parts and contacts.

use mktlint_asset::{Kind, PartKind};
use serde::{Deserialize, Serialize};

use super::ids::{Seq, StrId};

/// The fields of an asset kind, a part or a contact, as the prelude and the policy declare them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordDef {
    /// `Email`, `Link`, `contact`.
    pub name: StrId,
    /// Its fields, in order of the ids of their names.
    pub fields: Seq<FieldDef>,
}

impl RecordDef {
    /// How many records every plan has: the kinds, the parts, the contact, the facts.
    pub const N: usize = Kind::ALL.len() + PartKind::ALL.len() + 2;

    /// Where the record of `kind` stands in [`crate::Plan::records`].
    pub fn of_kind(kind: Kind) -> usize {
        Kind::ALL.iter().position(|other| *other == kind).unwrap_or(0)
    }

    /// Where the record of `part` stands.
    pub fn of_part(part: PartKind) -> usize {
        Kind::ALL.len() + PartKind::ALL.iter().position(|other| *other == part).unwrap_or(0)
    }

    /// Where the record of contacts stands.
    pub const CONTACT: usize = Self::N - 2;

    /// Where the facts stand. One that a policy gives is optional, since its value stands behind the read.
    pub const FACTS: usize = Self::N - 1;
}

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDef {
    /// Its name.
    pub name: StrId,
    /// The type that values are turned into.
    pub ty: FieldType,
    /// Whether it may be missing; else it is unknown when nobody gave it.
    pub optional: bool,
}

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FieldType {
    /// As the file gives it.
    Any,
    /// `true`, `false`.
    Bool,
    /// Whole number.
    Int,
    /// Exact number.
    Decimal,
    /// A number of percent.
    Percent,
    /// An amount; with a currency when it is fixed.
    Money(Option<StrId>),
    /// A length of time.
    Duration,
    /// A day.
    Date,
    /// A day and a time.
    DateTime,
    /// A time of day.
    Time,
    /// ISO 3166-1 alpha-2.
    Country,
    /// BCP 47.
    Language,
    /// Words or an address.
    Text,
    /// A closed set: its name and members.
    Enum(StrId, Seq<StrId>),
    /// Several; the type of the items stands in [`crate::Plan::types`].
    List(u32),
}
