//! Commits by name.

use gix::ObjectId;

use super::{GitError, Repository};

/// A commit that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commit {
    pub(super) id: ObjectId,
}

impl Commit {
    /// The first ten digits of its id, to show.
    pub fn short(&self) -> String {
        self.id.to_hex_with_len(10).to_string()
    }

    /// Its whole id.
    pub fn id(&self) -> String {
        self.id.to_hex().to_string()
    }
}

impl Repository {
    /// The commit that `name` means: a branch, a tag, an id or its start, `HEAD~2`.
    ///
    /// # Errors
    ///
    /// Fails when it means none.
    pub fn commit(&self, name: &str) -> Result<Commit, GitError> {
        let local = self.local();
        if name == "HEAD" && self.head()?.is_none() {
            return Err(GitError::NoCommit);
        }
        let none = || GitError::NoRevision { name: name.to_owned(), is_shallow: self.is_shallow() };
        if name.is_empty() || name.starts_with('-') {
            return Err(none());
        }
        let found = local.rev_parse_single(name).map_err(|_| none())?;
        let object = found.object().map_err(|_| none())?;
        let commit = object.peel_to_commit().map_err(|_| none())?;
        Ok(Commit { id: commit.id })
    }

    /// The commit that is checked out; `None` when there is none yet.
    ///
    /// # Errors
    ///
    /// Fails when it cannot be read.
    pub fn head(&self) -> Result<Option<Commit>, GitError> {
        let local = self.local();
        let head = local.head().map_err(|error| GitError::of(&error))?;
        if head.is_unborn() {
            return Ok(None);
        }
        let id = local.head_id().map_err(|error| GitError::of(&error))?;
        Ok(Some(Commit { id: id.detach() }))
    }

    /// The newest commit that both `base`, called `name`, and `head` come from: where a branch left another.
    ///
    /// # Errors
    ///
    /// Fails when they have none in common.
    pub fn merge_base(&self, name: &str, base: Commit, head: Commit) -> Result<Commit, GitError> {
        let mut local = self.local();
        local.object_cache_size_if_unset(4 * 1024 * 1024);
        let none = || GitError::Unrelated { name: name.to_owned(), is_shallow: self.is_shallow() };
        let found = local.merge_base(base.id, head.id).map_err(|error| GitError::of(&error))?;
        Ok(Commit { id: found.ok_or_else(none)?.detach() })
    }

    /// The branch that the remote calls its main one: `origin/main`. `None` when nobody has asked the remote.
    pub fn main_branch(&self) -> Option<String> {
        let local = self.local();
        let head = local.find_reference("refs/remotes/origin/HEAD").ok();
        let told = head.as_ref().and_then(|head| Some(head.target().try_name()?.shorten().to_string()));
        // A repository that was pushed, not cloned, is not told.
        let usual = ["origin/main", "origin/master"].into_iter();
        told.or_else(|| usual.map(str::to_owned).find(|name| self.commit(name).is_ok()))
    }
}
