//! Assets in an editor: what is said of their words, what can be typed, what can be done.

mod client;

use client::{Client, old_editor};
use serde_json::{Value, json};

const POLICY: &str = "policy/main.mkt";
const MANIFEST: &str = "spring/campaign.yaml";
const EMAIL: &str = "spring/emails/a.html";
const TEXTS: &str = "spring/sms/texts.csv";

const FILES: [(&str, &str); 5] = [
    ("mktlint.toml", "name = \"acme\"\n"),
    (
        POLICY,
        "contact { age: Int? }\n/// Grown-ups.\naudience adults = age? >= 18\n\
         /// We do not push people.\nrule pressure { match \"act now\"  error \"this pushes: {match}\" }\n\
         rule signup { match \"sign-up\"  warning \"two words\"  fix replace match with \"sign up\" }\n\
         merge first_name { length 1..=14  fallback \"there\" }\n\
         utm mail on email { source in [newsletter]  medium = email  campaign = \"{campaign.id}\" }\n",
    ),
    (MANIFEST, "id: spring\naudience: adults\npur\n"),
    (
        EMAIL,
        "<!doctype html>\n<h1>😀 Spring</h1>\n<p>😀 Act now, {{ first }} your sign-up waits, sign-up.</p>\n\
         <a href=\"https://acme.example/?utm_source=newsletter&amp;utm_medium=email&amp;utm_campaign=spring\">Go</a>\n",
    ),
    (TEXTS, "id,text,mktlint_waive\n1,\"Act now, please\",\n"),
];

fn start() -> Client {
    let mut editor = Client::start(&FILES, old_editor());
    for (file, _) in FILES.iter().skip(1) {
        editor.open(file);
    }
    let codes = ["acme.main.pressure", "MKT0520", "acme.main.signup", "acme.main.signup"];
    editor.wait_for_codes(EMAIL, &codes);
    editor
}

fn labels(list: &Value, key: &str) -> Vec<String> {
    let items = list.as_array().expect("a list").iter();
    items.map(|item| item[key].as_str().expect("a text").to_owned()).collect()
}

#[test]
fn words_are_explained_where_they_stand() {
    let mut editor = start();
    let at = editor.at(EMAIL, "Act now", 2);
    let hover = editor.request("textDocument/hover", at);
    // Two units for the emoji, and one for the space.
    assert_eq!(hover["range"]["start"], json!({ "line": 2, "character": 6 }));
    let words = hover["contents"]["value"].as_str().expect("Markdown");
    assert!(words.contains("We do not push people"), "{words}");
    let at = editor.at(MANIFEST, "adults", 1);
    let words = editor.request("textDocument/hover", at)["contents"].to_string();
    assert!(words.contains("Grown-ups") && words.contains("age: 20"), "{words}");
    editor.end();
}

#[test]
fn what_can_be_typed_is_offered() {
    let mut editor = start();
    let offered = |editor: &mut Client, file: &str, words: &str, skip: usize| {
        let at = editor.at(file, words, skip);
        let list = editor.request("textDocument/completion", at);
        labels(&list["items"], "label")
    };
    assert!(offered(&mut editor, MANIFEST, "pur", 3).contains(&"purpose".to_owned()));
    assert_eq!(offered(&mut editor, MANIFEST, "adults", 2), ["adults"]);
    assert_eq!(offered(&mut editor, EMAIL, "{{ first", 8)[..1], ["first_name"]);
    assert_eq!(offered(&mut editor, EMAIL, "utm_campaign=", 13), ["spring"]);
    assert_eq!(offered(&mut editor, TEXTS, "\",\n", 2)[..1], ["pressure"]);
    editor.end();
}

/// The actions at the first `words` of a file, by title.
fn action(editor: &mut Client, file: &str, words: &str, only: Value, title: &str) -> Value {
    let at = editor.at(file, words, 0);
    let range = json!({ "start": at["position"], "end": at["position"] });
    let params = json!({
        "textDocument": at["textDocument"], "range": range, "context": { "diagnostics": [], "only": only },
    });
    let all = editor.request("textDocument/codeAction", params);
    let found = all
        .as_array()
        .expect("actions")
        .iter()
        .find(|own| own["title"].as_str().is_some_and(|own| own.starts_with(title)));
    found.unwrap_or_else(|| panic!("{title} in {all}")).clone()
}

#[test]
fn findings_are_fixed_and_waived() {
    let mut editor = start();
    let all = action(&mut editor, EMAIL, "sign-up", json!(["source.fixAll"]), "apply every safe fix");
    editor.apply(&all["edit"]);
    assert!(editor.text(EMAIL).contains("your sign up waits, sign up."), "{}", editor.text(EMAIL));
    editor.wait_for_codes(EMAIL, &["acme.main.pressure", "MKT0520"]);

    let here = action(&mut editor, EMAIL, "Act now", Value::Null, "waive `pressure` here");
    editor.apply(&here["edit"]);
    assert!(editor.text(EMAIL).contains(" -->\n<p>😀 Act now"), "{}", editor.text(EMAIL));
    editor.wait_for_codes(EMAIL, &["MKT0514", "acme.main.pressure", "MKT0520"]);

    let row = action(&mut editor, TEXTS, "Act now", Value::Null, "waive `pressure` here");
    editor.apply(&row["edit"]);
    assert!(editor.text(TEXTS).contains("please\",\"pressure until "), "{}", editor.text(TEXTS));
    editor.end();
}

#[test]
fn a_line_is_mended_from_its_start() {
    let mut editor = start();
    let fix = action(&mut editor, EMAIL, "<p>", Value::Null, "replace `sign-up` with");
    assert_eq!(fix["kind"], "quickfix");
    editor.edit(POLICY, "warning \"two", "warnin \"two");
    editor.wait_for_codes(POLICY, &["MKT0102"]);
    action(&mut editor, POLICY, "rule signup", Value::Null, "write `warning`");

    // What the client speaks of is meant, too, wherever the cursor is.
    let at = editor.at(POLICY, "contact", 0);
    let range = json!({ "start": at["position"], "end": at["position"] });
    let given = &editor.pushed[&editor.uri(POLICY)];
    let given = given.get("diagnostics").unwrap_or(given).clone();
    let context = json!({ "diagnostics": given });
    let params = json!({ "textDocument": at["textDocument"], "range": range, "context": context });
    let all = editor.request("textDocument/codeAction", params);
    assert_eq!(all[0]["title"], "write `warning`", "{all}");
    editor.end();
}

#[test]
fn measures_stand_between_the_words() {
    let mut editor = start();
    let whole = |editor: &Client, file: &str| {
        let end = json!({ "line": 99, "character": 0 });
        json!({ "textDocument": { "uri": editor.uri(file) }, "range": { "start": { "line": 0, "character": 0 }, "end": end } })
    };
    let params = whole(&editor, EMAIL);
    let hints = editor.request("textDocument/inlayHint", params);
    assert_eq!(labels(&hints, "label"), ["Email"]);
    let params = whole(&editor, TEXTS);
    let hints = editor.request("textDocument/inlayHint", params);
    assert_eq!(labels(&hints, "label"), ["1 segment, 145 left"]);
    let outline = json!({ "textDocument": { "uri": editor.uri(EMAIL) } });
    let symbols = editor.request("textDocument/documentSymbol", outline.clone());
    assert_eq!(labels(&symbols, "name"), ["😀 Spring"]);
    assert_eq!(labels(&symbols[0]["children"], "name"), ["Go"]);
    let links = editor.request("textDocument/documentLink", outline);
    let target = "https://acme.example/?utm_source=newsletter&utm_medium=email&utm_campaign=spring";
    assert_eq!(labels(&links, "target"), [target]);
    let manifest = json!({ "textDocument": { "uri": editor.uri(MANIFEST) } });
    let lenses = editor.request("textDocument/codeLens", manifest);
    let titles: Vec<&Value> =
        lenses.as_array().expect("lenses").iter().map(|lens| &lens["command"]["title"]).collect();
    assert_eq!(titles[..1], ["audience `adults`"]);
    editor.end();
}
