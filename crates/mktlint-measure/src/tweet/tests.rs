//! Examples beyond the conformance data (`tests/twitter_text.rs`).

use super::*;

#[track_caller]
fn check(find: fn(&str) -> Vec<Range<usize>>, text: &str, expected: &[&str]) {
    let found: Vec<&str> = find(text).into_iter().map(|it| &text[it]).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn what_lies_in_a_link_is_the_link() {
    let text = "https://acme.com/@acme/#top and @acme/team, @acme #sale";
    check(urls, text, &["https://acme.com/@acme/#top"]);
    check(mentions, text, &["@acme"]);
    check(hashtags, text, &["#sale"]);
}

#[test]
fn weights_of_a_post() {
    let check = |text: &str, expected| {
        assert_eq!(weighted_length(text, &Weights::CURRENT).get(), expected, "{text}");
    };
    check("", 0);
    check(" \n", 0);
    check(&"a".repeat(281), 281);
    check(&"字".repeat(140), 280);
    check(&"👩‍👩‍👧".repeat(140), 280);
    check(&format!("{} https://acme.com/a/very/long/path/indeed?x=1", "a".repeat(256)), 280);
}

#[test]
fn hostile_text_takes_linear_time() {
    for unit in [
        "a.",
        "a",
        "a.co/",
        "http://",
        "http://a.",
        "x.co/(",
        "x.co/!!",
        "#",
        "#a",
        "@",
        "@a/",
        "$A",
        "☃.",
        "http://☃",
        "rt@a",
        "a-",
        "xn--",
    ] {
        let text = unit.repeat(20_000);
        assert!(urls(&text).len() + hashtags(&text).len() + mentions(&text).len() <= 40_000, "{unit}");
        assert!(weighted_length(&text, &Weights::CURRENT).get() <= 1_000_000, "{unit}");
    }
}
