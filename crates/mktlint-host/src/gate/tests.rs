#![cfg(unix)]

use mktlint_gate::Unit;

use super::*;
use crate::scratch::Scratch;

const POLICY: &str = "\
role marketing { members [\"ana@acme.example\", \"jo@acme.example\"] }
role legal { members [\"legal@acme.example\"] }
claim proven { says \"clinically proven\"; tier high }
tier low { when change only [formatting, metadata, schedule] }
tier medium { approve 1 of marketing }
tier high { when change touches [claim_added, audience]; yields to low; approve 1 of legal }
";

const MANIFEST: &str = "id: serum\nchannel: [email]\nregions: [US]\nsend_at: 2026-12-01\n";

const EMAIL: &str = "---\nsubject: Hello\n---\nOur serum is here.\n\nHave a look.\n";

/// A campaign, committed on `main`.
fn story() -> Option<Scratch> {
    let scratch = Scratch::new()?;
    scratch.write("policy/main.mkt", POLICY);
    scratch.write("campaigns/serum/campaign.yaml", MANIFEST);
    scratch.write("campaigns/serum/emails/one.md", EMAIL);
    scratch.write("campaigns/other/campaign.yaml", "id: other\nchannel: [email]\nregions: [US]\n");
    scratch.write("campaigns/other/emails/one.md", EMAIL);
    scratch.commit("first");
    Some(scratch)
}

fn gate(scratch: &Scratch, base: &str, head: Head) -> Compared {
    let root = scratch.root();
    let asked = Asked {
        base: base.to_owned(),
        head,
        today: jiff::civil::date(2026, 11, 22),
        now: "2026-11-22T12:00:00Z".parse().expect("a moment"),
        use_cache: false,
    };
    compare(&Workspace::with(&root, None), &root, &asked).expect("it can be compared")
}

/// `campaign:serum high [copy, claim_added] ana@acme.example; needs legal` for each unit.
fn shown(compared: &Compared) -> Vec<String> {
    let one = |unit: &UnitGate| {
        let words = |items: Vec<String>| items.join(", ");
        let kinds = words(unit.change.kinds.iter().map(ToString::to_string).collect());
        let tier = unit.tier.tier.as_deref().unwrap_or("none");
        let missing = unit.standing.needs.iter().filter(|need| need.missing > 0);
        let missing = words(missing.map(|need| need.role.to_string()).collect());
        let authors = words(unit.authors.iter().map(ToString::to_string).collect());
        format!("{} {tier} [{kinds}] by {authors}; needs {missing}", unit.unit())
    };
    compared.units.iter().map(one).collect()
}

#[test]
fn each_campaign_has_its_tier_by_what_changed_in_it() {
    let Some(scratch) = story() else { return };
    scratch.write("campaigns/serum/campaign.yaml", &MANIFEST.replace("12-01", "12-02"));
    scratch.write("campaigns/other/emails/one.md", &EMAIL.replace("is here", "is clinically proven"));
    let compared = gate(&scratch, "HEAD", Head::WorkingTree);
    assert_eq!(
        shown(&compared),
        [
            "campaign:other high [copy, claim_added] by ana@acme.example; needs legal",
            "campaign:serum low [schedule] by ana@acme.example; needs "
        ]
    );
    assert!(!compared.is_open());
    assert_eq!(compared.whose, Whose::Base);
    let files: Vec<&str> = compared.files.iter().map(|path| path.as_str()).collect();
    let all = ["other/campaign.yaml", "other/emails/one.md", "serum/campaign.yaml", "serum/emails/one.md"];
    assert_eq!(files, all.map(|path| format!("campaigns/{path}")));
}

#[test]
fn nothing_changed_asks_nothing() {
    let Some(scratch) = story() else { return };
    let compared = gate(&scratch, "HEAD", Head::WorkingTree);
    assert_eq!((shown(&compared), compared.is_open()), (Vec::new(), true));
}

#[test]
fn nobody_lowers_the_bar_for_what_they_are_doing() {
    let Some(scratch) = story() else { return };
    scratch.write(
        "policy/main.mkt",
        "claim proven { says \"clinically proven\" }\ntier low { approve 1 of nobody }\n",
    );
    scratch.write("policy/main.mkt", &POLICY.replace("; approve 1 of legal", ""));
    scratch.write("campaigns/serum/emails/one.md", &EMAIL.replace("is here", "is clinically proven"));
    let compared = gate(&scratch, "HEAD", Head::WorkingTree);
    assert_eq!(
        shown(&compared),
        [
            "campaign:serum high [copy, claim_added] by ana@acme.example; needs legal",
            "policy medium [policy_looser] by ana@acme.example; needs marketing"
        ]
    );
}

#[test]
fn a_claim_that_the_change_takes_out_of_the_policy_is_still_one() {
    let Some(scratch) = story() else { return };
    let without: String =
        POLICY.lines().filter(|line| !line.starts_with("claim")).map(|line| format!("{line}\n")).collect();
    scratch.write("policy/main.mkt", &without);
    scratch.write("campaigns/serum/emails/one.md", &EMAIL.replace("is here", "is clinically proven"));
    let compared = gate(&scratch, "HEAD", Head::WorkingTree);
    assert!(shown(&compared)[0].starts_with("campaign:serum high"), "{:?}", shown(&compared));
}

#[test]
fn a_campaign_that_moved_or_went_is_told_by_its_id() {
    let Some(scratch) = story() else { return };
    scratch.git(&["mv", "campaigns/serum", "campaigns/2026-serum"]);
    scratch.git(&["rm", "-rq", "campaigns/other"]);
    let compared = gate(&scratch, "HEAD", Head::Staged);
    let shown = shown(&compared);
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert!(shown[1].starts_with("campaign:serum low [metadata]"), "{shown:?}");
    assert_eq!(compared.units[0].change.fate, mktlint_gate::change::Fate::Removed);
    assert_eq!(*compared.units[0].unit(), Unit::Campaign("other".into()));
}

#[test]
fn a_campaign_whose_audience_is_defined_anew_changes_with_the_policy() {
    let Some(scratch) = Scratch::new() else { return };
    let policy = |age: u32| {
        format!(
            "contact {{ age: Int in 0..=130 }}\naudience adults = age >= {age}\naudience all = age >= 0\n{POLICY}"
        )
    };
    scratch.write("policy/main.mkt", &policy(21));
    scratch.write("campaigns/serum/campaign.yaml", &format!("{MANIFEST}audience: adults\n"));
    scratch.write(
        "campaigns/other/campaign.yaml",
        "id: other\nchannel: [email]\nregions: [US]\naudience: all\n",
    );
    scratch.commit("first");
    scratch.write("policy/main.mkt", &policy(18));
    let compared = gate(&scratch, "HEAD", Head::WorkingTree);
    assert_eq!(
        shown(&compared),
        [
            "campaign:serum high [audience_wider] by ana@acme.example; needs legal",
            "policy medium [policy_looser] by ana@acme.example; needs marketing",
        ]
    );
}

/// What the files say counts for the campaign that they belong to now.
#[test]
fn files_under_another_manifest_are_of_another_campaign() {
    let Some(scratch) = story() else { return };
    scratch.write("campaigns/serum/emails/campaign.yaml", "id: mails\nchannel: [email]\nregions: [US]\n");
    scratch.write("campaigns/other/emails/one.md", &EMAIL.replace("is here", "is clinically proven"));
    scratch.commit("second");
    scratch.write("campaigns/other/campaign.yaml", "id: another\nchannel: [email]\nregions: [US]\n");
    scratch.git(&["rm", "-q", "campaigns/serum/emails/campaign.yaml"]);
    let compared = gate(&scratch, "HEAD", Head::WorkingTree);
    assert_eq!(
        shown(&compared),
        [
            "campaign:another high [copy, claim_added, regions, channels] by ana@acme.example; needs legal",
            "campaign:mails medium [copy, regions, channels] by ana@acme.example; needs marketing",
            "campaign:other medium [copy, claim_removed, regions, channels] by ana@acme.example; needs marketing",
            "campaign:serum medium [copy] by ana@acme.example; needs marketing",
        ]
    );
}

#[test]
fn without_tiers_nothing_is_asked() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.write("emails/one.md", EMAIL);
    scratch.commit("first");
    scratch.write("emails/one.md", "---\nsubject: Hello\n---\nAnother text.\n");
    let compared = gate(&scratch, "HEAD", Head::WorkingTree);
    assert_eq!(shown(&compared), ["asset:emails/one.md none [copy] by ana@acme.example; needs "]);
    assert_eq!((compared.whose, compared.is_open()), (Whose::Nobody, true));
}

#[test]
fn records_of_the_base_stay_as_they_are() {
    let Some(scratch) = story() else { return };
    scratch.write("decisions/serum/one.toml", "<<<<<<< HEAD\n");
    scratch.write("decisions/serum/two.toml", "format = 1\n");
    scratch.commit("second");
    std::fs::remove_file(scratch.root().join("decisions/serum/one.toml")).expect("it was there");
    scratch.write("decisions/serum/two.toml", "format = 2\n");
    scratch.write("decisions/other/three.toml", "<<<<<<< HEAD\n");
    let compared = gate(&scratch, "HEAD", Head::WorkingTree);
    let mut files: Vec<&str> =
        compared.problems.iter().map(|found| found.primary.place.file.as_str()).collect();
    files.sort();
    files.dedup();
    assert_eq!(files, ["decisions/other/three.toml", "decisions/serum/one.toml", "decisions/serum/two.toml"]);
    assert!(compared.units.is_empty(), "records are verified, and have no tier");
}

#[test]
fn what_is_staged_is_judged_and_not_what_is_on_disk() {
    let Some(scratch) = story() else { return };
    let rule = "rule no_shouting on Email.subject { match /!!/; error \"it shouts\" }\n";
    scratch.write("policy/main.mkt", &format!("{POLICY}{rule}"));
    scratch.commit("second");
    scratch.write("campaigns/serum/emails/one.md", &EMAIL.replace("Hello", "Hello!!"));
    scratch.git(&["add", "-A"]);
    scratch.write("campaigns/serum/emails/one.md", EMAIL);
    let root = scratch.root();
    let settings = crate::Settings {
        folder: root.clone(),
        paths: Vec::new(),
        config: None,
        today: jiff::civil::date(2026, 11, 22),
        use_cache: false,
        plan: None,
        stdin: None,
    };
    for (head, n_found) in [(Head::Staged, 1), (Head::WorkingTree, 0)] {
        let compared = gate(&scratch, "HEAD", head.clone());
        let found = findings(&compared, &head, &settings).expect("it can run").checked;
        let shouting = found.findings.iter().filter(|found| found.code.ends_with("no_shouting"));
        let places: Vec<&str> = shouting.map(|found| found.primary.place.file.as_str()).collect();
        assert_eq!(places, vec!["campaigns/serum/emails/one.md"; n_found]);
    }
}

/// What others say on `main` after a branch has left counts for the branch at once.
#[test]
fn the_standard_is_what_the_base_says_now() {
    let Some(scratch) = story() else { return };
    scratch.git(&["checkout", "-q", "-b", "topic"]);
    scratch.write("campaigns/serum/emails/one.md", &EMAIL.replace("Have a look", "Buy it fresh"));
    scratch.commit("topic");
    scratch.git(&["checkout", "-q", "main"]);
    let stricter = POLICY.replace("approve 1 of marketing", "approve 1 of legal");
    scratch.write("policy/main.mkt", &format!("{stricter}claim fresh {{ says \"fresh\"; tier high }}\n"));
    scratch.write("decisions/serum/one.toml", "<<<<<<< HEAD\n");
    scratch.commit("main");
    let head = Head::Revision("topic".into());
    let left = gate(&scratch, "main~1", head.clone());
    assert_eq!(shown(&left), ["campaign:serum medium [copy] by ana@acme.example; needs marketing"]);
    assert!(left.ledger.broken().is_empty());
    let now = gate(&scratch, "main", head);
    assert_eq!(shown(&now), ["campaign:serum high [copy] by ana@acme.example; needs legal"]);
    assert_eq!(now.ledger.broken().len(), 1, "a record of the tip counts");
    assert!(!now.ledger.broken()[0].is_new && now.problems.is_empty(), "{:?}", now.problems);
}

/// Whoever wrote a text that somebody else renamed, moved in or wrote anew is an author all the same.
#[test]
fn the_author_of_a_file_that_was_renamed_is_an_author() {
    let Some(scratch) = story() else { return };
    let fresh = EMAIL.replace("Have a look", "Buy it fresh");
    let commit = |who: &str| {
        scratch.git(&["add", "-A"]);
        scratch.git(&["commit", "-qm", "x", "--author", &format!("X <{who}@acme.example>")]);
    };
    scratch.git(&["checkout", "-q", "-b", "topic"]);
    scratch.write("campaigns/serum/emails/two.md", &fresh);
    commit("lea");
    scratch.write("campaigns/other/drafts/one.md", &fresh.replace("Hello", "Welcome"));
    commit("leo");
    scratch.git(&["mv", "campaigns/serum/emails/two.md", "campaigns/serum/emails/three.md"]);
    scratch.git(&["mv", "campaigns/other/drafts/one.md", "campaigns/serum/emails/four.md"]);
    commit("bo");
    scratch.write("campaigns/serum/emails/one.md", &fresh);
    commit("cy");
    scratch.write("campaigns/serum/emails/one.md", EMAIL);
    scratch.write("campaigns/other/emails/one.md", &fresh);
    commit("di");
    let compared = gate(&scratch, "main", Head::Revision("topic".into()));
    let people = |at: usize| {
        let all = compared.units[at].authors.iter();
        all.filter_map(|it| it.strip_suffix("@acme.example")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(*compared.units[1].unit(), Unit::Campaign("serum".into()));
    assert_eq!(people(1), "bo cy di lea leo");
    assert_eq!(people(0), "bo di leo");
}

#[test]
fn a_link_or_a_submodule_where_an_asset_could_be_is_not_passed_over() {
    let (Some(scratch), Some(other)) = (story(), Scratch::new()) else { return };
    let link = |target: &str, path: &str| {
        std::os::unix::fs::symlink(target, scratch.root().join(path)).expect("a new link");
    };
    let unjudged = || {
        let compared = gate(&scratch, "HEAD", Head::WorkingTree);
        assert_eq!(compared.is_open(), compared.problems.is_empty(), "{:?}", compared.problems);
        let places = compared.problems.iter().map(|found| found.primary.place.file.to_string());
        places.collect::<Vec<_>>()
    };
    link("emails/one.md", "campaigns/serum/hero.png");
    assert_eq!(unjudged(), Vec::<String>::new());
    link("emails/one.md", "campaigns/serum/two.md");
    link("../other", "campaigns/serum/more");
    assert_eq!(unjudged(), ["campaigns/serum/more", "campaigns/serum/two.md"]);
    scratch.commit("links");
    assert_eq!(unjudged(), Vec::<String>::new());
    std::fs::remove_file(scratch.root().join("campaigns/serum/two.md")).expect("it was there");
    link("emails/two.md", "campaigns/serum/two.md");
    assert_eq!(unjudged(), ["campaigns/serum/two.md"]);
    scratch.commit("moved");
    other.write("email.md", EMAIL);
    other.commit("first");
    let from = other.root().display().to_string();
    scratch.git(&["-c", "protocol.file.allow=always", "submodule", "add", "-q", &from, "campaigns/new"]);
    assert_eq!(unjudged(), ["campaigns/new"]);
}

#[test]
fn a_configuration_in_a_folder_is_a_change_of_the_policy() {
    let Some(scratch) = story() else { return };
    scratch.write("campaigns/new/mktlint.toml", "name = \"new\"\n");
    scratch.write("campaigns/new/campaign.yaml", "id: new\nchannel: [email]\nregions: [US]\n");
    scratch.write("campaigns/new/email.md", &EMAIL.replace("is here", "is clinically proven"));
    let compared = gate(&scratch, "HEAD", Head::WorkingTree);
    let shown = shown(&compared);
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert!(shown[0].starts_with("campaign:new high"), "{shown:?}");
    assert_eq!(shown[1], "policy medium [policy_other] by ana@acme.example; needs marketing");
}

#[test]
fn hidden_files_are_no_assets_as_for_check() {
    let Some(scratch) = story() else { return };
    scratch.write(".github/PULL_REQUEST_TEMPLATE.md", EMAIL);
    scratch.write("campaigns/serum/.draft.md", EMAIL);
    assert_eq!(shown(&gate(&scratch, "HEAD", Head::WorkingTree)), Vec::<String>::new());
}
