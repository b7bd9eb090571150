//! What git knows: which files have changed, and what they held in a revision.

use std::ffi::OsStr;
use std::io::{Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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

/// The files under `paths` (all when empty) that changed in the repository that `folder` belongs to.
///
/// # Errors
///
/// Says in plain words what git refused.
pub fn changes(folder: &Path, since: &Since, paths: &[PathBuf]) -> Result<Changes, String> {
    let top = top(folder)?;
    let mut names = match since {
        Since::Staged => git(folder, &["diff", "--name-only", "--no-renames", "-z", "--cached"], paths)?,
        Since::Commit(commit) => {
            if commit.starts_with('-') {
                return Err(format!("`{commit}` is no commit"));
            }
            git(folder, &["diff", "--name-only", "--no-renames", "-z", commit], paths)?
        }
    };
    if matches!(since, Since::Commit(_)) {
        names.extend(git(
            folder,
            &["ls-files", "--others", "--exclude-standard", "--full-name", "-z"],
            paths,
        )?);
    }
    let mut all: Vec<PathBuf> = names
        .split(|byte| *byte == 0)
        .filter(|name| !name.is_empty())
        .map(|name| top.join(path_of(name)))
        .collect();
    all.sort();
    all.dedup();
    let (files, deleted) = all.into_iter().partition(|path| path.symlink_metadata().is_ok());
    Ok(Changes { files, deleted })
}

/// The root of the repository that `folder` belongs to.
///
/// # Errors
///
/// Says in plain words what git refused.
pub fn top(folder: &Path) -> Result<PathBuf, String> {
    let top = git(folder, &["rev-parse", "--show-toplevel"], &[])?;
    Ok(path_of(top.trim_ascii_end()))
}

/// A path as git writes it: on Unix any bytes, since a name that is no UTF-8 names a file all the same.
#[cfg(unix)]
fn path_of(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn path_of(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).as_ref())
}

/// A file of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its path from the folder that was asked about, with `/` between its parts.
    pub path: String,
    /// What it held.
    pub bytes: Vec<u8>,
}

/// The files in and below `folder` as they were in `revision`, in git's order of path: those whose path `is_wanted`.
///
/// The working tree is neither read nor touched. Links and submodules are left out. There is none when the folder did
/// not exist then.
///
/// # Errors
///
/// Says in plain words that there is no such revision, or what git refused.
pub fn files_at(
    folder: &Path,
    revision: &str,
    is_wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Stored>, String> {
    top(folder)?;
    let commit = commit(folder, revision)?;
    let tree = output(command(folder).args(["ls-tree", "-r", "-z", &commit]))?;
    let listed = tree.split(|byte| *byte == 0).filter_map(blob);
    let wanted: Vec<(String, String)> = listed.filter(|(_, path)| is_wanted(path)).collect();
    let contents = blobs(folder, wanted.iter().map(|(id, _)| id.as_str()))?;
    Ok(wanted.into_iter().zip(contents).map(|((_, path), bytes)| Stored { path, bytes }).collect())
}

/// The full id of the commit that `revision` names.
fn commit(folder: &Path, revision: &str) -> Result<String, String> {
    let none = || format!("`{revision}` is no revision of this repository");
    if revision.starts_with('-') || revision.is_empty() {
        return Err(none());
    }
    let name = format!("{revision}^{{commit}}");
    let id = output(command(folder).args(["rev-parse", "--verify", "--quiet", &name])).map_err(|_| none())?;
    Ok(String::from_utf8_lossy(id.trim_ascii_end()).into_owned())
}

/// The id and path of a line of `ls-tree` that is a plain file: `100644 blob 9daeafb…<tab>policy/main.mkt`.
fn blob(line: &[u8]) -> Option<(String, String)> {
    let line = str::from_utf8(line).ok()?;
    let (head, path) = line.split_once('\t')?;
    let mut words = head.split(' ');
    let is_file = words.next()?.starts_with("100") && words.next()? == "blob";
    is_file.then_some((words.next()?.to_owned(), path.to_owned()))
}

/// The contents of the objects `ids`, in their order, from one process.
fn blobs<'i>(folder: &Path, ids: impl Iterator<Item = &'i str>) -> Result<Vec<Vec<u8>>, String> {
    let plain = |error: std::io::Error| format!("git cannot be asked: {}", crate::workspace::reason(&error));
    // A file, since a pipe to a process that waits for its own output to be read would stand still.
    let mut questions = tempfile::tempfile().map_err(plain)?;
    for id in ids {
        writeln!(questions, "{id}").map_err(plain)?;
    }
    questions.rewind().map_err(plain)?;
    let answers = output(command(folder).args(["cat-file", "--batch"]).stdin(Stdio::from(questions)))?;
    let mut rest = answers.as_slice();
    let mut contents = Vec::new();
    while let Some((content, behind)) = answer(rest) {
        contents.push(content.to_vec());
        rest = behind;
    }
    if rest.is_empty() { Ok(contents) } else { Err("git gave an answer that is none".to_owned()) }
}

/// The first content of what `cat-file --batch` says, and what follows it: `9daeafb… blob 4\ntest\n`.
fn answer(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = text.iter().position(|byte| *byte == b'\n')?;
    let (head, rest) = text.split_at_checked(end + 1)?;
    let length = str::from_utf8(head).ok()?.trim_end().rsplit(' ').next()?.parse().ok()?;
    let (content, behind) = rest.split_at_checked(length)?;
    Some((content, behind.strip_prefix(b"\n")?))
}

fn git(folder: &Path, args: &[&str], paths: &[PathBuf]) -> Result<Vec<u8>, String> {
    let mut command = command(folder);
    command.args(args);
    if args.first() != Some(&"rev-parse") {
        command.arg("--").args(paths.iter().map(|path| path.as_os_str()).collect::<Vec<&OsStr>>());
    }
    output(&mut command)
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder);
    command
}

/// What `command` prints; its first complaint when it fails.
fn output(command: &mut Command) -> Result<Vec<u8>, String> {
    let output = command
        .output()
        .map_err(|error| format!("git cannot be run: {}", crate::workspace::reason(&error)))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it failed").trim_start_matches("fatal: ");
    Err(format!("git says: {said}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_files_are_listed() {
        let read = |line: &str| blob(line.as_bytes());
        assert_eq!(read("100644 blob 9d\ta b.mkt"), Some(("9d".to_owned(), "a b.mkt".to_owned())));
        assert_eq!(read("100755 blob 9d\ta.mkt"), Some(("9d".to_owned(), "a.mkt".to_owned())));
        assert_eq!(read("120000 blob 9d\tlink.mkt"), None);
        assert_eq!(read("160000 commit 9d\tmodule"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn contents_may_hold_line_breaks_and_be_empty() {
        let text = b"9d blob 3\na\nb\n9e blob 0\n\n";
        let (first, rest) = answer(text).expect("there is one");
        assert_eq!(first, b"a\nb");
        assert_eq!(answer(rest), Some((&b""[..], &b""[..])));
        assert_eq!(answer(b"9d missing\n"), None);
        assert_eq!(answer(b"9d blob 9\nshort\n"), None);
    }
}
