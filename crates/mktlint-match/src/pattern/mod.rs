//! Patterns: checking them, and what every match of one must contain.

mod anchor;
mod error;
mod exact;
mod regex;
mod sequence;
mod shape;

pub(crate) use anchor::{AnchorWord, Extent};
pub use error::PatternError;
pub(crate) use exact::Exact;
pub(crate) use regex::{Pattern, parse};
pub(crate) use shape::{Shape, shape};

use crate::Flags;
use crate::literal::Edge;
use exact::Meaning;

/// The most literals that [`PatternFacts`] lists.
const LISTED: usize = 100;

/// What the compiler wants to know about a pattern that is well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternFacts {
    /// It can match without consuming anything, as `/a*/` does: it then
    /// matches nearly everywhere.
    pub matches_empty: bool,
    /// No text at all can match, as with `/[^\s\S]/` or `/a^/`. Contradictions
    /// inside parts that are endless go unnoticed.
    pub matches_nothing: bool,
    /// Every text that it can match, in order of preference, when there are at
    /// most 100 and neither capitals nor what is around them matters.
    pub literals: Option<Vec<String>>,
}

/// Says whether `/source/flags` can be searched for, and what it matches.
///
/// # Errors
/// The syntax is wrong, asks for look-around or back-references (which cannot
/// run in linear time), or the compiled pattern would be larger than 1 MB.
pub fn check_pattern(source: &str, flags: Flags) -> Result<PatternFacts, PatternError> {
    let hir = parse(source, flags)?;
    let possible = shape::possible(&hir);
    let literal = |meaning: &Meaning| match meaning {
        Meaning::Exact(Exact { text, any_case: false, left: Edge::Free, right: Edge::Free }) => {
            Some(text.clone())
        }
        _ => None,
    };
    let listed = (1..=LISTED).contains(&possible.len());
    let literals = if listed { possible.iter().map(|(_, meaning)| literal(meaning)).collect() } else { None };
    Ok(PatternFacts {
        matches_empty: hir.properties().minimum_len() == Some(0) && !possible.is_empty(),
        matches_nothing: possible.is_empty(),
        literals,
    })
}

#[cfg(test)]
mod tests;
