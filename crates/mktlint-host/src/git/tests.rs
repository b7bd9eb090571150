//! Repositories that git itself makes, read without it.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests make the repositories that they read")]

use std::fs;
use std::path::PathBuf;

use mktlint_diag::FilePath;

use super::*;
use crate::scratch::Scratch;

mod history;

impl Scratch {
    fn open(&self) -> Repository {
        Repository::open(&self.root()).expect("it can be opened")
    }

    fn changed(&self, since: &Since) -> (Vec<String>, Vec<String>) {
        let changes = changes(&self.root(), since).expect("it can be read");
        let short = |paths: Vec<PathBuf>| -> Vec<String> {
            let inside = paths.iter().map(|path| path.strip_prefix(self.root()).expect("inside"));
            inside.map(|path| path.to_string_lossy().into_owned()).collect()
        };
        (short(changes.files), short(changes.deleted))
    }
}

fn since(name: &str) -> Since {
    Since::Commit(name.to_owned())
}

fn strings<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(ToOwned::to_owned).to_vec()
}

#[test]
fn changes_are_those_that_git_tells_of() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.write(".gitignore", "*.log\n");
    for name in ["same.md", "edited.md", "staged.md", "gone.md", "back.md", "sub/touched.md"] {
        scratch.write(name, "one\n");
    }
    scratch.commit("first");
    scratch.write("edited.md", "two\n");
    scratch.write("staged.md", "two\n");
    scratch.write("back.md", "two\n");
    scratch.git(&["add", "staged.md", "back.md"]);
    scratch.write("back.md", "one\n");
    scratch.write("sub/touched.md", "one\n");
    scratch.write("new/file.md", "one\n");
    scratch.write("new/noise.log", "one\n");
    fs::remove_file(scratch.root().join("gone.md")).expect("it was there");
    let (files, deleted) = scratch.changed(&since("HEAD"));
    assert_eq!(files, strings(["edited.md", "new/file.md", "staged.md"]));
    assert_eq!(deleted, strings(["gone.md"]));
    assert_eq!(scratch.changed(&Since::Staged).0, strings(["back.md", "staged.md"]));
}

#[test]
fn before_the_first_commit_everything_is_new() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.write("a.md", "one\n");
    scratch.git(&["add", "a.md"]);
    assert_eq!(scratch.changed(&Since::Staged).0, strings(["a.md"]));
    let error = changes(&scratch.root(), &since("HEAD")).expect_err("there is no commit");
    assert_eq!(error, GitError::NoCommit);
}

#[test]
fn a_conflict_and_a_file_to_be_added_are_changes() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.write("a.md", "one\n");
    scratch.commit("first");
    scratch.git(&["checkout", "-q", "-b", "other"]);
    scratch.write("a.md", "theirs\n");
    scratch.commit("theirs");
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write("a.md", "ours\n");
    scratch.commit("ours");
    assert!(!scratch.try_git(&["merge", "-q", "other"]), "it must conflict");
    scratch.write("b.md", "one\n");
    scratch.git(&["add", "-N", "b.md"]);
    assert_eq!(scratch.changed(&since("HEAD")).0, strings(["a.md", "b.md"]));
}

#[test]
fn line_ends_that_git_changes_are_no_change() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.write("a.md", "one\ntwo\n");
    scratch.commit("first");
    scratch.git(&["config", "core.autocrlf", "true"]);
    scratch.write("a.md", "one\r\ntwo\r\n");
    assert_eq!(scratch.changed(&since("HEAD")).0, strings([]));
}

#[test]
fn no_program_is_run_for_a_filter() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.write("a.md", "one\n");
    scratch.commit("first");
    scratch.write(".gitattributes", "*.md filter=trap\n");
    scratch.git(&["config", "filter.trap.clean", "touch ran; cat"]);
    scratch.git(&["config", "filter.trap.required", "true"]);
    scratch.write("a.md", "two\n");
    assert_eq!(scratch.changed(&since("HEAD")).0, strings([".gitattributes", "a.md"]));
    assert!(!scratch.root().join("ran").exists());
}

#[test]
fn names_that_are_no_text_are_files_all_the_same() {
    use std::os::unix::ffi::OsStrExt as _;
    let Some(scratch) = Scratch::new() else { return };
    scratch.commit("first");
    let odd = scratch.root().join(std::ffi::OsStr::from_bytes(b"na\xefve.md"));
    if fs::write(&odd, "one\n").is_err() {
        eprintln!("skipped: the disk wants names to be text");
        return;
    }
    let found = |since: &Since| changes(&scratch.root(), since).expect("it can be read").files;
    assert_eq!(found(&since("HEAD")), std::slice::from_ref(&odd));
    scratch.git(&["add", "-A"]);
    assert_eq!(found(&Since::Staged), [odd]);
}

#[test]
fn links_and_submodules_are_left_out() {
    let (Some(scratch), Some(other)) = (Scratch::new(), Scratch::new()) else { return };
    other.write("policy/main.mkt", "rule\n");
    other.commit("first");
    let from = other.root().display().to_string();
    scratch.write("a.md", "one\n");
    std::os::unix::fs::symlink("a.md", scratch.root().join("link.md")).expect("a new link");
    scratch.git(&["-c", "protocol.file.allow=always", "submodule", "add", "-q", &from, "brand"]);
    scratch.commit("first");
    let paths = |files: &Files| files.iter().map(|(path, _)| path.to_string()).collect::<Vec<_>>();
    let repository = scratch.open();
    let head = repository.commit("HEAD").expect("it is there");
    let old = Files::of_commit(&repository, &scratch.root(), head).expect("it can be read");
    assert_eq!(paths(&old), [".gitmodules", "a.md"]);
    scratch.write("brand/policy/more.mkt", "rule\n");
    let now = Files::of_working_tree(&repository, &scratch.root()).expect("it can be read");
    assert_eq!(paths(&now), [".gitmodules", "a.md"]);
    assert_eq!(top(&scratch.root().join("brand")), Ok(scratch.root().join("brand")));
    other.commit("second");
    let inside = scratch.root().join("brand").display().to_string();
    scratch.git(&["-C", &inside, "-c", "protocol.file.allow=always", "fetch", "-q", "origin"]);
    scratch.git(&["-C", &inside, "checkout", "-q", "origin/main"]);
    scratch.git(&["add", "brand"]);
    let staged = Files::of_index(&repository, &scratch.root()).expect("it can be read");
    assert_eq!(old.moved_submodules(&staged), [FilePath::new("brand")]);
}

#[test]
fn packed_borrowed_and_further_trees_read_alike() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.write("deep/policy/main.mkt", "one\n");
    scratch.commit("first");
    scratch.git(&["gc", "-q"]);
    scratch.git(&["clone", "-q", "--shared", ".", "borrowed"]);
    scratch.git(&["worktree", "add", "-q", "further"]);
    for folder in ["", "borrowed", "further"] {
        let folder = scratch.root().join(folder).join("deep");
        let found = files_at(&folder, "HEAD", |_| true).expect("it can be read");
        assert_eq!(found, [Stored { path: "policy/main.mkt".to_owned(), bytes: b"one\n".to_vec() }]);
    }
}

#[test]
fn a_bare_repository_has_commits_and_nothing_else() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.write("policy/main.mkt", "one\n");
    scratch.commit("first");
    scratch.git(&["clone", "-q", "--bare", ".", "bare.git"]);
    let bare = scratch.root().join("bare.git");
    assert_eq!(files_at(&bare, "main", |_| true).expect("it can be read").len(), 1);
    assert_eq!(top(&bare), Err(GitError::Bare));
    assert_eq!(changes(&bare, &Since::Staged), Err(GitError::Bare));
}

#[test]
fn files_that_a_sparse_tree_leaves_out_are_not_gone() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.write("a/one.md", "one\n");
    scratch.write("b/two.md", "one\n");
    scratch.commit("first");
    scratch.git(&["sparse-checkout", "set", "--no-sparse-index", "a"]);
    assert!(!scratch.root().join("b/two.md").exists());
    assert_eq!(scratch.changed(&since("HEAD")), (strings([]), strings([])));
}

#[test]
fn what_is_missing_says_why() {
    let Some(scratch) = Scratch::new() else { return };
    for n in 0..3 {
        scratch.write("a.md", &format!("{n}\n"));
        scratch.commit("more");
    }
    let url = format!("file://{}", scratch.root().display());
    scratch.git(&["clone", "-q", "--depth", "1", &url, "shallow"]);
    let shallow = Repository::open(&scratch.root().join("shallow")).expect("it can be opened");
    let error = shallow.commit("HEAD~1").expect_err("it is not there");
    assert!(error.to_string().contains("git fetch --unshallow"), "{error}");
    let error = scratch.open().commit("HEAD~9").expect_err("it is not there");
    assert_eq!(error.to_string(), "`HEAD~9` is no revision of this repository");
    scratch.git(&["config", "uploadpack.allowFilter", "true"]);
    scratch.git(&["clone", "-q", "--no-checkout", "--filter=blob:none", &url, "partial"]);
    let error = files_at(&scratch.root().join("partial"), "HEAD", |_| true).expect_err("it is not there");
    assert!(error.to_string().contains("the clone is partial"), "{error}");
}

#[test]
fn an_object_that_is_damaged_is_missing() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.write("a.md", "one\n");
    scratch.commit("first");
    // The id of "blob 4\0one\n", as `git hash-object` gives it.
    let object = scratch.root().join(".git/objects/56/26abf0f72e58d7a153368ba57db4c673c0e171");
    fs::remove_file(&object).expect("it was there");
    fs::write(&object, "rubbish").expect("a new file");
    let error = files_at(&scratch.root(), "HEAD", |_| true).expect_err("it cannot be read");
    assert_eq!(error, GitError::Missing { what: "a.md".to_owned(), is_partial: false });
}

#[test]
fn a_branch_begins_where_it_left_the_other() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.commit("first");
    let first = scratch.open().commit("HEAD").expect("it is there");
    scratch.git(&["checkout", "-q", "-b", "topic"]);
    scratch.commit("topic");
    scratch.git(&["checkout", "-q", "main"]);
    scratch.commit("main");
    scratch.git(&["checkout", "-q", "--orphan", "island"]);
    scratch.commit("alone");
    let repository = scratch.open();
    let commit = |name| repository.commit(name).expect("it is there");
    let base = |one, two| repository.merge_base(one, commit(one), commit(two));
    assert_eq!(base("main", "topic"), Ok(first));
    let error = base("island", "main").expect_err("they have nothing in common");
    assert_eq!(error, GitError::Unrelated { name: "island".to_owned(), is_shallow: false });
}

#[test]
fn authors_are_those_of_the_branch() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.write("ws/a.md", "one\n");
    scratch.commit("first");
    let base = scratch.open().commit("HEAD").expect("it is there");
    scratch.git(&["checkout", "-q", "-b", "topic"]);
    scratch.write("ws/a.md", "two\n");
    scratch.git(&[
        "commit",
        "-qam",
        "more\n\nCo-authored-by: Jo <jo@acme.example>",
        "--author=Bo <bo@acme.example>",
    ]);
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write("ws/b.md", "one\n");
    scratch.git(&["add", "-A"]);
    scratch.git(&["commit", "-qm", "theirs", "--author=Cy <cy@acme.example>"]);
    scratch.git(&["checkout", "-q", "topic"]);
    scratch.git(&["merge", "-q", "--no-edit", "main"]);
    let repository = scratch.open();
    let head = repository.commit("HEAD").expect("it is there");
    let authors = repository.authors(&scratch.root().join("ws"), base, head).expect("it can be read");
    let of = |path: &str| authors.of(&FilePath::new(path)).map(|it| it.to_string()).collect::<Vec<_>>();
    assert_eq!(of("a.md"), ["bo@acme.example", "jo@acme.example"]);
    assert_eq!(of("b.md"), ["cy@acme.example"]);
    assert_eq!(repository.user().as_deref(), Some("ana@acme.example"));
}

#[test]
fn a_folder_without_repository_says_so() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let error = changes(folder.path(), &Since::Staged).expect_err("there is none");
    assert!(error.to_string().ends_with("is in no git repository"), "{error}");
}
