//! Who gets what, in the plan.

use std::sync::Arc;

use mktlint_decide::Formula;
use mktlint_plan::file::{FileError, from_bytes, to_bytes};
use mktlint_plan::{Plan, StrId, dump, verify};

use crate::real::compiled;

const POLICY: &str = "
contact { country: Country  age: Int? in 0..=130  last_order: Date? }

audience adults = age? >= 18
audience german_adults \"Grown up in Germany\" = adults and country == DE and not minors

suppress minors { who age? < 16  never waivable }

suppress fresh on email, push {
  who last_order? within 7 days
  unless purpose != marketing
  because \"survey\"
  from 2026-01-01
  warning
}

cap weekly { at most 3 email, push per 7 days unless purpose == transactional  because \"tired people\" }

quiet_hours sms { from 21:00 to 08:00 recipient_time  info }

enforce acme.main.minors as error

tier high { when audience could include { age? < 18 } }
";

#[test]
fn everything_about_people_is_in_the_plan() {
    let plan = compiled(POLICY);
    assert_eq!(verify(&plan), Ok(()));
    let shown = dump::text(&plan);
    let people = shown.split_once("audience acme").map_or("", |(_, rest)| rest);
    insta::assert_snapshot!(format!("audience acme{people}"), @r#"
    audience acme.main.adults
      is age? >= 18
    audience acme.main.german_adults
      is adults and country == DE and not minors
    suppress acme.main.fresh warning
      from 2026-01-01
      because "survey"
      on email, push
      who last_order? within 7 days
      unless campaign.purpose != marketing
    suppress acme.main.minors error
      never waivable
      who age? < 16
    cap acme.main.weekly error
      because "tired people"
      on email, push
      at most 3 per 7 days
      unless code 1
    quiet_hours acme.main.quiet_hours_sms info
      on sms
      from 21:00:00 to 08:00:00 recipient_time
    tier acme.main.high
      when code 0
    code 0
      0 audience could include { age? < 18 }
    code 1
      0 campaign
      1 field purpose
      2 push transactional
      3 ==
    "#);
}

#[test]
fn conditions_know_where_they_are_written() {
    let plan = compiled(POLICY);
    let placed = |definition: &str| -> Vec<&str> {
        let rows = plan.people.origins.iter().filter(|row| plan.str(row.definition) == definition);
        rows.map(|row| plan.place(row.place).span.slice(POLICY)).collect()
    };
    assert_eq!(placed("acme.main.german_adults"), ["adults", "country == DE", "minors"]);
    assert_eq!(placed("acme.main.fresh"), ["last_order? within 7 days"]);
    assert_eq!(placed("acme.main.fresh unless"), ["purpose != marketing"]);
}

#[test]
fn policies_without_people_have_no_schema() {
    assert_eq!(compiled("claim vegan { says \"vegan\" }").people, Default::default());
}

#[test]
fn people_survive_the_way_through_a_file() {
    let plan = compiled(POLICY);
    let back = from_bytes(&to_bytes(&plan)).expect("what was written");
    assert_eq!(back.people, plan.people);
}

#[test]
fn a_file_cannot_exhaust_the_stack() {
    let mut plan = compiled(POLICY);
    let mut deep = Formula::Const(true);
    for _ in 0..2_000 {
        deep = Formula::Not(Box::new(deep));
    }
    plan.people.definitions.insert("deep".into(), Arc::new(deep));
    assert_eq!(from_bytes(&to_bytes(&plan)).map(|_| ()), Err(FileError::Corrupt));
}

#[track_caller]
fn damaged(damage: impl FnOnce(&mut Plan), expected: &str) {
    let mut plan = compiled(POLICY);
    damage(&mut plan);
    assert_eq!(verify(&plan).expect_err("a damaged plan").to_string(), expected);
}

#[test]
fn damage_is_found() {
    let gone = StrId(999_999);
    damaged(|plan| plan.people.audiences[0].name = gone, "audiences: row 0 refers to what is not there");
    damaged(
        |plan| plan.people.suppressions[0].unless = Some(gone),
        "suppressions: row 0 refers to what is not there",
    );
    damaged(|plan| plan.people.caps[0].head.name = gone, "caps: row 0 refers to what is not there");
    damaged(
        |plan| plan.people.quiet_hours[0].head.name = gone,
        "quiet_hours: row 0 refers to what is not there",
    );
    damaged(|plan| plan.people.origins[0].definition = gone, "origins: row 0 refers to what is not there");
    damaged(|plan| plan.people.inclusions.clear(), "code 0: an instruction refers to what is not there");
}
