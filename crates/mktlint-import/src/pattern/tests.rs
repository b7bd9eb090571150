use super::*;

/// What becomes of a token between word boundaries: the literal, or why there is none.
fn check(source: &str, expected: &str) {
    let found = token("", source, Edges::Word, false).map_or_else(|why| why, |it| it.literal());
    assert_eq!(found, expected, "{source}");
}

#[test]
fn words_become_phrases_where_case_does_not_matter() {
    let phrase = |source| token("", source, Edges::Word, true).map(|it| it.literal());
    assert_eq!(phrase("act now").as_deref(), Ok("\"act now\""));
    assert_eq!(phrase("isn't").as_deref(), Ok("\"isn't\""));
    assert_eq!(phrase("colou?r").as_deref(), Ok("/\\bcolou?r\\b/i"));
    assert_eq!(phrase("C\\+\\+").as_deref(), Ok("/\\bC\\+\\+\\b/i"));
    check("act now", "/\\bact now\\b/");
}

#[test]
fn boundaries_go_around_alternatives_and_not_around_boundaries() {
    check("a|b", "/\\b(?:a|b)\\b/");
    check("(?:a|b)c", "/\\b(?:a|b)c\\b/");
    check("\\bfoo\\b", "/\\bfoo\\b/");
    let free = token("", "a|b", Edges::Free, false).map(|it| it.literal());
    assert_eq!(free.as_deref(), Ok("/(?:a|b)/"));
    for (source, expected) in [(" a", "/[ ]a/"), ("\u{2000}a", "/\\x{2000}a/")] {
        let free = token("", source, Edges::Free, false).map(|it| it.literal());
        assert_eq!(free.as_deref(), Ok(expected), "a `/` before white space would divide");
    }
    let raw = token("\\bvery\\s+", "unique|perfect", Edges::Word, false).map(|it| it.literal());
    assert_eq!(raw.as_deref(), Ok("/\\bvery\\s+\\b(?:unique|perfect)\\b/"));
}

#[test]
fn signs_that_mean_less_to_others_are_escaped() {
    check("24/7", "/\\b24\\/7\\b/");
    check("a\\/b", "/\\ba\\/b\\b/");
    check("a{b}", "/\\ba\\{b\\}\\b/");
    check("a{2,3}", "/\\ba{2,3}\\b/");
    check("a{,3}", "/\\ba\\{,3\\}\\b/");
    check("[[a]", "/\\b[\\[a]\\b/");
    check("[]a]", "/\\b[\\]a]\\b/");
    check("[a&&b]x", "/\\b[a&\\&b]x\\b/");
    check("[a-z-[aeiou]]", "/\\b[a-z--[aeiou]]\\b/");
    check("[[:alpha:]]", "/\\b[[:alpha:]]\\b/");
    check("3\\-D", "/\\b3-D\\b/");
    check("\\<b\\>", "/\\b<b>\\b/");
    check("a\tb", "/\\ba\\tb\\b/");
}

#[test]
fn groups_lose_what_only_others_know() {
    check("(?<year>\\d{4})", "/\\b(\\d{4})\\b/");
    check("(?P<a>x)(?<a>y)", "/\\b(x)(y)\\b/");
    check("a(?#why)b", "/\\bab\\b/");
    check("(?i)a", "/\\b(?i)a\\b/");
    check("(?n)(a)", "/\\b(a)\\b/");
    check("\\AX\\Z", "/\\b\\AX\\z\\b/");
    let atomic = token("", "(?>a+)b++", Edges::Word, false).expect("it can be carried");
    assert_eq!((atomic.source.as_str(), atomic.remarks.len()), ("\\b(?:a+)b+\\b", 2));
}

#[test]
fn what_takes_longer_than_linear_time_is_refused() {
    check("(\\w+) \\1", "it refers back to a group");
    check("\\k<a>", "it refers back to a group");
    check("foo(?! bar)", "it asks that something is not there: `(?! bar)`");
    check("foo(?=bar)baz", "it looks ahead: `(?=bar)`");
    check("(?<=a|bc)d|e", "one of its alternatives looks around");
    check("(?x) a b", "it is written in free spacing (`(?x)`)");
    check("(?(1)a|b)", "`(?(1` means something only to others");
}

#[test]
fn what_is_no_expression_is_refused() {
    for source in ["(a", "a)", "[a", "a\\", "*a", "(?<=", "(?", "[", "\\p", "a{3,2}", "\\x{zz}", "(?<n"] {
        assert!(token("", source, Edges::Word, false).is_err(), "{source}");
    }
    assert!(token("", &"[a-".repeat(6_000), Edges::Word, false).is_err(), "it takes no stack");
    assert!(token("", &"(".repeat(19_000), Edges::Word, false).is_err(), "it takes no stack");
    check("a*", "it matches the empty text, so it would be found everywhere");
    check("a\\b_", "no text can match it");
}

#[test]
fn look_arounds_for_a_boundary_stay_and_those_at_the_edge_are_taken_in() {
    let free = |source| token("", source, Edges::Free, false).expect("it can be carried");
    for (source, expected, is_exact) in [
        ("(?<!\\w)foo(?!\\w)", "\\b{start-half}foo\\b{end-half}", true),
        ("foo(?=\\W|$)", "foo\\b{end-half}", true),
        ("foo(?=\\s|$)", "foo\\b{end-half}", false),
        ("(?<![a-z])foo", "\\b{start-half}foo", false),
        ("foo(?=\\.)", "foo\\.", false),
        ("foo(?!\\.)", "foo(?:[^.]|$)", false),
        ("(?<=\\. )foo", "(?:\\. )foo", false),
        ("foo(?=\\s)", "foo\\s", false),
    ] {
        let found = free(source);
        assert_eq!((found.source.as_str(), found.remarks.is_empty()), (expected, is_exact), "{source}");
    }
    check("it is(?!\\.)", "/\\bit is\\b(?:[^.]|$)/m");
}

#[test]
fn samples_match_their_own_pattern() {
    for source in [
        "colou?r",
        "(?:e-mail|Email)",
        "\\d+(?:GB|TB)",
        "[A-Z]{3,5}",
        "e\\.g\\.",
        "\\s{2,}",
        "[^\\x00-\\x7F]",
        "^\\w+ly$",
        "a(?:b|c(?:d|e))f?",
        "https?://\\S+",
        "«[^»]+»",
    ] {
        for edges in [Edges::Word, Edges::Free] {
            let Ok(token) = token("", source, edges, true) else { panic!("{source} can be carried") };
            let finder = Finder::new(&token.source, token.flags()).expect("it compiles");
            let found = samples(&token);
            let is_impossible = edges == Edges::Word && source.starts_with("\\s") || source.starts_with('«');
            assert!(!found.is_empty() || is_impossible, "{source}");
            for sample in found {
                assert_eq!(finder.find(&sample.text()), Some(sample.found.as_str()), "{source}");
            }
        }
    }
    let shortest = samples(&token("", "a+b{2,}c*", Edges::Word, false).expect("it can be carried"));
    assert_eq!(shortest.first().map(Sample::text).as_deref(), Some("Note: abb here."));
}

mod laws {
    use proptest::prelude::*;

    use super::super::{Edges, samples, token};

    proptest! {
        /// Whatever is written, it is carried or refused in words, and its samples never cost much.
        #[test]
        fn nothing_panics(source in "[\\\\()\\[\\]{}?*+|^$.a-c0-2<>=!:,&~/ -]{0,24}") {
            if let Ok(token) = token("", &source, Edges::Word, true) {
                prop_assert!(token.source.matches('/').count() <= token.source.matches("\\/").count() + token.source.matches("\\\\/").count());
                samples(&token);
            }
        }
    }
}
