//! A repository, open.

use std::path::{Path, PathBuf};

use gix::sec::Trust;

use super::GitError;

/// A repository. Cheap to copy; can be used from several threads.
#[derive(Clone)]
pub struct Repository {
    inner: gix::ThreadSafeRepository,
    /// The root of the working tree, without links on the way; the repository itself when it is bare.
    top: PathBuf,
    is_bare: bool,
}

impl std::fmt::Debug for Repository {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Repository").field("top", &self.top).finish_non_exhaustive()
    }
}

impl Repository {
    /// The repository that `folder` belongs to, as git finds it: in the folder or above, through the `.git` file of a
    /// further working tree or a submodule. Programs that its configuration names are never run.
    ///
    /// # Errors
    ///
    /// Fails when there is none, when it belongs to somebody else, and when it cannot be read.
    pub fn open(folder: &Path) -> Result<Self, GitError> {
        let none = || GitError::NoRepository { folder: folder.to_owned() };
        let found = gix::discover(folder)
            .map_err(|error| if is_none(&error) { none() } else { GitError::of(&error) })?;
        let is_bare = found.workdir().is_none();
        let top = found.workdir().unwrap_or_else(|| found.git_dir());
        let top = top.canonicalize().map_err(|error| GitError::refused(&error))?;
        if found.git_dir_trust() != Trust::Full {
            return Err(GitError::Untrusted { folder: top });
        }
        Ok(Self { inner: without_programs(found)?.into_sync(), top, is_bare })
    }

    /// The root of the working tree, without links on the way.
    ///
    /// # Errors
    ///
    /// Fails when the repository is bare.
    pub fn top(&self) -> Result<&Path, GitError> {
        if self.is_bare { Err(GitError::Bare) } else { Ok(&self.top) }
    }

    /// Where `folder` is in the repository, with `/` behind it: `marketing/`; empty for its root.
    pub(super) fn prefix(&self, folder: &Path) -> Result<String, GitError> {
        if self.is_bare {
            return Ok(String::new());
        }
        let folder = folder.canonicalize().map_err(|error| GitError::refused(&error))?;
        let inside = folder.strip_prefix(&self.top).unwrap_or(Path::new(""));
        let text = inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        Ok(if text.is_empty() { text } else { text + "/" })
    }

    /// Whether older commits are missing.
    pub fn is_shallow(&self) -> bool {
        self.local().is_shallow().unwrap_or(false)
    }

    /// Whether contents are missing until somebody asks a server for them.
    pub(super) fn is_partial(&self) -> bool {
        let local = self.local();
        let config = local.config_snapshot();
        let mut remotes = config.sections_by_name("remote").into_iter().flatten();
        config.string("extensions.partialClone").is_some()
            || remotes.any(|remote| remote.value("promisor").is_some())
    }

    /// A value of the configuration, that of the user included: `user.signingKey`.
    pub fn setting(&self, key: &str) -> Option<String> {
        let value = self.local().config_snapshot().string(key)?;
        String::from_utf8(value.into()).ok()
    }

    /// The address under which the user would commit.
    pub fn user(&self) -> Option<String> {
        let local = self.local();
        let author = local.author()?.ok()?;
        Some(author.email.to_string()).filter(|email| !email.is_empty())
    }

    /// For one thread.
    pub(crate) fn local(&self) -> gix::Repository {
        self.inner.to_thread_local()
    }
}

/// The root of the repository that `folder` belongs to.
///
/// # Errors
///
/// Fails when there is none, or when it has no working tree.
pub fn top(folder: &Path) -> Result<PathBuf, GitError> {
    Repository::open(folder)?.top().map(Path::to_owned)
}

/// Whether nothing was found, rather than something that cannot be used.
fn is_none(error: &gix::Error) -> bool {
    use gix::discover::upwards::Error;
    let found = error.downcast_any_ref::<Error>();
    found.is_some_and(|error| !matches!(error, Error::NoTrustedGitRepository { .. }))
}

/// The repository without filters: those are programs, which git would have read contents for it.
fn without_programs(mut repository: gix::Repository) -> Result<gix::Repository, GitError> {
    let config = repository.config_snapshot();
    let filters = config.sections_by_name("filter").into_iter().flatten();
    let filters: Vec<_> =
        filters.map(|section| section.header().subsection_name().map(ToOwned::to_owned)).collect();
    if !filters.is_empty() {
        let mut config = repository.config_snapshot_mut();
        for name in &filters {
            config.remove_section("filter", name.as_ref().map(|name| name.as_ref()));
        }
        config.commit().map_err(|error| GitError::of(&error))?;
    }
    Ok(repository)
}
