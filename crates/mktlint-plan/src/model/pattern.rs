//! What is looked for in texts.

use mktlint_hir::model::item::PartOfSpeech;
use serde::{Deserialize, Serialize};

use super::ids::{PatternId, StrId};
use super::place::PlaceRef;
use super::remote;

/// A phrase or pattern, once, however many declarations look for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// Its name in [`crate::Plan::matcher`]; its number is that of the pattern.
    pub needle: mktlint_match::NeedleId,
    /// The words, or the body of the pattern.
    pub text: StrId,
    /// The flags when it is a pattern (`i`); `None` when it is a phrase.
    pub flags: Option<StrId>,
    /// Whether capitals matter in a phrase.
    pub exact_case: bool,
}

/// A pattern where one declaration looks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sought {
    /// What.
    pub pattern: PatternId,
    /// Only where it is used so.
    #[serde(with = "remote::optional_part_of_speech")]
    pub part_of_speech: Option<PartOfSpeech>,
    /// Where the policy says it.
    pub place: PlaceRef,
}
