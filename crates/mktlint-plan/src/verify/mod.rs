//! Whether a plan holds together.

mod code;
mod rows;

use std::fmt;

use crate::Plan;

/// How many codes may run inside each other; each takes some stack. A guess: policies have three or four.
pub(crate) const MAX_DEPTH: u16 = 64;

/// What is wrong with a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// The table or code: `rules`, `code 12`.
    pub table: String,
    /// What is wrong there.
    pub problem: String,
}

impl VerifyError {
    fn new(table: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { table: table.into(), problem: problem.into() }
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.table, self.problem)
    }
}

impl std::error::Error for VerifyError {}

/// Checks every number, jump and stack depth of `plan`, after which nothing can panic, recurse without end or give
/// no value.
///
/// # Errors
/// The first thing that does not hold.
pub fn verify(plan: &Plan) -> Result<(), VerifyError> {
    plan.matcher.verify().map_err(|problem| VerifyError::new("matcher", problem))?;
    rows::tables(plan)?;
    code::codes(plan)
}
