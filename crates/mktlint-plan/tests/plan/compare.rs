//! What a change of policy means.

use mktlint_plan::Plan;
use mktlint_plan::compare::{Change, Fate, Side, compare};

use crate::real::{compiled, compiled_in};

fn changes(old: &Plan, new: &Plan) -> Vec<Change> {
    compare(old, new, jiff::civil::date(2026, 11, 22).at(0, 0, 0, 0)).changes
}

/// Compares two policies; expects a line for each change: kind, name, verdict, what changed.
#[track_caller]
fn check(old: &str, new: &str, expected: &[&str]) {
    let (old, new) = (compiled(old), compiled(new));
    let forth = changes(&old, &new);
    assert_eq!(forth.iter().map(line).collect::<Vec<_>>(), expected);
    assert!(changes(&new, &new).is_empty(), "a policy differs from itself");
    // The way back has the other direction.
    let back = changes(&new, &old);
    let turned = |change: &Change| {
        let words = change.verdict();
        words.split(", ").map(opposite).collect::<Vec<_>>().join(", ")
    };
    for change in forth.iter().filter(|change| back.iter().any(|it| it.name == change.name)) {
        let twin = back.iter().find(|it| (it.kind, &it.name) == (change.kind, &change.name));
        assert_eq!(twin.map(turned), Some(change.verdict()), "{}", change.name);
    }
}

fn opposite(word: &str) -> &str {
    match word {
        "stricter" => "looser",
        "looser" => "stricter",
        "added" => "removed",
        "removed" => "added",
        other => other,
    }
}

fn line(change: &Change) -> String {
    let name = change.name.strip_prefix("acme.main.").unwrap_or(&change.name);
    let mut parts = change.lines.clone();
    parts.extend(change.undecided.clone());
    for movement in &change.movements {
        let way = if movement.side == Side::Enter { "enter" } else { "leave" };
        parts.push(format!("{way} {}", movement.conditions.join(" or ")));
    }
    format!("{} {name}: {}: {}", change.kind, change.verdict(), parts.join("; "))
        .trim_end_matches([':', ' '])
        .to_owned()
}

const CONTACT: &str =
    "contact { country: Country  age: Int in 0..=130  spend: Money<USD>  last_order: Date? }\n";

#[track_caller]
fn check_people(old: &str, new: &str, expected: &[&str]) {
    check(&format!("{CONTACT}{old}"), &format!("{CONTACT}{new}"), expected);
}

#[test]
fn audiences_are_compared_by_decision() {
    let adults = "audience adults = age >= 18";
    check_people(adults, "audience adults = not (age < 18)", &[]);
    check_people(adults, "audience adults = age >= 21", &["audience adults: stricter: leave age in 18..=20"]);
    check_people(
        adults,
        "audience adults = age in 16..65",
        &["audience adults: stricter and looser: enter age in 16..=17; leave age >= 65"],
    );
    // What it names changed, and so it did.
    check_people(
        "audience base = age >= 18\naudience rich = base and spend >= USD 500",
        "audience base = age >= 18\naudience rich = base and spend >= USD 100",
        &["audience rich: looser: enter age >= 18 and spend in USD 100..USD 500"],
    );
}

#[test]
fn a_new_name_for_the_same_people_is_a_new_name() {
    check_people(
        "audience adults = age >= 18",
        "audience grown = not (age <= 17)",
        &["audience grown: renamed"],
    );
    check_people(
        "audience adults = age >= 18",
        "audience grown = age >= 21",
        &["audience adults: removed: leave age >= 18", "audience grown: added: enter age > 20"],
    );
}

#[test]
fn what_moves_to_another_module_is_still_the_same_declaration() {
    let moved = |old: &str, new: &str| -> Vec<(String, String, Fate)> {
        let all = changes(&compiled_in("acme.main", old), &compiled_in("acme.people", new));
        let row = |it: &Change| (it.old_name.clone().unwrap_or_default(), it.verdict(), it.fate.clone());
        all.iter().map(row).collect()
    };
    let minors = |age: u32| format!("{CONTACT}suppress minors {{ who age < {age} }}");
    let old_name = "acme.main.minors".to_owned();
    assert_eq!(moved(&minors(16), &minors(16)), [(old_name.clone(), "renamed".to_owned(), Fate::Renamed)]);
    assert_eq!(moved(&minors(16), &minors(18)), [(old_name, "stricter".to_owned(), Fate::Altered)]);
    let term = |word: &str| format!("term \"sign up\" {{ not \"register\" | \"{word}\" }}");
    let old_name = "acme.main.sign_up".to_owned();
    assert_eq!(
        moved(&term("join"), &term("join")),
        [(old_name.clone(), "renamed".to_owned(), Fate::Renamed)]
    );
    let both = "stricter and looser".to_owned();
    assert_eq!(moved(&term("join"), &term("enrol")), [(old_name, both, Fate::Altered)]);
}

#[test]
fn a_suppression_is_stricter_the_more_it_keeps_out() {
    let fresh = "suppress fresh on email { who last_order? within 7 days  unless purpose != marketing }";
    let longer = "suppress fresh on email { who last_order? within 14 days  unless purpose != marketing }";
    check_people(
        fresh,
        longer,
        &["suppress fresh: stricter: enter last_order? >= 2026-11-08 and last_order? <= 2026-11-14 and \
           campaign.purpose == marketing"],
    );
    check_people(
        fresh,
        "suppress fresh on email, sms { who last_order? within 7 days  unless purpose != marketing }",
        &["suppress fresh: stricter: channels: also sms"],
    );
    check_people(
        fresh,
        "suppress fresh { who last_order? within 7 days }",
        &["suppress fresh: stricter: channels: email, now all; enter last_order? >= 2026-11-15 and \
           last_order? <= 2026-11-22 and campaign.purpose != marketing"],
    );
    check_people(
        fresh,
        "",
        &["suppress fresh: removed, looser: leave last_order? >= 2026-11-15 and \
                               last_order? <= 2026-11-22 and campaign.purpose == marketing"],
    );
    // Both at once.
    check_people(
        fresh,
        "suppress fresh on sms { who last_order? within 7 days  unless purpose != marketing }",
        &["suppress fresh: stricter and looser: channels: also sms; no longer email"],
    );
}

#[test]
fn contacts_may_differ() {
    check(
        "contact { age: Int }\naudience adults = age >= 18",
        "contact { age: Int?  vip: Bool }\naudience adults = age? >= 18",
        &["attribute age: changed: can be missing: no, now yes", "attribute vip: added"],
    );
    check(
        "enum Plan { free, paid }\ncontact { plan: Plan }\naudience payers = plan != free",
        "enum Plan { free, paid, team }\ncontact { plan: Plan }\naudience payers = plan == paid",
        &["attribute plan: changed: names: also team", "audience payers: stricter: leave plan == team"],
    );
}

#[test]
fn what_means_something_else_cannot_be_compared_and_the_rest_can() {
    check(
        "contact { age: Int  spend: Money<USD> }
         audience adults = age >= 18\naudience rich = spend >= USD 500\naudience old = age >= 60",
        "contact { age: Int  spend: Money<EUR> }
         audience adults = age >= 18\naudience rich = spend >= EUR 500\naudience old = age >= 65",
        &[
            "attribute spend: changed: values: money in USD, now money in EUR",
            "audience old: stricter: leave age in 60..=64",
            "audience rich: undecided: `spend` has another kind of value now",
        ],
    );
}

#[test]
fn claims() {
    let note = "disclosure study \"Based on a study.\"\n";
    let claim = |clauses: &str| format!("{note}claim proven {{ says \"proven\"  {clauses} }}");
    let plain = claim("needs disclosure study within 2 paragraphs");
    let altered = |new: &str, expected: &str| check(&plain, &claim(new), &[expected]);
    altered(
        "says \"tested\"  needs disclosure study within 2 paragraphs",
        "claim proven: stricter: says: also \"tested\"",
    );
    altered(
        "needs disclosure study within 1 sentence",
        "claim proven: stricter: distance of study: 2 paragraphs, now 1 sentence",
    );
    altered(
        "needs disclosure study within 2 paragraphs  warning",
        "claim proven: looser: level: error, now warning",
    );
    altered(
        "needs disclosure study within 2 paragraphs  never in [DE]",
        "claim proven: stricter: never in: also DE",
    );
    altered(
        "needs disclosure study within 2 paragraphs  only on email, push",
        "claim proven: stricter: only on: all, now only email, push",
    );
    altered(
        "needs disclosure study within 2 paragraphs  from 2027-01-01",
        "claim proven: looser: from: open, now 2027-01-01",
    );
    altered(
        "needs disclosure study within 2 paragraphs  never waivable",
        "claim proven: stricter: waivable by: all, now none",
    );
    check(&plain, note, &["claim proven: removed, looser"]);
}

#[test]
fn rules() {
    let rule = |body: &str| format!("rule short on Email.subject {{ {body}  error \"no\" }}");
    let old = rule("require length(it) <= 50");
    check(&old, &rule("require length(it) <= 50"), &[]);
    check(&old, &rule("require length(it) <= 60"), &["rule short: changed: require: another condition"]);
    check(&old, &rule("match \"a\""), &["rule short: changed: match: also \"a\"; require: now none"]);
    check(&rule("match \"a\""), &rule("match \"a\" | \"b\""), &["rule short: stricter: match: also \"b\""]);
    // A condition in a definition is a part of the rule that uses it.
    let with = |limit: u32| format!("let most = {limit}\n{}", rule("require length(it) <= most"));
    check(&with(50), &with(60), &["rule short: changed: require: another condition"]);
}

#[test]
fn conditions_are_compared_across_plans() {
    // Other declarations move the numbers of codes, constants and patterns.
    let rule = "rule short on Email { where (any image in images where image.decorative)\n\
                require length(subject) < 20  error \"no\" }";
    let before = "rule a on Email.subject { require length(it) < 90  error \"no\" }\n";
    check(rule, &format!("{before}{rule}"), &["rule a: added, stricter"]);
}

#[test]
fn limits() {
    let cap = |body: &str| format!("cap weekly {{ {body} }}");
    let old = cap("at most 3 email per 7 days");
    check(&old, &cap("at most 2 email per 7 days"), &["cap weekly: stricter: at most: 3, now 2"]);
    check(&old, &cap("at most 3 email per 14 days"), &["cap weekly: stricter: per: 7 days, now 14 days"]);
    check(
        &old,
        &cap("at most 5 email, sms per 7 days"),
        &["cap weekly: stricter and looser: at most: 3, now 5; channels: also sms"],
    );
    let hours = |words: &str| format!("quiet_hours sms {{ {words} recipient_time }}");
    let old = hours("from 21:00 to 08:00");
    check(
        &old,
        &hours("from 20:30 to 08:00"),
        &["quiet_hours quiet_hours_sms: stricter: hours: 21:00 to 08:00, now 20:30 to 08:00"],
    );
    check(
        &old,
        &hours("from 22:00 to 07:00"),
        &["quiet_hours quiet_hours_sms: looser: hours: 21:00 to 08:00, now 22:00 to 07:00"],
    );
    check(
        &old,
        &hours("from 20:00 to 07:00"),
        &["quiet_hours quiet_hours_sms: stricter and looser: hours: 21:00 to 08:00, now 20:00 to 07:00"],
    );
    check(
        &hours("from 09:00 to 11:00"),
        &hours("from 09:00 to 13:00"),
        &["quiet_hours quiet_hours_sms: stricter: hours: 09:00 to 11:00, now 09:00 to 13:00"],
    );
}

#[test]
fn link_conventions() {
    let utm = |body: &str| format!("utm newsletter {{ {body} }}");
    let old = utm("source in [crm, app]");
    check(&old, &utm("source in [crm]"), &["utm newsletter: stricter: utm_source: no longer app"]);
    check(&old, &utm("source"), &["utm newsletter: looser: utm_source: app, crm, now all"]);
    check(&utm("source"), &utm("source optional"), &["utm newsletter: looser: required: no longer source"]);
    // A link without it is wrong now, and one with it was.
    check(
        &old,
        &utm("source in [crm, app]\nmedium in [email]"),
        &["utm newsletter: stricter and looser: required: also medium; parameters: also medium"],
    );
    check(
        &old,
        &utm("source in [crm, app]\nothers allowed"),
        &["utm newsletter: looser: parameters: source, now all"],
    );
    check(
        &utm("source in [crm, app]\nothers allowed"),
        &utm("source in [crm, app]\nmedium optional matches kebab\nothers allowed"),
        &["utm newsletter: stricter: utm_medium: now matches kebab"],
    );
}

#[test]
fn tiers_terms_and_waivers() {
    let roles = "role legal { members [\"a@acme.example\", \"b@acme.example\"] }\n\
                 role brand { members [\"c@acme.example\"] }\n";
    check(
        &format!("{roles}tier high {{ approve 1 of legal }}"),
        &format!("{roles}tier high {{\n approve 2 of legal\n approve 1 of brand\n}}"),
        &["tier high: stricter: approved by: also brand; how many of legal: 1, now 2"],
    );
    check(
        "term \"sign up\" { not \"register\" }",
        "term \"sign up\" { not \"register\" | \"enrol\" }",
        &["term sign_up: stricter: not: also \"enrol\""],
    );
    let rule = "rule r on Email.subject { match \"a\"  error \"no\" }\n";
    check(
        rule,
        &format!("{rule}waive r for \"a.md\" until 2027-01-31 {{ because \"x\" }}"),
        &["waive r for a.md: added, looser"],
    );
    check(
        "region dach = [DE, AT]",
        "region dach = [DE, AT, CH]",
        &["region dach: changed: countries: also CH"],
    );
}

#[test]
fn approvals_are_stricter_the_more_they_ask() {
    let roles = "role legal { members [\"a@acme.example\", \"b@acme.example\"] }\n\
                 role brand { members [\"c@acme.example\"] }\ntier low { when change only [formatting] }\n";
    let high = |clauses: &str| format!("{roles}tier high {{\n{clauses}\n}}");
    let tier = |old: &str, new: &str, expected: &str| check(&high(old), &high(new), &[expected]);
    tier("approve 2 of legal", "approve all of legal", "tier high: stricter: how many of legal: 2, now all");
    tier(
        "approve legal for [claims]",
        "approve legal for [claims, price]",
        "tier high: stricter: what legal approves: also price",
    );
    tier(
        "approve legal for [claims]",
        "approve legal",
        "tier high: stricter: what legal approves: claims, now all",
    );
    tier(
        "approve legal",
        "approve legal\nauthors may approve",
        "tier high: looser: authors may approve: no, now yes",
    );
    tier(
        "approve legal\nwhen change touches [price]",
        "approve legal\nwhen change touches [price, claims]",
        "tier high: changed: when: another condition",
    );
    tier(
        "when change touches [price]",
        "when change touches [price]\nyields to low",
        "tier high: changed: yields to: also low",
    );
}

#[test]
fn roles_stages_and_thresholds() {
    let role = |clauses: &str| format!("role legal {{\nmembers [\"a\"]\n{clauses}\n}}");
    let key = "uNiVztksCsDhcc0u9e8BrrELqhRwNPIR5p8vTrLZzJo";
    check(
        &role("keys \"a.pub\""),
        &role(&format!("keys \"a.pub\"\nrevoked \"SHA256:{key}\" from 2026-11-01")),
        &[&format!("role legal: stricter: revoked: also SHA256:{key} from 2026-11-01")],
    );
    check(&role(""), &role("keys \"a.pub\""), &["role legal: changed: keys: also a.pub"]);
    let stall = |days: u32| format!("pipeline {{\nstages a -> b\nstall a after {days} days\n}}");
    let named = changes(&compiled(&stall(2)), &compiled(&stall(3)));
    assert_eq!(named[0].lines, ["stall a: 2 days, now 3 days"]);
    assert_eq!(named[0].verdict(), "looser");
    let rate = |bounds: &str| format!("threshold rate on email {{\n{bounds}\n}}");
    check(
        &rate("above 0.3% error"),
        &rate("above 0.30% error\nabove 0.1% warning"),
        &["threshold rate: stricter: bounds: also above % warning"],
    );
    check(
        &rate("above 0.3% error"),
        &rate("above 0.5% error"),
        &["threshold rate: looser: above % error: 0.3%, now 0.5%"],
    );
    check(
        &rate("below EUR 20 info"),
        &rate("below EUR 25 info\naction \"look\""),
        &["threshold rate: changed: below EUR info: EUR 20, now EUR 25; action: now look"],
    );
}
