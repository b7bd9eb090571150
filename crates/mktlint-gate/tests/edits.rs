//! Edits of the files of an invented company, each with the kinds of change that a person sees in it.

mod world;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::date;
use mktlint_asset::Asset;
use mktlint_gate::Unit;
use mktlint_gate::change::{Fate, Side, SideFile, UnitChange, between};
use world::{Policy, manifest, modules, read, side_file};

static POLICY: LazyLock<Policy> = LazyLock::new(|| Policy::of(&modules()));

fn side(files: Vec<SideFile>) -> Side<'static> {
    Side { plan: &POLICY.judge.plan, files, policy: BTreeMap::new() }
}

fn changes(old: Vec<SideFile>, new: Vec<SideFile>) -> Vec<UnitChange> {
    between(&side(old), &side(new), date(2026, 11, 22).at(0, 0, 0, 0))
}

fn kinds(change: &UnitChange) -> String {
    change.kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(" ")
}

/// What the change of `path` to `text` is.
fn edited(path: &str, text: &str) -> Vec<UnitChange> {
    let campaign: Option<Asset> = manifest(path);
    let file = |text: &str| side_file(&POLICY, path, text, campaign.as_ref());
    changes(vec![file(&read(path))], vec![file(text)])
}

#[track_caller]
fn check(path: &str, from: &str, to: &str, expected: &str) {
    let old = read(path);
    assert!(old.contains(from), "{path} has no {from:?}");
    let found = edited(path, &old.replace(from, to));
    let shown: Vec<String> = found.iter().map(kinds).collect();
    let details: Vec<&str> = found.iter().flat_map(|it| &it.details).map(|it| it.sentence.as_str()).collect();
    assert_eq!(shown.join(" / "), expected, "{path}: {from:?} to {to:?}: {details:#?}");
}

const SERUM: &str = "campaigns/2026-11-winter-serum/";

#[track_caller]
fn check_serum(file: &str, from: &str, to: &str, expected: &str) {
    check(&format!("{SERUM}{file}"), from, to, expected);
}

#[test]
fn how_a_file_is_written_is_formatting() {
    check_serum("email.html", "<p>Two drops", "<p  class='x'>Two drops", "formatting");
    check_serum(
        "email.html",
        "width=\"560\" alt=\"A glass bottle of Winter Serum on wet stone\"",
        "alt=\"A glass bottle of Winter Serum on wet stone\" width=\"480\"",
        "formatting",
    );
    check_serum("email.html", "clinically <b>proven</b>", "clinically\n proven", "formatting");
    check_serum("email.html", "Members get", "<i>Members</i>&nbsp;get", "formatting");
    check_serum("email.html", "background: #f6f3ee", "background: #ffffff", "formatting");
    check_serum("email.html", "\n", "\r\n", "formatting");
    check_serum("email.html", "<!DOCTYPE html>", "\u{FEFF}<!DOCTYPE html>", "formatting");
    check_serum("post.md", "# How to layer", "## How to layer", "formatting");
    check_serum(
        "post.md",
        "author: Ana Ruiz\ndate: 2026-11-24",
        "date: 2026-11-24\nauthor: 'Ana Ruiz'",
        "formatting",
    );
    check_serum(
        "email-vip.md",
        "{{ first_name | default: \"there\" }}",
        "{{first_name|default:\"there\"}}",
        "formatting",
    );
    check_serum("email-vip.md", "Until December 3 you", "Until **December 3** you", "formatting");
    check_serum("reminder.mjml", "font-size=\"13px\"", "font-size=\"12px\"", "formatting");
    check(
        "campaigns/2027-03-spring-sun/newsletter.eml",
        "werden l=C3=A4nger",
        "werden l&auml;nger",
        "formatting",
    );
    let (name, languages) = ("  \"name\": \"Gift guide\",\n", "  \"languages\": [\"en\"],\n");
    let path = "campaigns/2026-12-gift-guide/campaign.json";
    let moved = read(path).replace(languages, "").replace(name, &format!("{languages}{name}"));
    assert_eq!(edited(path, &moved).iter().map(kinds).collect::<Vec<_>>(), ["formatting"]);
}

#[test]
fn a_misspelling_put_right_is_formatting() {
    let path = format!("{SERUM}email.html");
    let wrong = read(&path).replace("Pat them in, wait", "Pat tehm in, wiat");
    let campaign = manifest(&path);
    let file = |text: &str| side_file(&POLICY, &path, text, campaign.as_ref());
    let found = changes(vec![file(&wrong)], vec![file(&read(&path))]);
    assert_eq!(found.iter().map(kinds).collect::<Vec<_>>(), ["formatting"]);
    check("campaigns/2027-03-spring-sun/sms-de.txt", "auch", "acuh", "copy");
}

#[test]
fn the_order_of_rows_and_columns_is_formatting() {
    let path = format!("{SERUM}ads.csv");
    let text = read(&path);
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    assert_eq!(edited(&path, &lines.join("\n")).iter().map(kinds).collect::<Vec<_>>(), ["formatting"]);
    let path = "campaigns/2027-03-spring-sun/ads-de.csv";
    let text = read(path);
    let turned: Vec<String> =
        text.lines().map(|line| line.split(';').rev().collect::<Vec<_>>().join(";")).collect();
    assert_eq!(edited(path, &turned.join("\n")).iter().map(kinds).collect::<Vec<_>>(), ["formatting"]);
}

#[test]
fn words_that_claim_nothing_are_copy() {
    check_serum("email.html", "Two drops are enough.", "Three drops are enough.", "copy");
    check_serum("email.html", "Dry air is back, and so", "Dry air is here, and so", "copy");
    check_serum("email.html", ">Get the serum</a>", ">Buy the serum</a>", "copy");
    check_serum("email-vip.md", "default: \"there\"", "default: \"you\"", "copy");
    check_serum(
        "email-vip.md",
        "you bought the serum",
        "{% if vip %}you bought{% endif %} the serum",
        "copy",
    );
    check_serum("ads.csv", "Two drops for dry skin", "Three drops for dry skin", "copy");
    check_serum("sms.yaml", "thanks for trying the serum", "thanks for buying the serum", "copy");
    check("campaigns/2026-11-black-friday/sms.csv", "bf-3,,", "bf-3,Acme,", "copy");
}

#[test]
fn claims_come_go_and_are_reworded() {
    check_serum("email.html", "to do so for eight weeks", "to do so for twelve weeks", "claim_reworded");
    check_serum(
        "email.html",
        ", and it is\n   clinically <b>proven</b> to do so for eight weeks",
        "",
        "copy claim_removed",
    );
    check_serum(
        "email.html",
        "It absorbs without a film",
        "A vegan formula, it absorbs without a film",
        "copy claim_added",
    );
    check("blog/spf-myths.md", "It means 40 or 80 minutes", "It means 80 minutes", "copy");
    check(
        "pages/sunscreen.html",
        "Water resistant for 80 minutes.",
        "Water resistant for 40 minutes.",
        "claim_reworded",
    );
    let found = edited(
        "pages/sunscreen.html",
        &read("pages/sunscreen.html").replace("Made for adults.", "Vegan formula."),
    );
    let [change] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(change.claims.iter().map(|name| name.as_str()).collect::<Vec<_>>(), ["acme.claims.vegan"]);
    let sentence =
        change.details.iter().find(|it| it.kind.word() == "claim_added").map(|it| it.sentence.as_str());
    assert_eq!(sentence, Some("the claim `vegan` in \"Vegan formula.\" is new"));
}

#[test]
fn prices_links_tracking_and_pictures_are_told_apart() {
    check_serum("email.html", "Members get 20% off", "Members get 25% off", "price");
    check_serum("ads.csv", "Free delivery over $40", "Free delivery over $50", "price");
    check_serum("sms.yaml", "the last week for 20% off", "the last week for 15% off", "price");
    check_serum("campaign.yaml", "discount: 20%", "discount: 25%", "price");
    check_serum("email.html", "https://acme.example/serum?", "https://acme.example/serum-kit?", "links");
    check_serum("push.json", "https://acme.example/refill?", "https://acme.example/refills?", "links");
    check("pages/index.html", "href=\"/sunscreen\"", "href=\"/sun\"", "links");
    check_serum("email.html", "utm_content=hero-button", "utm_content=hero", "utm");
    check_serum("sms.yaml", "utm_medium=sms", "utm_medium=text", "utm");
    check_serum("ads.csv", "&utm_term=dry-skin", "", "utm");
    check_serum("email.html", "A glass bottle of Winter Serum", "A bottle of Winter Serum", "images");
    check_serum("email.html", "serum-hero.jpg", "serum-hero-2.jpg", "images");
}

/// What rules do not look at.
#[test]
fn what_is_no_running_text_is_no_formatting() {
    check_serum("post.md", "code is nobody's claim", "code is somebody's claim", "copy");
    check_serum("email.html", "</body>", "<script>location = '/x'</script></body>", "copy");
    check_serum("email.html", "<center>Get the serum</center>", "<center>Get it</center>", "copy");
    let only_outlook = "roundrect href=\"https://acme.example/serum?";
    check_serum("email.html", only_outlook, "roundrect href=\"https://acme.example/kit?", "links");
    check_serum(
        "email.html",
        "<p>Based on a 2025 study",
        "<p style=\"display:none\">Based on a 2025 study",
        "copy disclosures",
    );
    check_serum("email.html", "Two drops under your cream", "Three drops under your cream", "copy");
}

#[test]
fn small_print_facts_and_waivers_are_told_apart() {
    check_serum(
        "email.html",
        "<p>Based on a 2025 study of 212 adults over 8 weeks.</p>\n",
        "",
        "disclosures",
    );
    check("blog/spf-myths.md", " Reapply every two hours.", "", "disclosures");
    check_serum("campaign.yaml", "purpose: marketing", "purpose: service", "evidence");
    check_serum(
        "email-vip.md",
        "# A first look",
        "<!-- mktlint: waive acme.brand.pressure because \"a test\" -->\n# A first look",
        "evidence",
    );
}

#[test]
fn what_a_manifest_says_is_told_apart() {
    check_serum("campaign.yaml", "send_at: 2026-11-26T09:00", "send_at: 2026-11-26T10:00", "schedule");
    check_serum(
        "campaign.yaml",
        "{channel: sms, at: 2026-11-26T12:00}",
        "{channel: sms, at: 2026-11-27T12:00}",
        "schedule",
    );
    check_serum("post.md", "date: 2026-11-24", "date: 2026-11-25", "schedule");
    check_serum("campaign.yaml", "regions: [US, CA, GB]", "regions: [US, CA, GB, FR]", "regions");
    check_serum("campaign.yaml", "regions: [US, CA, GB]", "regions: [GB, CA, US]", "formatting");
    check_serum("campaign.yaml", "ads, web, blog]", "ads, web]", "channels");
    check_serum("social.yaml", "platform: instagram", "platform: tiktok", "channels");
    check_serum("campaign.yaml", "name: Winter Serum", "name: The winter serum", "metadata");
    check_serum("campaign.yaml", "stage: build", "stage: qa", "metadata");
    check_serum("post.md", "author: Ana Ruiz", "author: Jo Park", "metadata");
    check_serum("push.json", "\"id\": \"refill\"", "\"id\": \"refill-1\"", "metadata");
}

/// Whoever sends the campaign may act on any of these.
#[test]
fn a_field_that_is_no_known_note_is_no_metadata() {
    for (field, expected) in [
        ("price: 9.99", "price"),
        ("discount_percent: 50", "price"),
        ("hide_disclosure: true", "copy"),
        ("template: promo.html", "copy"),
        ("category_text: cures cancer", "copy"),
        ("topic_line: cures cancer", "copy"),
        ("lang: de", "regions"),
        ("review_note: cures cancer", "metadata"),
        ("owner: Jo", "metadata"),
        ("ticket: 12", "metadata"),
        ("message_id: 12", "metadata"),
    ] {
        check_serum("post.md", "author: Ana Ruiz", &format!("author: Ana Ruiz\n{field}"), expected);
    }
    for (field, expected) in [
        ("price: 9", "price"),
        ("banner_text: Cures all", "copy"),
        ("template_id: 7", "copy"),
        ("list: everyone", "audience_other"),
        ("list_id: 4", "audience_other"),
        ("exclude_audience: vip", "audience_other"),
        ("ignore_suppressions: true", "audience_other"),
        ("owner: Jo", "metadata"),
    ] {
        check_serum("campaign.yaml", "purpose: marketing", &format!("purpose: marketing\n{field}"), expected);
    }
    let path = format!("{SERUM}ads.csv");
    for (column, cell, expected) in
        [("price", "9.99", "price"), ("Daily budget", "50", "price"), ("notes", "a", "metadata")]
    {
        let lines: Vec<String> = read(&path)
            .lines()
            .zip([column].into_iter().chain(std::iter::repeat(cell)))
            .map(|(line, own)| format!("{own},{line}"))
            .collect();
        let found = edited(&path, &lines.join("\n"));
        assert_eq!(found.iter().map(kinds).collect::<Vec<_>>(), [expected], "{column}: {found:#?}");
    }
}

#[test]
fn audiences_are_compared_by_decision() {
    check_serum("campaign.yaml", "{email: serum_lovers,", "{email: email_reachable,", "audience_wider");
    check_serum("campaign.yaml", "{email: serum_lovers,", "{email: vip,", "audience_other");
    check_serum(
        "campaign.yaml",
        "serum_lovers and sms_reachable",
        "serum_lovers and sms_reachable and country == US",
        "audience_narrower",
    );
    check_serum(
        "campaign.yaml",
        "serum_lovers and sms_reachable",
        "sms_reachable and serum_lovers",
        "formatting",
    );
    let path = format!("{SERUM}campaign.yaml");
    let found = edited(&path, &read(&path).replace("{email: serum_lovers,", "{email: email_reachable,"));
    let detail = &found[0].details[0];
    assert_eq!(
        detail.sentence,
        "the audience on email: \"serum_lovers\" is now \"email_reachable\"; more people get it"
    );
    assert!(
        detail.example.as_ref().is_some_and(|person| person.contains("email_consent: granted")),
        "{detail:?}"
    );
}

#[test]
fn of_many_differences_the_rest_is_counted() {
    let text = |word: &str| (0..1000).map(|at| format!("{word}{at} is here.\n\n")).collect::<String>();
    let file = |word: &str| side_file(&POLICY, "blog/a.md", &text(word), None);
    let [change] = changes(vec![file("a")], vec![file("b")]).try_into().expect("one unit changes");
    assert_eq!((kinds(&change).as_str(), change.details.len()), ("copy", 201));
    // A thousand sentences are gone, and a thousand new: too many to find out which is another wording of which.
    assert_eq!(change.details[200].sentence, "1800 more of blog/a.md#copy");
}

#[test]
fn files_come_go_and_move() {
    let path = format!("{SERUM}post.md");
    let campaign = manifest(&path);
    let file = |path: &str, text: &str| side_file(&POLICY, path, text, campaign.as_ref());
    let post = || file(&path, &read(&path));
    let [added] = changes(vec![], vec![post()]).try_into().expect("one unit changes");
    assert_eq!((kinds(&added).as_str(), &added.fate), ("schedule metadata copy links", &Fate::Added));
    let [removed] = changes(vec![post()], vec![]).try_into().expect("one unit changes");
    assert_eq!((kinds(&removed).as_str(), &removed.fate), ("schedule metadata copy links", &Fate::Removed));
    let moved = file(&format!("{SERUM}posts/layers.md"), &read(&path));
    let [renamed] = changes(vec![post()], vec![moved]).try_into().expect("one unit changes");
    assert_eq!((kinds(&renamed).as_str(), renamed.parts.len()), ("metadata", 0));
    assert!(changes(vec![post()], vec![post()]).is_empty());
}

#[test]
fn a_claim_that_moves_within_a_campaign_is_made_as_before() {
    let (from, to) = (format!("{SERUM}email.html"), format!("{SERUM}email-vip.md"));
    let campaign = manifest(&from);
    let file = |path: &str, text: String| side_file(&POLICY, path, &text, campaign.as_ref());
    let claim = "Nine out of ten buyers say so.";
    let [change] = changes(
        vec![
            file(&from, read(&from).replace("Questions?", &format!("{claim} Questions?"))),
            file(&to, read(&to)),
        ],
        vec![file(&from, read(&from)), file(&to, read(&to) + "\n" + claim + "\n")],
    )
    .try_into()
    .expect("one unit changes");
    assert_eq!((kinds(&change).as_str(), change.claims.len()), ("copy", 0), "{:#?}", change.details);
    let parts: Vec<String> = change.parts.iter().map(|it| it.part.to_string()).collect();
    assert_eq!(
        parts,
        [
            format!("{to}#claims"),
            format!("{to}#evidence"),
            format!("{from}#claims"),
            format!("{from}#evidence"),
        ]
    );
}

#[test]
fn an_asset_without_campaign_that_moves_is_renamed() {
    let text = "# Hello\n\nWe make two things.\n";
    let [change] = changes(
        vec![side_file(&POLICY, "blog/a.md", text, None)],
        vec![side_file(&POLICY, "blog/b.md", text, None)],
    )
    .try_into()
    .expect("one unit changes");
    assert_eq!(change.unit.to_string(), "asset:blog/b.md");
    assert_eq!(change.fate, Fate::Renamed(Unit::Asset("blog/a.md".into())));
    assert_eq!(kinds(&change), "metadata");
}
