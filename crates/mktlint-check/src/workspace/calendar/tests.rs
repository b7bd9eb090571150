//! Calendars against hand calculation and brute force.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, date};
use mktlint_decide::{
    Comparison, Contact, Definitions, Formula, Limits, Operand, Solver, Tag, Test, Value, eval,
};
use mktlint_diag::{Diagnostic, Level, Place};
use mktlint_hir::{Database, Source, program};
use mktlint_plan::{Plan, lower};
use mktlint_text::Span;
use proptest::prelude::*;
use smol_str::SmolStr;

use super::{Campaign, calendar};
use crate::{CampaignFact, SendFact, TierFact};

const CONTACT: &str =
    "contact { country: Country?  stage: Stage  age: Int? in 0..=5 }  enum Stage { new, buyer, gone }\n";

fn plan(policy: &str) -> Plan {
    plan_of(&format!("{CONTACT}{policy}"))
}

fn plan_of(text: &str) -> Plan {
    let db = Database::default();
    let text = text.into();
    let source = Source { path: "policy.mkt".into(), module: "acme.policy".into(), text };
    lower(&program(&db, db.project([source], date(2026, 11, 22), BTreeMap::new())))
}

/// A campaign with one email at `at`; its place is in line with its number.
fn email(number: u32, at: DateTime) -> CampaignFact {
    let place = Place::new("calendar.yaml".into(), Span::new(number, number + 1));
    let send = SendFact { channel: Some("email".into()), at: Some(at), is_day: false, place: place.clone() };
    CampaignFact {
        id: format!("c{number}").into(),
        place,
        tier: TierFact::default(),
        audience: Vec::new(),
        channels: Some(vec!["email".into()]),
        regions: None,
        sends: vec![send],
        send_at: Some(at),
        time_zone: None,
        recipient_time: false,
        values: Vec::new(),
        unless: Vec::new(),
    }
}

#[test]
fn a_limit_speaks_of_those_it_protects() {
    let at = date(2026, 11, 23).at(23, 0, 0, 0);
    let policy = plan(
        "cap few { at most 1 email per 7 days  who country? == DE }
         quiet_hours night on email { who country? == DE  from 22:00 to 08:00 }",
    );
    let sent_to = |audience: &Formula| {
        let campaigns = [(email(1, at), audience.clone()), (email(2, at), audience.clone())];
        judge(&policy, campaigns.into()).len()
    };
    assert_eq!(sent_to(&is("country", "FR")), 0);
    assert_eq!(sent_to(&is("country", "DE")), 3);
    assert_eq!(sent_to(&everyone()), 3);
}

fn is(attribute: &str, value: &str) -> Formula {
    let test = Test::Compare(Comparison::Equal, Operand::Value(Value::Name(value.into())));
    Formula::Test { attribute: attribute.into(), test, tag: Tag::default() }
}

fn at_least(age: i64) -> Formula {
    let test = Test::Compare(Comparison::AtLeast, Operand::Value(Value::Number(age.into())));
    Formula::Test { attribute: "age".into(), test, tag: Tag::default() }
}

fn not(formula: Formula) -> Formula {
    Formula::Not(Box::new(formula))
}

fn everyone() -> Formula {
    Formula::Const(true)
}

fn nobody_knows(why: &str) -> Formula {
    Formula::Opaque { key: why.into(), why: why.into(), tag: Tag::default() }
}

fn judge(plan: &Plan, campaigns: Vec<(CampaignFact, Formula)>) -> Vec<Diagnostic> {
    let campaigns: Vec<Campaign<'_>> = campaigns
        .iter()
        .map(|(fact, audience)| Campaign::new(fact, vec![(None, audience.clone())]))
        .collect();
    let mut solver = Solver::new(&plan.people.schema, &plan.people.definitions, Limits::default());
    calendar(plan, &campaigns, &mut solver)
}

fn moment(at: &str) -> DateTime {
    at.parse().expect("a moment")
}

/// Judges emails on days of November 2026 by `policy`; `expected` has the number of each campaign with its message.
fn check(policy: &str, emails: &[(i8, Formula)], expected: &[(u32, &str)]) -> Vec<Diagnostic> {
    let on = |(number, (day, audience)): (u32, &(i8, Formula))| {
        (email(number, date(2026, 11, *day).at(9, 0, 0, 0)), audience.clone())
    };
    let found = judge(&plan(policy), (0..).zip(emails).map(on).collect());
    let shown: Vec<(u32, &str)> =
        found.iter().map(|it| (it.primary.place.span.start(), it.message.as_str())).collect();
    assert_eq!(shown, expected);
    found
}

const TWO_A_WEEK: &str = "cap weekly { at most 2 email per 7 days }";
const THREE: &str = "`weekly` allows 2 email per 7 days; somebody can get 3";

#[test]
fn a_week_has_seven_days() {
    let on = |days: [i8; 3]| days.map(|day| (day, everyone()));
    check(TWO_A_WEEK, &on([2, 5, 9]), &[]);
    let found = check(TWO_A_WEEK, &on([2, 5, 8]), &[(2, THREE)]);
    assert_eq!(found[0].notes[1], "who gets `c0` on 2026-11-02, `c1` on 2026-11-05 and `c2` on 2026-11-08");
    assert_eq!(found[0].help, ["keep these people out of `c2`, or send it on 2026-11-09 or later"]);
}

#[test]
fn those_who_cannot_be_one_person_do_not_add_up() {
    let three = [(2, is("stage", "new")), (3, is("stage", "buyer")), (4, everyone())];
    check(TWO_A_WEEK, &three, &[]);
    let four = [(2, is("stage", "new")), (3, is("stage", "buyer")), (4, everyone()), (5, at_least(3))];
    let found = check(TWO_A_WEEK, &four, &[(3, THREE)]);
    // In order of the schema; either stage will do, and somebody of 3 years or more.
    assert!(found[0].notes[0].starts_with("for example { stage: "), "{:?}", found[0].notes);
    assert!(found[0].notes[0].contains("age: "), "{:?}", found[0].notes);
}

#[test]
fn each_window_is_reported_at_its_last_campaign() {
    // The weeks from the 1st and from the 4th hold three each; the second finding is about the fourth email.
    let all = [1, 4, 6, 8].map(|day| (day, everyone()));
    check(TWO_A_WEEK, &all, &[(2, THREE), (3, THREE)]);
    let burst = [1, 2, 3, 4].map(|day| (day, everyone()));
    check(TWO_A_WEEK, &burst, &[(3, "`weekly` allows 2 email per 7 days; somebody can get 4")]);
}

#[test]
fn what_was_reported_hides_nobody_else() {
    // In the week from the 2nd it is still too much for new ones, as was said, and now for buyers as well.
    let (new, buyer) = (|| is("stage", "new"), || is("stage", "buyer"));
    let emails =
        [(1, everyone()), (2, new()), (3, new()), (4, new()), (5, buyer()), (6, buyer()), (8, buyer())];
    let found = check(
        TWO_A_WEEK,
        &emails,
        &[(3, "`weekly` allows 2 email per 7 days; somebody can get 4"), (6, THREE)],
    );
    assert_eq!(found[1].notes[0], "for example { stage: buyer }");
    // What is fresh in the second week goes to others, and too little of it.
    let emails = [(1, everyone()), (2, new()), (3, new()), (4, new()), (8, buyer())];
    check(TWO_A_WEEK, &emails, &[(3, "`weekly` allows 2 email per 7 days; somebody can get 4")]);
}

#[test]
fn what_is_not_known_matters_only_where_the_answer_hangs_on_it() {
    let unknown = || nobody_knows("`c2` does not say who gets it");
    check(TWO_A_WEEK, &[(2, everyone()), (12, everyone()), (14, unknown())], &[]);
    let words = "`weekly` needs a person: it hangs on whether somebody gets more than 2 email per 7 days, and that \
                 cannot be decided: `c2` does not say who gets it";
    check(TWO_A_WEEK, &[(2, everyone()), (3, everyone()), (4, unknown())], &[(2, words)]);
    let sure = [(2, everyone()), (3, everyone()), (4, unknown()), (5, everyone())];
    check(TWO_A_WEEK, &sure, &[(3, THREE)]);
}

#[test]
fn a_cap_of_another_channel_or_time_is_silent() {
    let three = [2, 3, 4].map(|day| (day, everyone()));
    check("cap texts { at most 2 sms per 7 days }", &three, &[]);
    check("cap weekly { at most 2 email per 7 days  from 2026-11-04 }", &three, &[]);
    check("cap weekly { at most 0 email per 7 days  until 2026-11-01 }", &three, &[]);
    check(
        "cap all { at most 2 messages per 7 days }",
        &three,
        &[(2, "`all` allows 2 messages per 7 days; somebody can get 3")],
    );
}

#[test]
fn a_cap_says_why_and_what_to_do() {
    let cap =
        "cap calm { at most 0 email per day\n because \"survey of 2025\"\n help \"ask growth\"\n warning }";
    let found = check(cap, &[(2, everyone())], &[(0, "`calm` allows 0 email per day; somebody can get 1")]);
    assert_eq!((found[0].level, found[0].why.as_deref()), (Level::Warning, Some("survey of 2025")));
    assert_eq!(found[0].help, ["ask growth", "send fewer messages with `c0`"]);
    assert_eq!(found[0].notes[0], "for example anybody at all");
    let labels: Vec<&str> = found[0].secondary.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(labels, ["capped here"]);
}

#[test]
fn hours_are_moments() {
    let policy = plan("cap calm { at most 1 email per 3 hours }");
    let zoned = |number, at, zone: &str| {
        let mut fact = email(number, moment(at));
        fact.time_zone = Some((zone.into(), fact.place.clone()));
        (fact, everyone())
    };
    // 09:00 in New York is 15:00 in Berlin on that day (UTC-5, UTC+1).
    let apart = |at| {
        judge(&policy, vec![zoned(0, "2026-11-20T09:00", "America/New_York"), zoned(1, at, "Europe/Berlin")])
    };
    assert_eq!(apart("2026-11-20T09:00").len(), 0);
    assert_eq!(apart("2026-11-20T17:59").len(), 1);
    assert_eq!(apart("2026-11-20T18:00").len(), 0);
    let mixed = vec![
        zoned(0, "2026-11-20T09:00", "America/New_York"),
        (email(1, moment("2026-11-20T09:00")), everyone()),
    ];
    let found = judge(&policy, mixed);
    assert!(found.len() == 1 && found[0].undecided, "{found:?}");
}

#[test]
fn a_campaign_without_a_day_needs_one() {
    let mut undated = email(0, moment("2026-11-02T09:00"));
    undated.sends[0].at = None;
    let dated = |number| (email(number, moment("2026-11-02T09:00")), everyone());
    let policy = plan(TWO_A_WEEK);
    assert_eq!(judge(&policy, vec![(undated.clone(), everyone()), dated(1)]).len(), 0);
    let found = judge(&policy, vec![(undated, everyone()), dated(1), dated(2)]);
    assert_eq!(found.len(), 1);
    let words =
        "`weekly` needs a person: it allows 2 email per 7 days, and `c0` does not say when it is sent";
    assert_eq!(found[0].message, words);
}

#[test]
fn a_campaign_that_may_be_exempt_is_undecided() {
    let unless = |number, holds| {
        let mut fact = email(number, moment("2026-11-02T09:00"));
        fact.unless.push(crate::UnlessFact { rule: "acme.policy.weekly".into(), holds });
        (fact, everyone())
    };
    let policy = plan(TWO_A_WEEK);
    let no = || Ok(false);
    assert_eq!(judge(&policy, vec![unless(0, no()), unless(1, no()), unless(2, Ok(true))]).len(), 0);
    let unknown = || Err("nobody gave `purpose`".to_owned());
    let found = judge(&policy, vec![unless(0, no()), unless(1, no()), unless(2, unknown())]);
    assert_eq!(found.len(), 1);
    let words =
        "`weekly` needs a person: somebody gets 3 email per 7 days if `c2` counts, and nobody gave `purpose`";
    assert_eq!((found[0].message.as_str(), found[0].undecided), (words, true));
    let sure = vec![unless(0, no()), unless(1, no()), unless(2, unknown()), unless(3, no())];
    let found = judge(&policy, sure);
    assert!(found.len() == 1 && !found[0].undecided, "{found:?}");
}

#[test]
fn a_year_of_daily_mail_to_many_audiences_is_quick() {
    let policy = plan("cap monthly { at most 40 email per 30 days }");
    let start = date(2026, 1, 1);
    let audiences =
        [is("stage", "new"), is("stage", "buyer"), at_least(2), not(at_least(4)), is("country", "DE")];
    let day = |number: u32| start.checked_add(jiff::Span::new().days(number / 8)).expect("a day");
    let campaigns = (0..2920).map(|number| {
        (email(number, day(number).at(9, 0, 0, 0)), audiences[number as usize % audiences.len()].clone())
    });
    // In 30 days 240 emails go out; a new contact of 2 or 3 years in DE gets four of five.
    let found = judge(&policy, campaigns.collect());
    assert!(!found.is_empty() && found.iter().all(|it| !it.undecided));
    assert!(found[0].message.contains("somebody can get 192"), "{}", found[0].message);
}

/// An email at `at` by the clock of `zone`.
fn zoned(at: &str, zone: &str) -> CampaignFact {
    let fact = email(0, moment(at));
    CampaignFact { time_zone: Some((zone.into(), fact.place.clone())), ..fact }
}

fn read_in(fact: CampaignFact, countries: &[&str]) -> CampaignFact {
    let countries = countries.iter().map(|country| SmolStr::from(*country)).collect();
    CampaignFact { regions: Some((countries, fact.place.clone())), ..fact }
}

/// Judges one email by `quiet_hours email { from 20:00 to 08:00 recipient_time }`: its message, its notes, its help.
fn hear(fact: CampaignFact, audience: Formula) -> Vec<String> {
    let policy = plan("quiet_hours email { from 20:00 to 08:00 recipient_time }");
    let found = judge(&policy, vec![(fact, audience)]);
    assert!(found.len() < 2, "{found:?}");
    found.into_iter().flat_map(|it| [vec![it.message], it.notes, it.help].concat()).collect()
}

#[test]
fn the_sender_hears_one_clock() {
    let policy = plan("quiet_hours email { from 22:00 to 06:00 }");
    let at = |at: &str| judge(&policy, vec![(email(0, moment(at)), everyone())]).len();
    let heard = ["21:59", "22:00", "00:00", "05:59", "06:00"].map(|time| at(&format!("2026-11-20T{time}")));
    assert_eq!(heard, [0, 1, 1, 1, 0]);
    let policy = plan("quiet_hours email { from 12:00 to 14:00 }");
    let at = |at: &str| judge(&policy, vec![(email(0, moment(at)), everyone())]).len();
    let heard = ["11:59", "12:00", "13:59", "14:00"].map(|time| at(&format!("2026-11-20T{time}")));
    assert_eq!(heard, [0, 1, 1, 0]);
}

#[test]
fn the_day_is_good_where_the_audience_is() {
    // 14:00 in New York is 20:00 in Berlin (UTC-5, UTC+1), and 13:45 is not yet.
    let german = || is("country", "DE");
    assert!(hear(zoned("2026-11-20T13:45", "America/New_York"), german()).is_empty());
    let expected = [
        "in Europe/Berlin it is 20:00 then, inside the quiet hours 20:00 to 08:00",
        "for example { country: DE }",
        "it is quiet then in 2 time zones of DE",
        "send it at 13:45 America/New_York, or write `send_in: recipient_time`, so that everybody gets it by their own \
         clock",
    ];
    assert_eq!(hear(zoned("2026-11-20T14:00", "America/New_York"), german()), expected);
    // In the week in which only America has summer time it is an hour less.
    assert!(hear(zoned("2027-03-19T14:45", "America/New_York"), german()).is_empty());
    assert_eq!(hear(zoned("2027-03-29T14:45", "America/New_York"), german()).len(), 4);
}

#[test]
fn a_time_that_clocks_jump_over() {
    // On this night 02:30 is read as 07:30 UTC. That is 08:30 in Lagos, and 07:30 in London.
    let night = || zoned("2027-03-14T02:30", "America/New_York");
    assert!(hear(night(), is("country", "NG")).is_empty());
    let found = hear(night(), is("country", "GB"));
    assert_eq!(found[0], "in Europe/London it is 07:30 then, inside the quiet hours 20:00 to 08:00");
}

#[test]
fn regions_bound_where_people_are() {
    let noon = || zoned("2026-11-20T12:00", "Europe/Berlin");
    assert!(hear(read_in(noon(), &["DE", "FR"]), everyone()).is_empty());
    assert!(hear(read_in(noon(), &["DE", "US"]), is("country", "DE")).is_empty());
    // 11:00 UTC is 01:00 in Honolulu, 02:00 in Anchorage and 03:00 in Los Angeles.
    let found = hear(read_in(noon(), &["DE", "US"]), everyone());
    assert_eq!(found[0], "in America/Anchorage it is 02:00 then, inside the quiet hours 20:00 to 08:00");
    assert_eq!(found[1], "for example { country: US }");
    // Day begins in Honolulu at 18:00 UTC, and ends in Berlin at 19:00 UTC.
    assert!(found[3].starts_with("send it at 19:00 Europe/Berlin"), "{found:?}");
}

#[test]
fn somebody_whose_country_is_missing_can_be_anywhere() {
    let known = Formula::Test { attribute: "country".into(), test: Test::Known, tag: Tag::default() };
    let noon = || zoned("2026-11-20T12:00", "Europe/Berlin");
    let found = hear(read_in(noon(), &["DE", "JP"]), not(known.clone()));
    assert_eq!(found[0], "in Asia/Tokyo it is 20:00 then, inside the quiet hours 20:00 to 08:00");
    assert_eq!(found[1], "for example { country: missing }");
    // At UTC+7 it is 02:00 then, in Antarctica as on Christmas Island, where people live.
    let found = hear(zoned("2026-11-20T19:00", "UTC"), everyone());
    assert_eq!(found[0], "in Indian/Christmas it is 02:00 then, inside the quiet hours 20:00 to 08:00");
    // Who says a country is the better example.
    let found = hear(read_in(noon(), &["JP", "US"]), Formula::Or(vec![not(known), is("country", "JP")]));
    assert_eq!(found[1], "for example { country: JP }");
}

#[test]
fn contacts_that_say_their_time_zone() {
    let policy = plan_of(
        "contact { country: Country  time_zone: Text? }  audience all = country == US\n\
         quiet_hours email { from 20:00 to 08:00 recipient_time }",
    );
    let own = |zone: &str| {
        let test = Test::Compare(Comparison::Equal, Operand::Value(Value::Text(zone.into())));
        let zone = Formula::Test { attribute: "time_zone".into(), test, tag: Tag::default() };
        Formula::And(vec![is("country", "US"), zone])
    };
    let noon = || zoned("2026-11-20T12:00", "America/New_York");
    let hear = |audience| judge(&policy, vec![(noon(), audience)]).into_iter().next();
    // Noon in New York is 09:00 in Los Angeles and 07:00 in Honolulu.
    assert_eq!(hear(own("America/Los_Angeles")), None);
    let found = hear(own("Pacific/Honolulu")).expect("it is too early");
    assert_eq!(found.message, "in Pacific/Honolulu it is 07:00 then, inside the quiet hours 20:00 to 08:00");
    assert_eq!(found.notes, [r#"for example { country: US, time_zone: "Pacific/Honolulu" }"#]);
    // An old name says no more than the country.
    assert!(hear(own("US/Pacific")).is_some());
    assert!(hear(is("country", "US")).is_some());
}

#[test]
fn where_no_time_is_good_for_all() {
    // Los Angeles is at UTC-8 and Tokyo at UTC+9: days from 16:00 to 04:00 UTC and from 23:00 to 11:00 UTC share five
    // hours; London's ends at 20:00 UTC.
    let at = || zoned("2026-11-20T12:00", "Europe/London");
    let of = |countries: &[&str]| Formula::Or(countries.iter().map(|it| is("country", it)).collect());
    let found = hear(at(), of(&["JP", "GB", "US"]));
    assert!(
        found.last().is_some_and(|it| it.starts_with("no time of that day is good everywhere")),
        "{found:?}"
    );
    let found = hear(at(), of(&["JP", "PH"]));
    assert!(found.last().is_some_and(|it| it.starts_with("send it at 10:45 Europe/London")), "{found:?}");
}

#[test]
fn what_a_manifest_must_say() {
    let check = |fact, audience, words: &str| {
        let found = hear(fact, audience);
        assert!(found[0].starts_with(&format!("`quiet_hours_email` needs a person: {words}")), "{found:?}");
    };
    let unzoned = || email(0, moment("2026-11-20T12:00"));
    check(unzoned(), everyone(), "the manifest does not say in which time zone `send_at` is meant");
    check(zoned("2026-11-20T12:00", "Berlin"), everyone(), "`Berlin` is no time zone");
    let early = || zoned("2026-11-20T12:00", "Europe/Berlin");
    check(early(), nobody_knows("no audience is named"), "it hangs on who gets `c0`");
    let mut dateless = early();
    dateless.sends[0].at = None;
    check(dateless, everyone(), "`c0` does not say when it is sent");
    let mut timeless = early();
    timeless.sends[0].is_day = true;
    check(timeless, everyone(), "`c0` does not say at what time it is sent");
    let local = CampaignFact { recipient_time: true, ..unzoned() };
    assert!(hear(local, nobody_knows("no audience is named")).is_empty());
}

/// Contacts that differ in everything the formulas below ask.
fn contacts() -> Vec<Contact> {
    let mut contacts = Vec::new();
    for stage in ["new", "buyer", "gone"] {
        for country in [None, Some("DE"), Some("US")] {
            for age in -1..=5_i64 {
                let mut contact = Contact::from([("stage".into(), Value::Name(stage.into()))]);
                contact.extend(country.map(|it| (SmolStr::from("country"), Value::Name(it.into()))));
                contact.extend((age >= 0).then(|| (SmolStr::from("age"), Value::Number(age.into()))));
                contacts.push(contact);
            }
        }
    }
    contacts
}

fn condition() -> impl Strategy<Value = Formula> {
    let leaf = prop_oneof![
        prop_oneof!["new", "buyer", "gone"].prop_map(|it| is("stage", &it)),
        prop_oneof!["DE", "US"].prop_map(|it| is("country", &it)),
        (0..=5_i64).prop_map(at_least),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(not),
            prop::collection::vec(inner.clone(), 2..3).prop_map(Formula::And),
            prop::collection::vec(inner, 2..3).prop_map(Formula::Or),
        ]
    })
}

/// The numbers of the emails that `contact` gets, which are in order of day.
fn received(contact: &Contact, emails: &[(Date, Formula)]) -> Vec<usize> {
    let gets = |(day, formula): &(Date, Formula)| {
        eval(formula, &Definitions::new(), contact, day.at(9, 0, 0, 0)).expect("all is understood")
    };
    (0..emails.len()).filter(|number| gets(&emails[*number])).collect()
}

/// Whether more than `at_most` of `numbers` lie in `days` days, `last` the last of them.
fn is_too_much(
    numbers: &[usize],
    last: usize,
    emails: &[(Date, Formula)],
    at_most: usize,
    days: i32,
) -> bool {
    let since = |number: usize| (emails[last].0 - emails[number].0).get_days();
    numbers.contains(&last)
        && numbers.iter().filter(|it| **it <= last && since(**it) < days).count() > at_most
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn decisions_agree_with_all_contacts(
        mut emails in prop::collection::vec((1..=20_i8, condition()), 1..8),
        at_most in 0..3_usize,
        days in 1..8_i32,
    ) {
        emails.sort_by_key(|(day, _)| *day);
        let emails: Vec<(Date, Formula)> = emails.into_iter().map(|(day, it)| (date(2026, 11, day), it)).collect();
        let policy = plan(&format!("cap some {{ at most {at_most} email per {days} days }}"));
        let campaigns = (0..).zip(&emails).map(|(number, (day, it))| (email(number, day.at(9, 0, 0, 0)), it.clone()));
        let found = judge(&policy, campaigns.collect());
        prop_assert!(found.iter().all(|it| !it.undecided), "{found:?}");
        let received: Vec<Vec<usize>> = contacts().iter().map(|it| received(it, &emails)).collect();
        let breaks = |last: usize| received.iter().any(|it| is_too_much(it, last, &emails, at_most, days));
        for finding in &found {
            prop_assert!(breaks(finding.primary.place.span.start() as usize), "{finding:?}");
        }
        prop_assert_eq!(found.is_empty(), !(0..emails.len()).any(breaks));
    }
}
