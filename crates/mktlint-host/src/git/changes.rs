//! Which files have changed.

use std::path::{Path, PathBuf};

use super::{Files, GitError, Repository};

/// Since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// What the next commit will contain.
    Staged,
    /// What differs from a commit, new files that nobody added yet among it.
    Commit(String),
}

/// What changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are there, absolute, in order.
    pub files: Vec<PathBuf>,
    /// Files that are gone.
    pub deleted: Vec<PathBuf>,
}

/// The files that changed in the repository that `folder` belongs to.
///
/// # Errors
///
/// Fails when it belongs to none, when there is no such commit, and when the repository cannot be read.
pub fn changes(folder: &Path, since: &Since) -> Result<Changes, GitError> {
    let repository = Repository::open(folder)?;
    let top = repository.top()?;
    let (old, new) = match since {
        Since::Staged => (at_head(&repository, top)?, Files::of_index(&repository, top)?),
        Since::Commit(name) => {
            let commit = repository.commit(name)?;
            (Files::of_commit(&repository, top, commit)?, Files::of_working_tree(&repository, top)?)
        }
    };
    let altered = old.altered(&new)?;
    let place = |path: &_| if new.get(path).is_some() { new.on_disk(path) } else { old.on_disk(path) };
    let (files, deleted) = altered.iter().map(place).partition(|path| path.symlink_metadata().is_ok());
    Ok(Changes { files, deleted })
}

fn at_head(repository: &Repository, top: &Path) -> Result<Files, GitError> {
    match repository.head()? {
        Some(head) => Files::of_commit(repository, top, head),
        None => Ok(Files::none(top)),
    }
}
