//! The standard library as a whole: its tests, and what its README says of it.

#![allow(clippy::disallowed_methods, reason = "a test reads the documents that it compares")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use mktlint_hir::db::STANDARD_LIBRARY;

/// How many rules the README's table speaks of: as many as the research behind the library lists.
const N_LISTED: usize = 352;

/// How many of them are carried at least.
const MIN_CARRIED: usize = 300;

fn library() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stdlib")
}

fn readme() -> String {
    std::fs::read_to_string(library().join("README.md")).expect("the README is there")
}

/// The full names of everything that can be enforced.
fn rules() -> BTreeSet<String> {
    let mut rules = BTreeSet::new();
    for (_, module, text) in STANDARD_LIBRARY {
        for line in text.lines() {
            let line = line.strip_prefix("pub ").unwrap_or(line);
            let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            match (words.next(), words.next()) {
                (Some("rule" | "suppress" | "cap" | "claim" | "term"), Some(name)) => {
                    rules.insert(format!("{module}.{name}"));
                }
                (Some("quiet_hours"), Some(name)) => {
                    rules.insert(format!("{module}.quiet_hours_{name}"));
                }
                _ => {}
            }
        }
    }
    rules
}

/// Every rule fires in one of its tests and holds in another, and every condition is seen both true and false.
#[test]
fn tests_see_everything_both_ways() {
    let run = Command::new(env!("CARGO_BIN_EXE_mktlint"))
        .args(["test", "--coverage", "--color", "never"])
        .current_dir(library())
        .output()
        .expect("mktlint runs");
    let text = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{text}");
    let lines: Vec<&str> = text.lines().collect();
    let [coverage, sum] = lines.as_slice() else { panic!("something was seen one way only:\n{text}") };
    assert!(sum.ends_with("all met"), "{sum}");
    let numbers: Vec<&str> = coverage.split(' ').filter(|word| word.parse::<usize>().is_ok()).collect();
    let [rules, all_rules, conditions, all_conditions] = numbers.as_slice() else { panic!("{coverage}") };
    assert_eq!((rules, conditions), (all_rules, all_conditions), "{coverage}");
}

#[test]
fn the_readme_names_every_pack() {
    let readme = readme();
    for (_, module, _) in STANDARD_LIBRARY.iter().filter(|(_, module, _)| *module != "std.prelude") {
        assert!(readme.contains(&format!("| `{module}` |")), "no row for `{module}`");
    }
}

/// The rows of the table that says which pack rule carries what: number, pack rules, remark.
fn carried(readme: &str) -> Vec<[&str; 3]> {
    let rows = readme.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        match cells.as_slice() {
            ["", number, _, rules, remark, ""] if is_number(number) => Some([*number, *rules, *remark]),
            _ => None,
        }
    });
    rows.collect()
}

/// `EML-01`
fn is_number(cell: &str) -> bool {
    let Some((area, number)) = cell.split_once('-') else { return false };
    area.len() == 3 && area.chars().all(|it| it.is_ascii_uppercase()) && number.parse::<u32>().is_ok()
}

#[test]
fn the_table_of_the_readme_names_rules_that_exist() {
    let (readme, rules) = (readme(), rules());
    let rows = carried(&readme);
    let numbers: BTreeSet<&str> = rows.iter().map(|[number, ..]| *number).collect();
    assert_eq!((rows.len(), numbers.len()), (N_LISTED, N_LISTED));
    for [number, names, remark] in &rows {
        assert!(!names.is_empty() || !remark.is_empty(), "{number} has neither a rule nor a reason");
        for name in names.split(' ').filter(|name| !name.is_empty()) {
            let name = name.trim_matches('`');
            // What the compiler decides is carried by a code of its own.
            let is_known = name.starts_with("MKT") || rules.contains(&format!("std.{name}"));
            assert!(is_known, "{number}: there is no `std.{name}`");
        }
    }
    let n_carried = rows.iter().filter(|[_, names, _]| !names.is_empty()).count();
    assert!(n_carried >= MIN_CARRIED, "{n_carried} are carried");
}
