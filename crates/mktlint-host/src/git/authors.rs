//! Who wrote a change.

use std::collections::{BTreeMap, BTreeSet};

use gix::bstr::ByteSlice as _;
use gix::object::tree::diff::Change;
use gix::prelude::ObjectIdExt as _;
use gix::{Commit as Object, ObjectId};
use mktlint_diag::FilePath;
use smol_str::SmolStr;

use super::{Commit, GitError, Repository};

/// The line of a message that names a second author.
const TOGETHER: &str = "co-authored-by:";

/// The addresses of those who changed files, by path from the root of the workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authors {
    by_path: BTreeMap<FilePath, BTreeSet<SmolStr>>,
}

impl Authors {
    /// Who changed the file at `path`.
    pub fn of(&self, path: &FilePath) -> impl Iterator<Item = &SmolStr> {
        self.by_path.get(path).into_iter().flatten()
    }

    /// Every file that somebody changed, also when it is as it was or gone again, with who did.
    pub fn iter(&self) -> impl Iterator<Item = (&FilePath, &BTreeSet<SmolStr>)> {
        self.by_path.iter()
    }

    /// Says that `person` changed the file at `path`.
    pub fn add(&mut self, path: FilePath, person: SmolStr) {
        self.by_path.entry(path).or_default().insert(person);
    }
}

impl Repository {
    /// Who changed the files below `folder` in the commits that `head` has and `base` has not. Those named in
    /// `Co-authored-by` lines wrote it, too. A merge is the work of whoever made it where it is like none of its sides.
    ///
    /// # Errors
    ///
    /// Fails when a commit cannot be read.
    pub fn authors(&self, folder: &std::path::Path, base: Commit, head: Commit) -> Result<Authors, GitError> {
        let prefix = self.prefix(folder)?;
        let mut local = self.local();
        local.object_cache_size_if_unset(8 * 1024 * 1024);
        let fail = |error: gix::Error| GitError::of(&error);
        let walk = local.rev_walk([head.id]).with_hidden([base.id]).all().map_err(fail)?;
        let mut authors = Authors::default();
        for commit in walk {
            let commit = commit.and_then(|info| info.object()).map_err(fail)?;
            let people = people(&commit);
            for path in touched(&commit).map_err(fail)? {
                let Some(path) = path.strip_prefix(prefix.as_str()) else { continue };
                people.iter().for_each(|person| authors.add(FilePath::new(path), person.clone()));
            }
        }
        Ok(authors)
    }
}

/// Those who wrote `commit`.
fn people(commit: &Object<'_>) -> BTreeSet<SmolStr> {
    let mut people = BTreeSet::new();
    if let Ok(author) = commit.author() {
        people.insert(author.email.to_str_lossy().into());
    }
    let message = commit.message_raw_sloppy().to_str_lossy();
    people.extend(message.lines().filter_map(second_author));
    people
}

/// The address in `Co-authored-by: Jo Doe <jo@acme.example>`.
fn second_author(line: &str) -> Option<SmolStr> {
    let line = line.trim();
    let head = line.get(..TOGETHER.len())?;
    let address = line.rsplit_once('<')?.1.strip_suffix('>')?;
    head.eq_ignore_ascii_case(TOGETHER).then(|| address.trim().into())
}

/// The files that differ in `commit` from what every one of its parents has.
fn touched(commit: &Object<'_>) -> Result<BTreeSet<String>, gix::Error> {
    let parents: Vec<ObjectId> = commit.parent_ids().map(gix::Id::detach).collect();
    let Some((first, others)) = parents.split_first() else { return differing(commit, None) };
    let mut paths = differing(commit, Some(*first))?;
    for parent in others {
        let from_parent = differing(commit, Some(*parent))?;
        paths.retain(|path| from_parent.contains(path));
    }
    Ok(paths)
}

fn differing(commit: &Object<'_>, parent: Option<ObjectId>) -> Result<BTreeSet<String>, gix::Error> {
    let repository = commit.repo;
    let new = commit.tree()?;
    let old = match parent {
        // What a shallow clone lacks counts as nothing: everything is then the work of its oldest commit.
        Some(parent) => {
            parent.attach(repository).object().ok().map(|it| it.into_commit().tree()).transpose()?
        }
        None => None,
    };
    let old = old.unwrap_or_else(|| repository.empty_tree());
    let mut paths = BTreeSet::new();
    let mut platform = old.changes()?;
    platform.options(|options| {
        options.track_rewrites(None).track_path();
    });
    platform.for_each_to_obtain_tree(&new, |change: Change<'_, '_, '_>| {
        if !change.entry_mode().is_tree() {
            paths.insert(change.location().to_str_lossy().into_owned());
        }
        Ok(std::ops::ControlFlow::Continue(()))
    })?;
    Ok(paths)
}
