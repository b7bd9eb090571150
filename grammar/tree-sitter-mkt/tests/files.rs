//! What is generated is up to date, and what editors load is valid.
#![allow(clippy::disallowed_methods, reason = "tests read the files of the grammar")]

mod common;
#[path = "../examples/xid.rs"]
mod xid;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Example, examples, root, tree};
use tree_sitter::{Query, QueryCursor, StreamingIterator};

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("the folder is there");
    entries.map(|entry| entry.expect("it can be read").path()).collect()
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).expect("it can be read")
}

#[test]
fn names_are_made_of_what_the_compiler_takes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scanner/xid.h");
    assert_eq!(read(path), xid::header());
}

#[test]
fn every_query_finds_something_with_every_capture() {
    let acme = root().join("tests/workspaces/acme/policy");
    let mut text = read(root().join("tests/syntax/tour.mkt"));
    for entry in fs::read_dir(acme).expect("the folder is there") {
        text.push_str(&read(entry.expect("it can be read").path()));
    }
    // What no policy has.
    text.push_str("\n/* a block */\nlet odd = if a then (b / c)@ else x\n");
    let tree = tree(&text);
    for path in files("queries") {
        let query = Query::new(&tree_sitter_mkt::LANGUAGE.into(), &read(&path)).expect("it is valid");
        let mut found = vec![0; query.capture_names().len()];
        let mut cursor = QueryCursor::new();
        let mut matches = cursor.matches(&query, tree.root_node(), text.as_bytes());
        while let Some(it) = matches.next() {
            it.captures().iter().for_each(|capture| found[capture.index as usize] += 1);
        }
        for (name, count) in query.capture_names().iter().zip(found) {
            assert!(count > 0, "{}: nothing is @{name}", path.display());
        }
    }
}

/// Parentheses and kinds alone.
fn flat(tree: &str) -> String {
    let spaced = tree.replace('(', " ( ").replace(')', " ) ");
    spaced.split_whitespace().filter(|it| !it.ends_with(':')).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_example_of_the_corpus_has_its_tree() {
    let mut count = 0;
    for Example { name, text, tree: expected } in examples() {
        assert_eq!(flat(&tree(&text).root_node().to_sexp()), flat(&expected), "{name}");
        count += 1;
    }
    assert!(count > 60, "only {count} examples were found");
}
