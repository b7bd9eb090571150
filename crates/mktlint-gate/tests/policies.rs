//! Changes of the policy itself, what they mean for approvals, and how they reach campaigns.

mod world;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use mktlint_asset::Kind;
use mktlint_diag::FilePath;
use mktlint_gate::change::{Declared, PolicyFile, Side, SideFile, UnitChange, between};
use mktlint_gate::content::Meanings;
use mktlint_gate::{Digest, PartKind};
use world::{Policy, side_file};

const POLICY: &str = r#"
contact { stage: Stage  age: Int? in 0..=130 }
enum Stage { customer, lapsed }
audience lapsed_all = stage == lapsed
suppress young on sms { who age? < 18 }
claim vegan { says "vegan" }
claim green { says "green" }
evidence trial { document "evidence/trial.txt" }
rule shout on Email { forbid subject? matches /!!/  error "no" }
rule polite on Sms { require body is known  error "no" }
term "sign up" { not "register" }
role legal { members ["legal@acme.example", "law@acme.example"] }
tier low { when change only [formatting] }
tier high { approve legal }
"#;

fn policy(text: &str) -> Policy {
    Policy::of(&[("acme.policy".to_owned(), text.to_owned())])
}

/// The declarations of a policy with one on each line.
fn file(text: &str) -> PolicyFile {
    let declared = text.lines().filter(|line| !line.is_empty() && !line.starts_with("//")).map(|line| {
        let mut words = line.split_whitespace();
        let (kind, name) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let has_name = !matches!(kind, "term" | "contact" | "enum");
        let name = if has_name { format!("acme.policy.{name}") } else { String::new() };
        Declared { kind: kind.into(), name: name.as_str().into(), canonical: Digest::of(line.as_bytes()) }
    });
    PolicyFile { bytes: Digest::of(text.as_bytes()), declarations: Some(declared.collect()) }
}

fn side<'a>(policy: &'a Policy, text: &str, files: Vec<SideFile>) -> Side<'a> {
    let path = FilePath::new("acme/policy.mkt");
    Side { plan: &policy.judge.plan, files, policy: BTreeMap::from([(path, file(text))]) }
}

fn changes(text: &str) -> Vec<UnitChange> {
    let (old, new) = (policy(POLICY), policy(text));
    let now = date(2026, 11, 22).at(0, 0, 0, 0);
    between(&side(&old, POLICY, vec![]), &side(&new, text, vec![]), now)
}

#[track_caller]
fn check(from: &str, to: &str, expected: &str) {
    assert!(POLICY.contains(from), "{from:?}");
    let found = changes(&POLICY.replace(from, to));
    let shown: Vec<String> = found
        .iter()
        .map(|it| {
            let kinds: Vec<&str> = it.kinds.iter().map(|kind| kind.word()).collect();
            format!("{}: {}", it.unit, kinds.join(" "))
        })
        .collect();
    assert_eq!(shown.join(" / "), expected, "{from:?} to {to:?}: {found:#?}");
}

#[test]
fn a_policy_becomes_stricter_looser_or_something_else() {
    check("says \"green\"", "says \"green\" | \"eco\"", "policy: policy_stricter");
    check("says \"green\"", "says \"eco\"", "policy: policy_stricter policy_looser");
    check(
        "suppress young on sms { who age? < 18 }",
        "suppress young on sms { who age? < 16 }",
        "policy: policy_looser",
    );
    check("tier high { approve legal }", "tier high { }", "policy: policy_looser");
    check("legal@acme.example", "eve@acme.example", "policy: policy_other");
    check("error \"no\"", "error \"never\"", "policy: policy_other");
    check("\nclaim vegan", "\n// so there\nclaim vegan", "policy: formatting");
}

/// A key of a role must not slip through beside a declaration that becomes stricter.
#[test]
fn what_is_not_told_stays_something_else() {
    let text = POLICY.replace("says \"green\"", "says \"green\" | \"eco\"").replace("legal@", "eve@");
    let kinds: Vec<&str> = changes(&text)[0].kinds.iter().map(|kind| kind.word()).collect();
    assert_eq!(kinds, ["policy_stricter", "policy_other"]);
}

#[test]
fn other_files_of_the_policy_count_by_their_bytes() {
    let (old, new) = (policy(POLICY), policy(POLICY));
    let now = date(2026, 11, 22).at(0, 0, 0, 0);
    let mut after = side(&new, POLICY, vec![]);
    let keys = PolicyFile { bytes: Digest::of(b"ssh-ed25519 AAAA"), declarations: None };
    after.policy.insert("keys/legal.pub".into(), keys);
    let [change] = between(&side(&old, POLICY, vec![]), &after, now).try_into().expect("one unit changes");
    assert_eq!(change.details[0].sentence, "keys/legal.pub is new");
    assert_eq!(change.parts.len(), 1);
    assert!(between(&side(&old, POLICY, vec![]), &side(&new, POLICY, vec![]), now).is_empty());
}

fn digest(policy: &Policy, kinds: &[Kind], channels: &[&str]) -> Digest {
    let kinds: BTreeSet<Kind> = kinds.iter().copied().collect();
    Meanings::of(&policy.judge.plan).digest(&kinds, channels.iter().copied())
}

/// Which of three units lose their approvals: an email, a text message, a campaign by text message.
#[track_caller]
fn check_digests(from: &str, to: &str, expected: [bool; 3]) {
    assert!(POLICY.contains(from), "{from:?}");
    let (old, new) = (policy(POLICY), policy(&POLICY.replace(from, to)));
    let differs =
        |kinds: &[Kind], channels: &[&str]| digest(&old, kinds, channels) != digest(&new, kinds, channels);
    let found = [
        differs(&[Kind::Email], &[]),
        differs(&[Kind::Sms], &[]),
        differs(&[Kind::Campaign, Kind::Sms], &["sms"]),
    ];
    assert_eq!(found, expected, "{from:?} to {to:?}");
}

#[test]
fn only_declarations_that_judge_a_unit_void_its_approvals() {
    check_digests("/!!/", "/!!!/", [true, false, false]);
    check_digests("body is known", "body is known and sender is known", [false, true, true]);
    check_digests("age? < 18", "age? < 16", [false, false, true]);
    check_digests("approve legal", "approve 2 of legal", [true, true, true]);
    check_digests("says \"green\"", "says \"eco\"", [false, false, false]);
    check_digests("error \"no\"", "error \"never\"", [false, false, false]);
    check_digests("\nclaim vegan", "\n\n/// Nothing from animals.\nclaim vegan", [false, false, false]);
    check_digests("stage == lapsed", "stage != customer", [false, false, false]);
    check_digests("legal@acme.example", "eve@acme.example", [false, false, false]);
}

/// What a claim asks for is in the digest of the claims of whoever makes it, and nowhere else.
#[test]
fn a_claim_that_asks_for_more_voids_approvals_of_that_claim() {
    let text = POLICY.replace("says \"vegan\"", "says \"vegan\"  needs evidence trial");
    let (old, new) = (policy(POLICY), policy(&text));
    let parts = |policy: &Policy, text: &str| {
        side_file(policy, "blog/a.md", text, None).said[0].content.parts.clone()
    };
    let differing = |words: &str| {
        let (before, after) = (parts(&old, words), parts(&new, words));
        let kinds =
            after.iter().filter(|(id, part)| before.get(*id).is_none_or(|old| old.digest != part.digest));
        kinds.map(|(id, _)| id.kind).collect::<Vec<_>>()
    };
    assert_eq!(differing("A vegan cream. It is new.\n"), [PartKind::Claims, PartKind::Evidence]);
    assert_eq!(differing("A green cream. It is new.\n"), []);
}

#[test]
fn an_audience_that_means_others_changes_the_campaigns_that_name_it() {
    let manifest = "id: spring\naudience: lapsed_all\n";
    let now = date(2026, 11, 22).at(0, 0, 0, 0);
    let kinds = |to: &str| {
        let text = POLICY.replace("stage == lapsed", to);
        let (old, new) = (policy(POLICY), policy(&text));
        let read = |policy: &Policy| vec![side_file(policy, "campaign.yaml", manifest, None)];
        let found = between(&side(&old, POLICY, read(&old)), &side(&new, &text, read(&new)), now);
        let campaign = found.into_iter().find(|it| it.unit.to_string() == "campaign:spring");
        campaign.map(|it| it.kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(kinds("stage == lapsed and age? >= 18").as_deref(), Some("audience_narrower"));
    assert_eq!(kinds("stage == lapsed or age? >= 90").as_deref(), Some("audience_wider"));
    assert_eq!(kinds("stage == customer").as_deref(), Some("audience_other"));
    // Two stages are all there are.
    assert_eq!(kinds("stage != customer"), None);
}
