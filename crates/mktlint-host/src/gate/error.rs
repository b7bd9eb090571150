//! Why a change cannot be judged.

use std::fmt;

use mktlint_diag::Diagnostic;

use crate::git::GitError;
use crate::state::StateError;

/// Why a change cannot be judged.
#[derive(Debug)]
#[non_exhaustive]
pub enum CompareError {
    /// A state cannot be read.
    State(StateError),
    /// The configuration of the head is wrong, for these reasons.
    Configuration(Vec<Diagnostic>),
    /// The policy of the head cannot be used, for these reasons.
    Policy(Vec<Diagnostic>),
}

impl CompareError {
    /// Whether a content is missing, rather than the question wrong.
    pub fn is_unreadable(&self) -> bool {
        matches!(self, Self::State(StateError::Git(GitError::Missing { .. } | GitError::Damaged { .. })))
    }
}

impl fmt::Display for CompareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::State(error) => error.fmt(f),
            Self::Configuration(_) => f.write_str("the configuration is wrong"),
            Self::Policy(_) => f.write_str("the policy does not compile"),
        }
    }
}

impl std::error::Error for CompareError {}

impl From<StateError> for CompareError {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}

impl From<GitError> for CompareError {
    fn from(error: GitError) -> Self {
        Self::State(StateError::Git(error))
    }
}
