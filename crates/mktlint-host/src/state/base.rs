//! What a change is compared with when nobody says it.

use std::path::Path;

use super::StateError;
use crate::git::{GitError, Repository};
use crate::system;

/// What says where a pull request goes, where it runs.
const GITHUB: &str = "GITHUB_BASE_REF";

/// The commit that a merge request starts from.
const GITLAB: &str = "CI_MERGE_REQUEST_DIFF_BASE_SHA";

/// Where the branch is going: what the pull request says that this runs for, else the main branch of the remote.
///
/// # Errors
///
/// Fails when nothing says it.
pub fn default_base(root: &Path) -> Result<String, StateError> {
    let repository = match Repository::open(root) {
        Err(GitError::NoRepository { .. }) => return Err(StateError::NoRepository),
        opened => opened?,
    };
    let branch = system::variable(GITHUB).map(|branch| {
        let remote = format!("origin/{branch}");
        if repository.commit(&remote).is_ok() { remote } else { branch }
    });
    let base = branch.or_else(|| system::variable(GITLAB)).or_else(|| repository.main_branch());
    base.ok_or(StateError::NoBase)
}

/// Whether `base`, seen from `folder`, is a folder rather than a revision. What could be either is the revision, so that
/// nobody stands in for `main` by adding a folder of that name; `./main` is the folder.
pub fn is_folder(folder: &Path, base: &str) -> bool {
    let is_path = || base.starts_with('.') || Path::new(base).is_absolute();
    let is_revision = || Repository::open(folder).is_ok_and(|repository| repository.commit(base).is_ok());
    !base.is_empty() && folder.join(base).is_dir() && (is_path() || !is_revision())
}
