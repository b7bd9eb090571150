//! Tables of the README that stand elsewhere, too.

#![allow(clippy::disallowed_methods, reason = "a test reads the documents that it compares")]

use std::path::Path;

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read_to_string(root.join(path)).expect("the file is there")
}

#[test]
fn the_readme_says_what_the_extractors_take_for_assets() {
    let source = read("crates/mktlint-asset/src/detect.rs");
    let rows: Vec<&str> = source
        .lines()
        .filter_map(|line| line.strip_prefix("/// "))
        .filter(|line| line.starts_with('|'))
        .collect();
    assert!(rows.len() > 10, "the table has moved");
    let readme = read("README.md");
    for row in rows {
        assert!(readme.contains(row), "the README has no row\n{row}");
    }
}

#[test]
fn the_readme_has_every_key_of_the_configuration() {
    let source = read("crates/mktlint-host/src/config/read.rs");
    let lists = source.lines().filter(|line| line.starts_with("const ") && line.contains("KEYS: "));
    let keys: Vec<&str> = lists.flat_map(|line| line.split('"').skip(1).step_by(2)).collect();
    assert!(keys.len() > 10, "the lists have moved");
    let readme = read("README.md");
    for key in keys {
        assert!(
            ["`{}`", "`[{}]`", "`[[{}]]`"].iter().any(|form| readme.contains(&form.replace("{}", key))),
            "no `{key}`"
        );
    }
}
