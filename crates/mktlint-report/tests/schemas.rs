//! Machine formats against the schemas that their readers use.

mod common;

use common::{Case, Files, nasty, small, span};
use jsonschema::Validator;
use mktlint_diag::{Diagnostic, Level, Place};
use mktlint_report::Format;
use serde_json::{Value, json};

fn validator(schema: &str) -> Validator {
    let schema: Value = serde_json::from_str(schema).expect("the schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is a schema")
}

fn sarif() -> Validator {
    // The published schema has a bracket without its partner in a pattern (of `language`, which we do not write).
    // Strict readers of patterns refuse that; escaped, it means the same.
    let schema = include_str!("schemas/sarif-2.1.0.json");
    validator(&schema.replace("{2}]?$", r"{2}\\]?$"))
}

fn ours() -> Validator {
    validator(include_str!("../schema/findings-1.json"))
}

fn parse(case: &Case, format: Format) -> Value {
    serde_json::from_str(&case.write(format)).expect("the output is JSON")
}

fn check(validator: &Validator, value: &Value) {
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn sarif_is_what_oasis_says() {
    for case in [small(), nasty()] {
        check(&sarif(), &parse(&case, Format::Sarif));
    }
}

#[test]
fn json_is_what_we_promise() {
    for case in [small(), nasty()] {
        check(&ours(), &parse(&case, Format::Json));
    }
}

#[test]
fn the_schemas_refuse_what_is_wrong() {
    let mut log = parse(&small(), Format::Sarif);
    log["runs"][0]["results"][0]["level"] = json!("bad");
    assert!(!sarif().is_valid(&log));
    let mut document = parse(&small(), Format::Json);
    document["findings"][0]["place"]["start"]["line"] = json!(0);
    assert!(!ours().is_valid(&document));
}

#[test]
fn undecided_and_waived_findings_are_marked_in_sarif() {
    let log = parse(&small(), Format::Sarif);
    let results = &log["runs"][0]["results"];
    assert_eq!([&results[1]["kind"], &results[1]["level"]], ["open", "none"]);
    assert_eq!(results[1]["properties"]["level"], "warning");
    assert_eq!(results[0]["suppressions"], json!([]));
    assert_eq!(results[2]["suppressions"][0]["kind"], "external");
    assert_eq!(results[2]["suppressions"][0]["justification"], "it does answer");
}

#[test]
fn sarif_says_what_was_there_before() {
    let state = |log: &Value, at: usize| log["runs"][0]["results"][at]["baselineState"].clone();
    let mut case = small();
    assert_eq!(state(&parse(&case, Format::Sarif), 0), Value::Null);
    case.findings[0].baselined = true;
    case.summary.n_baselined = Some(7);
    let log = parse(&case, Format::Sarif);
    assert_eq!([state(&log, 0), state(&log, 1)], ["unchanged", "new"]);
    let document = parse(&case, Format::Json);
    assert_eq!(document["findings"][0]["baselined"], true);
    let summary = &document["summary"];
    assert_eq!([&summary["errors"], &summary["baselined"]], [&json!(0), &json!(7)]);
}

#[test]
fn sarif_columns_count_utf16() {
    let text = "first\né😀 free 😀\n";
    let at = Place::new("a.md".into(), span(text, "free 😀"));
    let finding = Diagnostic::finding("r", Level::Error, at, "no");
    let log = parse(&Case::new(Files::new([("a.md", text)]), vec![finding]), Format::Sarif);
    let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(*region, json!({ "startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 12 }));
}

#[test]
fn reviewdog_columns_count_bytes() {
    let text = "é😀 free";
    let finding = Diagnostic::finding("r", Level::Error, Place::new("a.md".into(), span(text, "free")), "no");
    let log = parse(&Case::new(Files::new([("a.md", text)]), vec![finding]), Format::Rdjson);
    assert_eq!(log["diagnostics"][0]["location"]["range"]["start"], json!({ "line": 1, "column": 8 }));
}

#[test]
fn every_finding_is_counted_once() {
    let summary = &parse(&small(), Format::Json)["summary"];
    let count = |name: &str| summary[name].as_u64();
    let counts = ["errors", "warnings", "infos", "undecided", "waived", "fixable"].map(count);
    assert_eq!(counts, [1, 0, 0, 1, 1, 1].map(Some));
}

#[test]
fn every_line_of_jsonl_is_a_finding_of_the_document() {
    let case = nasty();
    let document = parse(&case, Format::Json);
    let lines: Vec<Value> = case
        .write(Format::Jsonl)
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    let (summary, findings) = lines.split_last().expect("there is a summary");
    let without_type = |line: &Value| {
        let mut line = line.clone();
        line.as_object_mut().expect("each line is an object").remove("type");
        line
    };
    let findings: Vec<Value> = findings.iter().map(without_type).collect();
    assert_eq!(document["findings"], json!(findings));
    assert_eq!([&summary["type"], &summary["warnings"]], [&json!("summary"), &json!(7)]);
}

#[test]
fn strings_come_back_as_they_were() {
    let case = nasty();
    let document = parse(&case, Format::Json);
    assert_eq!(document["findings"][7]["message"], case.findings[7].message);
    assert_eq!(document["findings"][1]["fix"]["edits"][0]["text"], "likely \u{1b}");
}

#[test]
fn gitlab_fingerprints_are_unique() {
    let issues = parse(&nasty(), Format::Gitlab);
    let issues = issues.as_array().expect("a list");
    let mut prints: Vec<&str> = issues.iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), nasty().findings.len());
}
