use super::*;
use crate::fixture::Fixture;

const PEOPLE: &str = "
contact { stage: Stage  country: Country  age: Int?  last_order: Date? }
lifecycle Stage { lead -> customer -> lapsed }
";

/// The words that are explained, and the explanation.
fn shown(text: &str) -> String {
    let fixture = Fixture::new(text);
    let found = hover(fixture.view(), fixture.policy(), fixture.offset);
    found.map_or("nothing".to_owned(), |found| {
        format!("[{}] {}", found.span.slice(fixture.text(&fixture.file)), found.markdown)
    })
}

fn about_people(text: &str) -> String {
    shown(&format!("{PEOPLE}{text}"))
}

#[test]
fn an_audience_says_who_is_in_it() {
    assert_eq!(
        about_people("/// They left.\naudience gone \"Who left\" = stage == lapsed\naudience a = go$0ne"),
        "[gone] **audience** `acme.main.gone`\n\nWho left\n\nThey left.\n\n\
         for example, this person is in `gone`:\n\n```mkt\n{ stage: lapsed }\n```\n\n\
         ```mkt\naudience gone \"Who left\" = stage == lapsed\n```"
    );
    let found = about_people("audience a$0 = age? >= 18 and (age? >= 21 or country in [DE, AT])");
    let words = "that is everybody with one of\n- `country in [AT, DE] and age? >= 18`\n- `age? > 20`\n";
    assert!(found.contains(words), "{found}");
}

#[test]
fn a_suppression_says_whom_it_keeps_out_and_why() {
    let found =
        about_people("suppress fr$0esh on email { who last_order? within 7 days  because \"house *rule*\" }");
    assert!(found.contains("- source: house \\*rule\\*\n- level: error\n"), "{found}");
    assert!(found.contains("- `last_order? >= 2026-11-15 and last_order? <= 2026-11-22`"), "{found}");
    assert!(found.contains("{ last_order: 3 days ago }"), "{found}");
}

#[test]
fn fields_and_members_say_what_they_belong_to() {
    assert_eq!(about_people("audience a = sta$0ge == lead"), "[stage] **field** `stage: Stage` of `contact`");
    assert_eq!(
        about_people("audience a = stage == le$0ad"),
        "[lead] **member** `lead` of `Stage`\n\nleads to `customer`"
    );
    let subject = "[subject] **field** `subject: Text?` of `Email`\n\nThe subject line.";
    assert_eq!(shown("rule a on Email { require length(sub$0ject?) < 3  error \"x\" }"), subject);
    assert_eq!(shown("rule a on Email.sub$0ject { match \"x\"  error \"x\" }"), subject);
    let several = shown("rule a where campaign.pur$0pose == marketing { match \"x\"  error \"x\" }");
    assert!(several.starts_with("[purpose] **field** `purpose: Purpose` of `Campaign`"), "{several}");
}

#[test]
fn countries_say_which_regions_they_are_in() {
    assert_eq!(
        about_people("region home = [DE]\naudience a = country == D$0E"),
        "[DE] **country** `DE`\n\nin `home`, `DACH`, `EEA`, `EEA_UK`, `EU`"
    );
    let region = shown("use std.regions.{E$0U}");
    assert!(region.contains("The European Union.\n\n- 27 countries: AT, BE,"), "{region}");
}

#[test]
fn days_are_reckoned_from_today() {
    for (text, words, days) in [
        ("last_order? with$0in 7 days", "last_order? within 7 days", "from 2026-11-15 up to 2026-11-22"),
        ("last_order? older than 7 da$0ys", "last_order? older than 7 days", "before 2026-11-15"),
        (
            "last_order? within the next 1 we$0ek",
            "last_order? within the next 1 week",
            "from 2026-11-22 up to 2026-11-29",
        ),
        ("last_order? after 2026-11-$015", "2026-11-15", "Sunday, 2026-11-15, 7 days ago"),
        ("last_order? before 20$0 days ago", "20 days ago", "Monday, 2026-11-02, 20 days ago"),
    ] {
        let found = about_people(&format!("audience a = {text}"));
        assert_eq!(found.lines().next(), Some(format!("[{words}] {days}").as_str()));
    }
    assert_eq!(
        about_people(
            "audience a = age? > 1\ntest a { at 2026-03-01  includes { last_order: 3 da$0ys ago } }"
        ),
        "[3 days ago] Thursday, 2026-02-26, 3 days ago\n\non the day of the test"
    );
    assert_eq!(
        shown("waive a for \"x\" until 2027-01-$001 { because \"y\" }"),
        "[2027-01-01] Friday, 2027-01-01, in 40 days"
    );
}

#[test]
fn a_rule_says_how_it_binds() {
    let text = "/// Whole <b>.
rule short on Email.subject {
  require length(it) <= 60
  warning \"x\"
  because \"our phones\"
  from 2026-01-01
  never waivable
}
test sho$0rt { silent on Email { subject: \"a\" } }";
    let found = shown(text);
    let facts =
        "Whole &lt;b>.\n\n- source: our phones\n- level: warning\n- from 2026-01-01\n- never waivable\n";
    assert!(found.contains(facts), "{found}");
}

#[test]
fn a_rule_of_a_pack_says_what_puts_it_in_force() {
    let found = shown(
        "enforce std.us.can_spam as info\nwaive can_spam.no_fake$0_reply until 2199-01-01 { because \"x\" }",
    );
    assert!(found.contains("- level: info\n- in force through `enforce std.us.can_spam`"), "{found}");
    let found = shown("enforce std.us.can_spam except [no_fake$0_reply]");
    assert!(found.contains("- not in force\n"), "{found}");
}

#[test]
fn modules_say_what_they_are() {
    assert_eq!(
        shown("enforce std.us.can_$0spam"),
        "[can_spam] **pack** `std.us.can_spam`\n\nCAN-SPAM: 15 U.S.C. 7701-7713 and 16 CFR 316. Not legal advice.\n\n16 rules"
    );
    let folder = shown("enforce std.u$0s");
    assert!(
        folder.starts_with("[us] **pack** `std.us`\n\n82 rules\n\n- `std.us.ai_disclosure` Artificial"),
        "{folder}"
    );
}

#[test]
fn packs_count_what_they_enforce() {
    let names = |text: &str| {
        let found = shown(text);
        found.lines().find(|line| line.contains(" rule")).unwrap_or_default().to_owned()
    };
    let recommended = names("enforce std.recom$0mended");
    assert!(
        recommended.starts_with("enforces ") && recommended.ends_with(" rules of other packs"),
        "{recommended}"
    );
    assert_ne!(recommended, names("enforce std.st$0rict"));
    let module = |text: &str| names(&format!("use acme.ou$0r.{{x}}\n//- policy/our.mkt\nlet x = 1\n{text}"));
    assert_eq!(module("enforce std.us.can_spam.no_fake_reply"), "enforces 1 rule of other packs");
    assert_eq!(
        module("rule own { match \"x\"  error \"x\" }\nenforce std.sms.segments except [one_segment]"),
        "1 rule, and enforces 10 of other packs"
    );
    // Two that enforce each other.
    let both =
        "enforce acme.other\n//- policy/other.mkt\nenforce acme.our\nrule b { match \"x\"  error \"x\" }";
    assert_eq!(module(both), "enforces 1 rule of other packs");
}

#[test]
fn functions_and_variables_have_types() {
    assert_eq!(
        shown("rule a on Email { require len$0gth(subject?) < 3  error \"x\" }"),
        "[length] ```mkt\nlength(text: Text) -> Int\n```\n\ncharacters as people count them; of a list, its items"
    );
    assert_eq!(
        shown("rule a on Email { forbid any link in links where li$0nk.url contains \"x\"  error \"x\" }"),
        "[link] **variable** `link: Link`"
    );
    assert_eq!(shown("fn f(te$0xt: Text) -> Bool = length(text) > 1"), "[text] **variable** `text: Text`");
    assert_eq!(
        shown("let limit = 60\nlet a = lim$0it"),
        "[limit] **let** `acme.main.limit`\n\n- type: `Int`\n\n```mkt\nlet limit = 60\n```"
    );
}

#[test]
fn words_of_the_language_say_what_they_are_for() {
    assert_eq!(
        shown("rule a on Email { req$0uire true  error \"x\" }"),
        "[require] **require**: A finding for each thing where this is false."
    );
    assert_eq!(
        shown("ro$0le legal { members [\"a\"] }"),
        "[role] **role**: Who decides: people who can approve and waive."
    );
    assert_eq!(shown("fact a: Bo$0ol"), "[Bool] **type** `Bool`: `true` or `false`");
    assert_eq!(shown("let a = 1 + $0 2"), "nothing");
}
