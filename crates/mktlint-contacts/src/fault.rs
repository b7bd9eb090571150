//! What is wrong in a file of contacts.

use std::fmt;

use smol_str::SmolStr;

/// Why a value, or a row, cannot be read. Displays as the rest of a sentence: `` `31/12/2025` is no day like
/// 2026-11-22 ``.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The attribute must have a value.
    Missing,
    /// Not valid UTF-8.
    NotUtf8,
    /// Neither `true`, `false`, `yes`, `no`, `1` nor `0`.
    NotBoolean,
    /// No number.
    NotNumber,
    /// A number with more digits than are kept.
    TooLarge,
    /// More digits behind the point than the attribute has.
    TooFine {
        /// How many it may have.
        scale: u32,
    },
    /// An amount in another currency.
    OtherCurrency {
        /// The attribute's.
        wanted: SmolStr,
    },
    /// No day.
    NotDate,
    /// No moment.
    NotMoment,
    /// No time of day.
    NotTime,
    /// Less than the least value of the domain.
    Below {
        /// The least value.
        least: String,
    },
    /// More than the greatest value of the domain.
    Above {
        /// The greatest value.
        most: String,
    },
    /// No member of the attribute's names.
    NotMember,
    /// Another kind of JSON value than the attribute needs.
    OtherKind {
        /// What is wanted: `a text`.
        wanted: &'static str,
    },
    /// A text or set too long to be one value.
    TooLong,
    /// A row with a wrong number of cells.
    CellCount {
        /// Cells of the header.
        wanted: usize,
    },
    /// A line that is no JSON.
    BrokenJson,
    /// JSON, but no object.
    NotObject,
    /// An object that says two things of one attribute.
    Twice,
    /// A name that is no attribute; of single contacts alone, see [`crate::contact_from_json`].
    UnknownAttribute,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is missing, but must have a value"),
            Self::NotUtf8 => f.write_str("is not in UTF-8"),
            Self::NotBoolean => f.write_str("is neither true nor false"),
            Self::NotNumber => f.write_str("is no number"),
            Self::TooLarge => f.write_str("has too many digits"),
            Self::TooFine { scale: 0 } => f.write_str("is no whole number"),
            Self::TooFine { scale } => write!(f, "has more than {scale} digits behind the point"),
            Self::OtherCurrency { wanted } => write!(f, "is not in {wanted}"),
            Self::NotDate => f.write_str("is no day like 2026-11-22"),
            Self::NotMoment => f.write_str("is no moment like 2026-11-22T09:30:00"),
            Self::NotTime => f.write_str("is no time like 09:30"),
            Self::Below { least } => write!(f, "is less than {least}"),
            Self::Above { most } => write!(f, "is more than {most}"),
            Self::NotMember => f.write_str("is none of the attribute's names"),
            Self::OtherKind { wanted } => write!(f, "is not {wanted}"),
            Self::TooLong => f.write_str("is too long for one value"),
            Self::CellCount { wanted } => write!(f, "has not {wanted} cells like the header"),
            Self::BrokenJson => f.write_str("is no JSON"),
            Self::NotObject => f.write_str("is no JSON object"),
            Self::Twice => f.write_str("is there twice"),
            Self::UnknownAttribute => f.write_str("is no attribute of a contact"),
        }
    }
}

/// All that is wrong for one reason in one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultGroup {
    /// The attribute; `None` when the whole row is wrong.
    pub attribute: Option<SmolStr>,
    /// What is wrong.
    pub reason: Reason,
    /// In how many rows.
    pub rows: u64,
    /// Whether an audience needs it, so that these rows are errors; else they are warnings.
    pub needed: bool,
    /// The first ten.
    pub examples: Vec<FaultExample>,
}

/// One place where something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultExample {
    /// The row, counted from 1, without the header.
    pub row: u64,
    /// The line in which the row starts, counted from 1; `None` in Parquet.
    pub line: Option<u64>,
    /// What is there, masked and cut; what JSON readers say of a broken line. Empty when nothing is there.
    pub shown: String,
    /// The name that was perhaps meant.
    pub meant: Option<SmolStr>,
}

/// What is wrong with one attribute of a single contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The attribute, or the name that is none; empty when the JSON is no object.
    pub attribute: SmolStr,
    /// What is wrong.
    pub reason: Reason,
    /// What is there, masked and cut.
    pub shown: String,
    /// The name that was perhaps meant.
    pub meant: Option<SmolStr>,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.attribute.as_str(), self.shown.as_str()) {
            ("", _) => write!(f, "this {}", self.reason)?,
            (attribute, "") => write!(f, "`{attribute}` {}", self.reason)?,
            (attribute, shown) => write!(f, "`{attribute}`: `{shown}` {}", self.reason)?,
        }
        self.meant.as_ref().map_or(Ok(()), |meant| write!(f, "; did you mean `{meant}`?"))
    }
}
