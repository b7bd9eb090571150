#![cfg(unix)]

use super::*;
use crate::scratch::Scratch;
use crate::workspace::Workspace;

/// A branch `topic` that left `main`, where somebody went on.
fn story() -> Option<Scratch> {
    let scratch = Scratch::new()?;
    scratch.write("policy/main.mkt", "rule a on Post { forbid true }\n");
    scratch.write("a.md", "one\n");
    scratch.write("b.md", "one\n");
    scratch.commit("first");
    scratch.git(&["checkout", "-q", "-b", "topic"]);
    scratch.write("a.md", "two\n");
    scratch.commit("topic");
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write("b.md", "theirs\n");
    scratch.commit("main");
    scratch.git(&["checkout", "-q", "topic"]);
    Some(scratch)
}

fn states(scratch: &Scratch, base: &str, head: &Head) -> Pair {
    let root = scratch.root();
    pair(&Workspace::with(&root, None), &root, base, head).expect("both can be read")
}

fn altered(pair: &Pair) -> Vec<&str> {
    pair.altered.iter().map(|path| path.as_str()).collect()
}

#[test]
fn what_others_did_since_is_no_part_of_a_change() {
    let Some(scratch) = story() else { return };
    let pair = states(&scratch, "main", &Head::WorkingTree);
    assert_eq!(altered(&pair), ["a.md"]);
    assert!(
        pair.notes.first().is_some_and(|note| note.contains("where this left `main`; tiers, roles,")),
        "{:?}",
        pair.notes
    );
    let authors = pair.authors.of(&"a.md".into()).map(|it| it.as_str()).collect::<Vec<_>>();
    assert_eq!(authors, ["ana@acme.example"]);
    assert!(pair.has_same_policy());
}

#[test]
fn each_head_is_another_state() {
    let Some(scratch) = story() else { return };
    scratch.write("b.md", "staged\n");
    scratch.git(&["add", "b.md"]);
    scratch.write("c.md", "new\n");
    assert_eq!(altered(&states(&scratch, "main", &Head::Revision("topic".into()))), ["a.md"]);
    assert_eq!(altered(&states(&scratch, "main", &Head::Staged)), ["a.md", "b.md"]);
    assert_eq!(altered(&states(&scratch, "main", &Head::WorkingTree)), ["a.md", "b.md", "c.md"]);
}

#[test]
fn folders_are_states_too() {
    let Some(scratch) = story() else { return };
    scratch.write("old/a.md", "two\n");
    scratch.write("old/gone.md", "one\n");
    let beside = scratch.root().join("old");
    let pair = states(&scratch, "old", &Head::WorkingTree);
    assert_eq!(altered(&pair), ["b.md", "gone.md", "policy/main.mkt"]);
    std::fs::remove_dir_all(beside).expect("it was there");
    let root = scratch.root();
    let found = super::pair(&Workspace::with(&root, None), &root, "old", &Head::WorkingTree);
    assert!(matches!(found, Err(StateError::NotFound { .. })));
}

#[test]
fn a_workspace_within_is_another_matter_once_it_is_one() {
    let Some(scratch) = story() else { return };
    scratch.write("inner/mktlint.toml", "");
    scratch.write("inner/a.md", "one\n");
    let from_head = || states(&scratch, "HEAD", &Head::WorkingTree);
    assert_eq!(altered(&from_head()), ["inner/a.md", "inner/mktlint.toml"]);
    scratch.commit("inner");
    scratch.write("inner/a.md", "two\n");
    assert_eq!(altered(&from_head()), Vec::<&str>::new());
    scratch.write("inner/mktlint.toml", "name = \"inner\"\n");
    assert_eq!(altered(&from_head()), ["inner/mktlint.toml"]);
    std::fs::remove_file(scratch.root().join("inner/mktlint.toml")).expect("it was there");
    assert_eq!(altered(&from_head()), ["inner/a.md", "inner/mktlint.toml"]);
}
