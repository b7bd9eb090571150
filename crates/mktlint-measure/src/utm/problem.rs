//! What is wrong with the campaign tags of one link, whatever the convention.

use std::ops::Range;

use super::Key;

/// Something wrong with a link. Every range is in bytes of the link's text.
///
/// These are facts: wording, severity, and which of them count belong to the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The link is tagged, but lacks one of source, medium and campaign.
    Missing {
        /// The one that is missing.
        key: Key,
        /// The query: where it would go.
        range: Range<usize>,
    },
    /// `utm_medium=`, or white space alone, or no `=`.
    EmptyValue {
        /// Whose value.
        key: Key,
        /// The pair.
        range: Range<usize>,
    },
    /// `utm_audience=x`: read by nobody.
    UnknownKey {
        /// The key.
        range: Range<usize>,
    },
    /// `utm_compaign`.
    Misspelt {
        /// What was meant.
        meant: Key,
        /// The key.
        range: Range<usize>,
    },
    /// `UTM_Source`: keys are told apart by case.
    WrongCase {
        /// What was meant.
        meant: Key,
        /// The key.
        range: Range<usize>,
    },
    /// `amp;utm_source`: an ampersand was escaped once too often, or in a place that is no HTML.
    EncodedAmpersand {
        /// The key behind it.
        key: Key,
        /// The `amp;`.
        range: Range<usize>,
    },
    /// The same key a second time, in whatever spelling.
    Duplicate {
        /// The key.
        key: Key,
        /// The first pair with it.
        first: Range<usize>,
        /// This pair.
        range: Range<usize>,
        /// Whether both say the same.
        is_same: bool,
    },
    /// `#top?utm_source=x`: behind the `#`, where no server and hardly any tool reads it, and not in the query.
    AfterFragment {
        /// The key.
        key: Key,
        /// The pair.
        range: Range<usize>,
    },
    /// `?id=1?utm_source=x`: the second `?` is part of a value, and so are the tags behind it.
    SecondQuestionMark {
        /// The `?`.
        range: Range<usize>,
    },
    /// `spring%2520sale`: an escape was escaped.
    DoubleEncoded {
        /// Whose value.
        key: Key,
        /// The first `%25` and the two digits behind it.
        range: Range<usize>,
    },
    /// `utm_source=Facebook`: reports keep it apart from `facebook`.
    UpperCase {
        /// Whose value.
        key: Key,
        /// The value.
        range: Range<usize>,
    },
    /// `utm_campaign=spring+sale`.
    WhiteSpace {
        /// Whose value.
        key: Key,
        /// The first white space, as it is written.
        range: Range<usize>,
    },
    /// `utm_campaign=été!`: a character that is no lower-case ASCII letter, digit, `.`, `_`, `~` or `-`, or one of the
    /// last four in front. Neither upper case nor white space nor a double escape, which have their own.
    Charset {
        /// Whose value.
        key: Key,
        /// The first such character, as it is written.
        range: Range<usize>,
        /// The character.
        character: char,
    },
    /// The link tells whoever logs it who clicked.
    PersonalData {
        /// What tells it.
        leak: Leak,
        /// The address or number, or the pair whose key or placeholder asks for one.
        range: Range<usize>,
    },
}

/// What in a link leads to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Leak {
    /// An email address.
    Email,
    /// A phone number.
    Phone,
    /// A key such as `email` or `phone` with a value.
    Key,
    /// A placeholder that is filled with a person's data: `{{ contact.email }}`.
    Placeholder,
}

impl Problem {
    /// The bytes of the link that are wrong.
    pub const fn range(&self) -> &Range<usize> {
        match self {
            Self::Missing { range, .. }
            | Self::EmptyValue { range, .. }
            | Self::UnknownKey { range }
            | Self::Misspelt { range, .. }
            | Self::WrongCase { range, .. }
            | Self::EncodedAmpersand { range, .. }
            | Self::Duplicate { range, .. }
            | Self::AfterFragment { range, .. }
            | Self::SecondQuestionMark { range }
            | Self::DoubleEncoded { range, .. }
            | Self::UpperCase { range, .. }
            | Self::WhiteSpace { range, .. }
            | Self::Charset { range, .. }
            | Self::PersonalData { range, .. } => range,
        }
    }

    /// The key that is concerned; `None` when it is none of the nine.
    pub const fn key(&self) -> Option<Key> {
        match self {
            Self::Missing { key, .. }
            | Self::EmptyValue { key, .. }
            | Self::EncodedAmpersand { key, .. }
            | Self::Duplicate { key, .. }
            | Self::AfterFragment { key, .. }
            | Self::DoubleEncoded { key, .. }
            | Self::UpperCase { key, .. }
            | Self::WhiteSpace { key, .. }
            | Self::Charset { key, .. } => Some(*key),
            Self::Misspelt { meant, .. } | Self::WrongCase { meant, .. } => Some(*meant),
            Self::UnknownKey { .. } | Self::SecondQuestionMark { .. } | Self::PersonalData { .. } => None,
        }
    }
}
