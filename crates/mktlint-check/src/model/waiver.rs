//! Waivers that are recorded outside of policies and assets.

use jiff::civil::Date;
use mktlint_diag::Place;
use smol_str::SmolStr;

/// A recorded waiver, as the host found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedWaiver {
    /// The id of the record.
    pub id: SmolStr,
    /// Full names of rules, or codes.
    pub rules: Vec<SmolStr>,
    /// Globs of paths from the root.
    pub files: Vec<SmolStr>,
    /// The last day on which it holds.
    pub until: Date,
    /// Who answers for it.
    pub owner: SmolStr,
    /// The role that granted it: one of whose valid keys made a signature that fits. `None` without a signature.
    pub granted_by: Option<SmolStr>,
    /// Why.
    pub because: String,
    /// The record.
    pub place: Place,
    /// Why it does not hold whatever it says: a signature that does not fit, a withdrawal. Whoever says this reports it.
    pub problem: Option<String>,
}
