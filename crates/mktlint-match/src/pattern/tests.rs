use super::*;

fn flags(letters: &str) -> Flags {
    Flags::parse(letters).expect("a test writes known flags")
}

fn facts(source: &str, letters: &str) -> PatternFacts {
    check_pattern(source, flags(letters)).expect("a test writes valid patterns")
}

fn shape_of(source: &str, letters: &str) -> String {
    match shape(&parse(source, flags(letters)).expect("a test writes valid patterns")) {
        Shape::Texts(texts) => {
            texts.iter().map(|(exact, _)| exact.text.as_str()).collect::<Vec<_>>().join("|")
        }
        Shape::Words(words) => format!("{} word lists", words.len()),
        Shape::Anywhere => "anywhere".to_owned(),
    }
}

fn check_error(source: &str, message: &str, pointed_at: &str) {
    let error = check_pattern(source, Flags::default()).expect_err("a test writes an invalid pattern");
    assert_eq!((error.message.as_str(), &source[error.start..error.end]), (message, pointed_at));
}

#[test]
fn facts_of_patterns() {
    assert!(facts("a*", "").matches_empty);
    assert!(facts("^", "").matches_empty);
    assert!(!facts("a+", "").matches_empty);
    assert!(facts(r"[^\s\S]", "").matches_nothing);
    assert!(facts("a^b|c$d", "").matches_nothing);
    assert!(!facts("(?:a|$b)", "").matches_nothing);
    let texts = |list: &[&str]| Some(list.iter().map(|&text| text.to_owned()).collect());
    assert_eq!(facts("colou?r", "").literals, texts(&["colour", "color"]));
    assert_eq!(facts("(?:ab|a){1,2}", "").literals, texts(&["abab", "aba", "ab", "aab", "aa", "a"]));
    assert_eq!(facts("100%", "i").literals, texts(&["100%"]));
    assert_eq!(facts(r"\bcolor", "").literals, None);
    assert_eq!(facts("color", "i").literals, None);
    assert_eq!(facts("colou*r", "").literals, None);
}

#[test]
fn small_patterns_become_texts() {
    assert_eq!(shape_of(r"\b(?:e-?mail|Kiss)\b", "i"), "e-mail|email|kiss");
    assert_eq!(shape_of("^(re|fwd?):", "i"), "re:|fwd:|fw:");
    assert_eq!(shape_of("!!!", ""), "!!!");
    assert_eq!(shape_of(r"\bmiracle", ""), "miracle");
    assert_eq!(shape_of("(?i)to the moon", ""), "to the moon");
}

#[test]
fn others_need_a_whole_word_or_are_tried_everywhere() {
    assert_eq!(shape_of(r"\bact\W+now\b", "i"), "1 word lists");
    assert_eq!(shape_of(r"\bact\s*now\b", "i"), "2 word lists");
    assert_eq!(shape_of(r"\b(miracle|magic) \w+", ""), "2 word lists");
    assert_eq!(shape_of(r"\bmiracle\w*", ""), "1 word lists");
    assert_eq!(shape_of(r"\bcur\w*", ""), "anywhere");
    assert_eq!(shape_of(r"\w*miracle\w*", ""), "anywhere");
    assert_eq!(shape_of(r"\b(miracle \w+|\w+)", ""), "anywhere");
    assert_eq!(shape_of("free", ""), "anywhere");
    // To an ASCII boundary `é` is no letter, so `free` need not be whole.
    assert_eq!(shape_of(r"(?-u:\b)free .*", ""), "anywhere");
}

#[test]
fn products_are_bounded() {
    assert_eq!(shape_of(r"\bfree [a-j]{8}", ""), "100 word lists");
    assert_eq!(shape_of(&format!("{}x", "(?:a|b)?".repeat(5000)), ""), "anywhere");
}

#[test]
fn errors_point_into_the_literal() {
    check_error("free (trial", "this `(` is not closed", "(");
    check_error("a(?=b)", "a pattern cannot look ahead or behind: it could take forever", "(?=");
    check_error(r"(a)\1", "a pattern cannot refer back to a group: it could take forever", r"\1");
    check_error(r"é\p{Greeek}", "there is no such class of characters", r"\p{Greeek}");
    check_error(r"\w{1000}", "this pattern is too large", r"\w{1000}");
    check_error(r"(?:\w{100}){100}", "this pattern is too large", r"(?:\w{100}){100}");
    check_error("*", "there is nothing to repeat here", "");
    check_error("a**?{", "this `{` is not closed", "{");
    assert!(check_pattern(&"(".repeat(100_000), Flags::default()).is_err());
}
