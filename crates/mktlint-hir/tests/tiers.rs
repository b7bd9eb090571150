//! The proof that each change has one tier.

use std::collections::BTreeMap;

use jiff::civil::date;
use mktlint_hir::{Database, Source, diagnostics};

/// Expects a line for each problem of what is decided: code, the words at its place, the message.
#[track_caller]
fn check(policy: &str, expected: &[&str]) {
    let db = Database::default();
    let source = Source { path: "policy.mkt".into(), module: "acme.policy".into(), text: policy.into() };
    let project = db.project([source], date(2026, 11, 22), BTreeMap::new());
    let found = diagnostics(&db, project, project.modules(&db)["acme.policy"]);
    let shown: Vec<String> = found
        .iter()
        .filter(|found| found.code.starts_with("MKT04"))
        .map(|found| format!("{} {}: {}", found.code, found.primary.place.span.slice(policy), found.message))
        .collect();
    assert_eq!(shown, expected);
}

#[test]
fn tiers_that_share_nothing_and_leave_nothing_are_fine() {
    check("", &[]);
    check("tier only {}", &[]);
    check("tier low { when change only [formatting] }\ntier high {}", &[]);
    check(
        "tier low { when change only [copy, formatting] }\n\
         tier policy { when change touches [policy] }\n\
         tier high { when not change only [copy, formatting] and not change touches [policy] }",
        &[],
    );
}

#[test]
fn a_gap_is_told_with_a_change() {
    check(
        "tier low { when change only [formatting] }\n\
         tier high { when change touches [schedule, metadata, copy, claims, price, links, utm, audience] }",
        &["MKT0420 high: no tier claims a change of regions alone"],
    );
    // Only campaigns are thought of.
    check(
        "tier low { when change only [formatting] }\n\
         tier high { when not change only [formatting] and not change touches [policy] }",
        &["MKT0420 high: no tier claims a change of policy (stricter) alone"],
    );
}

#[test]
fn an_overlap_is_told_with_a_change_and_a_campaign() {
    let with = |high: &str| {
        format!(
            "role legal {{ members [\"a@x.example\"] }}\nregion dach = [DE, AT]\n\
             claim proven {{ says \"proven\"  regulated }}\n\
             contact {{ age: Int? }}\n\
             tier low {{ when change only [formatting] }}\ntier medium {{}}\ntier high {{ when {high} }}"
        )
    };
    let both = |when: &str, example: &str| {
        let message = format!("MKT0421 {when}: `low` and `high` both claim {example}");
        check(&with(when), &[&message]);
        check(&with(&format!("{when}  yields to low")), &[]);
    };
    both("regions touch [DE]", "a change of formatting alone, in a campaign seen in DE");
    both("regions touch dach", "a change of formatting alone, in a campaign seen in AT");
    both(
        "purpose == transactional",
        "a change of formatting alone, in a campaign with the `purpose` transactional",
    );
    both("uses claims [proven]", "a change of formatting alone, in a campaign that makes the claim `proven`");
    both(
        "audience could include { age? < 18 }",
        "a change of formatting alone, in a campaign where `audience could include { age? < 18 }` holds",
    );
    // Whoever makes the claim makes a regulated one.
    check(
        "claim proven { says \"proven\"  regulated }\n\
         tier low { when uses claims [proven] }\ntier medium {}\ntier high { when uses regulated claims }",
        &[
            "MKT0421 uses regulated claims: `low` and `high` both claim a change of formatting alone, in a campaign that makes the claim `proven`",
        ],
    );
    check(
        "claim proven { says \"proven\" }\n\
         tier low { when uses claims [proven] and not uses regulated claims }\ntier medium {}\n\
         tier high { when uses regulated claims }",
        &[],
    );
    // One condition of which nothing is understood, and its opposite.
    check(
        "contact { age: Int? }\n\
         tier low { when audience could include { age? < 18 } }\n\
         tier high { when not audience could include { age? < 18 } }",
        &[],
    );
}

#[test]
fn changes_of_the_policy_are_proven_by_what_is_known_of_them() {
    check(
        "tier low { when regions touch [DE] }\ntier medium {}\ntier high { when change touches [policy] }",
        &[],
    );
    check(
        "tier low { when change only [policy] }\ntier medium {}\ntier high { when change touches [policy_looser] }",
        &[
            "MKT0421 change touches [policy_looser]: `low` and `high` both claim a change of policy (looser) alone",
        ],
    );
}

#[test]
fn a_tier_that_nothing_can_have_is_told() {
    check(
        "tier low { when change only [copy] }\ntier medium {}\n\
         tier high { when change only [copy] and regions touch [DE]  yields to low }",
        &["MKT0422 high: no change can have the tier `high`"],
    );
    check(
        "tier low { when change touches [formatting] }\ntier medium {}\n\
         tier high { when not change touches [formatting] }",
        &["MKT0422 medium: no change can have the tier `medium`"],
    );
    // Nothing differs in nothing.
    check(
        "tier low { when not change touches [copy] and change only [copy] }\ntier medium {}",
        &["MKT0422 low: no change can have the tier `low`"],
    );
}

#[test]
fn three_tiers_that_yield_in_a_row_share_nothing() {
    let policy = "tier low { when change only [formatting] }\n\
        tier medium { when regions touch [DE]  yields to low }\n\
        tier high { when change touches [price]  yields to medium }\ntier rest {}";
    check(policy, &[]);
    check(
        &policy.replace("yields to medium", ""),
        &[
            "MKT0421 change touches [price]: `medium` and `high` both claim a change of prices alone, in a campaign seen in DE",
        ],
    );
}

#[test]
fn a_policy_of_too_many_tiers_is_not_judged() {
    let tiers: String = (0..80).map(|n| format!("tier t{n} {{ when regions touch [DE] }}\n")).collect();
    check(&tiers, &["MKT0412 t64: a policy of so many tiers is too complex to be decided"]);
}
