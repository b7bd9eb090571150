//! Renames, and why there are none.

use super::*;
use crate::fixture::{Fixture, applied};

/// The files that change, as they are then; or the reason why none does.
fn renamed(text: &str, new: &str) -> String {
    let fixture = Fixture::new(text);
    let view = fixture.view();
    let edits = match view.policy(&fixture.file) {
        Some(file) => rename(view, file, fixture.offset, new),
        None => {
            let names = crate::asset::names::names(view, &fixture.asset());
            let at = names.into_iter().find(|name| name.place.span.touches(fixture.offset));
            Subject::of_asset(view, &at.expect("a name").what).and_then(|subject| subject.rename(view, new))
        }
    };
    match edits {
        Err(reason) => reason,
        Ok(all) => {
            let after = |own: &FileEdits| applied(fixture.text(&own.file), &own.edits);
            all.iter().map(|own| format!("{}\n{}", own.file, after(own))).collect()
        }
    }
}

#[test]
fn an_audience_is_renamed_in_policies_and_manifests() {
    insta::assert_snapshot!(renamed(
        "contact { age: Int }\npub audience vip$0 = age > 60\nprove vip subset of vip\n\
         //- policy/b.mkt\nuse acme.main.{vip}\nsuppress x on email { who vip or acme.main.vip }\n\
         //- policy/c.mkt\nuse acme.main.vip as best\nsuppress y on email { who best }\n\
         //- campaigns/a/campaign.yaml\nid: a\nchannel: [email]\naudience: [vip, acme.main.vip]\n\
         //- campaigns/b/campaign.yaml\nid: b\nchannel: [email]\naudience: \"vip and age < 80\"\n",
        "loyal"
    ), @r#"
    campaigns/a/campaign.yaml
    id: a
    channel: [email]
    audience: [loyal, acme.main.loyal]
    campaigns/b/campaign.yaml
    id: b
    channel: [email]
    audience: "loyal and age < 80"
    policy/b.mkt
    use acme.main.{loyal}
    suppress x on email { who loyal or acme.main.loyal }
    policy/c.mkt
    use acme.main.loyal as best
    suppress y on email { who best }
    policy/main.mkt
    contact { age: Int }
    pub audience loyal = age > 60
    prove loyal subset of loyal
    "#);
}

#[test]
fn from_a_manifest_too() {
    insta::assert_snapshot!(renamed(
        "contact { age: Int }\naudience vip = age > 60\n\
         //- campaigns/a/campaign.yaml\nid: a\nchannel: [email]\naudience: vi$0p\n",
        "loyal"
    ), @r"
    campaigns/a/campaign.yaml
    id: a
    channel: [email]
    audience: loyal
    policy/main.mkt
    contact { age: Int }
    audience loyal = age > 60
    ");
}

#[test]
fn fields_members_and_variables_are_renamed() {
    insta::assert_snapshot!(renamed(
        "enum E { x, y$0 }\ncontact { e: E }\naudience a = e == y or e == E.y\ntest a { includes { e: y } }\n",
        "z"
    ), @r"
    policy/main.mkt
    enum E { x, z }
    contact { e: E }
    audience a = e == z or e == E.z
    test a { includes { e: z } }
    ");
    insta::assert_snapshot!(renamed(
        "contact { a$0ge: Int }\naudience a = age > 1\nprove a never { age < 0 }\n",
        "years"
    ), @r"
    policy/main.mkt
    contact { years: Int }
    audience a = years > 1
    prove a never { years < 0 }
    ");
    insta::assert_snapshot!(renamed(
        "fn f(n: Int) -> Int = n + $0n\nfn g(n: Int) -> Int = n\n",
        "m"
    ), @r"
    policy/main.mkt
    fn f(m: Int) -> Int = m + m
    fn g(n: Int) -> Int = n
    ");
    insta::assert_snapshot!(renamed("use std.regions.EU as un$0ion\nregion r = union + [CH]\n", "europe"), @r"
    policy/main.mkt
    use std.regions.EU as europe
    region r = europe + [CH]
    ");
    insta::assert_snapshot!(
        renamed("use std.us.can_spam as c$0s\nwaive cs.postal_address for \"a\" { because \"b\" }\n", "law"),
        @r#"
    policy/main.mkt
    use std.us.can_spam as law
    waive law.postal_address for "a" { because "b" }
    "#
    );
}

#[test]
fn what_a_pack_in_force_asks_for_keeps_its_name() {
    let contact = "contact { country$0: Country  us_state: Text? }\n";
    let enforced = format!("{contact}enforce std.sms.quiet_hours\n");
    insta::assert_snapshot!(renamed(&enforced, "land"), @"`country` is what `std.sms.quiet_hours.quiet_hours_federal` asks for; it would be undecided");
    insta::assert_snapshot!(renamed(contact, "land"), @r"
    policy/main.mkt
    contact { land: Country  us_state: Text? }
    ");
}

#[test]
fn what_would_change_a_meaning_is_refused() {
    let contact = "contact { age: Int  tall: Bool }\n";
    let cases = [
        ("audience a$0 = age > 1\naudience b = age > 2\n", "b"),
        ("audience a$0 = age > 1\naudience b = a and tall\n", "tall"),
        ("audience a = a$0ge > 1\nlet size = 3\naudience b = age > size\n", "size"),
        ("fn f(n$0: Int, m: Int) -> Int = n + m\n", "m"),
        ("audience a$0 = age > 1\n", "where"),
        ("audience a$0 = age > 1\n", "rule"),
        ("audience a$0 = age > 1\n", "1st one"),
        ("audience a = country in E$0U\nuse std.regions.{EU}\n", "EWU"),
        ("let x = leng$0th(\"a\")\n", "size"),
        ("utm email$0 { medium = email }\n", "mail"),
        ("term \"sign$0 up\" { not \"register\" }\n", "join"),
        ("role r { members [\"x\"] }\ntier high$0 { approve r }\n", "top"),
        ("enum Zone { utc$0 }\n", "x.y"),
    ];
    let found: String = cases
        .iter()
        .map(|(text, new)| format!("{new}: {}\n", renamed(&format!("{text}{contact}"), new)))
        .collect();
    insta::assert_snapshot!(found, @r"
        b: `b` is taken by the `audience` in policy/main.mkt:2
        tall: then `tall` would mean something else in policy/main.mkt:2
        size: then `size` would mean something else in policy/main.mkt:3
        m: then `m` would mean something else in policy/main.mkt:1
        where: `where` is a word of the language
        rule: `rule` starts a declaration
        1st one: `1st one` is no name: write letters, digits and `_`, and no digit first
        EWU: `EU` belongs to the pack `std.regions`
        size: `length` is a word of the language
        mail: `email` also says which channel the convention is for; add `on email` first
        join: a term goes by its wording; change that
        top: `uses regulated claims` speaks of claims of the tier `high`
        x.y: `x.y` is no name: write letters, digits and `_`, and no digit first
        ");
}

#[test]
fn what_cannot_be_reached_is_told() {
    let manifest = "contact { age: Int }\npub audience vip$0 = age > 60\n\
         //- campaigns/a/campaign.yaml\nid: a\nchannel: [email]\naudience:\n  all:\n    - {audience: \"v\\u0069p\"}\n";
    insta::assert_snapshot!(renamed(manifest, "loyal"), @"`vip` is named in campaigns/a/campaign.yaml:4 in a way that is changed by hand only");
    insta::assert_snapshot!(renamed(
        "contact { age: Int }\npub audience vip$0 = age > 60\n\
         //- policy/b.mkt\naudience loyal = age > 1\n\
         //- campaigns/a/campaign.yaml\nid: a\nchannel: [email]\naudience: vip\n",
        "loyal"
    ), @"`loyal` could then mean `acme.b.loyal` too in campaigns/a/campaign.yaml:3");
    insta::assert_snapshot!(renamed(
        "fact al$0cohol: Bool\nrule r on Email {\n  forbid alcohol\n  error \"x\"\n}\n\
         //- campaigns/a/campaign.yaml\nid: a\nalcohol: true\n",
        "wine"
    ), @"`alcohol` is also written in campaigns/a/campaign.yaml:2, where a rename does not reach");
}

#[test]
fn the_configuration_names_rules_and_attributes() {
    let found = [
        renamed(
            "rule loud$0 { match \"a\"  error \"b\" }\n//- mktlint.toml\nname = \"acme\"\nignore = [\"loud\"]\n",
            "noisy",
        ),
        renamed("contact { age$0: Int }\n//- mktlint.toml\n[contacts.columns]\nage = \"Age\"\n", "years"),
        renamed("enum E { loud$0 }\n//- mktlint.toml\nignore = [\"loud\"]\n", "noisy"),
    ];
    insta::assert_snapshot!(found.join("\n"), @r"
        `loud` is also written in mktlint.toml:2, where a rename does not reach
        `age` is also written in mktlint.toml:2, where a rename does not reach
        policy/main.mkt
        enum E { noisy }
        ");
}

#[test]
fn attributes_that_are_found_by_name_keep_it() {
    let found = [
        renamed("contact { country: Country  time_zone$0: Text? }\n", "zone"),
        renamed("contact { country: Country  zone$0: Text? }\n", "time_zone"),
        renamed("contact { home: Country  country$0: Country }\n", "abode"),
        renamed("contact { home$0: Country }\n", "country"),
    ];
    insta::assert_snapshot!(found.join("\n"), @r"
        quiet hours look for the attribute `time_zone`
        quiet hours look for the attribute `time_zone`
        of several countries, regions are held against the attribute `country`
        policy/main.mkt
        contact { country: Country }
        ");
}
