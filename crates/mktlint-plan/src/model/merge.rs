//! Bounds of merge tags.

use serde::{Deserialize, Serialize};

use super::ids::StrId;
use super::place::PlaceRef;

/// What a merge tag prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// The name of the tag: `first_name`.
    pub name: StrId,
    /// The name in the policy.
    pub place: PlaceRef,
    /// Least and greatest number of characters.
    pub length: Option<(u32, u32)>,
    /// What it prints when the value is missing.
    pub fallback: Option<StrId>,
    /// Whether a tag without a fallback of its own is a finding.
    pub fallback_required: bool,
}
