use mktlint_diag::{FilePath, Level};
use mktlint_hir::diagnostics;
use mktlint_text::Span;

use super::*;
use crate::fixture::{Fixture, applied};

/// What the file at the cursor is after `action`; other files that it changes follow, each behind its path.
fn after(fixture: &Fixture, action: &CodeAction) -> String {
    let mut own = fixture.text(&fixture.file).to_owned();
    let mut others = String::new();
    for FileEdits { file, edits } in &action.edits {
        let new = applied(fixture.text(file), edits);
        if *file == fixture.file { own = new } else { others.push_str(&format!("//- {file}\n{new}")) }
    }
    own + &others
}

fn at_cursor(fixture: &Fixture) -> Vec<CodeAction> {
    actions(fixture.view(), fixture.policy(), Span::new(fixture.offset, fixture.end))
}

fn titles(text: &str) -> Vec<String> {
    at_cursor(&Fixture::new(text)).into_iter().map(|action| action.title).collect()
}

/// Applies the action called `title` at the cursor. The result has fewer errors, or none.
fn check(text: &str, title: &str, expected: &str) {
    let fixture = Fixture::new(text);
    let all = at_cursor(&fixture);
    let action = all.iter().find(|action| action.title == title);
    let titles: Vec<&str> = all.iter().map(|action| action.title.as_str()).collect();
    let Some(action) = action else { panic!("no `{title}` among {titles:?}") };
    let result = after(&fixture, action);
    assert_eq!(result, expected, "{title}");
    let (before, now) = (n_errors(&fixture), n_errors(&Fixture::new(&whole(&fixture, action))));
    assert!(now == 0 || now < before, "{now} errors after {before}: {result}");
}

/// All files after `action`.
fn whole(fixture: &Fixture, action: &CodeAction) -> String {
    let mut out = String::new();
    for file in fixture.files() {
        let edits = action.edits.iter().find(|edits| edits.file == *file);
        let text = fixture.text(file);
        let text = edits.map_or_else(|| text.to_owned(), |edits| applied(text, &edits.edits));
        out.push_str(&format!("//- {file}\n{text}\n"));
    }
    out
}

fn n_errors(fixture: &Fixture) -> usize {
    let view = fixture.view();
    let all = view.own_files().flat_map(|file| diagnostics(view.db, view.project, file));
    all.filter(|found| found.level == Level::Error).count()
}

#[test]
fn fixes_and_suggestions_are_offered() {
    let text = "rule a on Email.subject {\n  match \"x\"\n  eror$0 \"y\"\n}\n";
    let fixture = Fixture::new(text);
    let first = &at_cursor(&fixture)[0];
    assert_eq!((first.title.as_str(), first.is_preferred), ("write `error`", true));
    check(text, "write `error`", "rule a on Email.subject {\n  match \"x\"\n  error \"y\"\n}\n");
    check(
        "rul$0le x {\n  match \"x\"\n  error \"y\"\n}\n",
        "write `rule`",
        "rule x {\n  match \"x\"\n  error \"y\"\n}\n",
    );
    check(
        "rule a on Email.subjekt$0 {\n  match \"x\"\n  error \"y\"\n}\n",
        "write `subject`",
        "rule a on Email.subject {\n  match \"x\"\n  error \"y\"\n}\n",
    );
}

#[test]
fn a_single_safe_fix_is_preferred() {
    let fixture = Fixture::new("rule a on Email.subject {\n  require it?$0 != \"\"\n  error \"y\"\n}\n");
    let all = at_cursor(&fixture);
    assert_eq!(
        all.iter().map(|it| (it.title.as_str(), it.is_preferred)).collect::<Vec<_>>(),
        [("remove the guard", true)]
    );
}

#[test]
fn slips_of_the_pen_are_repaired() {
    check("let a = ($01 + 2\npub let b = a\n", "add `)`", "let a = (1 + 2)\npub let b = a\n");
    check(
        "rule a {\n  match ($0\"x\" // why\n  error \"y\"\n}\n",
        "add `)`",
        "rule a {\n  match (\"x\") // why\n  error \"y\"\n}\n",
    );
    check(
        "rule a {$0\n  match \"x\"\n  error \"y\"\n",
        "add `}`",
        "rule a {\n  match \"x\"\n  error \"y\"\n}\n",
    );
    check("pub let a = 1)$0\n", "remove `)`", "pub let a = 1\n");
    check("pub let a = \"$0x\n", "add `\"`", "pub let a = \"x\"\n");
    check("pub let a = 1\n/*$0 x\n", "add `*/`", "pub let a = 1\n/* x */\n");
    check("pub let a = 1\n# x$0\n", "write `//`", "pub let a = 1\n// x\n");
    check("pub let a = true &&$0 false\n", "write `and`", "pub let a = true and false\n");
    check("pub let a = 'x$0'\n", "write straight double quotes", "pub let a = \"x\"\n");
    check("pub let a = 31.01.2027$0\n", "write `2027-01-31`", "pub let a = 2027-01-31\n");
    check("pub let a = 2027-02-29$0\n", "write `2027-02-28`", "pub let a = 2027-02-28\n");
    check("pub let a = 2 dayz$0\n", "write `days`", "pub let a = 2 days\n");
    check("contact { age: Int in 130..=0$0 }\n", "write `0..=130`", "contact { age: Int in 0..=130 }\n");
    check(
        "cap c { at most$0 0 sms per 7 days }\n",
        "write `at most 1`",
        "cap c { at most 1 sms per 7 days }\n",
    );
    check(
        "rule a { match /x/ig$0  error \"y\" }\n",
        "remove the flag",
        "rule a { match /x/i  error \"y\" }\n",
    );
    check("pub let a = \"\\q$0\"\n", "write a backslash", "pub let a = \"\\\\q\"\n");
    check("pub let a = 1\n\n/// one\n/// two$0\n", "write `//`", "pub let a = 1\n\n// one\n// two\n");
    check("pub let a = €$020\n", "write `EUR`", "pub let a = EUR 20\n");
    check(
        "contact { d: Date }\naudience a = d older than 7$0\n",
        "write `7 days`",
        "contact { d: Date }\naudience a = d older than 7 days\n",
    );
}

#[test]
fn clauses_are_added_moved_and_removed() {
    let rule = "rule a on Email.subject {\n  match \"x\"\n  error \"y\"\n";
    check(&format!("{rule}  banana$0 \"z\"\n}}\n"), "remove this clause", &format!("{rule}}}\n"));
    check(&format!("{rule}  match$0 \"z\"\n}}\n"), "remove this one", &format!("{rule}}}\n"));
    check(
        "rule a$0 on Email.subject {\n  match \"x\"\n}\n",
        "add `error \"what is wrong, and what to do\"`",
        "rule a on Email.subject {\n  match \"x\"\n  error \"what is wrong, and what to do\"\n}\n",
    );
    check(
        "role r$0 {}\n",
        "add `members [\"name@example.com\"]`",
        "role r { members [\"name@example.com\"] }\n",
    );
    check(
        "rule a {\n  match \"x\" error$0 \"y\"\n}\n",
        "put it on a new line",
        "rule a {\n  match \"x\"\n  error \"y\"\n}\n",
    );
    check(
        "pub evidence e$0 { because \"x\" }\n",
        "add `document \"evidence/e.pdf\"`",
        "pub evidence e { because \"x\"  document \"evidence/e.pdf\" }\n",
    );
    check(
        "audience$0 = true\ncontact { a: Int }\n",
        "call it `new_name`",
        "audience new_name = true\ncontact { a: Int }\n",
    );
    check(
        "rule a on Email.subject {\n  require length(it)$0\n  error \"y\"\n}\n",
        "write `length(it) <= 60`",
        "rule a on Email.subject {\n  require length(it) <= 60\n  error \"y\"\n}\n",
    );
}

#[test]
fn names_are_brought_in_or_declared() {
    check(
        "contact { country: Country }\naudience a = country in EU$0\n",
        "add `use std.regions.EU`",
        "use std.regions.{EU}\n\ncontact { country: Country }\naudience a = country in EU\n",
    );
    check(
        "pub let b = hidden$0 + 1\n//- policy/other.mkt\nlet hidden = 1\npub let c = hidden\n",
        "make `hidden` public and add `use acme.other.hidden`",
        "use acme.other.{hidden}\n\npub let b = hidden + 1\n//- policy/other.mkt\npub let hidden = 1\npub let c = hidden\n",
    );
    check(
        "use acme.other.hidden$0\npub let b = hidden\n//- policy/other.mkt\nlet hidden = 1\npub let c = hidden\n",
        "make `hidden` public",
        "use acme.other.hidden\npub let b = hidden\n//- policy/other.mkt\npub let hidden = 1\npub let c = hidden\n",
    );
    check(
        "tier t { approve legal$0 }\n",
        "declare role `legal`",
        "tier t { approve legal }\n\nrole legal {\n  members [\"name@example.com\"]\n}\n",
    );
    check(
        "contact { age: Int }\naudience a = age > 1 and loyal$0\n",
        "declare audience `loyal`",
        "contact { age: Int }\naudience a = age > 1 and loyal\n\naudience loyal = true\n",
    );
    check(
        "contact { age: Int }\naudience a = age > 1 and visits_in_all$0 > 3\n",
        "add the attribute `visits_in_all` to `contact`",
        "contact { age: Int  visits_in_all: Int }\naudience a = age > 1 and visits_in_all > 3\n",
    );
    check(
        "contact { age: Int? }\naudience a = age == null$0\n",
        "write `is missing`",
        "contact { age: Int? }\naudience a = age is missing\n",
    );
    check("pub region r = [de$0]\n", "write `DE`", "pub region r = [DE]\n");
}

#[test]
fn guards_are_added() {
    let contact = "contact { age: Int? }\n";
    let at = "audience a = age$0 >= 18\n";
    assert_eq!(
        titles(&format!("{contact}{at}")),
        ["write `age?`", "ask first: `age is known and …`", "write `age or else 0`"]
    );
    check(&format!("{contact}{at}"), "write `age?`", &format!("{contact}audience a = age? >= 18\n"));
    let title = "ask first: `age is known and …`";
    check(&format!("{contact}{at}"), title, &format!("{contact}audience a = age is known and age >= 18\n"));
    check(
        &format!("{contact}audience a = not age$0 >= 18\n"),
        title,
        &format!("{contact}audience a = not (age is known and age >= 18)\n"),
    );
    check(
        &format!("{contact}audience a = true and (age$0 >= 18)\n"),
        title,
        &format!("{contact}audience a = true and (age is known and age >= 18)\n"),
    );
    check(
        &format!("{contact}{at}"),
        "write `age or else 0`",
        &format!("{contact}audience a = (age or else 0) >= 18\n"),
    );
}

#[test]
fn what_nothing_uses_goes() {
    check("let a$0 = 1\n\nlet b = 2\n", "remove this `let`", "let b = 2\n");
    check("let b = 2\n\nlet a$0 = 1\n", "remove this `let`", "let b = 2\n\n");
    check("/// Docs.\nlet a$0 = 1\n", "make it public", "/// Docs.\npub let a = 1\n");
    let uses = "contact { c: Country }\npub audience a = c in EU\n";
    check(
        &format!("use std.regions.{{EEA$0, EU}}\n{uses}"),
        "remove `EEA` from the `use`",
        &format!("use std.regions.{{EU}}\n{uses}"),
    );
    check(
        &format!("use std.regions.{{EU, EEA$0}}\n{uses}"),
        "remove `EEA` from the `use`",
        &format!("use std.regions.{{EU}}\n{uses}"),
    );
    check(
        &format!("use std.regions.EU\nuse std.regions.EEA$0\n{uses}"),
        "remove this `use`",
        &format!("use std.regions.EU\n{uses}"),
    );
}

#[test]
fn conditions_on_people_are_mended() {
    let contact = "contact { age: Int? in 0..=99  stage: Stage }\nlifecycle Stage { lead -> lost }\n";
    check(
        &format!("{contact}audience a = age? < 30 and age? < 40$0\n"),
        "remove this condition",
        &format!("{contact}audience a = age? < 30\n"),
    );
    check(
        &format!("{contact}audience a$0 = age is known or age is missing\n"),
        "write `true`",
        &format!("{contact}audience a = true\n"),
    );
    check(
        &format!("{contact}audience a = age? < 30\naudience b$0 = age? <= 29\n"),
        "write `a`",
        &format!("{contact}audience a = age? < 30\naudience b = a\n"),
    );
    check(
        &format!(
            "{contact}audience a = stage == lead or stage == lost\nsuppress s {{ who age? > 90 }}\nprove a$0 disjoint from s\n"
        ),
        "add `and not (age? > 90)` to `a`",
        &format!(
            "{contact}audience a = (stage == lead or stage == lost) and not (age? > 90)\nsuppress s {{ who age? > 90 }}\nprove a disjoint from s\n"
        ),
    );
}

#[test]
fn what_the_other_side_is_made_of_is_not_changed() {
    let people = "contact { age: Int? in 0..=99  stage: Stage }\nlifecycle Stage { lead -> lapsed }\n\
                  audience reachable = age? > 17\naudience lapsed_riders = reachable and stage == lapsed\n\
                  audience old_riders = lapsed_riders and age? > 70\naudience riders = stage == lapsed\n";
    let offered = |proof: &str| {
        let all = titles(&format!("{people}{proof}"));
        all.iter().filter(|title| title.starts_with("add `and")).count()
    };
    assert_eq!(offered("prove $0riders disjoint from reachable\n"), 1);
    assert_eq!(offered("prove $0reachable disjoint from lapsed_riders\n"), 0);
    assert_eq!(offered("prove $0reachable disjoint from old_riders\n"), 0);
}

#[test]
fn what_is_missing_is_added_with_words_that_say_what_belongs_there() {
    let contact = "contact { country: Country }\n";
    for (text, added) in [
        ("disclosure$0 d\n", "\"the words that readers must see\""),
        ("claim$0 c {}\n", "says \"the words that make this claim\""),
        ("term$0 \"a\" {}\n", "not \"the wording to avoid\""),
        ("rule$0 r { error \"x\" }\n", "match \"the words to find\""),
        ("suppress$0 s on email {}\n", "who false"),
        ("cap$0 c {}\n", "at most 3 email per 7 days"),
    ] {
        let fixture = Fixture::new(&format!("{contact}{}", text.replace("$0", "").replacen(' ', " $0", 1)));
        let all = at_cursor(&fixture);
        let titles: Vec<&str> = all.iter().map(|action| action.title.as_str()).collect();
        let title = format!("add `{added}`");
        let action = all.iter().find(|action| action.title == title);
        let action = action.unwrap_or_else(|| panic!("no {title} among {titles:?}"));
        let after = after(&fixture, action);
        assert!(after.contains(added), "{after}");
        assert_eq!(n_errors(&Fixture::new(&after)), 0, "{after}");
    }
}

#[test]
fn what_was_meant_is_offered_first() {
    let contact = "contact { country: Country }\n";
    let found = titles(&format!("{contact}pub audience a = country == GB and country =$0 GB\n"));
    assert_eq!(found, ["write `==`", "remove this condition"]);
}

#[test]
fn an_audience_is_extracted() {
    let contact = "contact { age: Int? in 0..=99  stage: Stage  tags: Set<Text> }\nlifecycle Stage { lead -> lost }\n\n";
    check(
        &format!("{contact}/// Docs.\naudience a = stage == lead and $0age? > 18 and tags has \"x\"$0\n"),
        "extract audience",
        &format!(
            "{contact}audience new_audience = age? > 18 and tags has \"x\"\n\n/// Docs.\naudience a = stage == lead and new_audience\n"
        ),
    );
    check(
        &format!("{contact}suppress s {{\n  who $0age? < 18$0 or stage == lost\n}}\n"),
        "extract audience",
        &format!(
            "{contact}audience new_audience = age? < 18\n\nsuppress s {{\n  who new_audience or stage == lost\n}}\n"
        ),
    );
    let none: [String; 0] = [];
    assert_eq!(titles(&format!("{contact}audience a = stage == lead and age? > $018$0\n")), none);
    assert_eq!(titles(&format!("{contact}audience a = any t in tags where $0t == \"x\"$0\n")), none);
    assert_eq!(titles(&format!("{contact}audience a = stage == $0lead and age? > 18$0\n")), none);
}

#[test]
fn a_let_is_inlined() {
    check(
        "let limit$0 = 50 + 10\n\npub let a = limit * 2\npub let b = \"at {limit}\"\n",
        "inline everywhere `limit`",
        "pub let a = (50 + 10) * 2\npub let b = \"at {(50 + 10)}\"\n",
    );
    check(
        "let limit = 60\n\npub let a = limit$0 * 2\npub let b = limit\n",
        "inline `limit`",
        "let limit = 60\n\npub let a = 60 * 2\npub let b = limit\n",
    );
    assert!(!titles("pub let limit$0 = 60\npub let a = limit\n").iter().any(|it| it.starts_with("inline")));
}

fn organized(text: &str) -> Option<String> {
    let fixture = Fixture::new(text);
    organize_uses(fixture.view(), fixture.policy()).map(|action| after(&fixture, &action))
}

#[test]
fn uses_are_organized() {
    let rest = "\ncontact { c: Country }\npub audience a = c in EU and not acme_vip and c in EEA\n";
    let other = "//- policy/other.mkt\npub audience vip = false\n";
    assert_eq!(
        organized(&format!(
            "use std.regions.{{NORDICS, EU}}\nuse acme.other.vip as acme_vip\n\nuse std.regions.EEA\n{rest}{other}"
        )),
        Some(format!("use acme.other.vip as acme_vip\nuse std.regions.{{EEA, EU}}\n{rest}"))
    );
    assert_eq!(
        organized(&format!("use acme.other.vip as acme_vip\nuse std.regions.{{EEA, EU}}\n{rest}{other}")),
        None
    );
    assert_eq!(organized("use std.regions.EEA\n\npub let a = 1\n").as_deref(), Some("pub let a = 1\n"));
}

#[test]
fn levels_and_reasons_change() {
    let rule = |level: &str| format!("rule a on Email.subject {{\n  match \"x\"\n  {level} \"y\"\n}}\n");
    check(&rule("err$0or"), "make it a warning", &rule("warning"));
    check(&rule("err$0or"), "make it information", &rule("info"));
    check(
        &rule("error").replace("rule a", "rule a$0"),
        "add `because`",
        "rule a on Email.subject {\n  match \"x\"\n  error \"y\"\n  because \"the source\"\n}\n",
    );
}

const JUDGED: &str = "rule shouts$0 on Email.subject {
  match \"sale\"
  error \"no\"
}

let a = 1
//- emails/a.html
<meta name=\"mktlint:subject\" content=\"Hi {{ name }}, a \u{201C}sale\u{201D}\">
";

#[test]
fn a_finding_is_waived_or_becomes_a_test() {
    let rule = "rule shouts on Email.subject {\n  match \"sale\"\n  error \"no\"\n}\n";
    check(
        JUDGED,
        "waive `shouts` in `emails/a.html` until 2027-02-20",
        &format!(
            "{rule}\nlet a = 1\n\nwaive shouts for \"emails/a.html\" until 2027-02-20 {{\n  because \"\"\n}}\n"
        ),
    );
    check(
        JUDGED,
        "write a test of `shouts` from this finding",
        &format!(
            "{rule}\ntest shouts {{\n  fires on Email {{ subject: \"Hi \\{{\\{{ name \\}}\\}}, a \u{201C}sale\u{201D}\" }}\n}}\n\nlet a = 1\n"
        ),
    );
    let tested = JUDGED.replace("let a", "test shouts { silent on Email { subject: \"\" } }\n\nlet a");
    check(
        &tested,
        "write a test of `shouts` from this finding",
        &format!(
            "{rule}\ntest shouts {{ silent on Email {{ subject: \"\" }}  fires on Email {{ subject: \"Hi \\{{\\{{ name \\}}\\}}, a \u{201C}sale\u{201D}\" }} }}\n\nlet a = 1\n"
        ),
    );
    let never = JUDGED.replace("error \"no\"", "error \"no\"\n  never waivable");
    assert!(!titles(&never).iter().any(|title| title.starts_with("waive")));
}

/// The test that reproduces the first finding of `rule` passes.
fn reproduces(policy: &str, asset: &str) {
    let fixture = Fixture::new(&format!("{policy}//- {asset}"));
    let view = fixture.view();
    let finding = view.assets.findings().next().expect("a finding");
    let file = FilePath::new(asset.lines().next().unwrap_or_default());
    let action = reproduce(view, &fixture.asset_at(&file), finding).expect("a test");
    let mended = Fixture::new(&whole(&fixture, &action));
    let said = crate::policy::lens::run_test(mended.view(), &finding.code);
    assert_eq!(said, "1 expectation: all met\n", "{}", whole(&fixture, &action));
}

#[test]
fn tests_from_findings_reproduce_them() {
    let pressure = "rule pressure {\n  match \"act now\"\n  warning \"x\"\n}\n";
    reproduces(pressure, "blog/a.md\n# Title\n\nFirst.\n\nPlease **act** now, \"friend\".\n");
    reproduces(pressure, "emails/a.html\n<p>One.</p><p>Act now &amp; win</p>\n");
    reproduces(pressure, "sms/a.txt\nact now\n");
    reproduces(
        "rule alt on Image {\n  require alt is known\n  error \"x\"\n}\n",
        "emails/a.html\n<p>x</p><img src=\"a.png\">\n",
    );
    reproduces(
        "rule https on Link.url {\n  match /^http:/\n  error \"x\"\n}\n",
        "blog/a.md\n# A\n\n[b](http://b.example)\n",
    );
    reproduces("term \"sign up\" { not \"signup\" }\n", "blog/a.md\n# A\n\nPlease signup here.\n");
    reproduces(
        "claim sunblock {\n  says \"sunblock\"\n  never in [DE]\n}\n",
        "blog/a.md\n---\ntitle: A\nregions: [DE]\n---\n\nOur sunblock.\n",
    );
    reproduces(
        "rule caps on Ad.headlines {\n  forbid capitals(it) > 50%\n  error \"x\"\n}\n",
        "ads/a.json\n{\"headlines\": [\"BUY NOW\"], \"descriptions\": [\"x\"]}\n",
    );
}

#[test]
fn safe_fixes_go_together() {
    let fixture = Fixture::new("rule a on Email.subject {\n  matsch \"x\"\n  eror \"y\"\n}\n");
    let action = fix_all(fixture.view(), fixture.policy()).expect("fixes");
    assert_eq!(after(&fixture, &action), "rule a on Email.subject {\n  match \"x\"\n  error \"y\"\n}\n");
    let fixture = Fixture::new("pub let a = 1\n");
    assert_eq!(fix_all(fixture.view(), fixture.policy()), None);
}
