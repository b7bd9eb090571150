//! The verdict of `mktlint gate` for tools.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests make the repository that is judged")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const POLICY: &str = "\
role legal { members [\"legal@acme.example\"]; keys \"keys/legal.pub\" }
claim proven { says \"clinically proven\"; tier high }
tier low { when change only [formatting, metadata] }
tier medium { approve legal }
tier high { yields to low; when regions touch [DE]; approve legal for [claims] }
";

fn git(folder: &Path, args: &[&str]) -> bool {
    let mut command = Command::new("git");
    command.current_dir(folder).args(args).stdout(Stdio::null()).stderr(Stdio::null());
    command.env("HOME", folder).env("GIT_CONFIG_NOSYSTEM", "1");
    command.status().is_ok_and(|status| status.success())
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("it has one")).expect("a new folder");
    fs::write(path, text).expect("a new file");
}

/// A campaign with a new claim, an asset that was renamed, a policy that changed, and a record that is none.
fn repository() -> Option<TempDir> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    if !git(root, &["init", "-q", "-b", "main"]) {
        eprintln!("skipped: there is no git");
        return None;
    }
    write(root, "policy/main.mkt", POLICY);
    write(root, "campaigns/serum/campaign.yaml", "id: serum\nchannel: [email]\n");
    write(root, "campaigns/serum/emails/one.md", "---\nsubject: Hello\n---\nOur serum is here.\n");
    write(root, "blog/old.md", "We are five.\n");
    for args in [["config", "user.email", "bo@acme.example"], ["config", "user.name", "Bo"]] {
        assert!(git(root, &args));
    }
    assert!(git(root, &["add", "-A"]) && git(root, &["commit", "-q", "-m", "first"]));
    write(
        root,
        "campaigns/serum/emails/one.md",
        "---\nsubject: Hello\n---\nOur serum is clinically proven.\n",
    );
    fs::rename(root.join("blog/old.md"), root.join("blog/new.md")).expect("it was there");
    write(root, "policy/main.mkt", &POLICY.replace("[DE]", "[DE, FR]"));
    write(root, "decisions/serum/half.toml", "<<<<<<< ours\n");
    Some(folder)
}

fn verdict(root: &Path) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_mktlint"))
        .args(["gate", "--base", "HEAD", "--output-format", "json", "--no-cache", "-q"])
        .current_dir(root)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(6), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

#[test]
fn json_is_what_we_promise() {
    let Some(folder) = repository() else { return };
    let schema: Value = serde_json::from_str(include_str!("../schema/gate-1.json")).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let mut verdict = verdict(folder.path());
    let errors: Vec<String> =
        validator.iter_errors(&verdict).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");

    let units = verdict["units"].as_array().expect("it is a list");
    let shown: Vec<String> =
        units.iter().map(|unit| format!("{} {} {}", unit["unit"], unit["change"], unit["tier"])).collect();
    let expected = [
        r#""campaign:serum" "altered" "high""#,
        r#""asset:blog/new.md" "renamed" "low""#,
        r#""policy" "altered" "high""#,
    ];
    assert_eq!(shown, expected);
    assert_eq!(units[0]["void"][0]["reasons"][0]["code"], "MKT0902");
    assert_eq!(units[1]["was"], "asset:blog/old.md");

    verdict["units"][0]["needs"][0]["count"] = Value::from("one");
    assert!(!validator.is_valid(&verdict), "a schema that takes everything promises nothing");
}
