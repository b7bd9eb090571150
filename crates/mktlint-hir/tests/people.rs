//! Conditions on contacts as formulas.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::date;
use mktlint_decide::{Definitions, Formula, Schema, show_formula};
use mktlint_hir::people::query::schema_of;
use mktlint_hir::people::{Declared, SegmentProblem, formula, segment};
use mktlint_hir::{Database, Source};

const POLICY: &str = r#"
use std.regions.EU
contact {
  country: Country
  billing: Country?
  language: Language
  age: Int? in 0..=130
  score: Decimal
  spend: Money<EUR>
  refunds: Money<EUR>
  share: Percent
  stage: Stage
  vip: Bool
  opted: Bool?
  last_order: Date?
  signup: Date
  seen_at: DateTime?
  wakes: Time?
  email: String
  nick: String
  tags: Set<String>
  visited: Set<Country>?
  homes: Set<Country>
  notes: List<String>
  amounts: Set<Int>
  wait: Duration?
  seat: Seat
  cabins: Set<Seat>?
}
enum Seat { window, aisle }
lifecycle Stage { lead -> customer -> lapsed -> customer }
region dach = [DE, AT, CH]
let limit = 18
let adult = age? >= limit
fn older(days_old: Int, at_least: Int) -> Bool = days_old > at_least
audience grown_ups = adult
suppress kids on email { who age? < 13 }
"#;

/// The formula of a condition, and the schema; else each mistake with its words.
fn lowered(policy: &str, text: &str) -> Result<(Formula, Arc<Schema>), String> {
    let db = Database::default();
    let source = Source { path: "policy/main.mkt".into(), module: "acme.main".into(), text: policy.into() };
    let project = db.project([source], date(2026, 11, 22), BTreeMap::new());
    let schema = schema_of(&db, project);
    let told = |problem: &SegmentProblem| format!("{:?} {}", problem.span.slice(text), problem.message);
    let segment = segment(&db, project, text)
        .map_err(|problems| problems.iter().map(told).collect::<Vec<_>>().join("; "))?;
    let items = Declared { db: &db, project };
    Ok((formula(&items, &schema, &segment.body, segment.condition), schema))
}

/// The formula as policies write it.
fn shown(text: &str) -> String {
    match lowered(POLICY, text) {
        Ok((formula, schema)) => show_formula(&formula, &schema, &Definitions::new()),
        Err(mistakes) => mistakes,
    }
}

/// The first condition in a formula that is not understood: its name, and why.
fn first_opaque(formula: &Formula) -> Option<(String, String)> {
    match formula {
        Formula::Opaque { key, why, .. } => Some((key.to_string(), why.to_string())),
        Formula::Not(inner) => first_opaque(inner),
        Formula::And(parts) | Formula::Or(parts) => parts.iter().find_map(first_opaque),
        _ => None,
    }
}

fn why_of(policy: &str, text: &str) -> Option<String> {
    Some(first_opaque(&lowered(policy, text).ok()?.0)?.1)
}

fn why_not(text: &str) -> Option<String> {
    why_of(POLICY, text)
}

fn key(text: &str) -> Option<String> {
    Some(first_opaque(&lowered(POLICY, text).ok()?.0)?.0)
}

/// Each condition and what it becomes.
#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(shown(text), *expected, "{text}");
    }
}

/// Conditions that are shown as they are written.
#[track_caller]
fn keeps(texts: &[&str]) {
    for text in texts {
        assert_eq!(shown(text), *text);
    }
}

#[test]
fn plain_tests_stay_as_they_are() {
    keeps(&[
        "country == DE",
        "country != DE",
        "country not in [DE, AT]",
        "language == en",
        "not (age? >= 18)",
        "age? in 18..=30",
        "age? in 18..30",
        "age is missing",
        "share > 0.5%",
        "stage in [lead, customer]",
        "not vip",
        "not opted?",
        "last_order? within 7 days",
        "last_order? older than 6 months",
        "last_order? within the next 7 days",
        "seen_at? within 3 hours",
        "wakes? < 08:00",
        "email contains \"acme\"",
        "email ends with \".de\"",
        "tags has any of [\"a\", \"b\"]",
        "tags has all of [\"a\", \"b\"]",
        "tags has none of [\"a\", \"b\"]",
        "length(tags) > 2",
        "wait? > 3 days",
        "spend - refunds > EUR 10",
        "last_order? - signup > 30 days",
        "grown_ups and not kids",
    ]);
}

#[test]
fn constants_names_and_calls_are_worked_in() {
    check(&[
        ("age? > limit", "age? > 18"),
        ("adult", "age? >= 18"),
        ("older(age?, 3)", "age? > 3"),
        ("country in dach", "country in [DE, AT, CH]"),
        ("DE == country", "country == DE"),
        ("language == de-AT", "language == de-AT"),
        ("language == de_AT", "language == de-AT"),
        ("acme.main.grown_ups", "grown_ups"),
        ("it.country == DE", "country == DE"),
        ("purpose == transactional", "campaign.purpose == transactional"),
    ]);
}

#[test]
fn one_attribute_in_a_sum_is_a_bound() {
    check(&[
        ("age? + 1 > 18", "age? > 17"),
        ("2 * age? > 18", "age? > 9"),
        ("-age? > -18", "age? < 18"),
        ("score / 4 > 1", "score > 4"),
        ("spend * 10% > EUR 2", "spend > EUR 20"),
        ("spend > refunds", "spend > refunds"),
        ("wait? + 1 day > 3 days", "wait? > 2 days"),
        ("length(tags) > 2.5", "length(tags) > 2"),
        ("age? == age?", "age is known"),
    ]);
}

#[test]
fn what_is_missing_stays_false() {
    check(&[
        ("(age or else 0) < 18", "age? < 18 or age is missing"),
        ("(age or else 20) < 18", "age? < 18"),
        ("vip == false", "vip is known and not vip"),
        ("(count t in tags) > 0", "length(tags) > 0"),
        ("none t in tags where t in [\"p\", \"q\"]", "tags has none of [\"p\", \"q\"]"),
    ]);
}

#[test]
fn days_are_whole_and_moments_are_not() {
    check(&[
        ("last_order? before 2026-01-01", "last_order? < 2026-01-01"),
        ("last_order? < now", "last_order? < today"),
        // Hours are rounded up to a day where a day has no time.
        ("last_order? older than 36 hours", "last_order? older than 2 days"),
        // More than 36 hours between two days is more than one day.
        ("last_order? - signup > 36 hours", "last_order? - signup > 1 day"),
        ("now - signup > 30 days", "signup older than 30 days"),
        ("now - seen_at? > 30 days", "seen_at? older than 30 days"),
        ("signup + 30 days < now", "signup older than 30 days"),
        ("seen_at? < now", "seen_at? < now"),
        ("seen_at? < 2026-01-01", "seen_at? < 2026-01-01T00:00"),
        // After a day is from the start of the next one on.
        ("seen_at? > 3 days ago", "seen_at? >= 2 days ago"),
        ("send_at after 2026-01-01", "campaign.send_at >= 2026-01-02T00:00"),
    ]);
}

#[test]
fn attributes_meet_by_each_of_their_values() {
    check(&[(
        "seat in cabins?",
        "seat == window and cabins? has window or seat == aisle and cabins? has aisle",
    )]);
}

#[test]
fn what_cannot_be_decided_says_why() {
    for (text, why) in [
        ("email matches /x/", "it looks for a pattern"),
        ("length(email) > 3", "`length` computes with a text or a number"),
        ("lower(email) == \"x\"", "`lower` computes with a text or a number"),
        ("spend + refunds > EUR 10", "it computes with more than the difference of two attributes"),
        ("score / 3 > 1", "it divides, and the result is no finite number"),
        ("signup + 1 month < now", "it moves a day by something else than days"),
        ("seen_at? after last_order?", "it compares `seen_at`, a moment, with a day"),
        ("visited? == homes", "it compares two sets item by item"),
        ("length(notes) > 2", "items of a list can repeat"),
        ("any t in tags where t == \"a\" and vip", "it asks more of an item than its value"),
        ("now > 2026-01-01", "it depends on the date alone"),
    ] {
        assert_eq!(why_not(text).as_deref(), Some(why), "{text}");
    }
}

#[test]
fn a_fact_is_one_of_each_campaign() {
    let policy = "contact { age: Int }\nfact least: Int\n";
    let (formula, _) = lowered(policy, "age > least").expect("no mistakes");
    let found = first_opaque(&formula);
    assert_eq!(found, Some(("age > campaign.least".into(), "it asks for the fact `least`".into())));
}

#[test]
fn two_conditions_that_are_written_alike_are_one() {
    assert_eq!(key("email matches /x/"), key("email  matches (/x/)"));
    assert_ne!(key("email matches /x/"), key("email matches /x/i"));
    let long = |end: &str| format!("email matches /{}{end}/", "a+b+c+d+".repeat(99));
    assert_ne!(key(&long("x")), key(&long("y")), "also where the name would be too long");
    assert!(key(&long("x")).is_some_and(|key| key.len() < 500));
}

/// The names of all conditions in a formula that are not understood, in order.
fn keys(text: &str) -> Vec<String> {
    fn collect(formula: &Formula, found: &mut Vec<String>) {
        match formula {
            Formula::Opaque { key, .. } => found.push(key.to_string()),
            Formula::Not(inner) => collect(inner, found),
            Formula::And(parts) | Formula::Or(parts) => parts.iter().for_each(|part| collect(part, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(&lowered(POLICY, text).expect("no mistakes").0, &mut found);
    found
}

#[test]
fn conditions_on_different_items_are_different() {
    // One of two texts can match while the other does not.
    let [any, all] =
        ["any", "all"].map(|word| keys(&format!("{word} x in [email, nick] where x matches /a/")));
    assert_eq!(any, all);
    assert_ne!(any[0], any[1]);
    let nested = keys("any x in [email, nick] where any y in [x, \"z\"] where y matches /a/");
    assert_eq!(nested.len(), 4);
    assert_ne!(nested[0], nested[2]);
}

#[test]
fn a_name_in_another_version_of_a_policy_can_mean_something_else() {
    let key = |rest: &str, text: &str| {
        let formula = lowered(&format!("{POLICY}{rest}"), text).expect("no mistakes").0;
        first_opaque(&formula).expect("it is not understood").0
    };
    let longest = |n: u32| format!("let most = {n}\nlet longest = most + 1\n");
    assert_eq!(key(&longest(9), "length(email) > longest"), key(&longest(9), "length(email) > longest"));
    assert_ne!(key(&longest(9), "length(email) > longest"), key(&longest(8), "length(email) > longest"));
    let is_long = |n: u32| format!("fn is_long(n: Int) -> Bool = n > {n}\n");
    assert_ne!(key(&is_long(9), "is_long(length(email))"), key(&is_long(8), "is_long(length(email))"));
}

#[test]
fn a_segment_says_what_is_wrong_at_its_place() {
    check(&[
        ("country == DE and nonsense", "\"nonsense\" nothing here is called `nonsense`"),
        ("age > 3", "\"age\" `age` can be missing"),
        ("DE", "\"DE\" expected a condition, found `Country`"),
        ("country == DE or", "\"\" expected an expression after `or`"),
        ("country == DE where x", "\"country == DE where x\" expected a condition on contacts"),
        ("country == DE\naudience b", "\"audience\" `audience` is no operator"),
        ("last_order? > 370 days ago at 12", "\"at\" `at` is no operator"),
        ("last_order? > 3 days hence", "\"hence\" `hence` is no operator"),
        ("", "\"\" expected an expression after `=`"),
    ]);
}

#[test]
fn what_is_named_too_deeply_or_at_too_great_length_ends() {
    let chain: String = (1..200).map(|n| format!("let a{n} = a{}\n", n - 1)).collect();
    let policy = format!("{POLICY}let a0 = age? > 3\n{chain}");
    assert_eq!(
        why_of(&policy, "a199").as_deref(),
        Some("it is nested too deeply, once everything that it names is put in")
    );
    let wide = |n: usize| format!("let b{n} = {}\n", vec![format!("b{}", n - 1); 16].join(" and "));
    let double: String = (1..6).map(wide).collect();
    let policy = format!("{POLICY}let b0 = age? > 3\n{double}");
    let bools: String = (0..40).map(|n| format!("  p{n}: Bool\n")).collect();
    let parity = (1..40).fold("p0".to_owned(), |inner, n| format!("(p{n} == {inner})"));
    let with_bools = POLICY.replacen("contact {\n", &format!("contact {{\n{bools}"), 1);
    assert_eq!(
        why_of(&with_bools, &parity).as_deref(),
        Some("it is too long once everything that it names is put in"),
        "each comparison of two conditions says both twice"
    );
    assert_eq!(
        why_of(&policy, "b5").as_deref(),
        Some("it is too long once everything that it names is put in")
    );
}

#[test]
fn a_name_of_two_modules_must_be_written_in_full() {
    let db = Database::default();
    let source = |name: &str, text: &str| Source {
        path: format!("policy/{name}.mkt").as_str().into(),
        module: format!("acme.{name}").into(),
        text: text.into(),
    };
    let sources = [
        source("main", "contact { age: Int }\naudience a = age > 3\n"),
        source("one", "audience b = age > 4\n"),
        source("two", "audience b = age > 5\n"),
    ];
    let project = db.project(sources, date(2026, 11, 22), BTreeMap::new());
    let problems = segment(&db, project, "a and b").expect_err("`b` could be two");
    assert_eq!(problems[0].message, "`b` is declared in `acme.one` and in `acme.two`");
    assert!(segment(&db, project, "a and acme.two.b").is_ok());
}
