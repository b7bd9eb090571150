//! The files of the standard library on disk, for editors, which can open nothing else.

use std::path::{Path, PathBuf};

use mktlint_diag::FilePath;
use mktlint_hir::db::STANDARD_LIBRARY;
use sha2::{Digest as _, Sha256};

use crate::policy::hex;
use crate::{cache, system};

/// Where the files of this build are: below the cache, so that losing them costs nothing.
fn folder() -> Option<PathBuf> {
    let build = hex(&Sha256::digest(cache::BUILD)).chars().take(12).collect::<String>();
    Some(system::cache_folder()?.join("library").join(build))
}

/// The path of the library's file `file` (`std/us/can_spam.mkt`) on disk, where it is written first when it is not
/// there. `None` when there is no such file, or nowhere to write it.
pub fn path_of(file: &FilePath) -> Option<PathBuf> {
    let (_, _, text) = STANDARD_LIBRARY.iter().find(|(path, ..)| *path == file.as_str())?;
    let path = folder()?.join(file.as_str());
    let is_there = system::read_bytes(&path).is_ok_and(|bytes| bytes == text.as_bytes());
    if !is_there {
        system::write_cache(&path, text.as_bytes());
    }
    system::exists(&path).then_some(path)
}

/// The file of the library that `path` is a copy of.
pub fn file_of(path: &Path) -> Option<FilePath> {
    let inside = path.strip_prefix(folder()?).ok()?.to_str()?.replace('\\', "/");
    STANDARD_LIBRARY.iter().find(|(own, ..)| *own == inside).map(|(own, ..)| FilePath::new(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_library_is_found_again() {
        let (own, _, text) = STANDARD_LIBRARY[0];
        let Some(path) = path_of(&own.into()) else { return };
        assert_eq!(system::read_text(&path).as_deref(), Ok(text));
        assert_eq!(file_of(&path), Some(own.into()));
        assert_eq!(file_of(Path::new("/etc/hosts")), None);
        assert_eq!(path_of(&"std/none.mkt".into()), None);
    }
}
