//! Tiers of campaigns, counts of outcomes, and what is not judged.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::date;
use mktlint_asset::{detect, extract};
use mktlint_check::{FileResult, Inputs, Judge, NotJudged, Outcome, Scratch, SourceFile, Tally, not_judged};
use mktlint_diag::{FilePath, Level};
use mktlint_hir::{Database, Source, diagnostics, program};
use mktlint_plan::{Note, NoteKind, Plan, lower};

fn plan(policy: &str) -> Plan {
    let db = Database::default();
    let source = Source { path: "policy.mkt".into(), module: "acme.policy".into(), text: policy.into() };
    let project = db.project([source], date(2026, 11, 22), BTreeMap::new());
    let file = project.modules(&db)["acme.policy"];
    let found = diagnostics(&db, project, file);
    let errors: Vec<_> = found.into_iter().filter(|found| found.level == Level::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    lower(&program(&db, project))
}

fn judge(plan: &Plan, name: &str, text: &str, inputs: &Inputs) -> FileResult {
    let file = FilePath::new(name);
    let extraction = extract(&file, text, &detect(name, text).expect("an asset"));
    let source = SourceFile { file: &file, text, extraction: &extraction, campaign: None };
    Judge::new(Arc::new(plan.clone())).file(&source, inputs, &mut Scratch::default())
}

fn inputs() -> Inputs {
    Inputs::at(date(2026, 11, 22))
}

const TIERS: &str = "
claim green { says \"eco-friendly\"  tier high }
claim cheap { says \"cheap\" }
role legal { members [\"legal@acme.example\"] }
tier low    { when change only [formatting] }
tier medium { approve 1 of legal }
tier high   { when uses claims [cheap] or campaign.regions touch [DE]  yields to low  approve legal }
";

#[test]
fn the_gravest_tier_that_holds_counts() {
    let plan = plan(TIERS);
    let tier = |text: &str, claims: Option<&str>| {
        let mut inputs = inputs();
        inputs.claims = claims.map(|claim| {
            let names = if claim.is_empty() { vec![] } else { vec![claim.into()] };
            BTreeMap::from([("x".into(), names)])
        });
        let result = judge(&plan, "campaign.yaml", text, &inputs);
        let tier = result.facts.campaigns.into_iter().next().expect("a campaign").tier;
        (tier.tier.unwrap_or_default().to_string(), tier.reasons.join(", "), tier.undecided.join(", "))
    };
    let is = |name: &str, reason: &str, open: &str| (name.to_owned(), reason.to_owned(), open.to_owned());
    assert_eq!(tier("id: x\nregions: [US]\n", Some("")), is("medium", "nothing gives it another tier", ""));
    assert_eq!(
        tier("id: x\nregions: [DE]\n", Some("")),
        is("high", "`campaign.regions touch [DE]`: the campaign is seen in DE", "")
    );
    assert_eq!(
        tier("id: x\nregions: [US]\n", Some("acme.policy.cheap")),
        is("high", "`uses claims [cheap]`: it makes the claim `cheap`", "")
    );
    assert_eq!(
        tier("id: x\nregions: [US]\n", Some("acme.policy.green")),
        is("high", "it makes the claim `acme.policy.green`", "")
    );
    let open = "for `high`, `claims of the campaign` is not given";
    let perhaps = "it could have this tier: `claims of the campaign` is not given";
    assert_eq!(tier("id: x\nregions: [US]\n", None), is("high", perhaps, open));
}

#[test]
fn a_tier_asks_whom_the_audience_could_include() {
    let plan = plan(
        "
contact { age: Int? in 0..=130 }
audience adults = age? >= 18
audience anyone = not (age? < 14)
tier low { }
tier high { when audience could include { age? < 18 } }
",
    );
    let tier = |audience: &str| {
        let text = format!("id: x\n{audience}\n");
        let result = judge(&plan, "campaign.yaml", &text, &inputs());
        let tier = result.facts.campaigns.into_iter().next().expect("a campaign").tier;
        (tier.tier.unwrap_or_default().to_string(), tier.undecided.join(", "))
    };
    let is = |name: &str, open: &str| (name.to_owned(), open.to_owned());
    assert_eq!(tier("audience: adults"), is("low", ""));
    assert_eq!(tier("audience: anyone"), is("high", ""));
    assert_eq!(tier("audience: [adults, anyone]"), is("high", ""));
    assert_eq!(tier("audience: nobody"), is("high", "for `high`, no audience is called `nobody`"));
    assert_eq!(tier("channel: email"), is("high", "for `high`, `campaign.audience` is not given"));
}

#[test]
fn outcomes_are_counted() {
    let plan = plan(
        "
rule fired on Post { require title is known  error \"no title\" }
rule held on Post { forbid title is known  error \"a title\" }
rule sms on Sms { match \"free\"  error \"no\" }
rule quiet { match \"never said\"  error \"no\" }
rule open on Post { forbid purpose == legal  error \"no\" }
rule guarded on Post where title is known { require body is known  error \"no\" }
term \"sign up\" { not \"register\" }
",
    );
    let mut inputs = inputs();
    (inputs.detailed, inputs.wants_applied) = (true, true);
    let result = judge(&plan, "post.md", "Hello.\n", &inputs);
    assert_eq!(result.tally, Tally { fired: 1, held: 3, not_applicable: 2, undecided: 1 });
    let outcome = |name: &str| {
        let name = format!("acme.policy.{name}");
        result.outcomes.iter().find(|row| row.rule == name).map(|row| row.outcome.clone())
    };
    assert_eq!(outcome("fired"), Some(Outcome::Fired));
    assert_eq!(outcome("held"), Some(Outcome::Held));
    assert_eq!(outcome("quiet"), Some(Outcome::Held));
    assert_eq!(outcome("sign_up"), Some(Outcome::Held));
    assert_eq!(outcome("sms"), Some(Outcome::NotApplicable("on Sms".into())));
    assert_eq!(outcome("open"), Some(Outcome::Undecided("`purpose` is not given".into())));
    assert_eq!(outcome("guarded"), Some(Outcome::NotApplicable("its `where` does not hold".into())));
    let judge = Judge::new(Arc::new(plan));
    let applied: Vec<_> = result.applied.iter().filter_map(|number| judge.rule_name(*number)).collect();
    assert_eq!(
        applied,
        [
            "acme.policy.fired",
            "acme.policy.held",
            "acme.policy.open",
            "acme.policy.quiet",
            "acme.policy.sign_up"
        ]
    );
}

#[test]
fn a_judge_does_not_answer_for_what_a_manifest_said_before() {
    let policy = "
contact { age: Int? in 0..=130 }
audience adults = age? >= 18
audience anyone = not (age? < 14)
tier low { }
tier high { when audience could include { age? < 18 } }
";
    let judge = Judge::new(Arc::new(plan(policy)));
    let tier = |text: &str| {
        let file = FilePath::new("campaign.yaml");
        let extraction = extract(&file, text, &detect(&file, text).expect("a manifest"));
        let source = SourceFile { file: &file, text, extraction: &extraction, campaign: None };
        let result = judge.file(&source, &inputs(), &mut Scratch::default());
        result.facts.campaigns.into_iter().next().and_then(|campaign| campaign.tier.tier)
    };
    assert_eq!(tier("id: x\naudience: adults\n").as_deref(), Some("low"));
    assert_eq!(tier("id: x\naudience: anyone\n").as_deref(), Some("high"));
}

#[test]
fn what_is_not_judged_is_said() {
    let mut plan = plan(TIERS);
    assert_eq!(not_judged(&plan, &[]), NotJudged::default());
    for claim in plan.claims.clone() {
        plan.notes.push(Note { kind: NoteKind::TooLarge, name: claim.head.name, place: claim.head.place });
    }
    let found = not_judged(&plan, &[]);
    assert_eq!(found.notes, ["2 declarations are not judged: its conditions are nested too deeply"]);
    assert!(found.is_undecided);
}

#[test]
fn a_result_survives_its_bytes() {
    let plan = plan(TIERS);
    let result =
        judge(&plan, "post.md", "Our eco-friendly [x](https://a.example/?utm_source=x).\n", &inputs());
    assert!(!result.facts.claims.is_empty() && !result.facts.utms.is_empty());
    assert_eq!(FileResult::from_bytes(&result.to_bytes()), Some(result));
}
