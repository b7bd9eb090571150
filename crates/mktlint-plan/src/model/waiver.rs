//! Recorded exceptions.

use jiff::civil;
use serde::{Deserialize, Serialize};

use super::ids::{Seq, StrId};
use super::place::PlaceRef;
use super::remote;

/// `waive RULE for "GLOB" until DATE { … }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Its head in the policy.
    pub place: PlaceRef,
    /// Full names of the rules.
    pub rules: Seq<StrId>,
    /// Globs of paths; every asset when empty.
    pub files: Seq<StrId>,
    /// The last day on which it holds.
    #[serde(with = "remote::optional_date")]
    pub until: Option<civil::Date>,
    /// Who answers for it.
    pub by: Option<StrId>,
    /// The reason.
    pub because: Option<StrId>,
}
