//! Tiers of changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::date;
use mktlint_asset::{Asset, detect, extract};
use mktlint_check::{Changed, Inputs, Judge, TierFact, TierSubject};
use mktlint_diag::{FilePath, Level};
use mktlint_hir::model::change::{ChangeKind, Changes};
use mktlint_hir::{Database, Source, diagnostics, program};
use mktlint_plan::lower;

fn judge(policy: &str) -> Judge {
    let db = Database::default();
    let source = Source { path: "policy.mkt".into(), module: "acme.policy".into(), text: policy.into() };
    let project = db.project([source], date(2026, 11, 22), BTreeMap::new());
    let found = diagnostics(&db, project, project.modules(&db)["acme.policy"]);
    let errors: Vec<_> = found.into_iter().filter(|found| found.level == Level::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    Judge::new(Arc::new(lower(&program(&db, project))))
}

fn manifest(text: &str) -> Asset {
    let file = FilePath::new("campaign.yaml");
    let extraction = extract(&file, text, &detect(&file, text).expect("a manifest"));
    extraction.assets.into_iter().next().expect("a campaign")
}

/// A change, in few words: kinds, the claims made, those of them that changed.
type Change<'w> = (&'w str, &'w [&'w str], &'w [&'w str]);

fn fact(judge: &Judge, subject: TierSubject<'_>, (changes, claims, changed): Change<'_>) -> TierFact {
    let kinds =
        changes.split_whitespace().flat_map(|word| ChangeKind::named(word).expect("a kind of change"));
    let changes: Changes = kinds.collect();
    let names = |names: &[&str]| -> BTreeSet<_> {
        names.iter().map(|name| format!("acme.policy.{name}").into()).collect()
    };
    let (claims, changed_claims) = (names(claims), names(changed));
    let changed = Changed { subject, changes: &changes, claims: &claims, changed_claims: &changed_claims };
    judge.tier(&Inputs::at(date(2026, 11, 22)), &changed)
}

/// Expects `tier: reason; reason ? what is missing`.
#[track_caller]
fn check(judge: &Judge, subject: TierSubject<'_>, change: Change<'_>, expected: &str) {
    let fact = fact(judge, subject, change);
    let open = if fact.undecided.is_empty() { "" } else { " ? " };
    let tier = fact.tier.unwrap_or_else(|| "none".into());
    let found = format!("{tier}: {}{open}{}", fact.reasons.join("; "), fact.undecided.join("; "));
    assert_eq!(found, expected);
}

const POLICY: &str = "
claim green  { says \"eco-friendly\"  tier high }
claim proven { says \"clinically proven\" }
role legal { members [\"legal@acme.example\"] }
tier low    { when change only [formatting, metadata] }
tier medium { approve legal }
tier high {
  when uses claims [proven] or campaign.regions touch [DE, FR]
    or change touches [price]
  yields to low
  approve legal
}
";

#[test]
fn one_tier_claims_each_change() {
    let judge = judge(POLICY);
    let here = manifest("id: x\nregions: [US]\n");
    let there = manifest("id: x\nregions: [US, DE]\n");
    let (us, de) = (TierSubject::Campaign(&here), TierSubject::Campaign(&there));
    check(&judge, us, ("copy", &[], &[]), "medium: nothing gives it another tier");
    check(
        &judge,
        us,
        ("formatting", &[], &[]),
        "low: `change only [formatting, metadata]`: changed: formatting",
    );
    check(
        &judge,
        de,
        ("copy", &[], &[]),
        "high: `campaign.regions touch [DE, FR]`: the campaign is seen in DE",
    );
    check(
        &judge,
        de,
        ("price copy", &["proven"], &[]),
        "high: `uses claims [proven]`: it makes the claim `proven`; \
         `campaign.regions touch [DE, FR]`: the campaign is seen in DE; \
         `change touches [price]`: changed: prices",
    );
    // `high` yields to `low`.
    check(
        &judge,
        de,
        ("metadata", &["proven"], &[]),
        "low: `change only [formatting, metadata]`: changed: metadata",
    );
}

#[test]
fn a_claim_that_is_added_or_reworded_raises_the_change() {
    let judge = judge(POLICY);
    let manifest = manifest("id: x\nregions: [US]\n");
    let us = TierSubject::Campaign(&manifest);
    let raised = "high: it adds or rewords the claim `acme.policy.green`";
    check(&judge, us, ("claim_added copy", &["green"], &["green"]), raised);
    check(&judge, us, ("copy", &["green"], &[]), "medium: nothing gives it another tier");
    check(&judge, us, ("formatting", &["green"], &["green"]), raised);
}

#[test]
fn what_is_not_known_counts_as_the_gravest_that_it_could_be() {
    let judge = judge(POLICY);
    let silent = manifest("id: x\n");
    let silent = TierSubject::Campaign(&silent);
    let open = "high: it could have this tier: `campaign.regions` is not given ? \
                for `high`, `campaign.regions` is not given";
    check(&judge, silent, ("copy", &[], &[]), open);
    check(
        &judge,
        silent,
        ("formatting", &[], &[]),
        "low: `change only [formatting, metadata]`: changed: formatting",
    );
    check(&judge, silent, ("price", &[], &[]), "high: `change touches [price]`: changed: prices");
    let post =
        extract(&FilePath::new("post.md"), "Hello.\n", &detect("post.md", "Hello.\n").expect("a post"));
    let post = TierSubject::Asset(&post.assets[0]);
    check(&judge, post, ("copy", &[], &[]), open);
}

#[test]
fn a_policy_has_the_gravest_tier_unless_one_speaks_of_it() {
    let silent = judge(POLICY);
    check(
        &silent,
        TierSubject::Policy,
        ("policy_looser", &[], &[]),
        "high: its `when` asks about a campaign, and a policy is of none",
    );
    let spoken = judge(&POLICY.replace("[price]", "[price, policy]"));
    check(
        &spoken,
        TierSubject::Policy,
        ("policy_looser", &[], &[]),
        "high: `change touches [price, policy]`: changed: policy (looser)",
    );
    check(
        &judge("tier low { when change only [policy_stricter] }\ntier high {}"),
        TierSubject::Policy,
        ("policy_stricter", &[], &[]),
        "low: `change only [policy_stricter]`: changed: policy (stricter)",
    );
    let of_claims =
        "claim cures { says \"cures\"  regulated }\ntier low {}\ntier high { when uses regulated claims }";
    check(
        &judge(of_claims),
        TierSubject::Policy,
        ("policy_looser", &[], &[]),
        "high: its `when` asks about a campaign, and a policy is of none",
    );
}

#[test]
fn a_tier_that_yields_to_an_open_one_is_open() {
    let policy = "
tier low { when campaign.regions touch [US] }
tier medium { }
tier high { when change touches [price]  yields to low }
";
    let judge = judge(policy);
    let silent = manifest("id: x\n");
    check(
        &judge,
        TierSubject::Campaign(&silent),
        ("price", &[], &[]),
        "high: it could have this tier: `campaign.regions` is not given ? \
         for `high`, `campaign.regions` is not given",
    );
    check(
        &judge,
        TierSubject::Campaign(&silent),
        ("copy", &[], &[]),
        "medium: nothing gives it another tier",
    );
}
