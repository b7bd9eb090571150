//! Names: where they lead, where else they stand, what else they can be.

#![allow(clippy::disallowed_methods, reason = "a test reads what the server wrote")]

mod client;

use client::{Client, old_editor};
use serde_json::{Value, json};

const PEOPLE: &str = "policy/people.mkt";
const RULES: &str = "policy/rules.mkt";
const MANIFEST: &str = "campaigns/spring/campaign.yaml";

const FILES: [(&str, &str); 5] = [
    ("mktlint.toml", "name = \"acme\"\n"),
    (
        PEOPLE,
        "use std.regions.{EU}\n\ncontact { age: Int  country: Country }\n\nfn over(n: Int) -> Bool = n > 60\n\n\
         pub audience größer = over(age)\npub audience vip = country in EU and over(age) // 😀\n",
    ),
    (
        RULES,
        "use acme.people.{vip}\n\nsuppress grandparents on email { who vip }\n\n\
         rule calm { match \"now\"  error \"calm down\" }\n",
    ),
    (MANIFEST, "id: spring\nchannel: [email]\naudience: vip\n"),
    ("campaigns/spring/post.md", "# Spring\n\nBuy it now.\n"),
];

fn start() -> Client {
    let mut editor = Client::start(&FILES, old_editor());
    for (file, _) in FILES.iter().skip(1) {
        editor.open(file);
    }
    // The campaigns are known once the assets were judged.
    editor.wait_for_codes("campaigns/spring/post.md", &["acme.rules.calm"]);
    editor.wait_for_codes(MANIFEST, &["acme.rules.grandparents"]);
    editor
}

/// Addresses from the root, with lines from 1.
fn shown(editor: &Client, found: &Value) -> Vec<String> {
    let root = editor.uri("");
    let places = found.as_array().expect("a list").iter();
    let place = places.map(|place| {
        let uri = place["uri"].as_str().expect("an address");
        let file = uri.strip_prefix(&root).map_or_else(|| "elsewhere", |file| file.trim_start_matches('/'));
        format!("{file}:{}", place["range"]["start"]["line"].as_u64().expect("a line") + 1)
    });
    place.collect()
}

#[test]
fn names_lead_to_what_introduces_them() {
    let mut editor = start();
    let ask = |editor: &mut Client, method: &str, file: &str, words: &str| {
        let at = editor.at(file, words, 0);
        let found = editor.request(method, at);
        shown(editor, &found)
    };
    assert_eq!(ask(&mut editor, "textDocument/definition", RULES, "vip }\n\nrule"), ["policy/people.mkt:8"]);
    // To the audience, then to what was found of it.
    let both = ["policy/people.mkt:8", "policy/rules.mkt:3"];
    assert_eq!(ask(&mut editor, "textDocument/definition", MANIFEST, "vip"), both);
    let post = "campaigns/spring/post.md";
    assert_eq!(ask(&mut editor, "textDocument/definition", post, "now"), ["policy/rules.mkt:5"]);
    let judged = ask(&mut editor, "textDocument/implementation", RULES, "calm");
    assert_eq!(judged, ["campaigns/spring/post.md:3", "campaigns/spring/campaign.yaml:1"]);
    let manifests = ask(&mut editor, "textDocument/implementation", RULES, "vip");
    assert_eq!(manifests, ["campaigns/spring/campaign.yaml:3"]);

    // The library is no file of the folder, and can be opened all the same.
    let at = editor.at(PEOPLE, "EU and", 0);
    let found = editor.request("textDocument/definition", at);
    let uri = found[0]["uri"].as_str().expect("an address");
    let path = gen_lsp_types::Uri::parse(uri).expect("an address").to_file_path().expect("a file");
    let text = std::fs::read_to_string(path).expect("it can be read");
    let line = found[0]["range"]["start"]["line"].as_u64().expect("a line") as usize;
    assert!(text.lines().nth(line).expect("a line").contains("region EU ="));
    editor.end();
}

#[test]
fn what_is_said_of_a_name_is_found() {
    let mut editor = start();
    let mut params = editor.at(PEOPLE, "vip =", 0);
    params["context"] = json!({ "includeDeclaration": true });
    let found = editor.request("textDocument/references", params);
    let wanted = [
        "policy/people.mkt:8",
        "policy/rules.mkt:1",
        "policy/rules.mkt:3",
        "campaigns/spring/campaign.yaml:3",
    ];
    assert_eq!(shown(&editor, &found), wanted);

    let at = editor.at(PEOPLE, "over(n", 0);
    let found = editor.request("textDocument/documentHighlight", at.clone());
    let kinds: Vec<_> = found.as_array().expect("a list").iter().map(|own| own["kind"].clone()).collect();
    assert_eq!(kinds, [3, 2, 2]);

    let item = editor.request("textDocument/prepareCallHierarchy", at)[0].clone();
    let users = editor.request("callHierarchy/incomingCalls", json!({ "item": item }));
    assert_eq!((&users[0]["from"]["name"], &users[1]["from"]["name"]), (&"größer".into(), &"vip".into()));
    let used = editor.request("callHierarchy/outgoingCalls", json!({ "item": users[1]["from"] }));
    assert_eq!((&used[0]["to"]["name"], &used[1]["to"]["name"]), (&"EU".into(), &"over".into()));
    let campaigns = editor.request("callHierarchy/incomingCalls", json!({ "item": users[1]["from"] }));
    let names: Vec<_> =
        campaigns.as_array().expect("a list").iter().map(|own| &own["from"]["name"]).collect();
    assert_eq!(names, ["grandparents", "spring"]);
    editor.end();
}

#[test]
fn names_change_where_they_stand_or_not_at_all() {
    let mut editor = start();
    let at = editor.at(MANIFEST, "vip", 0);
    let offered = editor.request("textDocument/prepareRename", at.clone());
    assert_eq!(offered["placeholder"], "vip");
    let mut params = at;
    params["newName"] = "größer".into();
    let id = editor.ask("textDocument/rename", params.clone());
    let refused = editor.answer(&id).expect_err("it is taken");
    assert_eq!(refused.message, "`größer` is taken by the `audience` in policy/people.mkt:7");
    params["newName"] = "loyal".into();
    let edit = editor.request("textDocument/rename", params);
    editor.apply(&edit);
    assert_eq!(editor.text(MANIFEST), "id: spring\nchannel: [email]\naudience: loyal\n");
    assert!(
        editor
            .text(RULES)
            .starts_with("use acme.people.{loyal}\n\nsuppress grandparents on email { who loyal }")
    );
    editor.wait_for_codes(RULES, &[]);

    let id = {
        let at = editor.at(PEOPLE, "EU and", 0);
        editor.ask("textDocument/prepareRename", at)
    };
    assert_eq!(editor.answer(&id).expect_err("not ours").message, "`EU` belongs to the pack `std.regions`");

    let files = json!([{ "oldUri": editor.uri(PEOPLE), "newUri": editor.uri("policy/crm/contacts.mkt") }]);
    let edit = editor.request("workspace/willRenameFiles", json!({ "files": files }));
    editor.apply(&edit);
    assert!(editor.text(RULES).starts_with("use acme.crm.contacts.{loyal}\n"));
    editor.end();
}

#[test]
fn declarations_are_listed() {
    let mut editor = start();
    let params = json!({ "textDocument": { "uri": editor.uri(PEOPLE) } });
    let outline = editor.request("textDocument/documentSymbol", params);
    let names: Vec<_> = outline.as_array().expect("a list").iter().map(|own| own["name"].clone()).collect();
    assert_eq!(names, ["use std.regions.{EU}", "contact", "over", "größer", "vip"]);
    assert_eq!(outline[1]["children"][1]["name"], "country");

    let found = editor.request("workspace/symbol", json!({ "query": "vi" }));
    assert_eq!((&found[0]["name"], &found[0]["containerName"]), (&"vip".into(), &"acme.people".into()));
    editor.end();
}

#[test]
fn waivers_follow_in_files_that_only_the_configuration_knows() {
    let config = "name = \"acme\"\n[[assets]]\nfiles = [\"copy/**\"]\nkind = \"Page\"\nformat = \"html\"\n";
    let page = "<!-- mktlint: waive calm until 2026-12-31 because \"x\" -->\n<p>Buy it now.</p>\n";
    let rule = "rule calm { match \"now\"  error \"calm down\" }\n";
    let mut editor =
        Client::start(&[("mktlint.toml", config), (RULES, rule), ("copy/a.tpl", page)], old_editor());
    editor.open(RULES);
    let mut params = editor.at(RULES, "calm", 0);
    params["newName"] = "quiet".into();
    let edit = editor.request("textDocument/rename", params);
    assert!(edit.to_string().contains(&editor.uri("copy/a.tpl")), "{edit}");
    editor.end();
}
