//! Packs from elsewhere, and the lock file that names them.

#![allow(clippy::disallowed_methods, reason = "tests make the files that they read")]

use std::fs;
use std::path::Path;
use std::process::Command;

use jiff::civil::date;
use mktlint_host::packs;
use mktlint_host::policy::{self, Sources};
use mktlint_host::workspace::Workspace;
use tempfile::TempDir;

const PACK: &str = "pub rule no_best { match \"best\"  error \"best\" }\n";

/// A workspace with a pack beside it.
fn beside(entry: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("a file");
    };
    write("ws/mktlint.toml", &format!("name = \"acme\"\n[packs]\nlegal = {entry}\n"));
    write("ws/policy/main.mkt", "enforce legal\n");
    write("legal/mktlint.toml", "version = \"1.2.0\"\n");
    write("legal/policy/claims.mkt", PACK);
    folder
}

fn workspace(folder: &Path) -> Workspace {
    let root = folder.join("ws");
    Workspace::open(&root, Some(&root.join("mktlint.toml"))).expect("a workspace")
}

fn lock(workspace: &Workspace) {
    let packs: Vec<_> =
        packs::read_all(workspace).into_iter().map(|pack| pack.expect("a pack that can be read")).collect();
    packs::write(&workspace.root, &packs).expect("the lock file is written");
}

/// The ids of what is wrong before anything is compiled.
fn problems(sources: &Sources) -> Vec<&str> {
    sources.problems.iter().map(|found| found.code.as_str()).collect()
}

#[test]
fn a_pack_counts_as_long_as_it_is_the_one_that_was_locked() {
    let folder = beside("{ path = \"../legal\" }");
    let workspace = workspace(folder.path());
    assert_eq!(problems(&policy::read(&workspace)), ["MKT0609"]);

    lock(&workspace);
    let sources = policy::read(&workspace);
    assert_eq!(problems(&sources), [""; 0]);
    let compiled = policy::compile(&workspace, &sources.sources, date(2026, 11, 22));
    assert!(compiled.diagnostics.is_empty(), "{:?}", compiled.diagnostics);
    let program = compiled.program();
    let rule = program.items.iter().find(|placed| placed.item.path.0 == "legal.claims.no_best");
    assert!(rule.is_some_and(|rule| rule.force.is_some()));

    fs::write(folder.path().join("legal/policy/claims.mkt"), PACK.replace("error", "info")).expect("a file");
    assert_eq!(problems(&policy::read(&workspace)), ["MKT0609"]);
}

#[test]
fn a_renamed_file_is_another_pack() {
    let folder = beside("{ path = \"../legal\" }");
    let workspace = workspace(folder.path());
    lock(&workspace);
    let policy = folder.path().join("legal/policy");
    fs::rename(policy.join("claims.mkt"), policy.join("words.mkt")).expect("a file");
    assert_eq!(problems(&policy::read(&workspace)), ["MKT0609"]);
}

#[test]
fn what_cannot_be_read_is_said() {
    for (entry, code) in [
        ("{ path = \"../nowhere\" }", "MKT0608"),
        ("{ path = \"../ws/policy/..\", rev = \"v1\" }", "MKT0608"),
    ] {
        let folder = beside(entry);
        assert_eq!(problems(&policy::read(&workspace(folder.path()))), [code], "{entry}");
    }
    let folder = beside("{ path = \"../legal\" }");
    fs::write(folder.path().join("ws/mktlint.lock"), "[[pack]]\nname = 1").expect("a file");
    assert_eq!(problems(&policy::read(&workspace(folder.path()))), ["MKT0609"]);
    fs::write(folder.path().join("legal/mktlint.toml"), "version = ").expect("a file");
    fs::remove_file(folder.path().join("ws/mktlint.lock")).expect("a file");
    assert_eq!(problems(&policy::read(&workspace(folder.path()))), ["MKT0608"]);
}

#[test]
fn no_rule_of_a_pack_is_hidden_by_another_file() {
    let folder = beside("{ path = \"../legal\" }");
    let legal = folder.path().join("legal/policy");
    fs::rename(legal.join("claims.mkt"), legal.join("our-claims.mkt")).expect("a file");
    fs::write(legal.join("our_claims.mkt"), PACK).expect("a file");
    let problems = policy::read(&workspace(folder.path())).problems;
    let words: Vec<&str> = problems.iter().map(|found| found.message.as_str()).collect();
    let clash = "the pack `legal` cannot be read: `../legal/policy/our_claims.mkt` makes the module \
                 `legal.our_claims`, as `../legal/policy/our-claims.mkt` does";
    assert_eq!(words, [clash]);
}

#[test]
fn a_pack_is_not_called_like_the_workspace() {
    let folder = beside("{ path = \"../legal\" }");
    let config = folder.path().join("ws/mktlint.toml");
    fs::write(&config, "[packs]\nacme = { path = \"../legal\" }\n\n[contacts]\n").expect("a file");
    assert!(workspace(folder.path()).problems.is_empty());
    fs::write(&config, "name = \"acme\"\n[packs]\nacme = { path = \"../legal\" }\n").expect("a file");
    let problems = workspace(folder.path()).problems;
    let words: Vec<&str> = problems.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(words, ["no pack can be called `acme` here"]);
}

#[test]
fn a_lock_file_can_be_read_again_and_names_a_pack_once() {
    let folder = beside("{ path = \"../legal\" }");
    fs::write(folder.path().join("legal/mktlint.toml"), "version = \"1\\u00a0\\u0007\\\\\"").expect("a file");
    let workspace = workspace(folder.path());
    lock(&workspace);
    assert_eq!(problems(&policy::read(&workspace)), [""; 0]);

    let path = folder.path().join("ws/mktlint.lock");
    let text = fs::read_to_string(&path).expect("a lock file");
    fs::write(&path, format!("{text}{text}")).expect("a file");
    assert_eq!(problems(&policy::read(&workspace)), ["MKT0609"]);
}

#[test]
fn what_is_wrong_in_a_pack_is_mended_there() {
    let folder = beside("{ path = \"../legal\" }");
    let broken = "rule a on Email { forbid subject == \"x\"  error \"b\" }\n";
    fs::write(folder.path().join("legal/policy/claims.mkt"), broken).expect("a file");
    let workspace = workspace(folder.path());
    lock(&workspace);
    let sources = policy::read(&workspace).sources;
    let problems = policy::compile(&workspace, &sources, date(2026, 11, 22)).diagnostics;
    let fixes: Vec<_> = problems.iter().map(|found| (found.code.as_str(), found.fix.is_some())).collect();
    assert_eq!(fixes, [("MKT0203", false)]);
}

#[test]
fn a_revision_of_the_workspace_has_the_packs_of_that_time() {
    let folder = beside("{ path = \"../legal\" }");
    let workspace = workspace(folder.path());
    lock(&workspace);
    let git = |args: &[&str]| {
        let done = Command::new("git").current_dir(folder.path()).args(args).output().expect("git runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["-c", "user.name=a", "-c", "user.email=a@acme.example", "commit", "-q", "-m", "first"]);
    fs::write(folder.path().join("legal/policy/claims.mkt"), PACK.replace("error", "info")).expect("a file");
    lock(&workspace);
    let before = policy::read_revision(&workspace, "HEAD").expect("a revision").sources;
    assert_eq!(problems(&before), [""; 0]);
    assert_eq!(before.sources.last().map(|source| &*source.text), Some(PACK));
}

#[test]
fn a_revision_is_read_whatever_is_checked_out() {
    let folder = beside("{ path = \"../legal\", rev = \"v1\" }");
    let pack = folder.path().join("legal");
    let git = |args: &[&str]| {
        let done = Command::new("git").current_dir(&pack).args(args).output().expect("git runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["-c", "user.name=a", "-c", "user.email=a@acme.example", "commit", "-q", "-m", "first"]);
    git(&["tag", "v1"]);
    let workspace = workspace(folder.path());
    lock(&workspace);
    fs::remove_file(pack.join("policy/claims.mkt")).expect("a file");
    let sources = policy::read(&workspace);
    assert_eq!(problems(&sources), [""; 0]);
    assert_eq!(sources.sources.last().map(|source| &*source.path), Some("../legal@v1/policy/claims.mkt"));
}
