//! The workspace of an invented company has the defects that its list says, and no others.

#![allow(clippy::disallowed_methods, reason = "a test reads the list")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// How often each `file:line rule` is expected or found; waived ones say so.
type Places = BTreeMap<String, usize>;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/workspaces/acme")
}

/// The rows of the table: `| file | line | rule (waived) | why |`.
fn expected() -> Places {
    let list = fs::read_to_string(workspace().join("DEFECTS.md")).expect("the list is there");
    let mut places = Places::new();
    for row in list.lines() {
        let cells: Vec<&str> = row.split(" | ").map(|cell| cell.trim_start_matches("| ").trim()).collect();
        if let [file, line, rule, ..] = cells.as_slice()
            && line.parse::<u32>().is_ok()
        {
            *places.entry(format!("{file}:{line} {rule}")).or_default() += 1;
        }
    }
    places
}

fn found() -> Places {
    let output = Command::new(env!("CARGO_BIN_EXE_mktlint"))
        .args(["check", "--no-cache", "--at", "2026-11-22", "--output-format", "json"])
        .current_dir(workspace())
        .output()
        .expect("mktlint runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("the report is JSON");
    let mut places = Places::new();
    for finding in report["findings"].as_array().expect("it is a list") {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let rule = text(&finding["rule"]);
        let waived = if finding["waived"].is_null() { "" } else { " (waived)" };
        let place = format!("{}:{}", text(&finding["place"]["path"]), finding["place"]["start"]["line"]);
        *places.entry(format!("{place} {rule}{waived}")).or_default() += 1;
    }
    places
}

#[test]
fn what_is_found_is_what_the_list_says() {
    let expected = expected();
    assert!(expected.len() > 50, "the list was not read: {expected:#?}");
    assert_eq!(found(), expected);
}
