//! However a message is written, it says the same; whatever it says otherwise, exactly that part differs.

mod world;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use mktlint_gate::{Content, PartKind};
use proptest::prelude::*;
use world::{Policy, side_file};

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let text =
        "claim vegan { says \"vegan\" }\ndisclosure note \"Results vary.\" { says \"results vary\" }\n";
    Policy::of(&[("acme.policy".to_owned(), text.to_owned())])
});

fn content(path: &str, text: &str) -> Content {
    let mut all = Content::default();
    side_file(&POLICY, path, text, None).said.into_iter().for_each(|said| all.merge(said.content));
    all
}

/// The parts whose digests differ.
fn differing(one: &Content, other: &Content) -> BTreeSet<PartKind> {
    let ids = one.parts.keys().chain(other.parts.keys());
    let digest = |content: &Content, id| content.parts.get(id).map(|part| part.digest);
    ids.filter(|id| digest(one, id) != digest(other, id)).map(|id| id.kind).collect()
}

/// A message, as its author thinks of it.
#[derive(Clone, Debug)]
struct Message {
    subject: String,
    paragraphs: Vec<String>,
    links: Vec<(String, String)>,
    alt: String,
}

/// No two letters of these make a word that means money, a claim or a misspelling.
const WORDS: [&str; 12] = [
    "cream",
    "water",
    "Zürich",
    "morning",
    "café",
    "drops",
    "skin",
    "glass",
    "“bottle”",
    "it’s",
    "42",
    "R&D",
];

/// What breaks readers of markup.
const PIECES: [&str; 34] = [
    "<",
    ">",
    "<b ",
    "\"",
    "'",
    "=",
    "<!--",
    "-->",
    "[if mso]>",
    "<![endif]",
    "<script>",
    "</script",
    "<pre>",
    "<a href=",
    "https://a.example/?utm_source=x",
    "{{",
    "}}",
    "{%",
    "%}",
    "`",
    "```",
    "\n",
    "\n\n",
    "é",
    "\u{200D}",
    "👩",
    "$4 ",
    "vegan ",
    "results vary.",
    "<p>",
    "Content-Type: image/png",
    "--x",
    "---\n",
    "&amp",
];

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 1..6).prop_map(|words| words.join(" "))
}

prop_compose! {
    fn message()(
        subject in words(),
        paragraphs in prop::collection::vec(words().prop_map(|words| format!("The {words} is here.")), 1..5),
        links in prop::collection::vec(("[a-z]{1,8}", "[a-z]{1,8}"), 1..4),
        alt in words(),
    ) -> Message {
        Message { subject, paragraphs, links, alt }
    }
}

/// How a message is written.
#[derive(Clone, Copy, Debug)]
struct Style {
    entities: bool,
    turned: bool,
    quote: char,
    line: &'static str,
    bom: bool,
    bold: bool,
    gaps: bool,
}

prop_compose! {
    fn style()(
        entities: bool,
        turned: bool,
        single: bool,
        crlf: bool,
        bom: bool,
        bold: bool,
        gaps: bool,
    ) -> Style {
        let (quote, line) = (if single { '\'' } else { '"' }, if crlf { "\r\n" } else { "\n" });
        Style { entities, turned, quote, line, bom, bold, gaps }
    }
}

impl Style {
    fn text(self, text: &str) -> String {
        let letter = |letter: char| match letter {
            '&' => "&amp;".to_owned(),
            '\'' | '"' | '’' | '“' | '”' if self.entities => format!("&#{};", letter as u32),
            letter if self.entities && !letter.is_ascii() => format!("&#x{:x};", letter as u32),
            ' ' if self.gaps => format!("{}  ", self.line),
            letter => letter.to_string(),
        };
        text.chars().map(letter).collect()
    }

    fn tag(self, name: &str, attributes: &[(&str, String)]) -> String {
        let mut attributes: Vec<_> = attributes.iter().collect();
        if self.turned {
            attributes.reverse();
        }
        let mut tag = format!("<{name}");
        for (key, value) in attributes {
            let gap = if self.gaps { "\n  " } else { " " };
            write!(tag, "{gap}{key}={0}{value}{0}", self.quote).expect("it can be written");
        }
        tag + ">"
    }

    fn html(self, message: &Message) -> String {
        let mut lines = vec!["<!DOCTYPE html>".to_owned(), "<html lang=en>".to_owned()];
        let subject = message.subject.replace(['“', '”'], "").replace('’', "&#39;").replace("R&D", "R&amp;D");
        lines.push(self.tag("meta", &[("name", "mktlint:subject".into()), ("content", subject)]));
        let sheet = if self.gaps { "p {\n color : #333 ;\n}/* a */" } else { "p{color:#333}" };
        lines.push(format!("<style>{sheet}</style>"));
        for words in &message.paragraphs {
            let words = self.text(words);
            let (start, end) = if self.bold { ("<b>", "</b>") } else { ("", "") };
            lines.push(format!(
                "{}{start}{words}{end}</p>",
                self.tag(
                    "p",
                    &[("class", "a".into()), ("id", "b".into()), ("style", "font-size: 14px".into())]
                )
            ));
        }
        let label = if self.entities { "R&#38;D" } else { "R&amp;D" };
        for (path, source) in &message.links {
            let target =
                format!("https://acme.example/{path}?a=1&amp;utm_source={source}&amp;utm_medium=email");
            lines.push(format!(
                "<p>{}Read it</a></p>",
                self.tag("a", &[("href", target), ("class", "c".into()), ("aria-label", label.into())])
            ));
        }
        let alt = message.alt.replace(['“', '”'], "").replace('’', "&rsquo;").replace("R&D", "R&amp;D");
        lines.push(self.tag("img", &[("src", "/a.png".into()), ("alt", alt), ("width", "300".into())]));
        let text = lines.join(self.line);
        if self.bom { format!("\u{FEFF}{text}") } else { text }
    }
}

const PLAIN: Style =
    Style { entities: false, turned: false, quote: '"', line: "\n", bom: false, bold: false, gaps: false };

fn email(message: &Message) -> Content {
    content("emails/a.html", &PLAIN.html(message))
}

/// A record as JSON or YAML, with its keys in this order.
fn record(pairs: &[(&str, String)], is_json: bool) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\\\""));
    if is_json {
        let lines: Vec<String> =
            pairs.iter().map(|(key, value)| format!("{}: {}", quoted(key), quoted(value))).collect();
        format!("{{{}}}", lines.join(", "))
    } else {
        pairs.iter().map(|(key, value)| format!("{key}: {}\n", quoted(value))).collect()
    }
}

/// Quoted-printable as RFC 2045 has it, each line broken after `width` characters.
fn quoted_printable(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for byte in text.bytes() {
        let piece = match byte {
            b'\n' => {
                column = 0;
                out.push('\n');
                continue;
            }
            b'=' | 0x80.. => format!("={byte:02X}"),
            _ => (byte as char).to_string(),
        };
        if column + piece.len() > width {
            out.push_str("=\n");
            column = 0;
        }
        column += piece.len();
        out.push_str(&piece);
    }
    out
}

fn eml(body: &str, encoding: &str) -> String {
    format!(
        "From: Acme <a@acme.example>\nSubject: Hello\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\
         Content-Transfer-Encoding: {encoding}\n\n{body}\n"
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn html_in_any_style_says_the_same(message in message(), style in style()) {
        let found = content("emails/a.html", &style.html(&message));
        let plain = email(&message);
        prop_assert_eq!(differing(&plain, &found), BTreeSet::new(), "{}", style.html(&message));
        prop_assert!(plain.parts.len() >= 4);
    }

    #[test]
    fn anything_can_be_read(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40)) {
        let text: String = pieces.concat();
        for path in ["emails/a.html", "emails/a.mjml", "emails/a.eml", "blog/a.md", "sms/a.txt"] {
            let found = content(path, &text);
            prop_assert_eq!(differing(&found, &content(path, &text)), BTreeSet::new());
            // Line ends never count.
            let other = content(path, &text.replace('\n', "\r\n"));
            prop_assert_eq!(differing(&found, &other), BTreeSet::new(), "{}: {:?}", path, text);
        }
    }

    #[test]
    fn any_other_word_is_other_copy(message in message(), at in any::<prop::sample::Index>(), number: bool) {
        let mut other = message.clone();
        let at = at.index(other.paragraphs.len());
        other.paragraphs[at] = if number { format!("{} 7 more.", other.paragraphs[at]) } else { "A letter.".into() };
        prop_assert_eq!(differing(&email(&message), &email(&other)), BTreeSet::from([PartKind::Copy]));
    }

    #[test]
    fn another_link_or_tag_is_another_link_or_tag(message in message(), at in any::<prop::sample::Index>(), path: bool) {
        let mut other = message.clone();
        let at = at.index(other.links.len());
        let kind = if path {
            other.links[at].0.push('x');
            PartKind::Links
        } else {
            other.links[at].1.push('x');
            PartKind::Utm
        };
        prop_assert_eq!(differing(&email(&message), &email(&other)), BTreeSet::from([kind]));
    }

    #[test]
    fn a_sentence_stands_in_the_part_that_it_is_about(message in message(), at in any::<prop::sample::Index>()) {
        let at = at.index(message.paragraphs.len() + 1);
        for (sentence, kind) in [
            ("It is vegan.", PartKind::Claims),
            ("It costs $40.", PartKind::Prices),
            ("Results vary.", PartKind::Disclosures),
            ("It is new.", PartKind::Copy),
        ] {
            let mut other = message.clone();
            other.paragraphs.insert(at, sentence.to_owned());
            prop_assert_eq!(differing(&email(&message), &email(&other)), BTreeSet::from([kind]), "{}", sentence);
        }
    }

    #[test]
    fn another_alternative_text_is_another_picture(message in message()) {
        let other = Message { alt: format!("{} too", message.alt), ..message.clone() };
        prop_assert_eq!(differing(&email(&message), &email(&other)), BTreeSet::from([PartKind::Images]));
    }

    #[test]
    fn keys_stand_in_any_order(title in words(), body in words(), path in "[a-z]{1,8}", turn in 0..3_usize) {
        let url = format!("https://acme.example/{path}?utm_source=app");
        let mut pairs = vec![("title", title), ("body", body), ("url", url), ("image", "/a.png".into()), ("owner", "Jo".into())];
        let plain = content("push/a.json", &record(&pairs, true));
        pairs.rotate_left(turn + 1);
        prop_assert_eq!(differing(&plain, &content("push/a.json", &record(&pairs, true))), BTreeSet::new());
        let yaml = content("push/a.yaml", &record(&pairs, false));
        pairs.iter_mut().filter(|(key, _)| *key == "owner").for_each(|(_, value)| value.push('x'));
        let other = content("push/a.json", &record(&pairs, true));
        prop_assert_eq!(differing(&plain, &other), BTreeSet::from([PartKind::Metadata]));
        // The same message in another format is the same message.
        prop_assert_eq!(differing(&rename(plain), &rename(yaml)), BTreeSet::new());
    }

    #[test]
    fn rows_and_columns_stand_in_any_order(rows in prop::collection::vec((words(), words(), "[a-z]{1,8}"), 1..6), turn in 0..4_usize) {
        let table = |rows: &[(String, String, String)], turn: usize| {
            let mut lines = vec![["Headline 1", "Description 1", "Final URL", "Ad group"].map(str::to_owned).to_vec()];
            lines.extend(rows.iter().map(|(headline, description, path)| {
                vec![headline.clone(), description.clone(), format!("https://acme.example/{path}"), "Brand".to_owned()]
            }));
            let turned = lines.into_iter().map(|mut cells| {
                cells.rotate_left(turn);
                cells.join(";")
            });
            turned.collect::<Vec<_>>().join("\n")
        };
        let plain = content("ads/a.csv", &table(&rows, 0));
        let mut others = rows.clone();
        others.rotate_left(turn % rows.len());
        prop_assert_eq!(differing(&plain, &content("ads/a.csv", &table(&others, turn))), BTreeSet::new());
        others[0].2.push('x');
        prop_assert_eq!(differing(&plain, &content("ads/a.csv", &table(&others, turn))), BTreeSet::from([PartKind::Links]));
    }

    #[test]
    fn an_email_in_any_encoding_says_the_same(message in message(), width in 20..76_usize) {
        let body = PLAIN.html(&message);
        let plain = content("emails/a.eml", &eml(&body, "8bit"));
        let encoded = content("emails/a.eml", &eml(&quoted_printable(&body, width), "quoted-printable"));
        prop_assert_eq!(differing(&plain, &encoded), BTreeSet::new());
        prop_assert!(plain.parts.len() >= 4);
    }
}

/// The parts without the names of their files.
fn rename(content: Content) -> Content {
    let parts = content.parts.into_iter().map(|(mut id, part)| {
        id.file = None;
        (id, part)
    });
    Content { parts: parts.collect() }
}

/// Rows that swap their links say something else, though each part holds the same.
#[test]
fn rows_that_swap_links_are_noticed() {
    let table = |one: &str, other: &str| {
        format!(
            "Headline 1;Final URL\nTwo drops;https://acme.example/{one}\nA cream;https://acme.example/{other}\n"
        )
    };
    let found = differing(&content("ads/a.csv", &table("a", "b")), &content("ads/a.csv", &table("b", "a")));
    assert_eq!(found, BTreeSet::from([PartKind::Links]));
}
