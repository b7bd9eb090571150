//! Which commit touched which files, and when.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::path::Path;

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use gix::objs::TreeRefIter;
use gix::objs::tree::{EntryRef, name_order};
use jiff::Timestamp;
use mktlint_diag::FilePath;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::{GitError, Repository};

/// How deep folders may be nested. A guess; nobody's files are that deep, and reading deeper could use up the stack.
const DEEPEST: usize = 128;

/// Everything that was committed below a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Oldest first, no commit before its parents. Merges touch nothing: what they bring was touched before.
    pub commits: Vec<Past>,
    /// When what is known begins, where older commits are missing or were not asked for. What a commit there touched
    /// is not known either.
    pub starts: Option<Timestamp>,
    /// How many commits claim to be older than a parent. Each counts as old as its youngest parent.
    pub n_skewed: usize,
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// When it was committed; no commit is older than its parents.
    pub time: Timestamp,
    /// The address of whoever wrote it.
    pub author: SmolStr,
    /// Files that it touched, in order of path.
    pub touched: Vec<Touch>,
}

/// A file that a commit touched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touch {
    /// Its path from the folder, after the commit; before it of one that is gone.
    pub path: FilePath,
    /// What became of it.
    pub how: How,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It is new.
    Added,
    /// It holds something else.
    Changed,
    /// It is gone.
    Deleted,
    /// It was elsewhere: a file with the same content, or one of the same name in a folder that moved.
    Moved {
        /// Where.
        from: FilePath,
    },
}

/// A commit as it is read.
struct Node {
    id: ObjectId,
    tree: ObjectId,
    parents: Vec<ObjectId>,
    seconds: i64,
    author: SmolStr,
}

impl Repository {
    /// Every commit that the one that is checked out comes from, with what it touched in and below `folder`; the newest
    /// `most` of them. Nothing before the first commit. Folders that start with a dot are left out.
    ///
    /// # Errors
    ///
    /// Fails when a commit or a folder cannot be read.
    pub fn history(&self, folder: &Path, most: usize) -> Result<History, GitError> {
        let Some(head) = self.head()? else { return Ok(History::default()) };
        let prefix = self.prefix(folder)?;
        let mut local = self.local();
        local.object_cache_size_if_unset(64 * 1024 * 1024);
        let walk = Walk { repository: self, local: &local, prefix: prefix.trim_end_matches('/') };
        let nodes = walk.nodes(head.id, most)?;
        let index: FxHashMap<ObjectId, usize> =
            nodes.iter().enumerate().map(|(at, node)| (node.id, at)).collect();
        let mut history = History::default();
        let mut times: Vec<i64> = vec![i64::MIN; nodes.len()];
        for at in in_order(&nodes, &index) {
            let Some(node) = nodes.get(at) else { continue };
            let known: Vec<usize> =
                node.parents.iter().filter_map(|parent| index.get(parent).copied()).collect();
            let youngest = known.iter().filter_map(|parent| times.get(*parent).copied()).max();
            let own = known.iter().filter_map(|parent| nodes.get(*parent).map(|parent| parent.seconds)).max();
            history.n_skewed += usize::from(own.is_some_and(|parent| node.seconds < parent));
            let seconds = youngest.map_or(node.seconds, |youngest| youngest.max(node.seconds));
            if let Some(time) = times.get_mut(at) {
                *time = seconds;
            }
            let time = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
            let is_cut = known.len() < node.parents.len();
            if is_cut {
                history.starts = history.starts.max(Some(time));
            }
            let parent = known.first().and_then(|parent| nodes.get(*parent));
            let touched = if is_cut || known.len() > 1 { Vec::new() } else { walk.touched(parent, node)? };
            history.commits.push(Past { time, author: node.author.clone(), touched });
        }
        Ok(history)
    }
}

/// The positions of `nodes` with parents before children; of those that could come next the oldest, then by id.
fn in_order(nodes: &[Node], index: &FxHashMap<ObjectId, usize>) -> Vec<usize> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    let mut n_waits_for: Vec<usize> = vec![0; nodes.len()];
    for (at, node) in nodes.iter().enumerate() {
        let parents: BTreeSet<usize> = node.parents.iter().filter_map(|id| index.get(id).copied()).collect();
        n_waits_for[at] = parents.len();
        parents.into_iter().for_each(|parent| children[parent].push(at));
    }
    let key = |at: usize| (nodes[at].seconds, nodes[at].id, at);
    let mut ready: BTreeSet<_> = (0..nodes.len()).filter(|at| n_waits_for[*at] == 0).map(key).collect();
    let mut order = Vec::with_capacity(nodes.len());
    while let Some((.., at)) = ready.pop_first() {
        order.push(at);
        for child in &children[at] {
            n_waits_for[*child] -= 1;
            if n_waits_for[*child] == 0 {
                ready.insert(key(*child));
            }
        }
    }
    order
}

/// Reads commits and folders.
struct Walk<'r> {
    repository: &'r Repository,
    local: &'r gix::Repository,
    /// The folder, without `/` behind it.
    prefix: &'r str,
}

impl Walk<'_> {
    fn fail(&self, id: ObjectId) -> GitError {
        self.repository.missing(&id.to_hex_with_len(10).to_string())
    }

    /// The newest `most` commits from `head` on. Those behind the edge of a shallow clone are not there.
    fn nodes(&self, head: ObjectId, most: usize) -> Result<Vec<Node>, GitError> {
        let edge = self.local.shallow_commits().map_err(|error| GitError::of(&error))?;
        let edge: BTreeSet<ObjectId> = edge.iter().flat_map(|edge| edge.iter().copied()).collect();
        let mut seen = BTreeSet::from([head]);
        let first = self.node(head)?;
        let mut queue = BinaryHeap::from([(first.seconds, first.id)]);
        let mut waiting = BTreeMap::from([(head, first)]);
        let mut nodes = Vec::new();
        while let Some(node) = queue.pop().and_then(|(_, id)| waiting.remove(&id)) {
            if nodes.len() == most {
                break;
            }
            if !edge.contains(&node.id) {
                for parent in node.parents.iter().filter(|parent| seen.insert(**parent)) {
                    let parent = self.node(*parent)?;
                    queue.push((parent.seconds, parent.id));
                    waiting.insert(parent.id, parent);
                }
            }
            nodes.push(node);
        }
        Ok(nodes)
    }

    fn node(&self, id: ObjectId) -> Result<Node, GitError> {
        let commit = self.local.find_commit(id).map_err(|_| self.fail(id))?;
        let decoded = commit.decode().map_err(|error| GitError::of(&error))?;
        let author = decoded.author().map(|author| author.email.to_str_lossy().into()).unwrap_or_default();
        Ok(Node {
            id,
            tree: decoded.tree(),
            parents: decoded.parents().collect(),
            seconds: decoded.time().map(|time| time.seconds).unwrap_or_default(),
            author,
        })
    }

    /// The files of the folder that differ between `parent` and `node`, in order of path.
    fn touched(&self, parent: Option<&Node>, node: &Node) -> Result<Vec<Touch>, GitError> {
        let old = parent.map(|parent| self.folder(parent.tree)).transpose()?.flatten();
        let new = self.folder(node.tree)?;
        let mut found = Vec::new();
        self.compare(old, new, &mut String::new(), 0, &mut found)?;
        Ok(moves(found))
    }

    /// The folder in the root folder `tree` of a commit; `None` when it was not there.
    fn folder(&self, tree: ObjectId) -> Result<Option<ObjectId>, GitError> {
        if self.prefix.is_empty() {
            return Ok(Some(tree));
        }
        let root = self.local.find_tree(tree).map_err(|_| self.fail(tree))?;
        let entry = root.lookup_entry_by_path(self.prefix).map_err(|error| GitError::of(&error))?;
        Ok(entry.filter(|entry| entry.mode().is_tree()).map(|entry| entry.object_id()))
    }

    /// Adds what differs between the folders `old` and `new` at `path`, which ends with `/` unless it is the root.
    fn compare(
        &self,
        old: Option<ObjectId>,
        new: Option<ObjectId>,
        path: &mut String,
        depth: usize,
        found: &mut Vec<Raw>,
    ) -> Result<(), GitError> {
        if old == new {
            return Ok(());
        }
        if depth > DEEPEST {
            return Err(GitError::Damaged { reason: format!("folders are nested more than {DEEPEST} deep") });
        }
        let (old, new) = (self.bytes(old)?, self.bytes(new)?);
        let mut pairs = Pairs { old: self.entries(&old), new: self.entries(&new) };
        while let Some((was, is)) = pairs.next()? {
            if was.map(|it| (it.oid, it.mode)) == is.map(|it| (it.oid, it.mode)) {
                continue;
            }
            let Some(name) = is.or(was).map(|entry| entry.filename) else { continue };
            let length = path.len();
            path.push_str(&name.to_str_lossy());
            let (old_folder, new_folder) = (folder_id(was), folder_id(is));
            if old_folder.or(new_folder).is_none() {
                let (was, is) = (file_id(was), file_id(is));
                found.extend((was != is).then(|| Raw { path: path.clone(), was, is }));
            } else if !name.starts_with(b".") {
                path.push('/');
                self.compare(old_folder, new_folder, path, depth + 1, found)?;
            }
            path.truncate(length);
        }
        Ok(())
    }

    fn bytes(&self, tree: Option<ObjectId>) -> Result<Vec<u8>, GitError> {
        let Some(id) = tree else { return Ok(Vec::new()) };
        let mut tree = self.local.find_tree(id).map_err(|_| self.fail(id))?;
        Ok(tree.take_data())
    }

    fn entries<'b>(&self, bytes: &'b [u8]) -> TreeRefIter<'b> {
        TreeRefIter::from_bytes(bytes, self.local.object_hash())
    }
}

/// The folder that `entry` is, if it is one.
fn folder_id(entry: Option<EntryRef<'_>>) -> Option<ObjectId> {
    entry.filter(|entry| entry.mode.is_tree()).map(|entry| entry.oid.to_owned())
}

/// The file that `entry` is, if it is one: neither a link nor a submodule.
fn file_id(entry: Option<EntryRef<'_>>) -> Option<ObjectId> {
    entry.filter(|entry| entry.mode.is_blob()).map(|entry| entry.oid.to_owned())
}

/// The entries of two folders, side by side: those of one name together.
struct Pairs<'o, 'n> {
    old: TreeRefIter<'o>,
    new: TreeRefIter<'n>,
}

impl<'o, 'n> Pairs<'o, 'n> {
    #[allow(clippy::type_complexity, reason = "an entry of each side")]
    fn next(&mut self) -> Result<Option<(Option<EntryRef<'o>>, Option<EntryRef<'n>>)>, GitError> {
        let damaged = |_| GitError::Damaged { reason: "a folder of a commit is damaged".to_owned() };
        let (mut rest_old, mut rest_new) = (self.old, self.new);
        let was = rest_old.next().transpose().map_err(damaged)?;
        let is = rest_new.next().transpose().map_err(damaged)?;
        let order = match (&was, &is) {
            (None, None) => return Ok(None),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(was), Some(is)) => {
                name_order(was.filename, was.mode.is_tree(), is.filename, is.mode.is_tree())
            }
        };
        if order.is_le() {
            self.old = rest_old;
        }
        if order.is_ge() {
            self.new = rest_new;
        }
        Ok(Some((was.filter(|_| order.is_le()), is.filter(|_| order.is_ge()))))
    }
}

/// A file that differs, with its contents.
struct Raw {
    path: String,
    was: Option<ObjectId>,
    is: Option<ObjectId>,
}

/// Turns what came and what went into moves where one is the other.
fn moves(raw: Vec<Raw>) -> Vec<Touch> {
    let mut gone: BTreeMap<&str, ObjectId> = BTreeMap::new();
    let mut by_content: FxHashMap<ObjectId, BTreeSet<&str>> = FxHashMap::default();
    for file in raw.iter().filter(|file| file.is.is_none()) {
        if let Some(was) = file.was {
            gone.insert(&file.path, was);
            by_content.entry(was).or_default().insert(&file.path);
        }
    }
    let mut from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut folders: BTreeMap<&str, &str> = BTreeMap::new();
    let added = || raw.iter().filter(|file| file.was.is_none());
    for file in added() {
        let same = file.is.and_then(|is| by_content.get_mut(&is));
        let Some(same) = same else { continue };
        let (folder, name) = parts(&file.path);
        let first = same.iter().find(|path| parts(path).1 == name).or_else(|| same.first()).copied();
        if let Some(old) = first.filter(|old| same.remove(old)) {
            gone.remove(old);
            from.insert(&file.path, old);
            folders.entry(folder).or_insert(parts(old).0);
        }
    }
    for file in added() {
        let (folder, name) = parts(&file.path);
        let Some(old) = folders.get(folder).filter(|_| !from.contains_key(file.path.as_str())) else {
            continue;
        };
        let wanted = format!("{old}{name}");
        let key = gone.get_key_value(wanted.as_str()).map(|(path, _)| *path);
        if let Some(key) = key {
            gone.remove(key);
            from.insert(&file.path, key);
        }
    }
    raw.iter().filter_map(|file| touch(file, &from, &gone)).collect()
}

/// `campaigns/a/` and `email.html`.
fn parts(path: &str) -> (&str, &str) {
    path.split_at(path.rfind('/').map_or(0, |at| at + 1))
}

fn touch(file: &Raw, from: &BTreeMap<&str, &str>, gone: &BTreeMap<&str, ObjectId>) -> Option<Touch> {
    let path = FilePath::new(&file.path);
    let how = match (file.was, file.is) {
        (Some(_), Some(_)) => How::Changed,
        (None, _) => match from.get(file.path.as_str()) {
            Some(from) => How::Moved { from: FilePath::new(from) },
            None => How::Added,
        },
        (Some(_), None) if gone.contains_key(file.path.as_str()) => How::Deleted,
        // It is where it moved to.
        (Some(_), None) => return None,
    };
    Some(Touch { path, how })
}
