//! Clients that do odd things.

#![allow(clippy::disallowed_methods, reason = "tests make the files that the server reads")]

mod client;

use client::{Client, codes_of, new_editor, old_editor};
use lsp_server::{ErrorCode, Message};
use mktlint_lsp::Ended;
use serde_json::{Value, json};

const FILES: [(&str, &str); 3] = [
    ("mktlint.toml", "name = \"acme\"\n"),
    (
        "policy/main.mkt",
        "enum Stage { lead, customer }\ncontact { stage: Stage  age: Int? }\naudience adults = agee? >= 18\n",
    ),
    ("post.md", "Hello.\n"),
];

const MAIN: &str = "policy/main.mkt";

#[test]
fn nothing_is_answered_before_the_greeting_and_after_the_end() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut editor = Client::without_greeting(folder);
    let early = editor.ask("textDocument/hover", json!({}));
    let code = editor.answer(&early).expect_err("it is too early").code;
    assert_eq!(code, ErrorCode::ServerNotInitialized as i32);
    editor.notify("textDocument/didOpen", json!({}));
    editor.request("initialize", json!({ "capabilities": {}, "rootUri": null, "processId": null }));
    let unsaved = json!({ "textDocument": { "uri": "untitled:Untitled-1" } });
    let report = editor.request("textDocument/diagnostic", unsaved);
    assert_eq!(report, json!({ "kind": "full", "items": [] }), "no workspace is open");
    let twice = editor.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(editor.answer(&twice).expect_err("once is enough").code, ErrorCode::InvalidRequest as i32);
    editor.request("shutdown", Value::Null);
    let late = editor.ask("textDocument/hover", json!({}));
    assert_eq!(editor.answer(&late).expect_err("it is too late").code, ErrorCode::InvalidRequest as i32);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.ended(), Ended::Asked);
}

#[test]
fn a_client_that_goes_without_a_word_ends_the_server() {
    let editor = Client::start(&FILES, old_editor());
    assert_eq!(editor.ended(), Ended::Lost);
}

#[test]
fn messages_that_make_no_sense_cost_nobody_else() {
    let mut editor = Client::start(&FILES, old_editor());
    let cases = [
        ("textDocument/hover", json!({})),
        (
            "textDocument/hover",
            json!({ "textDocument": { "uri": "nonsense" }, "position": { "line": 0, "character": 0 } }),
        ),
        ("textDocument/hover", json!([1, 2])),
        ("textDocument/rename", json!({ "textDocument": 7 })),
        ("completionItem/resolve", json!({ "label": 3 })),
        ("workspace/executeCommand", json!({ "command": "rm -rf" })),
        ("mktlint/unheardOf", json!(null)),
    ];
    for (method, params) in cases {
        let id = editor.ask(method, params);
        assert!(editor.answer(&id).is_err(), "{method}");
    }
    for method in [
        "textDocument/didChange",
        "textDocument/didOpen",
        "textDocument/didClose",
        "$/unheardOf",
        "unheard/of",
    ] {
        editor.notify(method, json!({ "textDocument": { "uri": "x" } }));
    }
    // Never opened, closed twice, opened twice.
    editor.change(MAIN, json!([{ "text": "rule" }]));
    editor.close(MAIN);
    editor.open(MAIN);
    editor.open(MAIN);
    editor.wait_for_codes(MAIN, &["MKT0110"]);
    editor.close(MAIN);
    editor.close(MAIN);
    assert_eq!(editor.end(), Ended::Asked);
}

#[test]
fn positions_outside_of_a_document_are_harmless() {
    let mut editor = Client::start(&FILES, old_editor());
    editor.open(MAIN);
    let requests = [
        "hover",
        "completion",
        "definition",
        "declaration",
        "typeDefinition",
        "implementation",
        "references",
        "documentHighlight",
        "signatureHelp",
        "prepareRename",
        "linkedEditingRange",
        "prepareCallHierarchy",
    ];
    let document = json!({ "uri": editor.uri(MAIN) });
    for (line, character) in [(0, 9999), (9999, 0), (u32::MAX, u32::MAX), (2, u32::MAX)] {
        for request in requests {
            let params = json!({
                "textDocument": document,
                "position": { "line": line, "character": character },
                "context": { "includeDeclaration": true },
            });
            let id = editor.ask(&format!("textDocument/{request}"), params);
            let answer = editor.answer(&id);
            let is_bug = answer.as_ref().is_err_and(|error| error.code == ErrorCode::InternalError as i32);
            assert!(!is_bug, "{request}: {answer:?}");
        }
    }
    let backwards = json!({ "start": { "line": 9, "character": 9 }, "end": { "line": 0, "character": 0 } });
    editor.change(MAIN, json!([{ "range": backwards, "text": "x" }]));
    editor.end();
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
}

const METHODS: [&str; 12] = [
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/signatureHelp",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/semanticTokens/full",
    "textDocument/codeLens",
    "textDocument/documentLink",
    "textDocument/formatting",
];

const PIECES: [&str; 12] = [
    "{",
    "}",
    "\"",
    "\n",
    "rule r {",
    " and ",
    "age? >= ",
    "(",
    "é😀",
    "// x\n",
    "use std.regions.EU\n",
    ".",
];

#[test]
fn every_request_of_a_storm_gets_one_answer() {
    let mut editor = Client::start(&FILES, new_editor());
    editor.open(MAIN);
    let mut dice = Dice(7);
    let mut asked = Vec::new();
    for _ in 0..300 {
        let text = editor.text(MAIN).to_owned();
        let mut at = dice.roll(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let position = client::position(&text, at);
        // Positions of this client are bytes; on lines with other characters they land elsewhere, which is part of it.
        let range = json!({ "start": position, "end": position });
        editor.change(MAIN, json!([{ "range": range, "text": PIECES[dice.roll(PIECES.len())] }]));
        let params = json!({
            "textDocument": { "uri": editor.uri(MAIN) },
            "position": position,
            "range": range,
            "context": { "includeDeclaration": false, "diagnostics": [], "triggerKind": 1, "isRetrigger": false },
            "options": { "tabSize": 2, "insertSpaces": true },
        });
        let id = editor.ask(METHODS[dice.roll(METHODS.len())], params);
        if dice.roll(3) == 0 {
            let number = serde_json::to_value(&id).expect("a number");
            editor.notify("$/cancelRequest", json!({ "id": number }));
        }
        asked.push(id);
    }
    for id in &asked {
        if let Err(error) = editor.answer(id) {
            let is_expected =
                [ErrorCode::ContentModified, ErrorCode::RequestCanceled, ErrorCode::RequestFailed];
            assert!(is_expected.iter().any(|code| *code as i32 == error.code), "{error:?}");
        }
    }
    let twice = editor.heard.iter().filter(|message| matches!(message, Message::Response(_))).count();
    assert_eq!(twice, 0);

    // And afterwards the server knows the text as it is.
    editor.change(MAIN, json!([{ "text": "audience nobody = agee > 3\n" }]));
    let pull = json!({ "textDocument": { "uri": editor.uri(MAIN) } });
    let report = editor.request("textDocument/diagnostic", pull);
    assert!(codes_of(&report["items"]).contains(&"MKT0110".to_owned()), "{report}");
    assert_eq!(editor.end(), Ended::Asked);
}

#[test]
fn a_whole_workspace_can_come_and_go() {
    let mut editor = Client::start(&FILES, old_editor());
    editor.open(MAIN);
    editor.wait_for_codes(MAIN, &["MKT0110"]);
    let folder = json!({ "uri": editor.uri(""), "name": "test" });
    editor.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "added": [], "removed": [folder] } }),
    );
    editor.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "added": [folder], "removed": [] } }),
    );
    editor.edit(MAIN, "agee? >= 18", "aged? >= 18");
    editor.until(|client| {
        let uri = client.uri(MAIN);
        codes_of(client.pushed.get(&uri)?).iter().any(|code| code == "MKT0110").then_some(())
    });
    editor.end();
}

#[test]
fn a_policy_that_belongs_to_nothing_is_checked_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut editor = Client::without_greeting(folder);
    editor.request("initialize", json!({ "capabilities": old_editor(), "rootUri": null, "processId": null }));
    editor.notify("initialized", json!({}));
    editor.open_with("note.md", "Re: hello\n");
    editor.open_with("rules.mkt", "audience adults = agee > 18\n");
    editor.wait_for_codes("rules.mkt", &["MKT0103", "MKT0110"]);
    assert!(!editor.pushed.contains_key(&editor.uri("note.md")), "nobody asked for the lint of every note");
    assert_eq!(editor.end(), Ended::Asked);
}

#[test]
fn a_mistake_that_was_never_saved_goes_with_its_document() {
    let right = FILES[1].1.replace("agee", "age");
    let mut editor = Client::start(&[FILES[0], (MAIN, &right), FILES[2]], old_editor());
    editor.open(MAIN);
    editor.wait_for_codes(MAIN, &[]);
    // It is answered when the workspace is known.
    let adults = editor.at(MAIN, "adults", 0);
    let context = json!({ "includeDeclaration": true });
    let params =
        json!({ "textDocument": adults["textDocument"], "position": adults["position"], "context": context });
    editor.request("textDocument/references", params);
    // The first time takes longer, so that the rest of the workspace is looked at meanwhile.
    editor.edit(MAIN, "age? >=", "agee? >=");
    editor.wait_for_codes(MAIN, &["MKT0110"]);
    editor.edit(MAIN, "agee? >=", "age? >=");
    editor.wait_for_codes(MAIN, &[]);
    editor.edit(MAIN, "age? >=", "agee? >=");
    editor.wait_for_codes(MAIN, &["MKT0110"]);
    // At once, while the rest of the workspace has not been looked at.
    editor.close(MAIN);
    editor.wait_for_codes(MAIN, &[]);
    editor.end();
}

#[test]
fn a_folder_without_policies_is_left_alone_unless_the_editor_asks() {
    for (asks, codes) in [(false, &[][..]), (true, &["std.us.can_spam.no_fake_reply"][..])] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let email = folder.path().join("emails/a.md");
        std::fs::create_dir_all(email.parent().expect("a folder")).expect("a new folder");
        std::fs::write(&email, "---\nsubject: \"Re: hello\"\n---\nHello.\n").expect("a new file");
        let mut editor = Client::without_greeting(folder);
        let root = editor.uri("");
        let options = json!({ "withoutConfiguration": asks, "today": "2026-11-22" });
        let params = json!({ "capabilities": old_editor(), "rootUri": root, "processId": null, "initializationOptions": options });
        editor.request("initialize", params);
        editor.notify("initialized", json!({}));
        editor.settle(|editor| {
            editor.pushed.get(&editor.uri("emails/a.md")).is_some_and(|own| codes_of(own) == codes) || !asks
        });
        let told = editor.pushed.get(&editor.uri("emails/a.md")).map(codes_of);
        assert_eq!(told.unwrap_or_default(), codes);
        editor.end();
    }
}
