//! What a commit, the index or the working tree holds.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice as _};
use gix::index::entry::{Flags, Mode, Stage};
use gix::status::UntrackedFiles;
use gix::status::index_worktree::Item;
use mktlint_diag::FilePath;

use super::{Commit, GitError, Repository};
use crate::system;
use crate::workspace::{list, relative};

/// Where the bytes of a file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// In the repository.
    Kept(ObjectId),
    /// On disk.
    OnDisk(PathBuf),
}

/// A list of files with paths from one folder, `/` between their parts. Links are left out: what they lead to is found
/// at its own place.
#[derive(Clone, Debug)]
pub struct Files {
    /// `None` of a folder that git has nothing to do with.
    repository: Option<Repository>,
    /// The folder that paths count from.
    root: PathBuf,
    files: BTreeMap<FilePath, Content>,
    /// Files whose names are no UTF-8, by what they are called here.
    odd: BTreeMap<FilePath, PathBuf>,
    /// Folders that are repositories of their own, with what they stand at.
    submodules: BTreeMap<FilePath, ObjectId>,
    /// Links, with where they lead.
    links: BTreeMap<FilePath, String>,
}

/// A file of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its path from the folder that was asked about, with `/` between its parts.
    pub path: String,
    /// What it held.
    pub bytes: Vec<u8>,
}

/// The files in and below `folder` as they were in `revision`, in order of path: those whose path `is_wanted`.
///
/// The working tree is neither read nor touched. Links and submodules are left out. There is none when the folder did
/// not exist then.
///
/// # Errors
///
/// Fails when there is no such revision, or when a file of it is missing.
pub fn files_at(
    folder: &Path,
    revision: &str,
    is_wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Stored>, GitError> {
    let repository = Repository::open(folder)?;
    let files = Files::of_commit(&repository, folder, repository.commit(revision)?)?;
    let wanted = files.iter().filter(|(path, _)| is_wanted(path));
    let read = |(path, content): (&FilePath, &Content)| {
        Ok(Stored { path: path.to_string(), bytes: files.read(path, content)? })
    };
    wanted.map(read).collect()
}

impl Files {
    /// What is in and below `folder` in `commit`.
    ///
    /// # Errors
    ///
    /// Fails when a folder of it is missing in the repository.
    pub fn of_commit(repository: &Repository, folder: &Path, commit: Commit) -> Result<Self, GitError> {
        let local = repository.local();
        let missing = |_| repository.missing(&commit.short());
        let tree = local.find_commit(commit.id).and_then(|commit| commit.tree_id()).map_err(missing)?;
        let index = local.index_from_tree(&tree).map_err(missing)?;
        Self::new(repository, folder, &index)
    }

    /// What is in and below `folder` in the index: what the next commit would hold. Of a file with a conflict, what
    /// this side made of it.
    ///
    /// # Errors
    ///
    /// Fails when the index cannot be read.
    pub fn of_index(repository: &Repository, folder: &Path) -> Result<Self, GitError> {
        repository.top()?;
        let index = repository.local().index_or_empty().map_err(|error| GitError::of(&error))?;
        Self::new(repository, folder, &index)
    }

    /// What is in and below `folder` on disk, apart from what git ignores. Files that git knows to be as they are in
    /// the index are not read.
    ///
    /// # Errors
    ///
    /// Fails when the index cannot be read.
    pub fn of_working_tree(repository: &Repository, folder: &Path) -> Result<Self, GitError> {
        let mut files = Self::of_index(repository, folder)?;
        let (top, prefix) = (repository.top()?, repository.prefix(folder)?);
        for item in changed_on_disk(repository, &prefix)? {
            files.note(&item, top, &prefix);
        }
        Ok(files)
    }

    /// What is in and below `folder` on disk, whether git knows it or not: hidden files and what `.gitignore` names are
    /// left out.
    pub fn of_folder(folder: &Path) -> Self {
        let mut found = Self::none(folder);
        let listing = list(&[folder.to_owned()]);
        for file in listing.files {
            found.files.insert(relative(folder, &file.path), Content::OnDisk(file.path));
        }
        for link in listing.all_links {
            found.links.insert(relative(folder, &link), system::link_target(&link).unwrap_or_default());
        }
        found
    }

    /// Nothing in `folder`, as before the first commit.
    pub fn none(folder: &Path) -> Self {
        Self {
            repository: None,
            root: folder.to_owned(),
            files: BTreeMap::new(),
            odd: BTreeMap::new(),
            submodules: BTreeMap::new(),
            links: BTreeMap::new(),
        }
    }

    fn new(repository: &Repository, folder: &Path, index: &gix::index::State) -> Result<Self, GitError> {
        if index.is_sparse() {
            return Err(GitError::SparseIndex);
        }
        let prefix = repository.prefix(folder)?;
        let mut found = Self { repository: Some(repository.clone()), ..Self::none(folder) };
        let all = index.prefixed_entries(prefix.as_bytes().into()).unwrap_or_default();
        for entry in all {
            let is_ours = matches!(entry.stage(), Stage::Unconflicted | Stage::Ours);
            if entry.flags.contains(Flags::INTENT_TO_ADD) || !is_ours {
                continue;
            }
            let Some(path) = found.named(entry.path(index), &prefix) else { continue };
            match entry.mode {
                Mode::FILE | Mode::FILE_EXECUTABLE => {
                    found.files.insert(path, Content::Kept(entry.id));
                }
                Mode::COMMIT => {
                    found.submodules.insert(path, entry.id);
                }
                Mode::SYMLINK => {
                    let object = repository.local().find_object(entry.id).map(gix::Object::detach);
                    let target = object.map_err(|_| repository.missing(&path))?.data;
                    found.links.insert(path, String::from_utf8_lossy(&target).into_owned());
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// Takes in that a file on disk is not as in the index.
    fn note(&mut self, item: &Item, top: &Path, prefix: &str) {
        let name = item.rela_path();
        let Some(path) = self.named(name, prefix) else { return };
        if self.submodules.contains_key(&path) || item.summary().is_none() {
            return;
        }
        let full = top.join(gix::path::from_bstr(name).unwrap_or_default());
        if full.symlink_metadata().is_ok_and(|data| data.is_file()) {
            self.links.remove(&path);
            self.files.insert(path, Content::OnDisk(full));
        } else {
            self.files.remove(&path);
            match system::link_target(&full) {
                Some(target) => self.links.insert(path, target),
                None => self.links.remove(&path),
            };
        }
    }

    /// `name` from the folder that `prefix` leads to. A name that is no UTF-8 is shown as well as it can be.
    fn named(&mut self, name: &BStr, prefix: &str) -> Option<FilePath> {
        let inside = name.strip_prefix(prefix.as_bytes())?;
        let path = FilePath::new(&inside.to_str_lossy());
        if inside.to_str().is_err() {
            let real = gix::path::from_byte_slice(inside).ok()?;
            self.odd.insert(path.clone(), self.root.join(real));
        }
        Some(path)
    }

    /// Where the file at `path` is on disk, or would be.
    pub fn on_disk(&self, path: &FilePath) -> PathBuf {
        self.odd.get(path).cloned().unwrap_or_else(|| self.root.join(path.as_str()))
    }

    /// All files, in order of path.
    pub fn iter(&self) -> impl Iterator<Item = (&FilePath, &Content)> {
        self.files.iter()
    }

    /// Where the bytes of the file at `path` are.
    pub fn get(&self, path: &FilePath) -> Option<&Content> {
        self.files.get(path)
    }

    /// The files in and below `folder`, written without a `/` behind it; all when it is empty.
    pub fn under(&self, folder: &str) -> impl Iterator<Item = (&FilePath, &Content)> {
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let from = FilePath::new(&start);
        self.files.range(from..).take_while(move |(path, _)| path.starts_with(&start))
    }

    /// The bytes of the file at `path`; `None` when there is none.
    ///
    /// # Errors
    ///
    /// As [`Files::read`].
    pub fn bytes(&self, path: &str) -> Option<Result<Vec<u8>, GitError>> {
        let content = self.files.get(&FilePath::new(path))?;
        Some(self.read(path, content))
    }

    /// Keeps the files, links and submodules whose paths are wanted.
    pub fn retain(&mut self, is_wanted: impl Fn(&FilePath) -> bool) {
        self.files.retain(|path, _| is_wanted(path));
        self.links.retain(|path, _| is_wanted(path));
        self.submodules.retain(|path, _| is_wanted(path));
    }

    /// Links of `other` that are not here, or lead elsewhere.
    pub fn new_links<'o>(&'o self, other: &'o Self) -> impl Iterator<Item = &'o FilePath> {
        other
            .links
            .iter()
            .filter(|(path, target)| self.links.get(*path) != Some(*target))
            .map(|(path, _)| path)
    }

    /// Whether the folder is a repository of its own.
    pub fn is_submodule(&self, path: &FilePath) -> bool {
        self.submodules.contains_key(path)
    }

    /// Folders that are repositories of their own and stand elsewhere in `other`.
    pub fn moved_submodules(&self, other: &Self) -> Vec<FilePath> {
        let all = self.submodules.keys().chain(other.submodules.keys());
        let moved = all.filter(|path| self.submodules.get(*path) != other.submodules.get(*path));
        let mut moved: Vec<FilePath> = moved.cloned().collect();
        moved.sort();
        moved.dedup();
        moved
    }

    /// The paths of files that are not the same in `other`, in order: gone, new, or of other bytes. Files that both sides
    /// keep in the repository are not read for it.
    ///
    /// # Errors
    ///
    /// Fails when a file that must be read cannot be.
    pub fn altered(&self, other: &Self) -> Result<Vec<FilePath>, GitError> {
        let mut altered = Vec::new();
        for (path, own) in &self.files {
            let is_same = match other.files.get(path) {
                None => false,
                Some(theirs) => own == theirs || self.reads_as(path, own, other, theirs)?,
            };
            if !is_same {
                altered.push(path.clone());
            }
        }
        altered.extend(other.files.keys().filter(|path| !self.files.contains_key(*path)).cloned());
        altered.sort();
        Ok(altered)
    }

    /// Whether two contents that are not in one place are the same bytes.
    fn reads_as(&self, path: &str, own: &Content, other: &Self, theirs: &Content) -> Result<bool, GitError> {
        match (own, theirs) {
            (Content::Kept(_), Content::Kept(_)) => Ok(false),
            _ => Ok(self.read(path, own)? == other.read(path, theirs)?),
        }
    }

    /// What the file called `path` holds.
    ///
    /// # Errors
    ///
    /// Fails when its content is missing in the repository, or when the disk refuses it.
    pub fn read(&self, path: &str, content: &Content) -> Result<Vec<u8>, GitError> {
        match content {
            Content::OnDisk(file) => system::read_bytes(file)
                .map_err(|reason| GitError::Damaged { reason: format!("`{path}`: {reason}") }),
            Content::Kept(id) => {
                let missing = || GitError::Missing { what: path.to_owned(), is_partial: false };
                let repository = self.repository.as_ref().ok_or_else(missing)?;
                let object = repository.local().find_object(*id).map(gix::Object::detach);
                object.map(|object| object.data).map_err(|_| repository.missing(path))
            }
        }
    }
}

impl Repository {
    /// That the content of `what` is not there.
    pub(super) fn missing(&self, what: &str) -> GitError {
        GitError::Missing { what: what.to_owned(), is_partial: self.is_partial() }
    }
}

/// What differs on disk from the index below `prefix`, and what git has not been told of.
fn changed_on_disk(repository: &Repository, prefix: &str) -> Result<Vec<Item>, GitError> {
    let fail = |error: gix::Error| GitError::of(&error);
    let local = repository.local();
    let status = local.status(gix::utils::progress::Discard).map_err(fail)?;
    let status = status
        .untracked_files(UntrackedFiles::Files)
        .index_worktree_rewrites(None)
        .index_worktree_submodules(None)
        .dirwalk_options(|options| options.empty_patterns_match_prefix(false));
    let pattern = format!(":(top,literal){}", prefix.trim_end_matches('/'));
    let patterns = (!prefix.is_empty()).then(|| pattern.into());
    let items = status.into_index_worktree_iter(patterns).map_err(fail)?;
    let (mut filters, index) = local.filter_pipeline(None).map_err(fail)?;
    let mut changed = Vec::new();
    for item in items {
        let item = item.map_err(fail)?;
        if !would_be_kept_alike(&item, &mut filters, &index, repository.top()?) {
            changed.push(item);
        }
    }
    Ok(changed)
}

/// Whether git would store the same bytes as before, since it changes line ends on the way. The status tells sizes
/// apart, and with them line ends.
fn would_be_kept_alike(
    item: &Item,
    filters: &mut gix::filter::Pipeline<'_>,
    index: &gix::index::State,
    top: &Path,
) -> bool {
    let Item::Modification { entry, rela_path, .. } = item else { return false };
    let path = gix::path::from_bstr(rela_path.as_bstr()).unwrap_or_default();
    let Ok(bytes) = system::read_bytes(&top.join(&path)) else { return false };
    if !bytes.contains(&b'\r') {
        return false;
    }
    let Ok(mut converted) = filters.convert_to_git(bytes.as_slice(), &path, index) else { return false };
    let mut kept = Vec::new();
    converted.read_to_end(&mut kept).is_ok()
        && gix::objs::compute_hash(entry.id.kind(), gix::objs::Kind::Blob, &kept)
            .is_ok_and(|id| id == entry.id)
}
