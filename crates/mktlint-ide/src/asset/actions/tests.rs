use std::collections::BTreeMap;

use mktlint_asset::extract;
use mktlint_check::{SourceFile, fix_file};
use mktlint_diag::FilePath;

use super::*;
use crate::asset::at::judge;
use crate::fixture::{Fixture, applied};

const POLICY: &str = "contact { age: Int? }
role legal { members [\"legal@acme.example\"] }
rule pressure { match \"act now\"  error \"no\" }
rule signup { match \"sign-up\"  warning \"no\"  fix replace match with \"sign up\" }
rule short on Email.subject { require length(it) <= 5  error \"no\"  fix unsafe replace it with \"Hi\" }
rule legal_words { match \"warranty\"  error \"no\"  waivable by legal }
rule never_said { match \"cures\"  error \"no\"  never waivable }
";

fn fixture(asset: &str) -> Fixture {
    Fixture::new(&format!("{POLICY}//- {asset}"))
}

fn all(fixture: &Fixture) -> Vec<CodeAction> {
    let file = fixture.asset();
    actions(fixture.view(), &file, Span::new(fixture.offset, fixture.end))
}

/// What can be done about the asset at the cursor; a test can be written of every finding.
fn titles(asset: &str) -> Vec<String> {
    let titles = all(&fixture(asset)).into_iter().map(|action| action.title);
    titles.filter(|title| !title.starts_with("write a test of")).collect()
}

/// The file after the action whose title starts with `title`.
#[track_caller]
fn check(asset: &str, title: &str, expected: &str) {
    let fixture = fixture(asset);
    let action =
        all(&fixture).into_iter().find(|action| action.title.starts_with(title)).expect("the action");
    assert_eq!(action.edits.len(), 1);
    let text = fixture.text(&action.edits[0].file);
    assert_eq!(applied(text, &action.edits[0].edits), expected);
}

#[test]
fn fixes_are_offered_with_their_risk() {
    let all = all(&fixture("emails/a.md\n---\nsubject: A sign-up$0 page\n---\nx\n"));
    let shown: Vec<_> = all.iter().map(|action| (action.title.as_str(), action.is_preferred)).collect();
    assert_eq!(
        shown,
        [
            ("replace `sign-up` with `sign up`", true),
            ("replace `A sign-up page` with `Hi` (may change what the reader is told)", false),
            ("waive `signup` here until 2027-02-20", false),
            ("waive `signup` for this file in `policy/main.mkt` until 2027-02-20", false),
            ("write a test of `signup` from this finding", false),
            ("waive `short` here until 2027-02-20", false),
            ("waive `short` for this file in `policy/main.mkt` until 2027-02-20", false),
            ("write a test of `short` from this finding", false),
        ]
    );
    check(
        "emails/a.md\n---\nsubject: A sign-up$0 page\n---\nx\n",
        "replace",
        "---\nsubject: A sign up page\n---\nx\n",
    );
}

#[test]
fn markup_is_waived_in_a_comment_before_the_block() {
    let comment = "<!-- mktlint: waive pressure until 2027-02-20 because \"\" -->";
    check(
        "blog/a.md\n# A\n\nOne\nact no$0w\n",
        "waive `pressure` here",
        &format!("# A\n\n{comment}\nOne\nact now\n"),
    );
    check(
        "emails/a.html\n<!doctype html>\n<body>\n  <p>Please act no$0w</p>\n</body>\n",
        "waive `pressure` here",
        &format!("<!doctype html>\n<body>\n  {comment}\n  <p>Please act now</p>\n</body>\n"),
    );
    check(
        "emails/a.mjml\n<mjml><mj-body><mj-text>act no$0w</mj-text></mj-body></mjml>\n",
        "waive `pressure` here",
        &format!("<mjml><mj-body>{comment}<mj-text>act now</mj-text></mj-body></mjml>\n"),
    );
}

#[test]
fn line_breaks_are_those_of_the_file() {
    let policy = POLICY.replace('\n', "\r\n");
    let fixture = Fixture::new(&format!("{policy}//- blog/a.md\nPlease act no$0w.\r\n"));
    for action in all(&fixture) {
        let edits = action.edits.iter().flat_map(|own| &own.edits);
        let texts: String = edits.map(|edit| edit.text.as_str()).collect();
        let is_whole = texts.matches('\n').count() == texts.matches("\r\n").count();
        assert!(is_whole && texts.contains('\n'), "{}: {texts:?}", action.title);
    }
}

#[test]
fn values_are_waived_in_a_comment_above_the_key() {
    let comment = "# mktlint: waive short until 2027-02-20 because \"\"";
    check(
        "emails/a.md\n---\ntitle: a\nsubject: Too lo$0ng\n---\nx\n",
        "waive `short` here",
        &format!("---\ntitle: a\n{comment}\nsubject: Too long\n---\nx\n"),
    );
    check(
        "emails/a.toml\nsubject = 'Too lo$0ng'\nbody = 'x'\n",
        "waive `short` here",
        &format!("{comment}\nsubject = 'Too long'\nbody = 'x'\n"),
    );
    check(
        "emails/a.yaml\nmessages:\n  - body: x\n    subject: Too lo$0ng\n",
        "waive `short` here",
        &format!("messages:\n  - body: x\n    {comment}\n    subject: Too long\n"),
    );
}

#[test]
fn rows_are_waived_in_their_column() {
    check(
        "sms/a.csv\ntext,mktlint_waive\n\"act no$0w, please\",\n",
        "waive `pressure` here",
        "text,mktlint_waive\n\"act now, please\",\"pressure until 2027-02-20 because \"\"\"\"\"\n",
    );
}

#[test]
fn where_no_comment_can_stand_the_policy_waives() {
    let in_policy = "waive `pressure` for this file in `policy/main.mkt` until 2027-02-20";
    for asset in
        ["sms/a.txt\nact no$0w\n", "push/a.json\n{\"body\": \"act no$0w\"}\n", "sms/a.csv\ntext\nact no$0w\n"]
    {
        assert_eq!(titles(asset), [in_policy], "{asset}");
    }
    let waiver = "\nwaive pressure for \"sms/a.txt\" until 2027-02-20 {\n  because \"\"\n}\n";
    check("sms/a.txt\nact no$0w\n", "waive", &format!("{POLICY}{waiver}"));
}

#[test]
fn not_everything_can_be_waived_by_everyone() {
    assert!(titles("blog/a.md\nIt cure$0s.\n").is_empty());
    let waiver = "\nwaive legal_words for \"blog/a.md\" until 2027-02-20 {\n  by legal\n  because \"\"\n}\n";
    assert_eq!(titles("blog/a.md\nA warran$0ty.\n").len(), 1);
    check("blog/a.md\nA warran$0ty.\n", "waive", &format!("{POLICY}{waiver}"));
}

#[test]
fn what_all_assets_together_show_can_be_waived() {
    let policy = "contact { age: Int? }\naudience adults = age? >= 18\nsuppress young { who age? < 30 }\n";
    let fixture = Fixture::new(&format!(
        "{policy}//- campaign.yaml\nid: a\naudience: adul$0ts\nchannel: email\nregions: [DE]\npurpose: marketing\n"
    ));
    let titles: Vec<String> = all(&fixture).into_iter().map(|action| action.title).collect();
    assert_eq!(
        titles,
        [
            "waive `young` here until 2027-02-20",
            "waive `young` for this file in `policy/main.mkt` until 2027-02-20",
        ]
    );
}

/// The manifest at the cursor after its preferred action, and that action's title.
#[track_caller]
fn check_spelling(manifest: &str, title: &str, expected: &str) {
    let fixture =
        Fixture::new(&format!("contact {{ age: Int? }}\naudience adults = age? >= 18\n//- {manifest}"));
    let all = all(&fixture);
    assert_eq!(all.iter().filter(|action| action.is_preferred).count(), 1, "{manifest}: {all:?}");
    let action = all.first().expect("an action");
    assert_eq!((action.title.as_str(), action.is_preferred), (title, true));
    assert_eq!(applied(&fixture.asset().text, &action.edits[0].edits), expected);
}

#[test]
fn the_word_that_was_meant_is_written_as_the_format_wants() {
    check_spelling(
        "campaign.yaml\nid: a\naudience: adu$0tls\n",
        "write `adults`",
        "id: a\naudience: adults\n",
    );
    check_spelling(
        "campaign.yaml\nid: a\naudience: {email: adults, sms: \"adu$0lt\"}\n",
        "write `adults`",
        "id: a\naudience: {email: adults, sms: \"adults\"}\n",
    );
    check_spelling(
        "campaign.json\n{\"purpose\": \"market$0ting\"}\n",
        "write `marketing`",
        "{\"purpose\": \"marketing\"}\n",
    );
    check_spelling(
        "campaign.toml\nchannel = ['sms', 'e-ma$0il']\n",
        "write `email`",
        "channel = ['sms', 'email']\n",
    );
    check_spelling(
        "campaign.yaml\nsends:\n  - channel: emial$0\n",
        "write `email`",
        "sends:\n  - channel: email\n",
    );
    check_spelling(
        "campaign.yaml\nid: a\naudi$0ense: adults\n",
        "write `audience`",
        "id: a\naudience: adults\n",
    );
    check_spelling(
        "campaign.json\n{\"Audi$0ense\": \"adults\"}\n",
        "write `audience`",
        "{\"audience\": \"adults\"}\n",
    );
}

/// With a reason the waiver holds; without one mktlint asks for it.
#[test]
fn a_waiver_waits_for_its_reason() {
    let fixture = fixture("blog/a.md\nact no$0w\n");
    let view = fixture.view();
    let file = fixture.asset();
    let action = all(&fixture).into_iter().find(|action| action.title.contains("here")).expect("the action");
    let text = applied(&file.text, &action.edits[0].edits);
    let codes = |text: &str| {
        let (judge, inputs) = judge(view).expect("a plan");
        let extraction = extract(&file.path, text, &file.spec);
        let source = SourceFile { file: &file.path, text, extraction: &extraction, campaign: None };
        let found = judge.file(&source, inputs, &mut Scratch::default()).findings;
        found.iter().map(|it| (it.code.to_string(), it.counts())).collect::<Vec<_>>()
    };
    assert_eq!(codes(&text), [("MKT0514".to_owned(), true), ("acme.main.pressure".to_owned(), true)]);
    let reasoned = text.replace("\"\"", "\"a poem\"");
    assert_eq!(codes(&reasoned), [("acme.main.pressure".to_owned(), false)]);
}

#[test]
fn all_safe_fixes_at_once_are_those_of_the_command() {
    let fixture = fixture("emails/a.html\n<p>sign-up and <b>sign</b>-up</p>\n<p>sign-up$0</p>\n<p>x</p>\n");
    let file = fixture.asset();
    let action = fix_all(fixture.view(), &file).expect("an action");
    let text = applied(&file.text, &action.edits[0].edits);
    let (judge, inputs) = judge(fixture.view()).expect("a plan");
    let fixable =
        Fixable { file: &file.path, text: &file.text, spec: &file.spec, campaign: None, allow: Safety::Safe };
    assert_eq!(text, fix_file(judge, &fixable, inputs, &mut Scratch::default()).text);
    assert_ne!(text, *file.text);
    assert!(fix_all(fixture.view(), &self::fixture("blog/a.md\nfine$0\n").asset()).is_none());
}

/// Knows no texts, and wants nothing of `signup`.
struct Choosy;

impl crate::Texts for Choosy {
    fn text(&self, _: &FilePath) -> Option<std::sync::Arc<str>> {
        None
    }

    fn wants(&self, found: &Diagnostic) -> bool {
        found.code != "acme.main.signup"
    }
}

#[test]
fn what_the_configuration_leaves_out_is_left_alone() {
    let fixture = fixture("blog/a.md\nsign-up$0\n");
    let view = View { texts: &Choosy, ..fixture.view() };
    let file = fixture.asset();
    assert!(actions(view, &file, Span::at(fixture.offset)).is_empty());
    assert!(fix_all(view, &file).is_none());
}

const ASKING: &str = "enum Basis { consent, contract }
fact consent_basis: Basis
rule lawful on Campaign { require consent_basis == consent  error \"no\" }
rule lawful_post on Post { require consent_basis == consent  error \"no\" }
rule lawful_sms on Sms { require consent_basis == consent  error \"no\" }
rule lawful_email on Email { require consent_basis == consent  error \"no\" }
";

/// What gives the input that a rule asks for in `asset`, and the file after the first of these.
#[track_caller]
fn check_given(asset: &str, titles: &[&str], expected: &str) {
    let fixture = Fixture::new(&format!("{ASKING}//- {asset}"));
    let all = all(&fixture);
    let given: Vec<_> = all.iter().take_while(|action| action.title.starts_with("give")).collect();
    let shown: Vec<&str> = given.iter().map(|action| action.title.as_str()).collect();
    assert_eq!(shown, titles, "{asset}");
    let edits = &given.first().expect("an action").edits[0];
    assert_eq!(applied(fixture.text(&edits.file), &edits.edits), expected);
}

#[test]
fn what_nobody_gave_can_be_given() {
    let manifest = "give `consent_basis` in the manifest";
    let front = "give `consent_basis` in the front matter";
    let policy = "give `consent_basis` in the policy";
    check_given(
        "campaign.yaml\nid: a$0\noffer:\n  end: 2027-01-01\n",
        &[manifest, policy],
        "id: a\noffer:\n  end: 2027-01-01\nconsent_basis: consent\n",
    );
    check_given(
        "campaign.toml\nid = \"a$0\"\n[offer]\nend = 2027-01-01\n",
        &[manifest, policy],
        "id = \"a\"\nconsent_basis = \"consent\"\n[offer]\nend = 2027-01-01\n",
    );
    check_given(
        "campaign.json\n{$0\n  \"id\": \"a\"\n}\n",
        &[manifest, policy],
        "{\n  \"id\": \"a\",\n  \"consent_basis\": \"consent\"\n}\n",
    );
    check_given(
        "emails/a.md\n---$0\nsubject: x\n---\nHi\n",
        &[front, policy],
        "---\nsubject: x\nconsent_basis: consent\n---\nHi\n",
    );
    check_given("blog/a.md\nHi$0\n", &[front, policy], "---\nconsent_basis: consent\n---\nHi\n");
    check_given(
        "blog/a.md\nHi$0\n//- campaign.yaml\nid: a\n",
        &[manifest, front, policy],
        "id: a\nconsent_basis: consent\n",
    );
    check_given("sms/a.csv\ntext\nHi$0\n", &[policy], &format!("{ASKING}\ngiven consent_basis = consent\n"));
}

#[test]
fn what_only_a_campaign_can_say_is_given_there() {
    let rule = "rule bound on Email where campaign.purpose == marketing { match \"Hi\"  error \"no\" }\n";
    let fixture = Fixture::new(&format!("{rule}//- emails/a.md\nHi$0\n//- campaign.yaml\nid: a\n"));
    let given = all(&fixture).into_iter().find(|action| action.title.starts_with("give")).expect("an action");
    assert_eq!(given.title, "give `purpose` in the manifest");
    assert_eq!(applied("id: a\n", &given.edits[0].edits), "id: a\npurpose: marketing\n");
}

/// Whatever its type is, a fact that is given so in the policy or in a file is one: rules find what they ask for.
#[test]
fn what_is_given_has_the_right_type() {
    let types = [
        ("Bool", 4),
        ("Int", 4),
        ("Decimal", 4),
        ("Percent", 4),
        ("Money", 4),
        ("Duration", 4),
        ("Date", 4),
        ("DateTime", 3),
        ("Country", 4),
        ("Language", 3),
        ("Url", 4),
        ("Basis", 4),
        ("Set<Country>", 4),
        ("List<Basis>", 4),
    ];
    let manifests = ["a/campaign.yaml", "b/campaign.toml", "c/campaign.json"].map(FilePath::new);
    let texts =
        "//- a/campaign.yaml\nid: a\n//- b/campaign.toml\nid = \"b\"\n//- c/campaign.json\n{\"id\": \"c\"}\n";
    for (ty, expected) in types {
        let policy = format!(
            "enum Basis {{ consent }}\nfact it_is: {ty}\nrule r on Campaign {{\n  require it_is == it_is\n  error \"no\"\n}}\n"
        );
        let fixture = Fixture::new(&format!("{policy}{texts}"));
        let mut given: BTreeMap<FilePath, String> = BTreeMap::new();
        for file in &manifests {
            let all = actions(fixture.view(), &fixture.asset_at(file), Span::at(0));
            for edits in all.into_iter().filter(|it| it.title.starts_with("give")).flat_map(|it| it.edits) {
                let text = applied(fixture.text(&edits.file), &edits.edits);
                given.insert(edits.file, text);
            }
        }
        assert_eq!(given.len(), expected, "{ty}: {given:?}");
        let of_policy = given.remove(&FilePath::new("policy/main.mkt"));
        let shown = given.iter().map(|(file, text)| format!("//- {file}\n{text}"));
        check_judged(&format!("{policy}{}", shown.collect::<String>()), &manifests);
        if let Some(policy) = of_policy {
            check_judged(&format!("{policy}{texts}"), &manifests);
        }
    }
}

#[track_caller]
fn check_judged(text: &str, files: &[FilePath]) {
    let fixture = Fixture::new(text);
    for file in files {
        let judged = fixture.asset_at(file).judged;
        assert!(judged.findings.is_empty() && !judged.judged_by.is_empty(), "{text}\n{:?}", judged.findings);
    }
}
