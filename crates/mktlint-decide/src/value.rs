//! Values of attributes.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// A value of an attribute. Its unit is the attribute's.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Value {
    /// `true`
    Bool(bool),
    /// A member of a closed set, a country, a language.
    Name(SmolStr),
    /// A number.
    Number(Decimal),
    /// A day.
    Date(civil::Date),
    /// A moment.
    DateTime(civil::DateTime),
    /// A time of day.
    Time(civil::Time),
    /// A text.
    Text(SmolStr),
    /// A set of names or texts.
    Set(#[serde(deserialize_with = "crate::nested::nested")] BTreeSet<Value>),
}

/// What is known about one person. An attribute that is not there is missing.
pub type Contact = BTreeMap<SmolStr, Value>;

/// A length of time from `now`; negative lies in the past. Months are moved first, then days, then seconds; a month
/// after January 31 is the last of February.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shift {
    /// Calendar months.
    pub months: i32,
    /// Days.
    pub days: i32,
    /// Seconds.
    pub seconds: i64,
}
