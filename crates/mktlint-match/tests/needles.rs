//! What phrases and patterns find, by example.

use mktlint_match::{Case, Flags, MatcherBuilder, Needle, Scratch};

fn phrase(text: &str) -> Needle {
    Needle::Phrase { text: text.to_owned(), case: Case::Any }
}

fn exactly(text: &str) -> Needle {
    Needle::Phrase { text: text.to_owned(), case: Case::Exact }
}

fn pattern(source: &str, letters: &str) -> Needle {
    let flags = Flags::parse(letters).expect("a test writes known flags");
    Needle::Pattern { source: source.to_owned(), flags }
}

/// Scans `text` for all `needles`; `expected` is `needle:found`, in order.
fn check(needles: &[Needle], text: &str, expected: &[&str]) {
    let mut builder = MatcherBuilder::new();
    for needle in needles {
        builder.add(needle.clone()).expect("a test writes valid needles");
    }
    let mut hits = Vec::new();
    builder.build().scan(text, &mut Scratch::default(), &mut hits);
    let found = |hit: &mktlint_match::Hit| {
        format!("{}:{}", hit.needle.index(), &text[hit.start as usize..hit.end as usize])
    };
    assert_eq!(hits.iter().map(found).collect::<Vec<_>>(), expected, "{text:?}");
}

#[test]
fn a_phrase_forgives_what_a_reader_cannot_see() {
    let proven = [phrase("clinically proven")];
    check(&proven, "Clinically\u{a0}PROVEN.", &["0:Clinically\u{a0}PROVEN"]);
    check(&proven, "clini\u{ad}cally\n  proven", &["0:clini\u{ad}cally\n  proven"]);
    check(&proven, "ｃｌｉｎｉｃａｌｌｙ　ｐｒｏｖｅｎ！", &["0:ｃｌｉｎｉｃａｌｌｙ　ｐｒｏｖｅｎ"]);
    check(&proven, "clinically\n\nproven", &[]);
    check(&proven, "unclinically proven clinically provenance clinically_proven", &[]);
    check(&[phrase("don't e-mail")], "Don’t e\u{2011}mail", &["0:Don’t e\u{2011}mail"]);
    check(&[exactly("ACME Inc")], "Acme Inc, ACME\tInc", &["0:ACME\tInc"]);
    check(&[phrase("straße")], "STRAßE STRAẞE", &["0:STRAßE", "0:STRAẞE"]);
}

#[test]
fn a_boundary_is_asked_for_beside_letters_only() {
    check(
        &[phrase("C++"), phrase("#ad"), phrase("100%")],
        "c++11 x#ad! #ads 100%ig 1100%",
        &["0:c++", "1:#ad", "2:100%"],
    );
    check(&[phrase("!!!"), phrase("→")], "Now!!!! a→b ！！！", &["0:!!!", "1:→", "0:！！！"]);
    check(&[phrase("免费"), phrase("SEO")], "我们免费做SEO优化", &["0:免费", "1:SEO"]);
}

#[test]
fn needles_overlap_each_other_and_never_themselves() {
    let needles = [phrase("free"), phrase("free free"), phrase("free trial"), pattern("free|free trial", "")];
    check(
        &needles,
        "free free free trial",
        &["0:free", "3:free", "1:free free", "0:free", "3:free", "0:free", "3:free", "2:free trial"],
    );
}

#[test]
fn a_pattern_takes_text_as_it_is() {
    check(
        &[pattern(r"\bdermatologist[- ]approved\b", "i")],
        "Dermatologist-Approved dermatologist\u{a0}approved",
        &["0:Dermatologist-Approved"],
    );
    check(&[pattern("^(re|fwd?):", "i")], "Re: re:", &["0:Re:"]);
    check(&[pattern("^(re|fwd?):", "im")], "Re: re:\nFW: x", &["0:Re:", "0:FW:"]);
    check(
        &[pattern(r"\bguarante\w+", "i"), pattern("[0-9]+%", "")],
        "Guaranteed 20%!",
        &["0:Guaranteed", "1:20%"],
    );
}

#[test]
fn equal_needles_share_a_name() {
    let mut builder = MatcherBuilder::new();
    let first = builder.add(phrase("free"));
    assert_eq!(builder.add(phrase("free")), first);
    assert_ne!(builder.add(exactly("free")), first);
    assert!(builder.add(phrase(" \u{ad} ")).is_err());
    assert_eq!(builder.build().len(), 2);
}
