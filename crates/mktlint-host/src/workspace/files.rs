//! Lists files, respecting `.gitignore`.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// Its absolute path.
    pub path: PathBuf,
    /// Whether it was named itself, not found in a folder.
    pub explicit: bool,
}

/// What was found under some paths.
#[derive(Debug, Default)]
pub struct Listing {
    /// In order of path, each once.
    pub files: Vec<Listed>,
    /// What could not be listed, with the reason.
    pub unreadable: Vec<(PathBuf, String)>,
    /// Links that lead out of the folder they were found in, or nowhere.
    pub links: Vec<(PathBuf, String)>,
    /// All links, wherever they lead.
    pub all_links: Vec<PathBuf>,
}

/// The files at and under `paths`, which exist and are absolute.
///
/// Hidden files and what `.gitignore` names are left out, unless named themselves. Links are not followed: what they
/// lead to is found at its own place; a link to a place outside is reported.
pub fn list(paths: &[PathBuf]) -> Listing {
    let mut listing = Listing::default();
    for path in paths {
        if path.is_dir() {
            walk(path, &mut listing);
        } else {
            listing.files.push(Listed { path: path.clone(), explicit: true });
        }
    }
    listing.files.sort();
    listing.files.dedup_by(|b, a| a.path == b.path);
    listing
}

/// The files under `folder` that `is_wanted`, hidden and ignored ones among them, 16 folders deep; beyond `most` the rest is not
/// read, and `folder` stands among what is unreadable.
///
/// For folders of other tools, which are often ignored because those tools fetch them. Links are not followed.
pub fn list_all(folder: &Path, most: usize, is_wanted: impl Fn(&Path) -> bool) -> Listing {
    let mut listing = Listing::default();
    let mut walk = WalkBuilder::new(folder);
    walk.standard_filters(false).follow_links(false).max_depth(Some(16));
    for entry in walk.build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && is_wanted(entry.path()) => {
                if listing.files.len() >= most {
                    listing
                        .unreadable
                        .push((folder.to_owned(), format!("it holds more than {most} such files")));
                    break;
                }
                listing.files.push(Listed { path: entry.into_path(), explicit: false });
            }
            Ok(_) => {}
            Err(error) => {
                let path = path_of(&error).unwrap_or_else(|| folder.to_owned());
                let reason = error.io_error().map_or_else(|| error.to_string(), of_walk);
                listing.unreadable.push((path, reason));
            }
        }
    }
    listing.files.sort();
    listing
}

fn walk(folder: &Path, listing: &mut Listing) {
    let mut walk = WalkBuilder::new(folder);
    // `.gitignore` counts without a repository too: a checkout unpacked from an archive is judged alike.
    walk.follow_links(false).require_git(false);
    for entry in walk.build() {
        match entry {
            Ok(entry) => match entry.file_type() {
                Some(kind) if kind.is_file() => {
                    listing.files.push(Listed { path: entry.into_path(), explicit: false });
                }
                Some(kind) if kind.is_symlink() => {
                    listing.all_links.push(entry.path().to_owned());
                    link(folder, entry.path(), listing);
                }
                _ => {}
            },
            Err(error) => {
                let path = path_of(&error).unwrap_or_else(|| folder.to_owned());
                let reason = error.io_error().map_or_else(|| error.to_string(), of_walk);
                listing.unreadable.push((path, reason));
            }
        }
    }
}

/// The operating system's reason in lower case, without its number.
pub fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    text.to_lowercase()
}

/// The reason alone: the walk puts the path before it.
fn of_walk(error: &std::io::Error) -> String {
    let text = plain(error);
    text.rsplit(": ").next().unwrap_or(&text).to_owned()
}

fn path_of(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } => path_of(err),
        _ => None,
    }
}

fn link(folder: &Path, path: &Path, listing: &mut Listing) {
    match path.canonicalize() {
        Ok(target) => {
            let inside = folder.canonicalize().is_ok_and(|folder| target.starts_with(folder));
            if !inside {
                listing.links.push((path.to_owned(), "it leads out of the workspace".to_owned()));
            }
        }
        Err(error) => listing.links.push((path.to_owned(), plain(&error))),
    }
}
