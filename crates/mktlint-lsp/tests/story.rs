//! A person at work in an editor, from the first mistake to the last finding.

#![allow(clippy::disallowed_methods, reason = "tests make the files that the server reads")]

mod client;

use std::path::PathBuf;

use client::{Client, codes_of, new_editor, old_editor};
use mktlint_lsp::Ended;
use serde_json::{Value, json};

fn acme() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/workspaces/acme"))
}

const AUDIENCES: &str = "policy/audiences.mkt";
const MANIFEST: &str = "campaigns/2026-11-winter-serum/campaign.yaml";
const POST: &str = "campaigns/2026-11-winter-serum/post.md";

#[test]
fn a_mistake_its_quick_fix_and_a_rename_across_policies_and_manifests() {
    let mut editor = Client::start_on_copy(&acme(), old_editor());
    editor.open(AUDIENCES);
    editor.wait_for_codes(AUDIENCES, &[]);

    // A slip of the finger, and the way back.
    editor.edit(AUDIENCES, "stage == customer", "stage == custmer");
    editor.wait_for_codes(AUDIENCES, &["MKT0204"]);
    let at = editor.at(AUDIENCES, "custmer", 0);
    let range = json!({ "start": at["position"], "end": at["position"] });
    let uri = editor.uri(AUDIENCES);
    let context = json!({ "diagnostics": editor.pushed[&uri], "only": ["quickfix"] });
    let params = json!({ "textDocument": at["textDocument"], "range": range, "context": context });
    let actions = editor.request("textDocument/codeAction", params);
    let fix = &actions[0];
    assert_eq!(fix["title"], "write `customer`");
    assert_eq!(fix["isPreferred"], true);
    editor.apply(&fix["edit"].clone());
    editor.wait_for_codes(AUDIENCES, &[]);

    // A better name, in its policy and in a manifest that is not open.
    let mut params = editor.at(AUDIENCES, "audience vip", 10);
    params["newName"] = "best_customers".into();
    let edit = editor.request("textDocument/rename", params);
    editor.apply(&edit);
    let manifest = std::fs::read_to_string(editor.path("campaigns/2026-11-black-friday/campaign.yaml"));
    let manifest = manifest.expect("it is there");
    let audience = "audience: {email: best_customers, sms: best_customers and sms_reachable, \
                    push: best_customers and not fresh_buyers}";
    assert!(manifest.contains(audience), "{manifest}");
    assert!(editor.text(AUDIENCES).contains("test best_customers {"));
    editor.wait_for_codes(AUDIENCES, &[]);

    // What the formatter leaves is what the command leaves.
    editor.edit(AUDIENCES, "  stage == lapsed and", "  stage    ==   lapsed    and");
    let params =
        json!({ "textDocument": { "uri": uri }, "options": { "tabSize": 8, "insertSpaces": false } });
    let edits = editor.request("textDocument/formatting", params);
    let change =
        json!({ "documentChanges": [{ "textDocument": { "uri": uri, "version": null }, "edits": edits }] });
    editor.apply(&change);
    assert!(editor.text(AUDIENCES).contains("\n  stage == lapsed and country in EU"));
    assert_eq!(editor.end(), Ended::Asked);
}

#[test]
fn findings_of_an_asset_follow_a_policy_that_is_not_saved() {
    let mut editor = Client::start_on_copy(&acme(), old_editor());
    editor.open(POST);
    editor.open("policy/brand.mkt");
    let before: Vec<String> = editor.until(|client| {
        let uri = client.uri(POST);
        client.pushed.get(&uri).map(codes_of)
    });
    let rule = "\npub rule no_serum { match \"serum\"  warning \"say what it is\" }\n";
    let text = format!("{}{rule}", editor.text("policy/brand.mkt"));
    editor.change("policy/brand.mkt", json!([{ "text": text }]));
    editor.until(|client| {
        let uri = client.uri(POST);
        let codes = codes_of(client.pushed.get(&uri)?);
        codes.iter().any(|code| code == "acme.brand.no_serum").then_some(())
    });
    let end = text.len();
    let start = client::position(&text, end - rule.len());
    let range = json!({ "start": start, "end": client::position(&text, end) });
    editor.change("policy/brand.mkt", json!([{ "range": range, "text": "" }]));
    editor.until(|client| {
        let uri = client.uri(POST);
        (codes_of(client.pushed.get(&uri)?) == before).then_some(())
    });
    editor.end();
}

#[test]
fn a_manifest_that_is_typed_in_changes_what_its_assets_are_told() {
    let files = [
        ("mktlint.toml", "name = \"acme\"\n"),
        (
            "policy/main.mkt",
            "rule id_in_links on Link { require it.url contains campaign.id  error \"name the campaign\" }\n",
        ),
        ("c/campaign.yaml", "id: spring\n"),
        ("c/post.md", "[Buy](https://acme.example/?utm_campaign=spring)\n"),
    ];
    let mut editor = Client::start(&files, old_editor());
    editor.open("c/post.md");
    editor.wait_for_codes("c/post.md", &[]);
    editor.open("c/campaign.yaml");
    editor.edit("c/campaign.yaml", "spring", "summer");
    editor.wait_for_codes("c/post.md", &["acme.main.id_in_links"]);
    editor.close("c/campaign.yaml");
    editor.wait_for_codes("c/post.md", &[]);
    editor.end();
}

#[test]
fn diagnostics_can_be_pulled_and_are_then_not_pushed() {
    let mut editor = Client::start_on_copy(&acme(), new_editor());
    editor.open(AUDIENCES);
    editor.edit(AUDIENCES, "stage == customer", "stage == custmer");
    let uri = editor.uri(AUDIENCES);
    let pull = json!({ "textDocument": { "uri": uri } });
    let report = editor.request("textDocument/diagnostic", pull.clone());
    assert_eq!(codes_of(&report["items"]), ["MKT0204"]);
    let mut again = pull;
    again["previousResultId"] = report["resultId"].clone();
    let report = editor.request("textDocument/diagnostic", again);
    assert_eq!(report["kind"], "unchanged");
    assert!(editor.pushed.is_empty());
    editor.end();
}

#[test]
fn the_whole_workspace_can_be_pulled() {
    let mut editor = Client::start_on_copy(&acme(), new_editor());
    let mut previous: Vec<Value> = Vec::new();
    let mut files = std::collections::BTreeMap::new();
    // Held until something is new; the first answers come while assets are still being judged.
    while !files.contains_key(&editor.uri(MANIFEST)) {
        let report = editor.request("workspace/diagnostic", json!({ "previousResultIds": previous }));
        for item in report["items"].as_array().expect("a list") {
            if item["kind"] == "full" {
                files.insert(item["uri"].as_str().expect("an address").to_owned(), item.clone());
            }
        }
        previous = files.iter().map(|(uri, item)| json!({ "uri": uri, "value": item["resultId"] })).collect();
    }
    editor.end();
}

#[test]
fn what_the_assets_say_of_a_policy_waits_until_it_compiles_again() {
    let policy = "rule no_free { match \"free\"  error \"say what it costs\" }\n\
                  waive no_free for \"old/*.md\" until 2027-01-31 { by \"ann\"  because \"archive\" }\n";
    let files = [("mktlint.toml", "name = \"acme\"\n"), ("policy/main.mkt", policy), ("post.md", "Hello.\n")];
    let mut editor = Client::start(&files, old_editor());
    editor.open("policy/main.mkt");
    editor.wait_for_codes("policy/main.mkt", &["MKT0510"]);
    // Half a word above: the warning would now stand beside the waiver.
    let top = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    editor.change("policy/main.mkt", json!([{ "range": top, "text": "\nclain x {\n\n" }]));
    editor.until(|client| {
        let codes = codes_of(client.pushed.get(&client.uri("policy/main.mkt"))?);
        (!codes.is_empty() && !codes.contains(&"MKT0510".to_owned())).then_some(())
    });
    let typed = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 3, "character": 0 } });
    editor.change("policy/main.mkt", json!([{ "range": typed, "text": "" }]));
    editor.wait_for_codes("policy/main.mkt", &["MKT0510"]);
    editor.end();
}

#[test]
fn a_client_that_watches_no_files_sees_changes_on_disk_when_it_saves() {
    let policy = "rule no_free { match \"free\"  error \"say what it costs\" }\n";
    let files = [("mktlint.toml", "name = \"acme\"\n"), ("policy/main.mkt", policy), ("post.md", "Hello.\n")];
    let mut editor = Client::start(&files, old_editor());
    editor.open("policy/main.mkt");
    editor.wait_for_codes("policy/main.mkt", &[]);
    std::fs::write(editor.path("post.md"), "It is free.\n").expect("it can be written");
    std::fs::write(editor.path("new.md"), "Free for all.\n").expect("it can be written");
    let uri = editor.uri("policy/main.mkt");
    editor.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    editor.wait_for_codes("post.md", &["acme.main.no_free"]);
    editor.wait_for_codes("new.md", &["acme.main.no_free"]);
    editor.end();
}
