//! What an editor shows of a policy besides its mistakes: colours, folds, hints, links, lenses.

mod client;

use client::{Client, new_editor, old_editor};
use lsp_server::Message;
use serde_json::{Value, json};

const MAIN: &str = "policy/main.mkt";

const POLICY: &str = "use std.regions.EU
use acme.other.limit

/* Über
   zwei 😀 Zeilen */ let a = limit
contact { country: Country  joined: Date }
audience europe = country in EU and joined within 7 days
fn long(text: Text) -> Bool = length(text) > a
rule shouts on Email.subject {
  forbid long(it) or it contains \"sale\"
  error  \"see https://acme.example/style\"
}
test europe { includes { country: DE, joined: 1 days ago } }
";

fn start(capabilities: Value) -> Client {
    let files = [
        ("mktlint.toml", "name = \"acme\"\n"),
        (MAIN, POLICY),
        ("policy/other.mkt", "pub let limit = 60\n"),
        ("emails/a.html", "<meta name=\"mktlint:subject\" content=\"sale\">\n"),
        ("emails/b.html", "<meta name=\"mktlint:subject\" content=\"news\">\n"),
    ];
    let mut editor = Client::start(&files, capabilities);
    editor.open(MAIN);
    editor
}

fn document(editor: &Client) -> Value {
    json!({ "textDocument": { "uri": editor.uri(MAIN) } })
}

/// Every token: its words, type and modifiers.
fn coloured(editor: &Client, data: &[u64]) -> Vec<String> {
    let legend = &editor.capabilities["semanticTokensProvider"]["legend"];
    let lines: Vec<Vec<u16>> =
        editor.text(MAIN).split('\n').map(|line| line.encode_utf16().collect()).collect();
    let (mut line, mut column) = (0, 0);
    let mut found = Vec::new();
    for token in data.chunks(5) {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        let (start, end) = (column as usize, (column + token[2]) as usize);
        let words = String::from_utf16_lossy(&lines[line as usize][start..end]);
        let kind = legend["tokenTypes"][token[3] as usize].as_str().expect("a type");
        found.push(format!("{words} {kind}"));
    }
    found
}

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().expect("numbers").iter().map(|it| it.as_u64().expect("a number")).collect()
}

#[test]
fn colours_follow_the_text() {
    let mut editor = start(old_editor());
    let params = document(&editor);
    let full = editor.request("textDocument/semanticTokens/full", params);
    let data = numbers(&full["data"]);
    let words = coloured(&editor, &data);
    for expected in [
        "EU variable",
        "/* Über comment",
        "   zwei 😀 Zeilen */ comment",
        "limit variable",
        "europe class",
        "within keyword",
        "text parameter",
        "\"sale\" string",
    ] {
        assert!(words.iter().any(|own| own == expected), "{expected}: {words:#?}");
    }

    editor.edit(MAIN, "let a =", "let bound =");
    let mut params = document(&editor);
    params["previousResultId"] = full["resultId"].clone();
    let delta = editor.request("textDocument/semanticTokens/full/delta", params);
    let mut edited = data;
    for edit in delta["edits"].as_array().expect("edits") {
        let start = edit["start"].as_u64().expect("a place") as usize;
        let end = start + edit["deleteCount"].as_u64().expect("a number") as usize;
        edited.splice(start..end, numbers(&edit["data"]));
    }
    let params = document(&editor);
    let full = editor.request("textDocument/semanticTokens/full", params);
    assert_eq!(edited, numbers(&full["data"]));

    let mut params = document(&editor);
    params["range"] = json!({ "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 3 } });
    let range = editor.request("textDocument/semanticTokens/range", params);
    assert_eq!(coloured(&editor, &numbers(&range["data"])), ["use keyword"]);
    editor.end();
}

#[test]
fn folds_selections_links_and_linked_words_are_told() {
    let mut editor = start(old_editor());
    let params = document(&editor);
    let folds = editor.request("textDocument/foldingRange", params.clone());
    let shown = |fold: &Value| format!("{}-{} {}", fold["startLine"], fold["endLine"], fold["kind"]);
    let folds: Vec<String> = folds.as_array().expect("folds").iter().map(shown).collect();
    assert_eq!(folds, ["0-1 \"imports\"", "3-4 \"comment\"", "8-10 null"]);

    let links = editor.request("textDocument/documentLink", params);
    let targets: Vec<&str> =
        links.as_array().expect("links").iter().filter_map(|link| link["target"].as_str()).collect();
    assert!(targets[0].ends_with("/std/regions.mkt"), "{targets:?}");
    assert_eq!(targets[1..], [editor.uri("policy/other.mkt").as_str(), "https://acme.example/style"]);

    let at = editor.at(MAIN, "length(text)", 8);
    let mut params = document(&editor);
    params["positions"] = json!([at["position"]]);
    let grown = editor.request("textDocument/selectionRange", params);
    assert_eq!(grown[0]["parent"]["range"]["start"], editor.at(MAIN, "length(text)", 0)["position"]);
    let linked = editor.request("textDocument/linkedEditingRange", at);
    assert_eq!(linked["ranges"].as_array().map(Vec::len), Some(2));
    editor.end();
}

#[test]
fn hints_and_lenses_say_what_became_of_a_rule() {
    let mut editor = start(new_editor());
    let mut params = document(&editor);
    params["range"] =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    // Assets are judged behind the first answers.
    let labels = loop {
        let hints = editor.request("textDocument/inlayHint", params.clone());
        let label = |hint: &Value| hint["label"].as_str().unwrap_or_default().to_owned();
        let labels: Vec<String> = hints.as_array().expect("hints").iter().map(label).collect();
        if labels.iter().any(|label| label == "2 assets") {
            break labels;
        }
    };
    assert_eq!(labels, [": Int", "from 15 Nov 2026", "2 assets", "31 Dec 2025"]);

    let params = document(&editor);
    let lenses = editor.request("textDocument/codeLens", params);
    let mut titles = Vec::new();
    for lens in lenses.as_array().expect("lenses") {
        let lens = match lens["command"].is_null() {
            true => editor.request("codeLens/resolve", lens.clone()),
            false => lens.clone(),
        };
        titles.push(lens["command"]["title"].as_str().expect("a title").to_owned());
        let command = &lens["command"];
        if command["command"] != "" {
            let call = json!({ "command": command["command"], "arguments": command["arguments"] });
            let answer = editor.request("workspace/executeCommand", call);
            assert!(answer.is_string() || answer.is_array(), "{answer}");
            // Clients throw the answer away, so words are told besides.
            let is_told = |heard: &Message| match heard {
                Message::Notification(told) if told.method == "window/showMessage" => {
                    told.params["message"] == answer
                }
                _ => false,
            };
            assert_eq!(editor.heard.iter().any(is_told), answer.is_string());
        }
    }
    assert_eq!(titles, ["show example", "1 reference", "1 reference", "1 finding in 1 file", "run test"]);
    editor.end();
}

#[test]
fn typing_a_brace_settles_a_declaration_and_actions_come_by_kind() {
    let mut editor = start(old_editor());
    editor.edit(MAIN, "  forbid long(it)", "  forbid   long( it )");
    let mut params = editor.at(MAIN, "style\"\n}", 8);
    params["ch"] = "}".into();
    params["options"] = json!({ "tabSize": 4, "insertSpaces": true });
    let edits = editor.request("textDocument/onTypeFormatting", params);
    let uri = editor.uri(MAIN);
    let change =
        json!({ "documentChanges": [{ "textDocument": { "uri": uri, "version": null }, "edits": edits }] });
    editor.apply(&change);
    assert!(editor.text(MAIN).contains("  forbid long(it) or"), "{}", editor.text(MAIN));

    let mut params = editor.at(MAIN, "use acme", 0);
    let position = params["position"].take();
    params["range"] = json!({ "start": position, "end": position });
    params["context"] = json!({ "diagnostics": [], "only": ["source.organizeImports"] });
    let actions = editor.request("textDocument/codeAction", params);
    assert_eq!(actions[0]["kind"], "source.organizeImports");
    editor.apply(&actions[0]["edit"].clone());
    assert!(editor.text(MAIN).starts_with("use acme.other.limit\nuse std.regions.EU\n\n"));
    editor.end();
}

#[test]
fn commands_speak_of_the_inner_workspace() {
    let inner = "shop/policy/main.mkt";
    let policy = "contact { age: Int }\naudience old = age > 60\ntest old { includes { age: 61 } }\n";
    let files =
        [("mktlint.toml", "name = \"acme\"\n"), ("shop/mktlint.toml", "name = \"shop\"\n"), (inner, policy)];
    let mut editor = Client::start(&files, old_editor());
    editor.open(inner);
    let target = json!({ "uri": editor.uri(inner), "name": "shop.main.old" });
    let call = json!({ "command": "mktlint.runTest", "arguments": [target] });
    assert_eq!(editor.request("workspace/executeCommand", call), "1 expectation: all met\n");
    editor.end();
}
