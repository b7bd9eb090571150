//! An editor shows what the command prints.

#![allow(clippy::disallowed_methods, reason = "tests make the files that the server reads")]

mod client;

use std::collections::BTreeMap;
use std::path::PathBuf;

use client::{Client, old_editor, position};
use jiff::civil::date;
use mktlint_host::{Settings, check};
use serde_json::{Value, json};

/// Code, severity, range and first line of each finding, by address.
type Seen = BTreeMap<String, Vec<(String, Value, Value, String)>>;

/// What a run of the command finds in the folder of `editor`, as an editor would show it.
fn printed(editor: &Client) -> Seen {
    let folder = editor.path("");
    let settings = Settings {
        folder: folder.clone(),
        paths: Vec::new(),
        config: None,
        today: date(2026, 11, 22),
        use_cache: false,
        plan: None,
        stdin: None,
    };
    let checked = check(&settings).expect("the run can begin");
    let mut seen = Seen::new();
    for found in &checked.findings {
        let file = &found.primary.place.file;
        let text = checked.shown.text(file).expect("the file can be read");
        let span = found.primary.place.span;
        let range = json!({
            "start": position(&text, span.start() as usize),
            "end": position(&text, span.end() as usize),
        });
        let severity = match (found.waived.is_some(), found.level.as_str()) {
            (true, _) => 4,
            (_, "error") => 1,
            (_, "warning") => 2,
            _ => 3,
        };
        let row = (found.code.to_string(), severity.into(), range, found.message.clone());
        seen.entry(editor.uri(file)).or_default().push(row);
    }
    seen
}

/// What the client was told.
fn told(editor: &Client) -> Seen {
    let row = |found: &Value| {
        let message = found["message"].as_str().expect("a text");
        // Of a waived finding the first line says why it is.
        let first = message.lines().nth(usize::from(found["severity"] == 4)).unwrap_or_default().to_owned();
        (
            found["code"].as_str().expect("a code").to_owned(),
            found["severity"].clone(),
            found["range"].clone(),
            first,
        )
    };
    let files = editor.pushed.iter().map(|(uri, found)| {
        (uri.clone(), found.as_array().expect("a list").iter().map(row).collect::<Vec<_>>())
    });
    files.filter(|(_, found)| !found.is_empty()).collect()
}

#[test]
fn the_editor_is_told_what_the_command_prints() {
    let acme = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/workspaces/acme"));
    let mut editor = Client::start_on_copy(&acme, old_editor());
    let expected = printed(&editor);
    assert!(expected.values().map(Vec::len).sum::<usize>() > 40, "acme has many defects");
    editor.settle(|editor| told(editor) == expected);
    assert_eq!(told(&editor), expected);

    // And after files came, changed and went, too.
    std::fs::remove_file(editor.path("campaigns/2026-11-winter-serum/post.md")).expect("it was there");
    std::fs::write(editor.path("blog/new.md"), "Clinically proven. Register now!\n").expect("a new file");
    let manifest = editor.path("campaigns/2026-11-black-friday/campaign.yaml");
    let text = std::fs::read_to_string(&manifest).expect("it is there").replace("vip", "nobody_at_all");
    std::fs::write(&manifest, text).expect("it can be written");
    let paths = [
        "campaigns/2026-11-winter-serum/post.md",
        "blog/new.md",
        "campaigns/2026-11-black-friday/campaign.yaml",
    ];
    let changes: Vec<Value> =
        paths.iter().map(|path| json!({ "uri": editor.uri(path), "type": 2 })).collect();
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    let expected = printed(&editor);
    editor.settle(|editor| told(editor) == expected);
    assert_eq!(told(&editor), expected);
    editor.end();
}
