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
    /// For the pass over all assets.
    pub facts: FileFacts,
}
