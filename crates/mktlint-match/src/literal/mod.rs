//! A fixed text to find: a phrase, or one of the few texts of a small pattern.

mod confirm;
mod phrase;

use serde::{Deserialize, Serialize};

pub(crate) use phrase::{is_blank, normalised};

/// A fixed text with what must hold at its edges, in the pool of its matcher.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Literal {
    /// The needle that this is a text of.
    pub needle: u32,
    /// Which text of the needle: when two start at the same place the lower
    /// one is the match, as in a regex's alternation.
    pub order: u32,
    /// Where it is in the pool.
    pub start: u32,
    pub end: u32,
    /// The byte of the literal at which its anchor word starts.
    pub anchor: u32,
    pub form: Form,
    pub left: Edge,
    pub right: Edge,
}

/// How the characters of a literal compare with those of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Form {
    /// As a reader sees them, in any case.
    PhraseAnyCase,
    /// As a reader sees them.
    PhraseExact,
    /// One for one, in any case.
    RawAnyCase,
    /// Byte for byte.
    RawExact,
}

/// What must be on the other side of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Edge {
    /// Anything.
    Free,
    /// The end of a word as readers see words; for phrases.
    Break,
    /// A word character of a regex.
    Word,
    /// No word character of a regex; also the end of the text.
    NoWord,
    /// The end of the text.
    Text,
    /// The end of a line.
    Line,
}
