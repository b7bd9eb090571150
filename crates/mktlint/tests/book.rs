//! The rule book of the whole standard library.

#![allow(clippy::disallowed_methods, reason = "tests run the command in a folder of their own")]

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;

/// What `mktlint rules --all` prints where nobody has written a policy.
fn rules(format: &str) -> String {
    let folder = TempDir::new().expect("a temporary folder");
    let output = Command::new(env!("CARGO_BIN_EXE_mktlint"))
        .args(["rules", "--all", "--output-format", format])
        .current_dir(&folder)
        .output()
        .expect("the command runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the book is UTF-8")
}

static LIST: LazyLock<Vec<Value>> =
    LazyLock::new(|| serde_json::from_str(&rules("json")).expect("the list is JSON"));

static PAGE: LazyLock<String> = LazyLock::new(|| rules("html"));

/// What the page of a rule lacks.
fn gaps(rule: &Value) -> Vec<&'static str> {
    let has = |key: &str| rule[key].as_str().is_some_and(|text| !text.is_empty());
    let shows = |key: &str| rule["examples"][key].as_u64().is_some_and(|n| n > 0);
    let kind = rule["kind"].as_str().unwrap_or_default();
    // Tests cannot speak of a number of messages or a time of day yet, and people are left out rather than helped.
    let has_tests = !matches!(kind, "cap" | "quiet_hours");
    let is_rule = kind == "rule";
    let all = [
        (has("title") && rule["title"] != last_word(rule), "title"),
        (has("because"), "because"),
        (!is_rule || has("help") || has("fix"), "help or fix"),
        (!has_tests || shows("fires"), "an example that fires"),
        (!has_tests || shows("silent"), "an example that is silent"),
    ];
    all.into_iter().filter(|(is_there, _)| !is_there).map(|(_, gap)| gap).collect()
}

/// What stands for a title where nobody wrote one.
fn last_word(rule: &Value) -> Value {
    let name = rule["name"].as_str().unwrap_or_default();
    name.rsplit('.').next().unwrap_or_default().replace('_', " ").into()
}

#[test]
fn every_rule_has_a_whole_page() {
    let list = &LIST;
    assert!(list.len() > 300, "the library is gone");
    let wanting: Vec<String> = list
        .iter()
        .map(|rule| (rule, gaps(rule)))
        .filter(|(_, gaps)| !gaps.is_empty())
        .map(|(rule, gaps)| format!("{}: {}", rule["name"], gaps.join(", ")))
        .collect();
    assert!(wanting.is_empty(), "{} pages lack something:\n{}", wanting.len(), wanting.join("\n"));
}

#[test]
fn rules_whose_source_nobody_could_check_are_off() {
    let is_wrong = |rule: &&Value| rule["unverified"] == true && rule["off_by_default"] == false;
    let wrong: Vec<Value> = LIST.iter().filter(is_wrong).map(|rule| rule["name"].clone()).collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn the_page_is_small_whole_and_by_itself() {
    let page = &PAGE;
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    for rule in LIST.iter() {
        let name = rule["name"].as_str().unwrap_or_default();
        let anchor = format!("<article id=\"{name}\"");
        assert_eq!(page.matches(&anchor).count(), 1, "{name}");
    }
    assert_eq!(page.matches("<script").count(), 1);
    let (head, body) = page.split_once("</head>").expect("there is a head");
    assert!(!head.contains("url(") && !head.contains("@import"));
    for fetched in ["src=\"", "href=\"http"] {
        assert_eq!(body.matches(fetched).count(), 0, "{fetched}");
    }
}

#[test]
fn links_within_the_page_lead_somewhere() {
    let (page, _) = PAGE.split_once("<script>").expect("the script is last");
    let ids: BTreeSet<&str> =
        page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let targets = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
    let dead: Vec<&str> = targets.filter(|target| !ids.contains(target)).collect();
    assert_eq!(dead, [""; 0]);
}
