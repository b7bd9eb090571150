//! What is known about a person: attributes with their domains.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::Value;

/// The attributes that formulas speak of, in the order in which they were declared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// In order of declaration; names are unique.
    pub attributes: Vec<Attribute>,
}

impl Schema {
    /// The attribute `name`.
    pub fn find(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// Where the attribute `name` stands in the order of declaration.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.attributes.iter().position(|attribute| attribute.name == name)
    }
}

/// One thing that may be known about a person, or about the message that is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// `country`; of the message `campaign.purpose`.
    pub name: SmolStr,
    /// Its possible values.
    pub domain: Domain,
    /// Whether it can be missing.
    pub optional: bool,
    /// Whether it belongs to the person, not to the message.
    pub of_contact: bool,
}

/// The possible values of an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Domain {
    /// `true`, `false`.
    Bool,
    /// Names, in order of declaration: members of an enum, stages, countries, languages. When `open`, there are names
    /// beside these; one of them can always be made up.
    Names {
        /// In order of declaration.
        members: Arc<[SmolStr]>,
        /// Whether there are others.
        open: bool,
    },
    /// Numbers of one unit.
    Number {
        /// What they count.
        unit: Unit,
        /// The least value.
        least: Option<Decimal>,
        /// The greatest value.
        most: Option<Decimal>,
        /// Digits behind the point that a value can have: 0 for whole numbers, 2 for most money.
        scale: u32,
    },
    /// Days, between the first and the last when those are given.
    Date {
        /// The first day.
        least: Option<jiff::civil::Date>,
        /// The last day.
        most: Option<jiff::civil::Date>,
    },
    /// Moments, to the second, without time zone.
    DateTime,
    /// Times of day, to the second.
    Time,
    /// Any text, the empty one among them.
    Text,
    /// Sets of names; see [`Domain::Names`].
    SetOfNames {
        /// In order of declaration.
        members: Arc<[SmolStr]>,
        /// Whether there are others.
        open: bool,
    },
    /// Sets of texts.
    SetOfTexts,
}

/// What a number counts; says how it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Unit {
    /// `31`
    Plain,
    /// `0.3%`; a value of 1 means one percent.
    Percent,
    /// `USD 500`
    Money(SmolStr),
    /// A length of time in seconds, shown as days where it is whole days.
    Seconds,
}

impl Domain {
    /// Whether `value` is one of the possible values.
    pub fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Bool, Value::Bool(_))
            | (Self::DateTime, Value::DateTime(_))
            | (Self::Time, Value::Time(_))
            | (Self::Text, Value::Text(_)) => true,
            (Self::Names { members, open }, Value::Name(name)) => *open || members.contains(name),
            (Self::Number { least, most, scale, .. }, Value::Number(number)) => {
                least.is_none_or(|least| least <= *number)
                    && most.is_none_or(|most| *number <= most)
                    && number.normalize().scale() <= *scale
            }
            (Self::Date { least, most }, Value::Date(date)) => {
                least.is_none_or(|least| least <= *date) && most.is_none_or(|most| *date <= most)
            }
            (Self::SetOfNames { members, open }, Value::Set(items)) => items.iter().all(|item| match item {
                Value::Name(name) => *open || members.contains(name),
                _ => false,
            }),
            (Self::SetOfTexts, Value::Set(items)) => items.iter().all(|item| matches!(item, Value::Text(_))),
            _ => false,
        }
    }
}
