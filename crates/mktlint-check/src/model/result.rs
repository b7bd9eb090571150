//! What came of one file.

use mktlint_diag::Diagnostic;

use super::facts::FileFacts;
use super::outcome::{RuleOutcome, Tally};

/// What came of one file. Depends on the plan, the file, its campaign and [`crate::Inputs`], and on no other asset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileResult {
    /// In order of position, then rule. Waived and undecided ones are among them, and the file's own problems.
    pub findings: Vec<Diagnostic>,
    /// How many rules ended how.
    pub tally: Tally,
    /// How each rule ended on each asset; empty unless [`crate::Inputs::detailed`].
    pub outcomes: Vec<RuleOutcome>,
    /// The declarations that fired, hold or are undecided on one of its assets, by the numbers that
    /// [`crate::Judge::rule_name`] knows, in order; empty unless [`crate::Inputs::wants_applied`]. Those that only the
    /// pass over all assets judges are not among them.
    pub applied: Vec<u32>,
    /// For the pass over all assets.
    pub facts: FileFacts,
}
