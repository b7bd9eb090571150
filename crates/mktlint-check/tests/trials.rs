//! `test` declarations, and explanations.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::date;
use mktlint_asset::{detect, extract};
use mktlint_check::{
    Coverage, Inputs, Judge, Outcome, Scratch, SourceFile, TestResult, explain_at, run_tests,
};
use mktlint_diag::{FilePath, Level};
use mktlint_hir::db::declarations;
use mktlint_hir::model::item::ItemKind;
use mktlint_hir::model::program::Placed;
use mktlint_hir::people::Declared;
use mktlint_hir::{Database, Project, Source, analysis, diagnostics, program};
use mktlint_plan::lower;

/// The program of a policy without errors, and its tests.
fn compile(policy: &str) -> (Database, Project, Vec<Placed>) {
    let db = Database::default();
    let source = Source { path: "policy.mkt".into(), module: "acme.policy".into(), text: policy.into() };
    let project = db.project([source], date(2026, 11, 22), BTreeMap::new());
    let file = project.modules(&db)["acme.policy"];
    let errors: Vec<_> =
        diagnostics(&db, project, file).into_iter().filter(|found| found.level == Level::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let all = declarations(&db, file).iter().map(|declaration| Placed {
        item: analysis(&db, project, *declaration).item.clone(),
        file: file.path(&db).clone(),
        offset: declaration.offset(&db),
        force: None,
    });
    let tests = all.filter(|placed| placed.item.kind == ItemKind::Test).collect();
    (db, project, tests)
}

fn run(policy: &str) -> (Vec<TestResult>, Coverage) {
    let (db, project, tests) = compile(policy);
    run_tests(&tests, &program(&db, project), &Declared { db: &db, project })
}

/// The failures of all cases, with what was observed.
fn failures(policy: &str) -> Vec<String> {
    let (results, _) = run(policy);
    assert!(!results.is_empty());
    let failures = results.iter().flat_map(|result| &result.cases).filter_map(|case| case.failure.as_ref());
    let shown = failures.map(|failure| {
        let lines: Vec<String> = failure.observed.iter().map(|it| it.line(policy)).collect();
        let found: Vec<&str> =
            std::iter::once(failure.message.as_str()).chain(lines.iter().map(String::as_str)).collect();
        found.join("\n")
    });
    shown.collect()
}

#[test]
fn a_fixture_can_have_a_condition_for_an_audience() {
    passes(
        "contact { country: Country }
         rule x on Campaign { forbid audience could include { country == DE }  error \"x\" }
         test x {
           fires on Campaign { audience: [\"country in [DE, FR]\"] }
           silent on Campaign { audience: [\"country == FR\"] }
         }",
    );
}

#[track_caller]
fn passes(policy: &str) {
    assert_eq!(failures(policy), [""; 0]);
}

#[test]
fn rules_fire_hold_and_fix() {
    passes(
        r#"
rule no_fake_reply on Email.subject { match /^re:/i  error "no"  fix remove match }
test no_fake_reply {
  fires  on Email { subject: "Re: your order" }  fixed "your order"
  fires  on Email "Re: hi"
  silent on Email { subject: "Your order shipped" }
  silent on Push { title: "Re: hi" }
}
rule alt_text on Image where not decorative { require alt is known  error "no alt" }
test alt_text {
  fires  on Image { alt: missing, source: "a.png" }
  silent on Image { alt: "A serum", source: "a.png" }
  silent on Image { alt: missing, decorative: true }
}
rule serious on Email { forbid purpose == marketing and campaign.id == "x"  error "no" }
test serious {
  fires     on Email { purpose: marketing, id: "x" }
  silent    on Email { purpose: legal, id: "x" }
  undecided on Email { id: "x" }
}
"#,
    );
}

#[test]
fn parts_are_built() {
    passes(
        r##"
rule top on Heading { forbid level == 1  error "no" }
test top { fires on Heading { text: "Hi", level: 1 }  silent on Heading { text: "Hi", level: 3 } }
rule plain on Link.url { match /^http:/  error "no" }
test plain { fires on Link { url: "http://a.example/?a=1&b=2" }  silent on Link { url: "https://a.example/" } }
rule long on Sentence { forbid words > 3  error "no" }
test long { fires on Sentence "One two three four."  silent on Sentence "One two." }
rule tag on MergeTag { require fallback is known  error "no" }
test tag { fires on MergeTag { name: "city" }  silent on MergeTag { name: "city", fallback: "here" } }
rule go on Button { forbid text? == "Click here"  error "no" }
test go { fires on Button { text: "Click here", url: "https://a.example/" }  silent on Button { text: "Buy" } }
rule cpc on Utm { require medium? == "cpc"  error "no" }
test cpc { fires on Utm { medium: "email" }  silent on Utm { medium: "cpc" } }
rule dim on Passage { require contrast? >= 4.5  error "no" }
test dim {
  fires  on Passage { text: "Terms", color: "#999", background: "white" }
  fires  on Passage { text: "Terms", contrast: 4.4 }
  silent on Passage { text: "Terms", color: "#595959", background: "#fff" }
  silent on Passage { text: "Terms", contrast: 4.5 }
}
rule tiny on Passage { forbid font_size? < 9 or hidden and bold  error "no" }
test tiny {
  fires  on Passage { text: "Terms", font_size: 8.5 }
  fires  on Passage { text: "Terms", hidden: true, bold: true }
  silent on Passage { text: "Terms", font_size: 9, hidden: true }
}
rule out on Link { forbid hidden or is_image or contrast? < 3  error "no" }
test out {
  fires  on Link { text: "Unsubscribe", hidden: true }
  fires  on Link { is_image: true }
  fires  on Link { text: "Unsubscribe", contrast: 1.2 }
  silent on Link { text: "Unsubscribe", contrast: 3 }
  silent on Link { text: "Unsubscribe" }
}
rule ticked on Input { forbid kind? == "checkbox" and checked and label? contains "offers"  error "no" }
test ticked {
  fires  on Input { kind: "checkbox", label: "Send me offers", checked: true }
  silent on Input { kind: "checkbox", label: "Send me offers" }
}
rule grid on Table { require role? == "presentation" or has_header or rows < 2 or columns < 2  error "no" }
test grid {
  fires  on Table { rows: 2, columns: 3 }
  silent on Table { rows: 2, columns: 3, role: "presentation" }
  silent on Table { rows: 2, columns: 3, has_header: true }
  silent on Table { rows: 2, columns: 1 }
}
rule pixel on Image { forbid is_pixel or embedded  error "no" }
test pixel {
  fires  on Image { source: "a.png", is_pixel: true }
  fires  on Image { source: "data:image/png;base64,AA" }
  silent on Image { source: "a.png" }
}
rule alone on Email { require not is_html or has_plain_text  error "no" }
test alone {
  fires  on Email { body: "<p>Hi" }
  silent on Email { body: "<p>Hi", plain_text: "Hi" }
  silent on Email { plain_text: "Hi" }
}
rule early on Email { require all link in links where link.offset? < 60  error "no" }
test early {
  fires  on Email { body: "<p>A long text that comes before the only link of this message</p><a href=/u>x</a>" }
  silent on Email { body: "<p>Short</p><a href=/u>x</a>" }
}
"##,
    );
}

#[test]
fn claims_terms_and_conventions() {
    passes(
        r#"
disclosure note "Results vary."
evidence trial { document "e/a.pdf"  sha256 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }
claim works { says "it works"  needs disclosure note within 1 paragraph  needs evidence trial  never in [DE] }
test works {
  fires     on Post { body: "It works.", regions: [US] }
  silent    on Post { body: "It works.\n\nResults vary.", regions: [US] }
  fires     on Post { body: "It works.\n\nResults vary.", regions: [DE] }
  undecided on Post { body: "It works.\n\nResults vary." }
}
term "sign up" { not "signup" as verb }
test sign_up {
  fires  on Post { body: "Signup now." }  fixed "Sign up now."
  silent on Post { body: "Your signup." }
}
utm email { hosts ["acme.example"]  medium = email }
test email {
  fires  on Link { url: "https://acme.example/?utm_medium=mail" }
  silent on Link { url: "https://acme.example/?utm_medium=email" }
}
"#,
    );
}

#[test]
fn a_failure_shows_what_was_observed() {
    let policy = r#"
rule short on Email.subject { require length(it) <= 5 and it contains "a"  error "no" }
test short { fires on Email { subject: "abc" } }
"#;
    assert_eq!(
        failures(policy),
        ["it did not fire\nlength(it): 3\nlength(it) <= 5: true\nit contains \"a\": true"]
    );
}

const AUDIENCE: &str = r#"
contact { country: Country  stage: Stage  last_order: Date? }
lifecycle Stage { lead -> customer -> lapsed -> customer }
audience lapsed_de = stage == lapsed and country in [DE, AT] and last_order? older than 180 days
suppress fresh on email { who last_order? within 7 days  unless stage == lead }
"#;

#[test]
fn audiences_take_contacts() {
    passes(&format!(
        "{AUDIENCE}
test lapsed_de {{
  includes {{ stage: lapsed, country: DE, last_order: 200 days ago }}
  excludes {{ stage: lapsed, country: US, last_order: 200 days ago }}
  excludes {{ stage: lapsed, country: DE }}
}}
test fresh {{
  includes {{ stage: customer, last_order: 2 days ago }}
  excludes {{ stage: lead, last_order: 2 days ago }}
}}
"
    ));
}

#[test]
fn a_suppression_is_a_condition_too() {
    passes(&format!(
        "{AUDIENCE}
audience settled = stage == customer and not fresh
test settled {{
  includes {{ stage: customer, last_order: 20 days ago }}
  includes {{ stage: customer }}
  excludes {{ stage: customer, last_order: 2 days ago }}
}}
"
    ));
}

#[test]
fn a_contact_that_is_not_in_it_is_explained() {
    let policy = format!(
        "{AUDIENCE}\ntest lapsed_de {{ includes {{ stage: lapsed, country: US }}  includes {{ country: DE }} }}"
    );
    assert_eq!(
        failures(&policy),
        [
            "this contact is not in it\nstage == lapsed: true (stage = lapsed)\ncountry in [DE, AT]: false (country = US)\n\
             last_order? older than 180 days: false (last_order = missing)",
            "this contact is not in it\nstage == lapsed: unknown (stage = unknown)\ncountry in [DE, AT]: true (country = DE)\n\
             last_order? older than 180 days: false (last_order = missing)",
        ]
    );
}

#[test]
fn coverage_counts_both_ways() {
    let policy = r#"
rule short on Email.subject { require length(it) <= 5 or it contains "a"  error "no" }
rule never_tested on Post { forbid title is missing  error "no" }
test short { silent on Email { subject: "abc" }  fires on Email { subject: "zzzzzzzzz" } }
"#;
    let (_, coverage) = run(policy);
    let conditions: Vec<_> = coverage
        .conditions
        .iter()
        .map(|it| (it.place.span.slice(policy), it.was_true, it.was_false))
        .collect();
    assert_eq!(
        conditions,
        [
            ("length(it) <= 5", true, true),
            ("it contains \"a\"", false, true),
            ("title is missing", false, false)
        ]
    );
    let rules: Vec<_> = coverage.rules.iter().map(|it| (it.rule.as_str(), it.fired, it.held)).collect();
    assert_eq!(rules, [("acme.policy.never_tested", false, false), ("acme.policy.short", true, true)]);
}

#[test]
fn an_explanation_says_why() {
    let policy = r#"
rule alt_text on Image where not decorative { require alt is known  error "no alt" }
rule no_free { match "free"  error "no {match}" }
rule sms_only on Sms { forbid body? contains "x"  error "no" }
"#;
    let (db, project, _) = compile(policy);
    let program = program(&db, project);
    let plan = lower(&program);
    let judge = Judge::new(Arc::new(plan));
    let text = "<p>All is free.</p>\n<p><img src=\"a.png\"></p>\n";
    let file = FilePath::new("page.html");
    let extraction = extract(&file, text, &detect(&file, text).expect("an asset"));
    let source = SourceFile { file: &file, text, extraction: &extraction, campaign: None };
    let offset = text.find("a.png").expect("the image") as u32;
    let inputs = Inputs::at(date(2026, 11, 22));
    let found = explain_at(&judge, &source, &inputs, offset, &mut Scratch::default());
    let shown: Vec<_> = found.iter().map(|it| (it.rule.as_str(), &it.outcome)).collect();
    let elsewhere = Outcome::NotApplicable("nothing that it looks at is here".into());
    assert_eq!(shown, [("acme.policy.alt_text", &Outcome::Fired), ("acme.policy.no_free", &elsewhere)]);
    let lines: Vec<String> = found[0].observed.iter().map(|it| it.line(policy)).collect();
    assert!(lines.contains(&"alt is known: false".to_owned()), "{lines:?}");
    let near = found[1].nearest.as_ref().map(|place| place.span.slice(text));
    assert_eq!(near, Some("free"));
}
