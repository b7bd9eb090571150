//! What can be wrong with a repository.

use std::fmt;
use std::path::PathBuf;

/// Why git could not be asked. Shown, it says what is wrong and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GitError {
    /// The folder is in no repository.
    NoRepository {
        /// The folder.
        folder: PathBuf,
    },
    /// The repository belongs to another user, who could have it do things.
    Untrusted {
        /// Its folder.
        folder: PathBuf,
    },
    /// There is no working tree.
    Bare,
    /// Nothing has been committed yet.
    NoCommit,
    /// A name that means no commit.
    NoRevision {
        /// As it was given.
        name: String,
        /// Whether it may be missing because the clone is shallow.
        is_shallow: bool,
    },
    /// Two commits without a common one before them.
    Unrelated {
        /// The one that was given.
        name: String,
        /// Whether the common one may be missing because the clone is shallow.
        is_shallow: bool,
    },
    /// The content of a file is not in the repository.
    Missing {
        /// The file, or the id of the object.
        what: String,
        /// Whether the clone leaves contents out until somebody asks for them.
        is_partial: bool,
    },
    /// The index lists folders in place of their files.
    SparseIndex,
    /// Anything else that cannot be read.
    Damaged {
        /// In the words of whatever found it.
        reason: String,
    },
}

impl GitError {
    /// What `error` comes down to.
    pub(super) fn of(error: &gix::Error) -> Self {
        Self::Damaged { reason: plain(&error.probable_cause().to_string()) }
    }

    /// What the operating system refused.
    pub(super) fn refused(error: &std::io::Error) -> Self {
        Self::Damaged { reason: crate::workspace::reason(error) }
    }
}

/// One line, in lower case, without a full stop.
fn plain(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut letters = line.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// What to do about a clone that holds the newest commits alone.
const DEEPEN: &str =
    "the clone is shallow: run `git fetch --unshallow`, or set `fetch-depth: 0` where CI checks out";

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRepository { folder } => {
                write!(f, "`{}` is in no git repository", folder.display())
            }
            Self::Untrusted { folder } => write!(
                f,
                "the repository `{0}` belongs to another user; if you trust it, run `git config --global --add \
                 safe.directory {0}`",
                folder.display()
            ),
            Self::Bare => f.write_str("the repository is bare, so it has neither an index nor files of its own"),
            Self::NoCommit => f.write_str("the repository has no commit yet"),
            Self::NoRevision { name, is_shallow } => {
                write!(f, "`{name}` is no revision of this repository")?;
                if *is_shallow { write!(f, "; {DEEPEN}") } else { Ok(()) }
            }
            Self::Unrelated { name, is_shallow } => {
                write!(f, "`{name}` has no commit in common with what it is compared with")?;
                if *is_shallow { write!(f, "; {DEEPEN}") } else { Ok(()) }
            }
            Self::Missing { what, is_partial: false } => {
                write!(f, "`{what}` is missing in the repository; `git fsck` says more")
            }
            Self::Missing { what, is_partial: true } => write!(
                f,
                "`{what}` is not here, because the clone is partial: run `git fetch --refetch --no-filter`, or clone \
                 without `--filter`"
            ),
            Self::SparseIndex => f.write_str(
                "the index is sparse, which cannot be read: run `git sparse-checkout reapply --no-sparse-index`",
            ),
            Self::Damaged { reason } => write!(f, "the repository cannot be read: {reason}"),
        }
    }
}

impl std::error::Error for GitError {}

impl From<GitError> for String {
    fn from(error: GitError) -> Self {
        error.to_string()
    }
}
