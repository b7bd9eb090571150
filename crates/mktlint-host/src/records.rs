//! Decisions on disk and in git: reading the ledger, writing a record.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_gate::codes::record as codes;
use mktlint_gate::keys::Roles;
use mktlint_gate::ledger::{self, Ledger, Loaded};
use mktlint_gate::record::folder::is_record;
use mktlint_gate::record::{FOLDER, MAX_BYTES};
use mktlint_plan::Plan;
use rayon::prelude::*;

use crate::codes::unreadable;
use crate::git::{Content, Files, GitError, Repository};
use crate::system;

/// The most that a key file may hold.
const MAX_KEYS: usize = 1024 * 1024;

/// The files of a working tree, and what was committed last: without a repository, or before the first commit, nothing
/// tells what is new.
#[derive(Debug)]
pub struct Here {
    /// On disk.
    pub files: Files,
    /// In the newest commit.
    pub base: Option<Files>,
}

/// The files below `root`, and those that were committed last.
///
/// # Errors
///
/// Fails when a repository is there and cannot be read.
pub fn here(root: &Path) -> Result<Here, GitError> {
    let repository = match Repository::open(root) {
        Ok(repository) => repository,
        Err(GitError::NoRepository { .. }) => return Ok(Here { files: Files::of_folder(root), base: None }),
        Err(error) => return Err(error),
    };
    let base = match repository.head()? {
        Some(commit) => Some(Files::of_commit(&repository, root, commit)?),
        None => None,
    };
    Ok(Here { files: Files::of_working_tree(&repository, root)?, base })
}

/// The roles of `plan` with the keys that `files` hold, and what is wrong with key files.
pub fn roles(plan: &Plan, files: &Files) -> (Roles, Vec<Diagnostic>) {
    Roles::of(plan, |path| {
        let bytes = files.bytes(path).ok_or_else(|| "there is no such file".to_owned())?;
        let bytes = bytes.map_err(|error| error.to_string())?;
        if bytes.len() > MAX_KEYS {
            return Err(format!("it has more than {MAX_KEYS} bytes"));
        }
        system::utf8(bytes)
    })
}

/// The records of `files`: those of some `folders` in `decisions/`, or all. What `base` has counts as `base` has it, also
/// when it was edited or deleted since; what it does not have is new. Without `base` nothing is.
pub fn ledger(
    files: &Files,
    base: Option<&Files>,
    folders: Option<&BTreeSet<String>>,
    roles: &Roles,
    now: Timestamp,
) -> Ledger {
    let is_wanted = |path: &FilePath| {
        let folder = path.split('/').nth(1).unwrap_or_default();
        is_record(path) && folders.is_none_or(|folders| folders.contains(folder))
    };
    let mut wanted: BTreeMap<&FilePath, (&Files, &Content, bool)> = BTreeMap::new();
    for (path, content) in files.under(FOLDER).filter(|(path, _)| is_wanted(path)) {
        wanted.insert(path, (files, content, base.is_some()));
    }
    for (base, (path, content)) in
        base.iter().flat_map(|base| base.under(FOLDER).map(move |file| (*base, file)))
    {
        if is_wanted(path) {
            wanted.insert(path, (base, content, false));
        }
    }
    let wanted: Vec<_> = wanted.into_iter().collect();
    let load = |(path, (files, content, is_new)): &(&FilePath, (&Files, &Content, bool))| match bytes(
        files, path, content,
    ) {
        Ok(bytes) => Loaded::new(path, &bytes, *is_new, roles, now),
        Err(problem) => Loaded::failed(path, *is_new, *problem),
    };
    Ledger::new(wanted.par_iter().map(load).collect(), now, folders.is_none())
}

/// The bytes of a record; a file that is far too large is not read.
fn bytes(files: &Files, path: &FilePath, content: &Content) -> Result<Vec<u8>, Box<Diagnostic>> {
    if let Content::OnDisk(file) = content
        && let Some(stamp) = system::stamp(file)
        && stamp.length > MAX_BYTES as u64
    {
        let length = usize::try_from(stamp.length).unwrap_or(usize::MAX);
        return Err(Box::new(codes::too_large(path, length)));
    }
    files.read(path, content).map_err(|error| Box::new(unreadable::of(path, &error.to_string())))
}

/// What was done since `base` to its decisions: each of `paths` that was edited or deleted in `files`.
///
/// # Errors
///
/// Fails when a file cannot be read.
pub fn altered<'p>(
    base: &Files,
    files: &Files,
    paths: impl IntoIterator<Item = &'p FilePath>,
) -> Result<Vec<Diagnostic>, GitError> {
    let mut before = Vec::new();
    let mut now: BTreeMap<&FilePath, Vec<u8>> = BTreeMap::new();
    for path in paths.into_iter().filter(|path| is_record(path)) {
        let Some(bytes) = base.bytes(path).transpose()? else { continue };
        before.push((path, bytes));
        if let Some(bytes) = files.bytes(path).transpose()? {
            now.insert(path, bytes);
        }
    }
    let before = before.iter().map(|(path, bytes)| (*path, bytes.as_slice()));
    Ok(ledger::altered(before, |path| now.get(path).cloned()))
}

/// Writes a record to its place, whole or not at all. Nothing that is there is replaced, and no link is followed out of the
/// workspace.
///
/// # Errors
///
/// Says in plain words why it was not written.
pub fn write(root: &Path, file: &FilePath, text: &str) -> Result<(), String> {
    let root = root.canonicalize().map_err(|error| crate::workspace::reason(&error))?;
    let path = root.join(file.as_str());
    let folder = path.parent().unwrap_or(&root);
    // Each folder before it is made: the one above could be a link.
    for folder in folder
        .ancestors()
        .take_while(|folder| folder.starts_with(&root))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
    {
        if system::exists(folder) && !folder.canonicalize().is_ok_and(|real| real.starts_with(&root)) {
            return Err("its folder leads out of the workspace".to_owned());
        }
    }
    system::create_folder(folder)?;
    if !folder.canonicalize().is_ok_and(|real| real.starts_with(&root)) {
        return Err("its folder leads out of the workspace".to_owned());
    }
    system::create_file(&path, text.as_bytes())
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "tests make the files that they read")]

    use std::fs;

    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_record_is_written_once_and_inside_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().canonicalize().expect("it is there").join("work");
        fs::create_dir(&root).expect("a folder");
        let file = FilePath::new("decisions/serum/1.toml");
        assert_eq!(write(&root, &file, "one"), Ok(()));
        assert!(write(&root, &file, "two").is_err());
        assert_eq!(fs::read_to_string(root.join("decisions/serum/1.toml")).expect("it is there"), "one");
        let outside = root.with_file_name("outside");
        fs::create_dir(&outside).expect("a folder");
        std::os::unix::fs::symlink(&outside, root.join("decisions/cream")).expect("a link");
        let found = write(&root, &FilePath::new("decisions/cream/1.toml"), "one");
        assert_eq!(found, Err("its folder leads out of the workspace".to_owned()));
        fs::remove_dir_all(root.join("decisions")).expect("it was there");
        std::os::unix::fs::symlink(&outside, root.join("decisions")).expect("a link");
        assert!(write(&root, &file, "one").is_err());
        assert_eq!(fs::read_dir(&outside).expect("it is there").count(), 0);
    }

    #[test]
    fn what_was_committed_counts_as_it_was() {
        let Some(scratch) = Scratch::new() else { return };
        scratch.write("decisions/policy/1.toml", "format = 2\n");
        scratch.write("decisions/policy/2.toml", "format = 2\n");
        scratch.commit("first");
        scratch.write("decisions/policy/1.toml", "format = 3\n");
        scratch.write("decisions/policy/3.toml", "format = 4\n");
        scratch.write("decisions/policy/notes.md", "not a record\n");
        fs::remove_file(scratch.root().join("decisions/policy/2.toml")).expect("it was there");
        let here = here(&scratch.root()).expect("it can be read");
        let now = "2026-11-22T12:00:00Z".parse().expect("a time");
        let ledger = ledger(&here.files, here.base.as_ref(), None, &Roles::default(), now);
        let formats: Vec<_> = ledger
            .broken()
            .iter()
            .map(|broken| (broken.is_new, broken.problems[0].message.contains("format 2")))
            .collect();
        assert_eq!(formats, [(false, true), (false, true), (true, false)]);
        let base = here.base.as_ref().expect("there is a commit");
        let paths: Vec<FilePath> =
            ["1", "2", "3"].map(|name| FilePath::new(&format!("decisions/policy/{name}.toml"))).into();
        let found = altered(base, &here.files, &paths).expect("all can be read");
        assert_eq!(found.iter().map(|found| found.code.as_str()).collect::<Vec<_>>(), ["MKT0922", "MKT0922"]);
    }
}
