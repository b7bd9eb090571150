//! Paths as people see them: from the working directory.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use mktlint_asset::format_of;
use mktlint_diag::{Diagnostic, FilePath, Label, Place};

use super::Settings;
use crate::policy::DEFAULT_PATH;
use crate::system;

/// Knows the file behind each path that is shown.
#[derive(Debug, Default)]
pub struct Shown {
    files: BTreeMap<FilePath, PathBuf>,
    given: BTreeMap<FilePath, Arc<str>>,
}

impl Shown {
    /// Findings with paths from the working directory instead of `root`.
    pub fn relocate(
        &mut self,
        root: &Path,
        settings: &Settings,
        findings: Vec<Diagnostic>,
    ) -> Vec<Diagnostic> {
        let prefix = prefix(&settings.folder, root);
        findings.into_iter().map(|found| self.moved(found, root, &prefix)).collect()
    }

    /// Says that `file` has this text, whatever is on disk.
    pub fn give(&mut self, file: FilePath, text: Arc<str>) {
        self.given.insert(file, text);
    }

    /// The file behind a path that is shown.
    pub fn file(&self, shown: &FilePath) -> Option<&Path> {
        self.files.get(shown).map(PathBuf::as_path)
    }

    /// The text that the spans of `file` count in, read again.
    pub fn text(&self, file: &FilePath) -> Option<Arc<str>> {
        if let Some(text) = self.given.get(file) {
            return Some(text.clone());
        }
        if let Some((_, _, text)) =
            mktlint_hir::db::STANDARD_LIBRARY.iter().find(|(path, ..)| *path == file.as_str())
        {
            return Some((*text).into());
        }
        let path = self.files.get(file)?;
        let format = format_of(file.as_str());
        system::read_file(path, format).ok().map(|read| read.text)
    }

    /// `place` of the workspace at `root` as `folder` shows it.
    pub fn place_in(&mut self, place: &Place, root: &Path, folder: &Path) -> Place {
        self.place(place, root, &prefix(folder, root))
    }

    fn moved(&mut self, mut found: Diagnostic, root: &Path, prefix: &str) -> Diagnostic {
        self.label(&mut found.primary, root, prefix);
        for label in &mut found.secondary {
            self.label(label, root, prefix);
        }
        if let Some(fix) = &mut found.fix {
            fix.file = self.path(&fix.file, root, prefix);
        }
        if let Some(waived) = &mut found.waived {
            waived.place = self.place(&waived.place, root, prefix);
        }
        found
    }

    fn label(&mut self, label: &mut Label, root: &Path, prefix: &str) {
        label.place = self.place(&label.place, root, prefix);
    }

    fn place(&mut self, place: &Place, root: &Path, prefix: &str) -> Place {
        Place::new(self.path(&place.file, root, prefix), place.span)
    }

    fn path(&mut self, file: &FilePath, root: &Path, prefix: &str) -> FilePath {
        let is_library = mktlint_hir::db::STANDARD_LIBRARY.iter().any(|(path, ..)| *path == file.as_str());
        if is_library || file.as_str() == DEFAULT_PATH {
            return file.clone();
        }
        let shown = if prefix.is_empty() { file.clone() } else { FilePath::new(&joined(prefix, file)) };
        if !self.files.contains_key(&shown) {
            self.files.insert(shown.clone(), root.join(file.as_str()));
        }
        shown
    }
}

/// `file` of the workspace at `root` as it is shown to whoever works in `folder`.
pub fn shown_path(folder: &Path, root: &Path, file: &FilePath) -> FilePath {
    let is_library = mktlint_hir::db::STANDARD_LIBRARY.iter().any(|(path, ..)| *path == file.as_str());
    let prefix = prefix(folder, root);
    let stays = is_library || file.as_str() == DEFAULT_PATH || prefix.is_empty();
    if stays { file.clone() } else { FilePath::new(&joined(&prefix, file)) }
}

/// `../campaigns/` and `campaigns/a.md` as `a.md` when the two cancel out.
fn joined(prefix: &str, file: &str) -> String {
    // A prefix that starts with `^` counts folders to leave out: the working directory is below the root.
    match prefix.strip_prefix('^') {
        Some(below) => match file.strip_prefix(below).and_then(|rest| rest.strip_prefix('/')) {
            Some(rest) => rest.to_owned(),
            None => {
                let common = common_folders(below, file);
                let up = below.split('/').count() - common;
                let rest: Vec<&str> = file.split('/').skip(common).collect();
                format!("{}{}", "../".repeat(up), rest.join("/"))
            }
        },
        None => format!("{prefix}/{file}"),
    }
}

fn common_folders(a: &str, b: &str) -> usize {
    a.split('/').zip(b.split('/')).take_while(|(x, y)| x == y).count()
}

/// How to get from `folder` to `root`: empty when they are the same, `sub/dir` when the root is below, `^sub/dir` when
/// it is above, the absolute path otherwise.
fn prefix(folder: &Path, root: &Path) -> String {
    let slashes = |path: &Path| {
        let parts = path.components().filter_map(|part| match part {
            Component::Normal(part) => Some(part.to_string_lossy()),
            _ => None,
        });
        parts.collect::<Vec<_>>().join("/")
    };
    if let Ok(below) = root.strip_prefix(folder) {
        slashes(below)
    } else if let Ok(above) = folder.strip_prefix(root) {
        format!("^{}", slashes(above))
    } else {
        root.to_string_lossy().replace('\\', "/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(folder: &str, root: &str, file: &str) -> String {
        let prefix = prefix(Path::new(folder), Path::new(root));
        if prefix.is_empty() { file.to_owned() } else { joined(&prefix, file) }
    }

    #[test]
    fn paths_count_from_the_working_directory() {
        assert_eq!(shown("/w", "/w", "a/b.md"), "a/b.md");
        assert_eq!(shown("/w", "/w/acme", "a/b.md"), "acme/a/b.md");
        assert_eq!(shown("/w/a", "/w", "a/b.md"), "b.md");
        assert_eq!(shown("/w/a/c", "/w", "a/b.md"), "../b.md");
        assert_eq!(shown("/w/x", "/w", "a/b.md"), "../a/b.md");
        assert_eq!(shown("/elsewhere", "/w", "a/b.md"), "/w/a/b.md");
    }
}
