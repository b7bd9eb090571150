//! Conditions on people.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::DateTime;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{Shift, Value};

/// Where the caller wrote a condition: a number that means something to the caller alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tag(pub u32);

/// A place in the formulas that a question was asked about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// The definition that the condition stands in; `None` for the formula of the question itself.
    pub definition: Option<SmolStr>,
    /// The condition's tag.
    pub tag: Tag,
}

/// Named formulas, which other formulas refer to. None may need itself; one that does counts as too complex.
pub type Definitions = BTreeMap<SmolStr, Arc<Formula>>;

/// A condition on people. True or false for every person: every test of an attribute that is missing is false.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Formula {
    /// True or false for everyone.
    Const(bool),
    /// A test of one attribute.
    Test {
        /// The attribute's name.
        attribute: SmolStr,
        /// What must be so.
        test: Test,
        /// Where it is written.
        tag: Tag,
    },
    /// `left - right <comparison> gap`, of two dates, two moments or two numbers of one unit; false when one is missing.
    Difference {
        /// The attribute that is subtracted from.
        left: SmolStr,
        /// The attribute that is subtracted.
        right: SmolStr,
        /// How the difference compares.
        comparison: Comparison,
        /// With what: days of dates, seconds of moments, else the number itself.
        gap: Decimal,
        /// Where it is written.
        tag: Tag,
    },
    /// A condition that is not understood here. Two with one key are one condition.
    Opaque {
        /// Says which condition it is.
        key: SmolStr,
        /// Why it is not understood, to follow "cannot be decided: ".
        why: SmolStr,
        /// Where it is written.
        tag: Tag,
    },
    /// `not`
    Not(#[serde(deserialize_with = "crate::nested::nested")] Box<Formula>),
    /// `and`; true when empty.
    And(#[serde(deserialize_with = "crate::nested::nested")] Vec<Formula>),
    /// `or`; false when empty.
    Or(#[serde(deserialize_with = "crate::nested::nested")] Vec<Formula>),
    /// What a definition says.
    Named {
        /// The definition's name.
        name: SmolStr,
        /// Where it is referred to.
        tag: Tag,
    },
}

/// A test of one attribute; false when the attribute is missing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Test {
    /// It is not missing.
    Known,
    /// The Boolean is true.
    True,
    /// It compares so with a value. Names and texts know equality alone, texts with case.
    Compare(Comparison, Operand),
    /// It is one of these values.
    OneOf(Vec<Value>),
    /// The text is like that, ignoring the case of letters.
    Text(TextTest, SmolStr),
    /// The set has an item like that.
    Any(ItemTest),
    /// The set has that many items.
    Size(Comparison, u32),
}

/// What an attribute is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Operand {
    /// A value.
    Value(Value),
    /// A day (of an attribute that is a day) or moment (of one that is a moment) so far from `now`.
    FromNow(Shift),
    /// Of an attribute that is a moment: the start of the day so far from the day of `now`.
    DayFromNow(Shift),
}

/// A condition on an item of a set.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ItemTest {
    /// Any item.
    Every,
    /// It is one of these.
    OneOf(Vec<Value>),
    /// The text is like that, ignoring the case of letters.
    Text(TextTest, SmolStr),
    /// `not`
    Not(#[serde(deserialize_with = "crate::nested::nested")] Box<ItemTest>),
    /// `and`
    And(#[serde(deserialize_with = "crate::nested::nested")] Vec<ItemTest>),
    /// `or`
    Or(#[serde(deserialize_with = "crate::nested::nested")] Vec<ItemTest>),
}

/// How a text is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TextTest {
    /// It starts with the words.
    StartsWith,
    /// It ends with them.
    EndsWith,
    /// It contains them.
    Contains,
    /// It is like a pattern in which `*` stands for any text and `?` for one character.
    Glob,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`; false on a missing value, like every comparison.
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Formula {
    /// `a and not b`
    pub fn minus(self, other: Self) -> Self {
        Self::And(vec![self, Self::Not(Box::new(other))])
    }

    /// The formula at `now`, once the attribute has the value, or is missing (`None`). Definitions that it names are
    /// not entered; see [`crate::definitions_given`].
    pub fn given(&self, attribute: &str, value: Option<&Value>, now: DateTime) -> Self {
        crate::given::given(self, attribute, value, now)
    }

    /// The formula with every test of the attribute as a condition that is not understood, because of `why`.
    pub fn unknown(&self, attribute: &str, why: &str) -> Self {
        crate::given::unknown(self, attribute, why)
    }
}
