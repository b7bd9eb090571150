//! The one door: clock, environment, files.

#![allow(clippy::disallowed_methods, reason = "this is the one place that may")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, fs, io};

use jiff::civil;
use mktlint_asset::{Decoded, Encoding, Format, decode, decode_legacy};

/// Today, in UTC. The time zone of the machine would make the same run differ from desk to desk.
pub fn today() -> civil::Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let days = i64::try_from(seconds / 86_400).unwrap_or(0);
    civil::Date::constant(1970, 1, 1)
        .checked_add(jiff::Span::new().days(days))
        .unwrap_or(civil::Date::constant(1970, 1, 1))
}

/// The working directory, with links resolved.
///
/// # Errors
///
/// Fails when it was deleted or may not be read.
pub fn working_directory() -> io::Result<PathBuf> {
    env::current_dir().and_then(|folder| folder.canonicalize())
}

/// An environment variable that is set and not empty.
pub fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Where results may be kept: `$XDG_CACHE_HOME/mktlint`, else `~/.cache/mktlint`.
pub fn cache_folder() -> Option<PathBuf> {
    let base = variable("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let base = base.or_else(|| variable("HOME").map(|home| Path::new(&home).join(".cache")));
    base.map(|base| base.join("mktlint"))
}

/// The bytes of a file.
///
/// # Errors
///
/// Says in plain words why it cannot be read.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| crate::workspace::reason(&error))
}

/// A file, to be read bit by bit.
///
/// # Errors
///
/// Says in plain words why it cannot be opened; a folder cannot.
pub fn open_file(path: &Path) -> Result<fs::File, String> {
    let plain = |error: io::Error| crate::workspace::reason(&error);
    let file = fs::File::open(path).map_err(plain)?;
    if file.metadata().map_err(plain)?.is_dir() {
        return Err("it is a folder".to_owned());
    }
    Ok(file)
}

/// The text of a file that must be UTF-8.
///
/// # Errors
///
/// Says in plain words why it cannot be read.
pub fn read_text(path: &Path) -> Result<String, String> {
    utf8(read_bytes(path)?)
}

/// `bytes` as text.
///
/// # Errors
///
/// Says in plain words from where on they are none.
pub fn utf8(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes)
        .map_err(|error| format!("not UTF-8 from byte {} on", error.utf8_error().valid_up_to()))
}

/// What tells one state of a file from the next: when it was changed, in nanoseconds since 1970, and its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Nanoseconds since 1970.
    pub modified: u128,
    /// Bytes.
    pub length: u64,
}

/// The stamp of a file; `None` when it cannot be had.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let data = fs::metadata(path).ok()?;
    let modified = data.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    Some(Stamp { modified, length: data.len() })
}

/// Nanoseconds since 1970.
pub fn now_nanos() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos())
}

/// A file's text with how it was stored.
#[derive(Clone, Debug)]
pub struct FileText {
    /// The text that spans count in.
    pub text: Arc<str>,
    /// How it was stored.
    pub encoding: Encoding,
    /// What is wrong with its bytes.
    pub problems: Vec<(mktlint_asset::DecodeProblem, mktlint_text::Span)>,
}

/// Why a file has no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The operating system's reason.
    Refused(String),
    /// It kept changing.
    Changing,
}

/// Reads a file whose format is `format`, again when it changes meanwhile.
///
/// # Errors
///
/// Says why there is no text.
pub fn read_file(path: &Path, format: Option<Format>) -> Result<FileText, ReadError> {
    for _ in 0..3 {
        let before = stamp(path);
        let bytes = read_bytes(path).map_err(ReadError::Refused)?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let is_settled =
            stamp(path) == before && before.is_none_or(|stamp| stamp.length == length || stamp.length == 0);
        if is_settled {
            return Ok(text_of(&bytes, format));
        }
    }
    Err(ReadError::Changing)
}

/// Bytes as text.
pub fn text_of(bytes: &[u8], format: Option<Format>) -> FileText {
    let Decoded { text, encoding, problems } = match format {
        Some(Format::Csv | Format::Eml) => decode_legacy(bytes),
        _ => decode(bytes),
    };
    FileText { text: text.into(), encoding, problems }
}

/// Writes a file whole or not at all: beside it first, then in its place, with its permissions.
///
/// # Errors
///
/// Says in plain words why it could not be written; the file is then as it was.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let mut file = Growing::create(path)?;
    io::Write::write_all(&mut file, bytes).map_err(|error| crate::workspace::reason(&error))?;
    file.finish()
}

/// A file that is written bit by bit beside the one whose place it takes when it is finished. One that never is leaves
/// nothing behind.
#[derive(Debug)]
pub struct Growing {
    beside: tempfile::NamedTempFile,
    target: PathBuf,
}

impl Growing {
    /// Begins what will be the file at `path`.
    ///
    /// # Errors
    ///
    /// Says in plain words why it could not be written.
    pub fn create(path: &Path) -> Result<Self, String> {
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = target.parent().unwrap_or_else(|| Path::new("."));
        if let Ok(data) = fs::metadata(&target) {
            if data.permissions().readonly() {
                return Err("the file is read-only".to_owned());
            }
            if data.is_dir() {
                return Err("it is a folder".to_owned());
            }
        }
        let beside = beside(folder).map_err(|error| crate::workspace::reason(&error))?;
        Ok(Self { beside, target })
    }

    /// Where it is until it is finished.
    pub fn path(&self) -> &Path {
        self.beside.path()
    }

    /// Puts it in its place, with the owner and the permissions of what was there.
    ///
    /// # Errors
    ///
    /// Says in plain words why it could not; what was there stays.
    pub fn finish(self) -> Result<(), String> {
        let plain = |error: io::Error| crate::workspace::reason(&error);
        if let Ok(data) = fs::metadata(&self.target) {
            keep_owner(self.beside.path(), &data);
            fs::set_permissions(self.beside.path(), data.permissions()).map_err(plain)?;
        }
        self.beside.as_file().sync_all().map_err(plain)?;
        self.beside.persist(&self.target).map_err(|error| plain(error.error))?;
        Ok(())
    }
}

impl io::Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.beside.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.beside.flush()
    }
}

/// Writes a file that must not be there yet, whole or not at all.
///
/// # Errors
///
/// Says in plain words why it was not written.
pub fn create_file(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let plain = |error: io::Error| crate::workspace::reason(&error);
    let mut beside = beside(path.parent().unwrap_or_else(|| Path::new("."))).map_err(plain)?;
    io::Write::write_all(&mut beside, bytes).and_then(|()| beside.as_file().sync_all()).map_err(plain)?;
    beside.persist_noclobber(path).map(|_| ()).map_err(|error| plain(error.error))
}

/// Now, in whole seconds.
pub fn now() -> jiff::Timestamp {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds)
        .ok()
        .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
        .unwrap_or_default()
}

/// Removes a file that this process made and that nobody will miss.
pub fn remove_own(path: &Path) {
    let _ = fs::remove_file(path);
}

/// Writes a file as [`write_file`] does, unless it has changed since it had the stamp `read`.
///
/// # Errors
///
/// Says in plain words why it was not written; the file is then as it was, or as someone else has made it.
pub fn replace_file(path: &Path, read: Option<Stamp>, bytes: &[u8]) -> Result<(), String> {
    if stamp(path) != read {
        return Err("the file has changed meanwhile; run the command again".to_owned());
    }
    write_file(path, bytes)
}

/// Gives `file` to the owner of the file that it replaces, where that is allowed: someone who fixes files as
/// administrator does not take them away from others.
#[cfg(unix)]
fn keep_owner(file: &Path, replaced: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let _ = chown(file, Some(replaced.uid()), Some(replaced.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_file: &Path, _replaced: &fs::Metadata) {}

/// A new file in `folder`, with the permissions that new files have.
fn beside(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".mktlint-");
    #[cfg(unix)]
    let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Writes a file that may be lost: a cache. Failures are nobody's business.
pub fn write_cache(path: &Path, bytes: &[u8]) {
    if let Some(folder) = path.parent()
        && fs::create_dir_all(folder).is_ok()
    {
        let _ = write_file(path, bytes);
    }
}

/// Whether a path named on the command line exists.
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The files right in `folder` that have this extension, in order of name.
pub fn files_directly_in(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|own| own == extension) && path.is_file())
        .collect();
    files.sort();
    files
}

/// Where the link at `path` leads, as it is written; `None` when it is none.
pub fn link_target(path: &Path) -> Option<String> {
    Some(path.read_link().ok()?.to_string_lossy().into_owned())
}

/// The folders right in `folder`, in order of name; no links.
pub fn folders_directly_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let is_folder = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
    let mut folders: Vec<PathBuf> = entries.filter(is_folder).map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

/// Makes a folder and those above it.
///
/// # Errors
///
/// Says in plain words why it could not be made.
pub fn create_folder(path: &Path) -> Result<(), String> {
    fs::create_dir_all(path).map_err(|error| crate::workspace::reason(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_someone_changed_is_not_replaced() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "one").expect("a new file");
        let read = stamp(&path);
        fs::write(&path, "theirs").expect("an old file");
        assert!(replace_file(&path, read, b"ours").is_err());
        assert_eq!(fs::read(&path).expect("it is there"), b"theirs");
        assert_eq!(replace_file(&path, stamp(&path), b"ours"), Ok(()));
        assert_eq!(fs::read(&path).expect("it is there"), b"ours");
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1, "nothing is left beside it");
    }
}
