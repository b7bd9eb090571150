//! `crates/README.md` against what cargo knows.

#![allow(clippy::disallowed_methods, reason = "a test reads the map")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

type Imports = BTreeMap<String, BTreeSet<String>>;

/// Our crates and which of them each imports, tests aside.
fn imports() -> Imports {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let text = |value: &Value| value.as_str().expect("it is a text").to_owned();
    let packages = metadata["packages"].as_array().expect("it is a list").iter();
    // The grammar for editors is in the workspace only to be tested against the parser.
    packages
        .filter(|package| text(&package["name"]).starts_with("mktlint"))
        .map(|package| {
            let all = package["dependencies"].as_array().expect("it is a list").iter();
            let used = all
                .filter(|dependency| dependency["kind"].is_null())
                .map(|dependency| text(&dependency["name"]));
            (text(&package["name"]), used.filter(|name| name.starts_with("mktlint")).collect())
        })
        .collect()
}

fn map() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    std::fs::read_to_string(path).expect("the map is there")
}

/// The words in backticks.
fn quoted(line: &str) -> BTreeSet<String> {
    line.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_map_lists_every_crate_with_its_imports() {
    let map = map();
    let sections = map.split("\n### ").skip(1);
    let said: Imports = sections
        .map(|section| {
            let (name, rest) = section.split_once('\n').expect("a section has lines");
            let line = rest.lines().find(|line| line.starts_with("Imports: ")).unwrap_or_default();
            (name.trim().to_owned(), quoted(line))
        })
        .collect();
    assert_eq!(said, imports());
}

#[test]
fn imports_point_down() {
    let map = map();
    let rows = map.lines().filter_map(|line| {
        let (floor, crates) = line.strip_prefix("| ")?.split_once(" | ")?;
        Some((floor.parse::<u32>().ok()?, quoted(crates)))
    });
    let floors: BTreeMap<String, u32> =
        rows.flat_map(|(floor, crates)| crates.into_iter().map(move |name| (name, floor))).collect();
    let imports = imports();
    assert!(floors.keys().eq(imports.keys()), "the floors hold {:?}", floors.keys());
    for (name, used) in &imports {
        for other in used {
            let stands_on_text = name == "mktlint-diag" && other == "mktlint-text";
            assert!(floors[other] < floors[name] || stands_on_text, "{name} imports {other}");
        }
    }
}

#[test]
fn a_crate_lives_in_the_folder_of_its_name() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for name in imports().keys() {
        assert!(crates.join(name).join("Cargo.toml").is_file(), "{name}");
    }
}
