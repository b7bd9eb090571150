//! Why a needle cannot be used.

use std::fmt;

/// Why a phrase or a pattern cannot be searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// What is wrong: lower case, no full stop, no Rust names.
    pub message: String,
    /// What to type instead, when that is known.
    pub help: Option<String>,
    /// The bytes of the literal's text (without slashes or quotes) to point at.
    pub start: usize,
    /// The end of those bytes; may equal `start` at the end of the literal.
    pub end: usize,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PatternError {}
