//! How text looks, and tables and forms.

use super::extracted;
use crate::{Asset, Extraction, Format, Kind, Part, PartKind, Value, names};

/// The passages and links of `text`, one a line: words, colours, size, contrast.
#[track_caller]
fn check_as(format: Format, text: &str, expected: &[&str]) {
    let found = extracted("mail", Kind::Email, format, text);
    assert_eq!(lines(&found), expected, "{text}");
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    check_as(Format::Html, text, expected);
}

fn lines(found: &Extraction) -> Vec<String> {
    let asset = &found.assets[0];
    let shown = |part: &&Part| matches!(part.kind, PartKind::Passage | PartKind::Link);
    asset.parts.iter().filter(shown).map(|part| line(asset, part)).collect()
}

fn line(asset: &Asset, part: &Part) -> String {
    let mut line = if part.kind == PartKind::Link { "link ".to_owned() } else { String::new() };
    line.push_str(part.text.map_or("-", |text| asset.slice(text)));
    for name in [names::COLOR, names::BACKGROUND, names::FONT_SIZE, names::CONTRAST] {
        match part.field(name) {
            Some(Value::Text(range)) => line.push_str(&format!(" {}", asset.slice(*range))),
            Some(Value::Decimal(number)) => line.push_str(&format!(" {name}={number}")),
            _ if part.kind == PartKind::Passage => line.push_str(" ?"),
            _ => {}
        }
    }
    for flag in [names::BOLD, names::HIDDEN, names::IS_IMAGE] {
        if part.field(flag) == Some(&Value::Bool(true)) {
            line.push_str(&format!(" {flag}"));
        }
    }
    line
}

#[test]
fn a_passage_is_text_in_one_style() {
    check("<p>plain <b>bold</b></p>", &[]);
    check(
        "<td bgcolor=#FFFFFF style='color: #999; font-size:11px'>Small <b>print</b> here<p>and here</p></td>after",
        &[
            "Small #999999 #ffffff font_size=11 contrast=2.85",
            "print #999999 #ffffff font_size=11 contrast=2.85 bold",
            "here #999999 #ffffff font_size=11 contrast=2.85",
            "and here #999999 #ffffff font_size=11 contrast=2.85",
        ],
    );
    check(
        "<font color=red size=1>old <span style='color:#000'>new</span></font>",
        &["old #ff0000 #ffffff font_size=10 contrast=4", "new #000000 #ffffff font_size=10 contrast=21"],
    );
    check("<div style='font-size:20px'><h1>Big</h1></div>", &["Big ? #ffffff font_size=40 ? bold"]);
}

#[test]
fn styles_end_with_their_elements() {
    check("<p style='color:red'>a<p>b</p>", &["a #ff0000 #ffffff ? contrast=4"]);
    check("<font color=red><i style='color:blue'>a</font>b</i>c", &["ab #0000ff #ffffff ? contrast=8.59"]);
    check("<table><tr><td style='color:red'>a<td>b</table>", &["a #ff0000 #ffffff ? contrast=4"]);
}

#[test]
fn links_have_the_weakest_look_of_their_words() {
    check(
        "<td style='color:#333;font-size:12px'>To stop: <a href=/u style='color:#eee'>unsubscribe <small>now</small></a>.</td>",
        &[
            "To stop: #333333 #ffffff font_size=12 contrast=12.63",
            "link unsubscribe now font_size=9.96 contrast=1.16",
            "unsubscribe #eeeeee #ffffff font_size=12 contrast=1.16",
            "now #eeeeee #ffffff font_size=9.96 contrast=1.16",
            ". #333333 #ffffff font_size=12 contrast=12.63",
        ],
    );
    // A mail program chooses the colour of a link that has none.
    check("<td style='color:#333'><a href=/u>x</a></td>", &["link x"]);
    check(
        "<td style='color:#333'><a href=/u style='color:inherit'>x</a></td>",
        &["link x contrast=12.63", "x #333333 #ffffff ? contrast=12.63"],
    );
}

#[test]
fn what_nobody_sees_is_a_passage_too() {
    check(
        "<div style='display:none'>Gone <a href=/u>unsubscribe</a></div>",
        &["Gone ? #ffffff ? ? hidden", "link - hidden", "unsubscribe ? #ffffff ? ? hidden"],
    );
    check(
        "<p>a<span style='font-size:0'>b</span><span style='opacity:0'>c</span></p>",
        &["b ? #ffffff font_size=0 ? hidden", "c ? #ffffff ? ? hidden"],
    );
    check("<a href=/u style='font-size:0px'>x</a>", &["link - hidden", "x ? #ffffff font_size=0 ? hidden"]);
    check("<a href=/u style='font-size:0'><img src=a.png></a>", &["link - is_image"]);
    check("<p style='color:#fff'>white</p>", &["white #ffffff #ffffff ? contrast=1"]);
}

#[test]
fn template_tags_and_pictures_are_not_guessed() {
    check("<p style='color:{{ brand }};font-size:12px'>a</p>", &["a ? #ffffff font_size=12 ?"]);
    check("<p style='{% if x %}color:red{% endif %};font-size:12px'>a</p>", &[]);
    check("<td bgcolor='{{ bg }}' style='color:red'>a</td>", &["a #ff0000 ? ? ?"]);
    check("<td background=a.png bgcolor=#fff style='color:red'>a</td>", &["a #ff0000 ? ? ?"]);
    check(
        "<td background=a.png><p style='color:red;background:#fff'>a</p></td>",
        &["a #ff0000 #ffffff ? contrast=4"],
    );
    check("<p style='color:red'>{{ name }}</p>", &["\u{FFFC} #ff0000 #ffffff ? contrast=4"]);
}

#[test]
fn style_sheets_are_followed_for_one_thing_alone() {
    check(
        "<style>.muted{color:#999} a{color:{{ c }}} .dark td{background:#000}</style><p class=muted>a <a href=/x>b</a></p><table><td style='color:#fff'>c</table>",
        &["a #999999 #ffffff ? contrast=2.85", "link b", "c #ffffff ? ? ?"],
    );
    check(
        "<style>p{color:red !important}</style><p style='color:blue'>a</p>",
        &["a #ff0000 #ffffff ? contrast=4"],
    );
    check("<p style='color:red !important;color:white'>a</p>", &["a #ff0000 #ffffff ? contrast=4"]);
    check(
        "<style>p{color:blue !important}</style><p style='color:red !important'>a</p>",
        &["a #ff0000 #ffffff ? contrast=4"],
    );
    check("<link rel=stylesheet href=a.css><body><p style='color:red'>a</p></body>", &["a #ff0000 ? ? ?"]);
    check(
        "<link rel=stylesheet href=https://fonts.example/css><body><p style='color:red'>a</p></body>",
        &["a #ff0000 #ffffff ? contrast=4"],
    );
}

#[test]
fn components_of_mjml() {
    let body = "<mj-body background-color=#eee><mj-section><mj-column><mj-text>a</mj-text><mj-text mj-class=foot>b</mj-text><mj-button href=/x>c</mj-button></mj-column></mj-section></mj-body>";
    check_as(
        Format::Mjml,
        &format!("<mjml>{body}</mjml>"),
        &[
            "a #000000 #eeeeee font_size=13 contrast=18.1",
            "b #000000 #eeeeee font_size=13 contrast=18.1",
            "link c font_size=13 contrast=10.21",
            "c #ffffff #414141 font_size=13 contrast=10.21",
        ],
    );
    let head = "<mj-head><mj-attributes><mj-text font-size=16px /><mj-class name=foot color=#999 /><mj-all color=#333 /></mj-attributes></mj-head>";
    check_as(
        Format::Mjml,
        &format!("<mjml>{head}{body}</mjml>"),
        &[
            "a #333333 #eeeeee font_size=16 contrast=10.89",
            "b #999999 #eeeeee font_size=16 contrast=2.46",
            "link c font_size=13 contrast=1.24",
            "c #333333 #414141 font_size=13 contrast=1.24",
        ],
    );
}

/// The fields of the parts of `kind`.
#[track_caller]
fn check_parts(kind: PartKind, text: &str, expected: &[&str]) {
    let found = extracted("page.html", Kind::Page, Format::Html, text);
    let asset = &found.assets[0];
    let show = |(name, value): &(smol_str::SmolStr, Value)| match value {
        Value::Text(range) => format!("{name}={}", asset.slice(*range)),
        Value::Int(number) => format!("{name}={number}"),
        Value::Bool(is) => format!("{name}={is}"),
        other => format!("{name}={other:?}"),
    };
    let parts = asset.parts.iter().filter(|part| part.kind == kind);
    let lines: Vec<String> =
        parts.map(|part| part.fields.iter().map(show).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(lines, expected, "{text}");
}

#[test]
fn tables() {
    check_parts(
        PartKind::Table,
        "<table role=Presentation><tr><td colspan=2>a<table><th>x</table><tr><td>b<td>c<td>d</table><table></table>",
        &[
            "columns=3 has_header=false role=presentation rows=2",
            "columns=1 has_header=true rows=1",
            "columns=0 has_header=false rows=0",
        ],
    );
}

#[test]
fn inputs_and_their_labels() {
    check_parts(
        PartKind::Input,
        "<form><label for=n>Name</label><input id=n name=first><label><input type=CHECKBOX name=news checked> Send me offers</label><input type=email placeholder='you@x.com' aria-label='Your email'><select name=s><option>a</select><textarea id=t></textarea><label for=t>Why</label><input type=submit><input type=image></form>",
        &[
            "kind=text label=Name name=first",
            "checked=true kind=checkbox label=Send me offers name=news",
            "kind=email label=Your email",
            "kind=select name=s",
            "kind=textarea label=Why",
        ],
    );
}

#[test]
fn deep_and_long_styles_end() {
    let nested = "<span style='color:#999'>a".repeat(10_000);
    assert_eq!(lines(&extracted("a.html", Kind::Email, Format::Html, &nested)).len(), 1);
    let differing: String =
        (0..20_000).map(|at| format!("<span style='color:#{at:06x};font-size:1.1em'>a")).collect();
    assert!(lines(&extracted("a.html", Kind::Email, Format::Html, &differing)).len() >= 10_000);
    let long = format!("<p style='{}'>a</p>", "color:red;background:url(;font:(".repeat(30_000));
    extracted("a.html", Kind::Email, Format::Html, &long);
    let links = "<a href=x style='color:red'><mj-navbar-link href=y>a".repeat(10_000);
    extracted("a.html", Kind::Email, Format::Html, &links);
    let sheet = format!(
        "<style>{}</style><p class='{}'>a",
        ".a{color:red}@media{".repeat(20_000),
        "a ".repeat(100_000)
    );
    extracted("a.html", Kind::Email, Format::Html, &sheet);
    let tables = "<label><table><tr><td><input id=a>".repeat(20_000);
    extracted("a.html", Kind::Email, Format::Html, &tables);
}

#[test]
fn links_say_how_much_html_comes_before_them() {
    let offset = |text: &str| {
        let found = extracted("mail.html", Kind::Email, Format::Html, text);
        let link = found.assets[0].parts.iter().find(|part| part.kind == PartKind::Link);
        link.and_then(|link| link.field(names::OFFSET).cloned())
    };
    assert_eq!(offset("---\nsubject: Hi\n---\n<p>a</p><a href=/x>b</a>"), Some(Value::Int(8)));
    // Its place in the file says it.
    assert_eq!(offset("<p>a</p><a href=/x>b</a>"), None);
}
