//! Why two states cannot be compared.

use std::fmt;

use crate::git::GitError;

/// Why two states cannot be compared. Shown, it says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateError {
    /// Nobody said what to compare with, and nothing else says it.
    NoBase,
    /// Nobody said what to compare with, and there is no repository that could say it.
    NoRepository,
    /// Neither a folder nor a revision.
    NotFound {
        /// As it was given.
        base: String,
        /// Why it is no revision.
        reason: GitError,
    },
    /// A folder cannot be compared with what git keeps.
    FolderAndGit {
        /// The folder.
        base: String,
    },
    /// The repository cannot be asked.
    Git(GitError),
    /// The policy of a state cannot be read.
    Policy {
        /// What the state is called.
        state: String,
        /// In plain words.
        reason: String,
    },
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBase => f.write_str(
                "nothing says what to compare with: pass `--base origin/main`, or a folder as `--base ../last-week`",
            ),
            Self::NoRepository => f.write_str(
                "nothing says what to compare with, since this is no git repository: pass a folder, as `--base ../last-week`",
            ),
            Self::NotFound { base, reason } => {
                write!(f, "`{base}` is neither a folder nor a revision: {reason}")
            }
            Self::FolderAndGit { base } => write!(
                f,
                "the folder `{base}` is compared with the files on disk; leave out `--head` and `--staged`"
            ),
            Self::Git(error) => error.fmt(f),
            Self::Policy { state, reason } => write!(f, "the policy in {state} cannot be read: {reason}"),
        }
    }
}

impl std::error::Error for StateError {}

impl From<GitError> for StateError {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}
