//! Addresses of files.

use std::path::{Component, Path, PathBuf};

use gen_lsp_types::Uri;

/// The file that `uri` names; `None` for what is not on disk, such as a buffer that was never saved.
pub fn path(uri: &Uri) -> Option<PathBuf> {
    if uri.scheme() != "file" {
        return None;
    }
    uri.to_file_path().ok().map(|path| plain(&path))
}

/// The address of the file at `path`, which must be absolute.
pub fn uri(path: &Path) -> Option<Uri> {
    Uri::from_file_path(path).ok()
}

/// Without `.` and `..`, so that one file has one path.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_have_paths() {
        let of = |text: &str| Uri::parse(text).ok().as_ref().and_then(path);
        assert_eq!(of("file:///a%20b/c.mkt"), Some(PathBuf::from("/a b/c.mkt")));
        assert_eq!(of("file:///a/../b.mkt"), Some(PathBuf::from("/b.mkt")));
        assert_eq!(of("untitled:Untitled-1"), None);
        assert_eq!(of("git:/a.mkt?ref"), None);
    }
}
