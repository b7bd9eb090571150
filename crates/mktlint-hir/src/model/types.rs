//! Types of expressions.

use std::fmt;

use smol_str::SmolStr;

use super::DeclPath;

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Already reported as wrong; agrees with everything, so that one mistake is one error.
    Error,
    /// `true`, `false`.
    Bool,
    /// Whole number.
    Int,
    /// Exact number with a fraction.
    Decimal,
    /// `0.1%`. A value of 1 means one percent.
    Percent,
    /// `EUR 20`; `None` when the currency is not fixed.
    Money(Option<SmolStr>),
    /// `7 days`.
    Duration,
    /// A day.
    Date,
    /// A day and a time.
    DateTime,
    /// A time of day.
    Time,
    /// ISO 3166-1 alpha-2: `DE`.
    Country,
    /// BCP 47, as far as `en` and `de-AT`.
    Language,
    /// Words.
    Text,
    /// Where a link leads.
    Url,
    /// `/…/`, or phrases joined by `|`.
    Pattern,
    /// A closed set: an `enum` or the stages of a `lifecycle`.
    Enum(DeclPath),
    /// A `contact`, `asset` or `part`, by the path of its declaration.
    Record(DeclPath),
    /// In order, repeats allowed.
    List(Box<Type>),
    /// Without order or repeats.
    Set(Box<Type>),
    /// May be missing: `T?`.
    Optional(Box<Type>),
}

impl Type {
    /// `T` of `T?`; any other type as it is.
    pub fn present(&self) -> &Self {
        match self {
            Self::Optional(inner) => inner,
            other => other,
        }
    }

    /// Whether a value can be missing.
    pub fn is_optional(&self) -> bool {
        matches!(self, Self::Optional(_))
    }

    /// The type of the items of a list or set.
    pub fn item(&self) -> Option<&Self> {
        match self {
            Self::List(item) | Self::Set(item) => Some(item),
            _ => None,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error => f.write_str("?"),
            Self::Bool => f.write_str("Bool"),
            Self::Int => f.write_str("Int"),
            Self::Decimal => f.write_str("Decimal"),
            Self::Percent => f.write_str("Percent"),
            Self::Money(None) => f.write_str("Money"),
            Self::Money(Some(currency)) => write!(f, "Money<{currency}>"),
            Self::Duration => f.write_str("Duration"),
            Self::Date => f.write_str("Date"),
            Self::DateTime => f.write_str("DateTime"),
            Self::Time => f.write_str("Time"),
            Self::Country => f.write_str("Country"),
            Self::Language => f.write_str("Language"),
            Self::Text => f.write_str("Text"),
            Self::Url => f.write_str("Url"),
            Self::Pattern => f.write_str("Pattern"),
            Self::Enum(path) | Self::Record(path) => f.write_str(path.name()),
            Self::List(item) => write!(f, "List<{item}>"),
            Self::Set(item) => write!(f, "Set<{item}>"),
            Self::Optional(inner) => write!(f, "{inner}?"),
        }
    }
}
