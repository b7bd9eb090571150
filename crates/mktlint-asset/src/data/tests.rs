//! What files of values give, end to end.

use std::fmt::Write;

use jiff::civil;
use mktlint_diag::FilePath;
use mktlint_text::Span;
use smol_str::SmolStr;

use super::{csv, front_matter, tree};
use crate::{Asset, Extraction, FieldSource, Format, Kind, PartKind, Role, Spec, Value};

fn extract(kind: Kind, format: Format, text: &str) -> Extraction {
    with_spec(&Spec::new(kind, format), text)
}

fn with_spec(spec: &Spec, text: &str) -> Extraction {
    let file = FilePath::new("file");
    match spec.format {
        Format::Csv => csv(&file, text, spec),
        _ => tree(&file, text, spec),
    }
}

/// The value as a policy's author would write it; a text whose bytes differ from its words with its bytes.
fn show(source: &str, asset: &Asset, value: &Value) -> String {
    let each = |value: &Value| show(source, asset, value);
    match value {
        Value::Text(range) => {
            let (words, bytes) = (asset.slice(*range), asset.source(*range).slice(source));
            if words == bytes { format!("{words:?}") } else { format!("{words:?} from `{bytes}`") }
        }
        Value::List(values) => format!("[{}]", values.iter().map(each).collect::<Vec<_>>().join(", ")),
        Value::Record(members) => {
            let shown: Vec<_> =
                members.iter().map(|(key, value)| format!("{key}: {}", each(value))).collect();
            format!("{{{}}}", shown.join(", "))
        }
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::DateTime(moment) => moment.to_string(),
        Value::Time(time) => time.to_string(),
    }
}

/// Problems with their bytes, then of each asset its fields in order of name, its links, buttons and images, and its
/// directives.
fn summary(source: &str, extraction: &Extraction) -> String {
    let mut out = String::new();
    for problem in &extraction.problems {
        let bytes = problem.primary.place.span.slice(source);
        writeln!(out, "! {} `{bytes}` {}", problem.code, problem.message).unwrap();
    }
    for asset in &extraction.assets {
        writeln!(out, "{} {}", asset.kind.as_str(), asset.ordinal).unwrap();
        for (name, field) in &asset.fields {
            writeln!(out, "{name} = {}", show(source, asset, &field.value)).unwrap();
        }
        let made_here = |kind| matches!(kind, PartKind::Link | PartKind::Button | PartKind::Image);
        for part in asset.parts.iter().filter(|part| made_here(part.kind)) {
            let show = |(name, value): &(SmolStr, Value)| format!(" {name}={}", show(source, asset, value));
            let fields: String = part.fields.iter().map(show).collect();
            writeln!(out, "<{}{fields}>", part.kind.as_str()).unwrap();
        }
        for directive in &asset.directives {
            let rule = directive.rule.as_ref().map_or("?", |(name, _)| name.as_str());
            writeln!(out, "waive {rule} in `{}`", directive.scope.slice(source)).unwrap();
        }
    }
    out
}

fn check(source: &str, found: &Extraction, expected: &str) {
    let trim = |text: &str| {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(trim(&summary(source, found)), trim(expected));
}

#[test]
fn front_matter_keeps_all_types() {
    let source = "---\ntitle: \"Spring &amp; co\"\ndate: 2026-11-27\ndraft: true\nweight: 3\nprice: 19.90\n\
                  tags: [a, b]\nseo:\n  title: It's here\nauthor: null\n---\nbody";
    let end = source.find("\n---\nbody").unwrap() + 1;
    let mut asset = Asset::new("a.md".into(), Kind::Post, Format::Markdown, Span::of(0..source.len()));
    let spec = Spec::new(Kind::Post, Format::Markdown);
    let mut problems = Vec::new();
    front_matter(&mut asset, source, Span::of(4..end), Format::Yaml, &spec, &mut problems);
    check(
        source,
        &Extraction { assets: vec![asset], problems },
        r#"
        Post 0
          date = 2026-11-27
          draft = true
          price = 19.90
          seo = {title: "It's here"}
          seo.title = "It's here"
          tags = ["a", "b"]
          title = "Spring &amp; co"
          weight = 3
        "#,
    );
}

#[test]
fn what_a_translation_started_from_is_not_read() {
    let text = "Headline 1,Original Headline 1\nNeu,New!!\n";
    let found = extract(Kind::Ad, Format::Csv, text);
    check(text, &found, "Ad 0\nheadlines = [\"Neu\"]\noriginal_headline_1 = \"New!!\"");
    let roles: Vec<_> = found.assets[0].texts.iter().map(|text| text.role.clone()).collect();
    assert!(roles.contains(&Role::Machine("original_headline_1".into())), "{roles:?}");
}

#[test]
fn a_tag_in_front_matter_is_a_text() {
    let source = "title: {{ title }}\ndate: 2026-11-22\n";
    let mut asset = Asset::new("a.md".into(), Kind::Post, Format::Markdown, Span::of(0..source.len()));
    let spec = Spec::new(Kind::Post, Format::Markdown);
    let mut problems = Vec::new();
    front_matter(&mut asset, source, Span::of(0..source.len()), Format::Yaml, &spec, &mut problems);
    check(
        source,
        &Extraction { assets: vec![asset], problems },
        r#"
        Post 0
          date = 2026-11-22
          title = "￼" from `{{ title }}`
    "#,
    );
}

#[test]
fn toml_and_json_front_matter_are_alike() {
    for (source, format) in [
        ("title = 'Hello'\n[seo]\ntitle = \"Caf\\u00e9\"\n", Format::Toml),
        ("{\"title\": \"Hello\", \"seo\": {\"title\": \"Caf\\u00e9\"}}", Format::Json),
        ("title: Hello\nseo: {title: \"Caf\\u00e9\"}", Format::Yaml),
    ] {
        let mut asset = Asset::new("a.md".into(), Kind::Post, Format::Markdown, Span::of(0..source.len()));
        let spec = Spec::new(Kind::Post, Format::Markdown);
        front_matter(&mut asset, source, Span::of(0..source.len()), format, &spec, &mut Vec::new());
        let words = |name: &str| match asset.fields[name].value {
            Value::Text(range) => {
                (asset.slice(range).to_owned(), asset.source(range).slice(source).to_owned())
            }
            _ => panic!("{name}"),
        };
        assert_eq!(words("title"), ("Hello".into(), "Hello".into()));
        assert_eq!(words("seo.title"), ("Café".into(), "Caf\\u00e9".into()));
    }
}

#[test]
fn a_campaign_is_typed() {
    let text = "id: serum\nname: Serum launch\nchannel: email\nregions: DE\nlanguages: [de, en]\n\
                send_date: 2026-11-27\nsender:\n  name: Acme\n  postal_address: 1 Main St\n\
                offer: {start: 2026-11-20, end: \"2026-11-30\", price: EUR 20}\n";
    check(
        text,
        &extract(Kind::Campaign, Format::Yaml, text),
        r#"
        Campaign 0
          channel = "email"
          id = "serum"
          languages = ["de", "en"]
          name = "Serum launch"
          offer = {start: 2026-11-20, end: 2026-11-30, price: "EUR 20"}
          offer.end = 2026-11-30
          offer.price = "EUR 20"
          offer.start = 2026-11-20
          offer_end = 2026-11-30
          offer_price = "EUR 20"
          offer_start = 2026-11-20
          regions = ["DE"]
          send_at = 2026-11-27
          sender = {name: "Acme", address: "1 Main St"}
          sender.address = "1 Main St"
          sender.name = "Acme"
          sender_address = "1 Main St"
          sender_name = "Acme"
        "#,
    );
}

#[test]
fn what_a_campaign_gets_wrong_is_said_at_its_place() {
    let found = extract(
        Kind::Campaign,
        Format::Yaml,
        "name: [a]\nregoins: [DE]\nsend_at: 11/27/2026\nregions: {de: 1}\nnotes: x\n",
    );
    let problems: Vec<_> = found.problems.iter().map(|it| (it.code.as_str(), it.message.as_str())).collect();
    assert_eq!(
        problems,
        [
            ("MKT0713", "`name` of a campaign must be a text, not a list"),
            ("MKT0715", "a campaign has no key `regoins`"),
            ("MKT0714", "`send_at` must be a date, but `11/27/2026` is none"),
            ("MKT0713", "`regions` of a campaign must be a text or a list of texts, not a record"),
        ]
    );
}

#[test]
fn what_a_message_of_a_campaign_gets_wrong_is_said() {
    let sends =
        "sends:\n  - {channel: email, at: 2026-11-27, audience: vip}\n  - 3\n  - soon\n  - 2026-11-28\n";
    let found = extract(Kind::Campaign, Format::Yaml, sends);
    let problems: Vec<_> = found.problems.iter().map(|it| (it.code.as_str(), it.message.as_str())).collect();
    assert_eq!(
        problems,
        [
            ("MKT0715", "a message under `sends` has no key `audience`"),
            (
                "MKT0713",
                "`sends` of a campaign must be a list of records with `channel` and `at`, not a number"
            ),
            ("MKT0714", "`sends` must be a date, but `soon` is none"),
        ]
    );
}

#[test]
fn a_distance_from_utc_is_not_dropped_in_silence() {
    let says = |format, text: &str| {
        let problems = extract(Kind::Campaign, format, text).problems;
        problems.iter().map(|it| format!("{} {}", it.code, it.message)).collect::<Vec<_>>()
    };
    let ignored = |key: &str, offset: &str| {
        format!("MKT0716 `{key}` is the sender's local time; `{offset}` behind it is not heeded")
    };
    for (written, offset) in [
        ("2026-11-26T09:00+01:00", "+01:00"),
        ("\"2026-11-26T09:00:30-0500\"", "-0500"),
        ("2026-11-26 09:00:30 Z", "Z"),
        ("2026-11-26T09:00 UTC", "UTC"),
    ] {
        assert_eq!(says(Format::Yaml, &format!("send_at: {written}\n")), [ignored("send_at", offset)]);
    }
    let sends = "sends:\n  - {channel: email, at: 2026-11-26T09:00Z}\n";
    assert_eq!(says(Format::Yaml, sends), [ignored("sends.at", "Z")]);
    assert_eq!(says(Format::Toml, "send_at = 2026-11-26T09:00:00+02:00\n"), [ignored("send_at", "+02:00")]);
    for plain in ["2026-11-26T09:00", "2026-11-26 09:00:30", "2026-11-26"] {
        assert!(says(Format::Yaml, &format!("send_at: {plain}\n")).is_empty(), "{plain}");
    }
}

#[test]
fn ads_are_read_from_the_usual_columns() {
    let text = "Campaign,Ad group,Headline 1,Headline 2,Description 1,Final URL,Max CPC,mktlint_waive\r\n\
                Serum,Brand,Glow now,\"Say \"\"hi\"\"\",Soft skin.,https://acme.example/,1.20,caps because brand\r\n";
    check(
        text,
        &extract(Kind::Ad, Format::Csv, text),
        r#"
        Ad 0
          ad_group = "Brand"
          campaign_name = "Serum"
          descriptions = ["Soft skin."]
          final_url = "https://acme.example/"
          headlines = ["Glow now", "Say \"hi\"" from `Say ""hi""`]
          max_cpc = 1.20
          <Link url="https://acme.example/">
          waive caps in `Serum,Brand,Glow now,"Say ""hi""",Soft skin.,https://acme.example/,1.20,caps because brand`
        "#,
    );
}

#[test]
fn columns_are_placed_by_the_configuration() {
    let mut spec = Spec::new(Kind::Ad, Format::Csv);
    spec.fields.insert("headlines".into(), FieldSource::Column("Titel *".into()));
    spec.fields.insert("final_url".into(), FieldSource::Column("Ziel".into()));
    spec.fields.insert("descriptions".into(), FieldSource::Column("Txet".into()));
    let text = "Titel 2;Notiz;titel 1;ziel;Shop URL;Logo URL\nb;t;a;acme.example;a.example/b;l.png\n";
    check(
        text,
        &with_spec(&spec, text),
        r#"
        ! MKT0712 `Titel 2;Notiz;titel 1;ziel;Shop URL;Logo URL` there is no column `Txet`, from which `descriptions` is to be read
        Ad 0
          final_url = "acme.example"
          headlines = ["b", "a"]
          logo_url = "l.png"
          notiz = "t"
          shop_url = "a.example/b"
          <Link url="acme.example">
          <Link url="a.example/b">
        "#,
    );
}

#[test]
fn broken_rows_are_said_and_judged() {
    let text = "Headline 1,Headline 2\n\na,b,c\n\"open,x\n,\nc\n\"d\"\"\",e\n";
    check(
        text,
        &extract(Kind::Ad, Format::Csv, text),
        r#"
        ! MKT0704 `a,b,c` this row has 3 cells, the header has 2
        ! MKT0705 `"` this quote is never closed
        ! MKT0704 `c` this row has 1 cell, the header has 2
        Ad 0
          headlines = ["a", "b"]
        Ad 1
          headlines = ["open", "x"]
        Ad 2
          headlines = ["c"]
        Ad 3
          headlines = ["d\"" from `d""`, "e"]
        "#,
    );
}

#[test]
fn items_are_one_asset_each() {
    let text = r#"{"messages": [
  // mktlint: waive length because "poem"
  {"body": "Hi {{ name }}", "link": "https://a.example"},
  {"body": "Bye"} // mktlint: waive tone because "fun"
]}"#;
    let found = extract(Kind::Sms, Format::Json, text);
    assert_eq!(found.problems, []);
    assert_eq!(found.assets.len(), 2);
    let directives =
        |at: usize| found.assets[at].directives.iter().map(|it| it.scope.slice(text)).collect::<Vec<_>>();
    assert_eq!(directives(0), [r#"{"body": "Hi {{ name }}", "link": "https://a.example"}"#]);
    assert_eq!(directives(1), [r#"{"body": "Bye"}"#]);
}

#[test]
fn configured_items_and_paths_are_followed() {
    let mut spec = Spec::new(Kind::Email, Format::Yaml);
    spec.items = Some("/flow/steps".into());
    spec.fields.insert("subject".into(), FieldSource::Path("/head/line".into()));
    let text = "flow:\n  steps:\n    - head: {line: Hello}\n    - head: {line: Bye}\n";
    let found = with_spec(&spec, text);
    let subjects: Vec<_> =
        found.assets.iter().map(|asset| show(text, asset, &asset.fields["subject"].value)).collect();
    assert_eq!(subjects, ["\"Hello\"", "\"Bye\""]);
    spec.items = Some("steps".into());
    assert_eq!(with_spec(&spec, text).problems[0].code, "MKT0712");
}

#[test]
fn block_scalars_know_their_lines() {
    let text = "subject: >-\n  Now\n  open\n\n  again\npreheader: |\n   two\n   lines\n";
    let found = extract(Kind::Email, Format::Yaml, text);
    check(
        text,
        &found,
        r#"
        Email 0
          preheader = "two\nlines\n" from `two
lines
`
          subject = "Now open\nagain" from `Now
open
again`
        "#,
    );
}

#[test]
fn broken_files_are_said_at_their_place() {
    for (format, text, code, at) in [
        (Format::Yaml, "a: b: c\n", "MKT0708", 4),
        (Format::Yaml, "a: 1\na: 2\n", "MKT0709", 5),
        (Format::Yaml, "a: *nope\n", "MKT0708", 3),
        (Format::Json, "{\"a\": 1 \"b\": 2}", "MKT0708", 7),
        (Format::Json, "{\"a\": 1, \"a\": 2}", "MKT0709", 9),
        (Format::Toml, "a = 1\na = 2\n", "MKT0709", 6),
        (Format::Toml, "a = \nb = 1\n", "MKT0708", 4),
    ] {
        let found = extract(Kind::Email, format, text);
        let problems: Vec<_> =
            found.problems.iter().map(|it| (it.code.as_str(), it.primary.place.span.start())).collect();
        assert_eq!(problems, [(code, at)], "{text:?}");
    }
}

#[test]
fn hostile_files_end() {
    let deep = 10_000;
    for (format, text) in [
        (Format::Json, "[".repeat(deep)),
        (Format::Json, "{\"a\":".repeat(deep)),
        (Format::Yaml, "[".repeat(deep)),
        (Format::Yaml, "- ".repeat(deep)),
        (Format::Toml, format!("a = {}", "[".repeat(deep))),
        (Format::Toml, format!("{}a = 1", "a.".repeat(deep))),
    ] {
        let found = extract(Kind::Email, format, &text);
        let codes: Vec<_> = found.problems.iter().map(|it| it.code.as_str()).collect();
        assert!(codes == ["MKT0710"] || codes == ["MKT0708"], "{format:?} {codes:?}");
    }
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (one, other) in "abcdefgh".chars().zip("bcdefghi".chars()) {
        let ten = vec![format!("*{one}"); 10].join(", ");
        writeln!(bomb, "{other}: &{other} [{ten}]").unwrap();
    }
    let found = extract(Kind::Email, Format::Yaml, &bomb);
    assert_eq!(found.problems[0].code, "MKT0711");
    assert_eq!(found.problems.len(), 1);
}

#[test]
fn dates_in_toml_are_dates() {
    let found = extract(
        Kind::Campaign,
        Format::Toml,
        "send_at = 2026-11-27T09:00:00Z\n# mktlint: waive x because \"y\"\n",
    );
    let asset = &found.assets[0];
    let nine = civil::date(2026, 11, 27).at(9, 0, 0, 0);
    assert_eq!(asset.fields["send_at"].value, Value::DateTime(nine));
    assert_eq!(asset.directives.len(), 1);
}

/// The body's text and its bytes, and the parts in it that are not blocks.
fn body(source: &str, asset: &Asset) -> (String, String) {
    let text = &asset.texts[0];
    assert_eq!(text.role, Role::Body);
    let bytes = text.mapped.source(0..text.mapped.len()).slice(source);
    (text.mapped.text().to_owned(), bytes.to_owned())
}

#[test]
fn bodies_are_read_in_their_own_format() {
    let csv = "subject,html\nHi,\"<p>Say \"\"hi\"\" <a href=\"\"https://a.example\"\">now</a></p>\"\n";
    let found = extract(Kind::Email, Format::Csv, csv);
    assert_eq!(body(csv, &found.assets[0]).0, "Say \"hi\" now");
    let urls = |asset: &Asset| asset.parts.iter().filter(|part| part.kind == PartKind::Link).count();
    assert_eq!(urls(&found.assets[0]), 1);
    let json = r#"{"posts": [{"markdown": "It **works**\n\n{{ name }}"}]}"#;
    let found = extract(Kind::Post, Format::Json, json);
    let (words, bytes) = body(json, &found.assets[0]);
    assert_eq!(words, "It works\n\n\u{FFFC}");
    assert_eq!(bytes, r"It **works**\n\n{{ name }}");
    let yaml = "- Hi {{ name }}, 5 < 6\n- Bye\n";
    let found = extract(Kind::Sms, Format::Yaml, yaml);
    assert_eq!(body(yaml, &found.assets[0]).0, "Hi \u{FFFC}, 5 < 6");
    assert_eq!(found.assets.len(), 2);
}

#[test]
fn an_email_keeps_its_plain_part() {
    let text = "subject: Hi\nhtml: <p>Hello</p>\ntext: |\n  Hello\n";
    let found = extract(Kind::Email, Format::Yaml, text);
    let roles: Vec<_> = found.assets[0].texts.iter().map(|text| text.role.clone()).collect();
    assert_eq!(roles[0], Role::Body);
    assert!(roles.contains(&Role::PlainPart));
}

#[test]
fn a_button_has_its_target() {
    let text = "title: Sale\nbody: Now\ncta: {label: Buy, url: https://a.example}\n";
    check(
        text,
        &extract(Kind::Push, Format::Yaml, text),
        r#"
        Push 0
          body = "Now"
          cta = {label: "Buy", url: "https://a.example"}
          cta.label = "Buy"
          cta.url = "https://a.example"
          title = "Sale"
          <Button text="Buy" url="https://a.example">
          <Link url="https://a.example">
        "#,
    );
}

#[test]
fn a_sender_is_split_into_name_and_address() {
    let text = "from: Acme Shop <hello@acme.example>\n";
    check(
        text,
        &extract(Kind::Email, Format::Yaml, text),
        r#"
        Email 0
          from_address = "hello@acme.example"
          from_name = "Acme Shop"
        "#,
    );
}

#[test]
fn columns_of_an_ads_editor() {
    let text = "Ad type,Headline 1,Headline 1 position,Headline 2,Headline 2 position,Tracking template,Final URL suffix,Callout text,Sitelink text\nResponsive search ad,One,1,Two, -,{lpurl}?s=1,a=b,Free returns,Shoes\n";
    check(
        text,
        &extract(Kind::Ad, Format::Csv, text),
        r#"
        Ad 0
        callouts = ["Free returns"]
        final_url_suffix = "a=b"
        format = "rsa" from `Responsive search ad`
        headlines = ["One", "Two"]
        pins = ["1"]
        sitelinks = ["Shoes"]
        tracking_template = "{lpurl}?s=1"
    "#,
    );
}

#[test]
fn a_sitelink_has_a_row_of_its_own() {
    let text = "Headline 1,Link Text,Description Line 1,Description Line 2\nOne,,Long,\n,Shoes,All,sizes\n";
    check(
        text,
        &extract(Kind::Ad, Format::Csv, text),
        r#"
        Ad 0
        descriptions = ["Long"]
        headlines = ["One"]
        Ad 1
        sitelink_descriptions = ["All", "sizes"]
        sitelinks = ["Shoes"]
    "#,
    );
}

#[test]
fn items_of_ads_may_be_records() {
    let text = "format: Carousel\nheadlines:\n  - {text: One, pinned_field: HEADLINE_1}\n  - Two\nsitelinks:\n  - {text: Shoes, description1: All, description2: sizes, final_url: 'https://x.com/s'}\ncards: [{headline: A}, {headline: B}]\ncta: LEARN_MORE\nsubject: Hi\n";
    check(
        text,
        &extract(Kind::Ad, Format::Yaml, text),
        r#"
        Ad 0
        call_to_action = "LEARN_MORE"
        cards = ["A", "B"]
        format = "carousel" from `Carousel`
        headlines = ["One", "Two"]
        pins = ["HEADLINE_1"]
        sitelink_descriptions = ["All", "sizes"]
        sitelinks = ["Shoes"]
        subject = "Hi"
        <Link url="https://x.com/s">
        <Button text="LEARN_MORE">
    "#,
    );
}

#[test]
fn posts_notifications_and_store_entries() {
    let text = "text: Hi\nalt_text: A shoe\nog_title: T\ntags: sale, two words ,\nformat: Reels\n";
    check(
        text,
        &extract(Kind::SocialPost, Format::Yaml, text),
        r#"
        SocialPost 0
        alt = "A shoe"
        body = "Hi"
        card_title = "T"
        format = "reel" from `Reels`
        tags = ["sale", "two words"]
    "#,
    );
    let text = r#"{"title": "T", "body": "B", "fallback_url": "https://x.com/", "payload_size": 812, "image": "a.png"}"#;
    check(
        text,
        &extract(Kind::Push, Format::Json, text),
        r#"
        Push 0
        body = "B"
        fallback_url = "https://x.com/"
        image = "a.png"
        payload_size = 812
        title = "T"
        <Link url="https://x.com/">
        <Image source="a.png">
    "#,
    );
    let text = "store: App Store\napp_name: Acme\nkeywords: a,b\npromo: Now\n";
    check(
        text,
        &extract(Kind::AppListing, Format::Yaml, text),
        r#"
        AppListing 0
        keywords = "a,b"
        name = "Acme"
        promotional_text = "Now"
        store = "apple" from `App Store`
    "#,
    );
}
