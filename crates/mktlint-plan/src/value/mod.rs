//! What evaluation gives.

pub mod arithmetic;
pub mod compare;
pub mod convert;
mod list;
pub mod parse;
mod record;
pub mod show;
pub mod temporal;
mod text;
mod unknown;

use std::borrow::Cow;

use jiff::civil;
use mktlint_hir::model::expr::Length;
use rust_decimal::Decimal;

pub use list::List;
pub use record::Record;
pub use text::TextValue;
pub use unknown::Unknown;

use crate::{Const, Plan};

/// The result of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// A value.
    Known(Datum<'a>),
    /// An optional that is absent.
    Missing,
    /// An input is needed that nobody gave.
    Unknown(Box<Unknown>),
}

/// A value that is there. Borrows from the asset or the plan where it can.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum<'a> {
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// An exact number.
    Decimal(Decimal),
    /// So many percent.
    Percent(Decimal),
    /// An amount and its currency.
    Money(Decimal, Cow<'a, str>),
    /// A length of time.
    Duration(Length),
    /// A day.
    Date(civil::Date),
    /// A day and a time.
    DateTime(civil::DateTime),
    /// A time of day.
    Time(civil::Time),
    /// ISO 3166-1 alpha-2, upper case.
    Country(Cow<'a, str>),
    /// BCP 47.
    Language(Cow<'a, str>),
    /// Words, or where a link leads.
    Text(TextValue<'a>),
    /// A member of a closed set.
    Member(Cow<'a, str>),
    /// Several values, in order; a set too.
    List(List<'a>),
    /// An asset, a part, a contact.
    Record(Record<'a>),
}

/// A value as a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold, or is missing.
    False,
    /// An input is missing.
    Unknown,
}

impl<'a> Value<'a> {
    /// A truth value.
    pub const fn bool(value: bool) -> Self {
        Self::Known(Datum::Bool(value))
    }

    /// A whole number.
    pub const fn int(value: i64) -> Self {
        Self::Known(Datum::Int(value))
    }

    /// A number of things.
    pub fn count(count: usize) -> Self {
        Self::int(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// Words that stand in no asset.
    pub fn text(words: impl Into<Cow<'a, str>>) -> Self {
        Self::Known(Datum::Text(TextValue::new(words)))
    }

    /// An asset, a part, a contact.
    pub const fn record(record: Record<'a>) -> Self {
        Self::Known(Datum::Record(record))
    }

    /// Unknown, for this reason.
    pub fn unknown(reason: Unknown) -> Self {
        Self::Unknown(Box::new(reason))
    }

    /// Several values.
    pub fn list(items: Vec<Self>) -> Self {
        Self::Known(Datum::List(List::Values(items.into())))
    }

    /// The value as a condition; of a value that is none, unknown.
    pub fn truth(&self) -> Truth {
        match self {
            Self::Known(Datum::Bool(true)) => Truth::True,
            Self::Known(Datum::Bool(false)) | Self::Missing => Truth::False,
            Self::Known(_) | Self::Unknown(_) => Truth::Unknown,
        }
    }

    /// The words, when it is a known text.
    pub fn as_text(&self) -> Option<&TextValue<'a>> {
        match self {
            Self::Known(Datum::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Why it is unknown.
    pub fn as_unknown(&self) -> Option<&Unknown> {
        match self {
            Self::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }

    /// A value of the policy.
    pub(crate) fn of(plan: &'a Plan, value: &'a Const) -> Self {
        let word = |id| Cow::Borrowed(plan.str(id));
        Self::Known(match *value {
            Const::Bool(value) => Datum::Bool(value),
            Const::Int(value) => Datum::Int(value),
            Const::Decimal(value) => Datum::Decimal(value),
            Const::Percent(value) => Datum::Percent(value),
            Const::Money(amount, currency) => Datum::Money(amount, word(currency)),
            Const::Duration(length) => Datum::Duration(length),
            Const::Date(date) => Datum::Date(date),
            Const::DateTime(at) => Datum::DateTime(at),
            Const::Time(time) => Datum::Time(time),
            Const::Country(id) => Datum::Country(word(id)),
            Const::Language(id) => Datum::Language(word(id)),
            Const::Text(id) => Datum::Text(TextValue::new(word(id))),
            Const::Member(id) => Datum::Member(word(id)),
            Const::List(items) => Datum::List(List::Consts(plan, plan.list(items))),
        })
    }
}
