use mktlint_diag::Level;

use super::*;

fn rule(name: &str, message: &str) -> RuleText {
    RuleText {
        name: name.to_owned(),
        docs: "Acme.Rule of Vale.".to_owned(),
        on: vec!["Heading".to_owned()],
        guards: vec!["level == 1".to_owned(), "not (words > 3)".to_owned()],
        judgement: "match \"a\" | /b/".to_owned(),
        level: Level::Info,
        message: string_text(message),
        help: None,
        because: Some("https://acme.example".to_owned()),
        fix: Some("unsafe remove match".to_owned()),
        is_off: true,
    }
}

fn draft() -> Draft {
    let mut draft = Draft::new("Rules of Vale.".to_owned(), "rule");
    let cases = vec![
        Case::new("`a`")
            .fixed(Fixture::Heading(1), "a <b>", "x")
            .fires_without_fix(Fixture::Heading(1), "a <b>"),
        Case::new("a plain text").silent(Fixture::Text, "c").silent(Fixture::Text, "d"),
    ];
    let text = rule("one", "a \"quoted\" {brace} \u{1b}").write();
    draft.entries.push(Entry::carried("Acme.One", "one", text, vec![("one".to_owned(), cases)]));
    draft.entries.push(Entry::not_carried("Acme.Two", "it asks for\n\nparts of speech"));
    draft
}

#[test]
fn what_is_written_is_canonical_and_has_no_mistake() {
    let text = draft().write().text;
    let again = mktlint_syntax::format(&text);
    assert_eq!((again.text.as_str(), again.problems.len()), (text.as_str(), 0), "{text}");
    assert!(text.contains("// Acme.Two  not carried   it asks for parts of speech\n"), "{text}");
    assert!(text.contains(r#"info "a \"quoted\" \{brace\} \u{1B}""#), "{text}");
}

#[test]
fn what_does_not_hold_is_replaced_and_then_left_out_with_a_word() {
    let mut draft = draft();
    assert_eq!(draft.rows()[0].outcome, Outcome::Carried);
    draft.reject("one", 1);
    assert_eq!(draft.rows()[0].outcome, Outcome::Carried, "another text does as well");
    assert!(draft.write().text.contains("silent on Sms \"d\""));
    draft.reject("one", 0);
    assert_eq!(draft.rows()[0].remarks, ["the tests say nothing of the fix of `a`"]);
    assert_eq!(draft.rows()[0].outcome, Outcome::Carried);
    draft.reject("one", 1);
    assert_eq!(draft.rows()[0].remarks[0], "tests that did not hold were left out, of a plain text");
    draft.reject("one", 0);
    assert_eq!(draft.rows()[0].outcome, Outcome::Approximated);
    assert!(!draft.write().text.contains("test one"), "a test without a case is none");
}

#[test]
fn an_entry_is_found_again_and_can_be_taken_out() {
    let mut draft = draft();
    let written = draft.write();
    let at = written.text.find("rule one").expect("it is there");
    assert_eq!(written.entry_at(at), Some(0));
    assert_eq!(written.entry_at(0), None);
    draft.refuse(0, "the pattern is too large");
    assert_eq!(draft.rows()[0].outcome, Outcome::NotCarried);
    assert!(draft.is_empty() && !draft.write().text.contains("rule one"));
}

#[test]
fn the_table_counts() {
    let table = draft().table();
    let expected = "Acme.One  carried\nAcme.Two  not carried   it asks for parts of speech\n\n\
                    2 rules: 1 carried, 1 not carried\n";
    assert_eq!(table, expected);
}
