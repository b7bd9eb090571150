//! Every fixture of `List-Unsubscribe`: what the one choice of the crate that they come from follows from.

use mktlint_measure::link::Link;
use mktlint_measure::unsubscribe::{is_one_click, unsubscribe_links};
use serde_json::{Value, json};

macro_rules! fixtures {
    ($($name:literal),* $(,)?) => {
        &[$(include_str!(concat!("../../../../tests/conformance/list_unsubscribe/", $name, ".json"))),*]
    };
}

static FIXTURES: &[&str] = fixtures![
    "angle-bracket-whitespace-quirks",
    "empty-header",
    "http-fallback-when-no-mailto",
    "http-scheme-case-insensitive",
    "mailto-with-subject",
    "mailto-with-subject-and-body-drops-body",
    "malformed-url-returns-none",
    "multiple-https-returns-first",
    "rfc2369-both-prefer-mailto",
    "rfc2369-https-only",
    "rfc2369-mailto-only",
    "rfc8058-one-click-basic",
    "rfc8058-one-click-case-insensitive",
    "rfc8058-post-without-https-falls-back",
];

#[test]
fn agrees_with_every_fixture() {
    for fixture in FIXTURES {
        let fixture: Value = serde_json::from_str(fixture).unwrap();
        let header = |name: &str| fixture["input"][name].as_str().unwrap_or_default();
        let (links, post) = (header("list_unsubscribe"), header("list_unsubscribe_post"));
        assert_eq!(choice(links, post), fixture["expected"], "{}", fixture["name"]);
    }
}

/// What that crate would make of our answers: one click before mail, mail before the first web link.
fn choice(header: &str, post: &str) -> Value {
    let links = unsubscribe_links(header);
    let links: Vec<Link> = links.iter().map(|link| Link::parse(link)).collect();
    let with =
        |scheme: &str| links.iter().find(|link| link.scheme.as_ref().is_some_and(|it| it.text() == scheme));
    let url = |link: &Link| {
        format!("{}{}", link.scheme.as_ref().unwrap().text(), &link.text[link.text.find(':').unwrap()..])
    };
    if is_one_click(header, post) {
        return json!({ "kind": "OneClick", "url": url(with("https").unwrap()) });
    }
    match (with("mailto"), with("https").or(with("http"))) {
        (Some(mail), _) => {
            json!({ "kind": "Mailto", "address": mail.path.text(), "subject": mail.value("subject") })
        }
        (None, Some(web)) => json!({ "kind": "HttpLink", "url": url(web) }),
        (None, None) => json!({ "kind": "None" }),
    }
}
