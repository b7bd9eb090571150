//! Which files git says have changed.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

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
    let top = git(folder, &["rev-parse", "--show-toplevel"], &[])?;
    let top = path_of(top.trim_ascii_end());
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

fn git(folder: &Path, args: &[&str], paths: &[PathBuf]) -> Result<Vec<u8>, String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(args);
    if args.first() != Some(&"rev-parse") {
        command.arg("--").args(paths.iter().map(|path| path.as_os_str()).collect::<Vec<&OsStr>>());
    }
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
