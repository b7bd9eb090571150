//! What is shown of a condition on people can be pasted into a policy and means the same there.

#[path = "../../mktlint-decide/tests/support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::civil::date;
use mktlint_decide::{Attribute, Domain, Formula, Schema, Unit, eval, renamed_definitions, show_formula};
use mktlint_hir::people::query::schema_of;
use mktlint_hir::people::{Declared, formula, segment};
use mktlint_hir::{Database, Source};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use support::grid::grid;
use support::{Case, make, now, parts};

const CASES: usize = 120;

fn type_of(attribute: &Attribute) -> String {
    let range = |least: String, most: String| format!(" in {least}..={most}");
    let (name, range) = match &attribute.domain {
        Domain::Bool => ("Bool", String::new()),
        Domain::Names { open: true, .. } => ("Country", String::new()),
        Domain::Names { .. } => ("Stage", String::new()),
        Domain::Number { unit: Unit::Money(_), .. } => ("Money<USD>", String::new()),
        Domain::Number { unit: Unit::Percent, .. } => ("Percent", " in 0%..=100%".to_owned()),
        Domain::Number { least: Some(least), most: Some(most), .. } => {
            ("Int", range(least.to_string(), most.to_string()))
        }
        Domain::Number { .. } => ("Int", String::new()),
        Domain::Date { .. } => ("Date", String::new()),
        Domain::DateTime => ("DateTime", String::new()),
        Domain::Time => ("Time", String::new()),
        Domain::Text => ("Text", String::new()),
        Domain::SetOfNames { open: true, .. } => ("Set<Country>", String::new()),
        Domain::SetOfNames { .. } => ("Set<Letters>", String::new()),
        Domain::SetOfTexts => ("Set<Text>", String::new()),
    };
    format!("{name}{}{range}", if attribute.optional { "?" } else { "" })
}

/// A policy with the schema's contact, and definitions whose names the conditions refer to.
fn policy(schema: &Schema) -> String {
    let mut policy = String::from("contact {\n");
    for attribute in &schema.attributes {
        let _ = writeln!(policy, "  {}: {}", attribute.name, type_of(attribute));
    }
    policy.push_str("}\nlifecycle Stage { lead -> customer -> lapsed }\nenum Letters { a, b, ab }\n");
    policy.push_str("audience d0 = true\naudience d1 = true\n");
    policy
}

/// The formula of the words that a formula is shown in; `None` when no policy can say it.
fn read(words: &str, schema: &Schema) -> Option<Formula> {
    let db = Database::default();
    let text = policy(schema).into();
    let source = Source { path: "policy/main.mkt".into(), module: "acme.main".into(), text };
    let project = db.project([source], date(2026, 11, 22), BTreeMap::new());
    let segment = segment(&db, project, words).ok()?;
    let schema = schema_of(&db, project);
    let found = formula(&Declared { db: &db, project }, &schema, &segment.body, segment.condition);
    let is_opaque = parts(&found).into_iter().any(|part| matches!(part, Formula::Opaque { .. }));
    (!is_opaque).then_some(found)
}

/// Whether the words were read back.
fn check(case: &Case) -> bool {
    let definitions = renamed_definitions(&case.definitions, "acme.main.");
    let formula = case.formulas[0].renamed("acme.main.");
    let words = show_formula(&formula, &case.schema, &definitions);
    let Some(again) = read(&words, &case.schema) else { return false };
    for person in grid(case).people {
        let wanted = eval(&formula, &definitions, &person, now());
        let found = eval(&again, &definitions, &person, now());
        assert_eq!(found, wanted, "`{words}` of {person:?}\n{formula:?}\n{again:?}\n{:?}", case.schema);
    }
    true
}

/// Tries as many cases as there are; the same each time.
fn read_back(cases: &impl Strategy<Value = Case>) -> usize {
    let mut runner = TestRunner::deterministic();
    let mut next = || cases.new_tree(&mut runner).expect("nothing is rejected").current();
    (0..CASES).filter(|_| check(&next())).count()
}

#[test]
fn conditions_read_back_mean_the_same() {
    let read = read_back(&make::case(make::schema(), 1, 2));
    assert!(read > CASES / 4, "{read}: most of what is made has a test that no policy would compile");
}

#[test]
fn differences_read_back_mean_the_same() {
    let read = read_back(&make::case(make::schema_of_pairs(), 1, 2));
    assert!(read > CASES / 4, "{read}: most of what is made has a test that no policy would compile");
}

#[test]
fn single_conditions_read_back_mean_the_same() {
    let read = read_back(&make::case(make::schema(), 1, 0));
    assert!(read > CASES / 2, "{read}: most of what is made has a test that no policy would compile");
}
