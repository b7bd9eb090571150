//! Reading two states.

use std::collections::BTreeSet;
use std::path::Path;

use mktlint_diag::FilePath;

use super::{State, StateError, is_folder, names};
use crate::git::{Authors, Commit, Files, Repository};
use crate::policy::{self, Elsewhere};
use crate::workspace::Workspace;

/// Which state a change ends in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Head {
    /// The files on disk.
    #[default]
    WorkingTree,
    /// What the next commit will hold.
    Staged,
    /// A commit.
    Revision(String),
}

/// A workspace before and after a change.
#[derive(Debug)]
pub struct Pair {
    /// Before.
    pub base: State,
    /// After.
    pub head: State,
    /// What the revision that was named holds now, where others went on there: a key that is revoked, a rejection, a
    /// stricter tier count at once, also for a branch that left before.
    pub tip: Option<State>,
    /// The files that are new, gone or of other bytes, in order of path.
    pub altered: Vec<FilePath>,
    /// Who made the change; nobody where git does not know.
    pub authors: Authors,
    /// Remarks of one line.
    pub notes: Vec<String>,
}

/// The states of `workspace`: `base`, a folder seen from `folder` or a revision, and `head`.
///
/// Of a revision, what is compared is the newest commit that it has in common with the head: what others have done there
/// since is no part of this change. Whose word counts for the change is said by the revision as it is now.
///
/// # Errors
///
/// Fails when one of them cannot be read.
pub fn pair(workspace: &Workspace, folder: &Path, base: &str, head: &Head) -> Result<Pair, StateError> {
    if is_folder(folder, base) {
        return folders(workspace, folder, base, head);
    }
    let root = workspace.root.as_path();
    let found = |reason| StateError::NotFound { base: base.to_owned(), reason };
    let repository = Repository::open(root).map_err(found)?;
    let from = repository.commit(base).map_err(found)?;
    let to = newest(&repository, head)?;
    let start = repository.merge_base(base, from, to)?;
    let old = at_commit(root, &repository, base, start, None)?;
    let tip = if from == start { None } else { Some(at_commit(root, &repository, base, from, None)?) };
    let inner = names::inner(&old.files);
    let new = match head {
        Head::WorkingTree => on_disk(workspace, Files::of_working_tree(&repository, root)?, &inner),
        Head::Staged => {
            let files = Files::of_index(&repository, root)?;
            kept(root, "what is staged", files, None, Some(&inner))?
        }
        Head::Revision(name) => at_commit(root, &repository, name, to, Some(&inner))?,
    };
    let mut authors = repository.authors(root, start, to)?;
    let altered = old.files.altered(&new.files)?;
    if !matches!(head, Head::Revision(_)) {
        let own = if start == to {
            altered.clone()
        } else {
            Files::of_commit(&repository, root, to)?.altered(&new.files)?
        };
        add_user(&repository, own, &mut authors);
    }
    let notes = notes(base, from, start, &old, &new);
    Ok(Pair { base: old, head: new, tip, altered, authors, notes })
}

fn folders(workspace: &Workspace, folder: &Path, base: &str, head: &Head) -> Result<Pair, StateError> {
    if *head != Head::WorkingTree {
        return Err(StateError::FolderAndGit { base: base.to_owned() });
    }
    let other = folder.join(base);
    let other = other.canonicalize().unwrap_or(other);
    let name = format!("`{base}`");
    let policy =
        policy::read_folder(&other).map_err(|reason| StateError::Policy { state: name.clone(), reason })?;
    let mut old = State { name, commit: None, files: Files::of_folder(&other), policy };
    names::own_alone(&mut old.files, None);
    let inner = names::inner(&old.files);
    let mut new = on_disk(workspace, Files::of_folder(&workspace.root), &inner);
    if let Ok(inside) = other.strip_prefix(&workspace.root) {
        // The older state is kept within the newer one and is no part of it.
        new.files.retain(|path| !Path::new(path.as_str()).starts_with(inside));
    }
    let altered = old.files.altered(&new.files)?;
    let notes = vec!["folders do not say who changed them, so nobody counts as an author".to_owned()];
    Ok(Pair { base: old, head: new, tip: None, altered, authors: Authors::default(), notes })
}

/// The newest commit that `head` stands on.
fn newest(repository: &Repository, head: &Head) -> Result<Commit, StateError> {
    Ok(match head {
        Head::Revision(name) => repository.commit(name)?,
        Head::WorkingTree | Head::Staged => repository.commit("HEAD")?,
    })
}

fn at_commit(
    root: &Path,
    repository: &Repository,
    name: &str,
    commit: Commit,
    inner: Option<&BTreeSet<String>>,
) -> Result<State, StateError> {
    let files = Files::of_commit(repository, root, commit)?;
    kept(root, &format!("`{name}`"), files, Some(commit), inner)
}

/// A state that git keeps.
fn kept(
    root: &Path,
    name: &str,
    mut files: Files,
    commit: Option<Commit>,
    inner: Option<&BTreeSet<String>>,
) -> Result<State, StateError> {
    names::own_alone(&mut files, inner);
    let revision = commit.map(|commit| commit.id());
    let policy = policy::read_files(&Workspace::with(root, None), &files, revision.as_deref())
        .map_err(|reason| StateError::Policy { state: name.to_owned(), reason })?;
    Ok(State { name: name.to_owned(), commit: revision, files, policy })
}

/// The state on disk, whose policies are read as `check` reads them.
fn on_disk(workspace: &Workspace, mut files: Files, inner: &BTreeSet<String>) -> State {
    names::own_alone(&mut files, Some(inner));
    let policy = Elsewhere::here(workspace.at(&workspace.root));
    State { name: "the working tree".to_owned(), commit: None, files, policy }
}

/// What is not committed yet is the user's.
fn add_user(repository: &Repository, own: Vec<FilePath>, authors: &mut Authors) {
    if let Some(user) = repository.user() {
        own.into_iter().for_each(|path| authors.add(path, user.as_str().into()));
    }
}

fn notes(base: &str, from: Commit, start: Commit, old: &State, new: &State) -> Vec<String> {
    let mut notes = Vec::new();
    if from != start {
        notes.push(format!(
            "compared with {}, where this left `{base}`; tiers, roles, keys and records count as {} has them",
            start.short(),
            from.short()
        ));
    }
    for path in old.files.moved_submodules(&new.files) {
        notes.push(format!("`{path}` is a submodule: what changed in it is for its own repository to say"));
    }
    notes
}

impl Pair {
    /// Whose tiers, roles, keys and records count.
    pub fn standard(&self) -> &State {
        self.tip.as_ref().unwrap_or(&self.base)
    }

    /// The policies before and after say the same in the same words.
    pub fn has_same_policy(&self) -> bool {
        say_the_same(&self.base.policy, &self.head.policy)
    }

    /// The policy that counts is, in the same words, the one before the change.
    pub fn has_same_standard(&self) -> bool {
        self.tip.as_ref().is_none_or(|tip| say_the_same(&tip.policy, &self.base.policy))
    }
}

fn say_the_same(one: &Elsewhere, other: &Elsewhere) -> bool {
    let texts = |policy: &Elsewhere| {
        let sources = policy.sources.sources.iter();
        sources.map(|source| (source.path.clone(), source.text.clone())).collect::<Vec<_>>()
    };
    texts(one) == texts(other)
}
