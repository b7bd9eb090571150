//! One mistake, one error, at its place.

mod common;

use common::check;

/// The problems alone.
fn problems(text: &str) -> String {
    check(text).lines().filter(|line| line.starts_with('!')).flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn something_missing_is_shown_where_it_belongs() {
    insta::assert_snapshot!(problems(
        "audience a = age >=\n\
         audience b =\n\
         rule c on Email where { require x is }\n\
         let d = if a then b\n\
         let e = a.\n\
         let f = [a, , b]\n\
         let g = any x in y where x == == z"
    ), @"
    ! MKT0001 1:`` expected an expression after `>=`
    ! MKT0001 2:`` expected an expression after `=`
    ! MKT0001 3:`` expected an expression after `where`
    ! MKT0001 3:`` expected an expression after `is`
    ! MKT0001 4:`` expected an operator or `else` after `b`
    ! MKT0001 5:`` expected a name after `.`
    ! MKT0001 6:`,` expected an expression or `]`, found `,`
    ! MKT0001 7:`==` expected an expression, found `==`
    ");
}

#[test]
fn independent_mistakes_are_all_reported() {
    insta::assert_snapshot!(problems(
        "rule a on Email {\n  require x == y == z\n  error (b or)\n  because [c, == , d >]\n  fix f(, g)\n}\n\
         let h = 99999999999999999999 + 2027-02-30"
    ), @"
    ! MKT0001 2:`==` expected an operator or a new line, found `==`
    ! MKT0001 3:`` expected an expression after `or`
    ! MKT0001 4:`==` expected an expression, found `==`
    ! MKT0001 4:`` expected an expression after `>`
    ! MKT0001 5:`,` expected an expression or `)`, found `,`
    ! MKT0009 7:`99999999999999999999` `99999999999999999999` is too large
    ! MKT0009 7:`2027-02-30` there is no day `2027-02-30`
    ");
}

#[test]
fn signs_of_other_languages_are_understood() {
    insta::assert_snapshot!(check(
        "rule r on Email {\n  when a && !b || c <> d\n  match a === b\n  who stage = lapsed\n}\n\
         utm u { medium == email; source := x }\n\
         let s = “curly” + 'single'\n\
         # remark\n\
         lifecycle L { a => b }"
    ), @r#"
    rule [r] [on Email]
      when [(or (and a (not b)) (!= c d))]
      match [(== a b)]
      who [(== stage lapsed)]
    ! MKT0008 2:`&&` `&&` is not a sign of this language
    ! MKT0008 2:`!` `!` is not a sign of this language
    ! MKT0008 2:`||` `||` is not a sign of this language
    ! MKT0008 2:`<>` `<>` is not a sign of this language
    ! MKT0008 3:`===` `===` is not a sign of this language
    ! MKT0008 4:`=` `=` does not compare
    utm [u]
      medium [= email]
      source [= x]
    ! MKT0008 6:`==` `==` does not set a value
    ! MKT0008 6:`:=` `:=` is not a sign of this language
    let [s] [= (+ "curly" "single")]
    ! MKT0008 7:`“curly”` text stands in straight double quotes, not in `“”`
    ! MKT0008 7:`'single'` text stands in straight double quotes, not in `'`
    (nothing)
    ! MKT0008 8:`# remark` `#` does not start a comment
    lifecycle [L]
      a [-> b]
    ! MKT0008 9:`=>` `=>` is not a sign of this language
    "#);
}

#[test]
fn what_is_never_closed_is_shown_where_it_opens() {
    insta::assert_snapshot!(problems(
        "claim a { says \"x }\n\
         claim b {\n  says [\"x\", \"y\"\n  tier high\n}\n\
         claim c {\n  says \"x\"\n\
         rule d { match /x\n error \"y\" }\n\
         let e = \"{f(}\"\n\
         let g = 1)\n\
         let h = 1 /* never"
    ), @r#"
    ! MKT0004 1:`"` the string does not end on its line
    ! MKT0002 3:`[` `[` is never closed
    ! MKT0002 6:`{` `{` is never closed
    ! MKT0006 8:`/` the pattern does not end on its line
    ! MKT0002 10:`(` `(` is never closed
    ! MKT0003 11:`)` `)` closes nothing
    ! MKT0005 12:`/*` the comment is never closed
    "#);
}

#[test]
fn odd_bytes_have_their_place() {
    insta::assert_snapshot!(problems(
        "let a = \0\0 b\nlet c = $ 5\nlet d\u{A0}= 1\nlet e = \u{200B}1\nlet f = \"\\q\"\nclame g { says x }\n/// nothing"
    ).replace('\0', "NUL").replace('\u{200B}', "ZWSP"), @r"
    ! MKT0007 1:`NULNUL` the invisible character U+0000 means nothing here
    ! MKT0007 2:`$` `$` means nothing here
    ! MKT0007 4:`ZWSP` the invisible character U+200B means nothing here
    ! MKT0010 5:`\q` there is no escape `\q`
    ! MKT0012 6:`clame` there is no declaration `clame`
    ! MKT0013 7:`/// nothing` this documents nothing
    ");
}

#[test]
fn documentation_behind_something_documents_nothing_and_takes_nothing() {
    insta::assert_snapshot!(check(
        "let a = 1 /// remark\n\
         let b = 2; /// remark\n\
         rule c on X {} /// remark\n\
         /// docs\n\
         rule d on X {\n  e f /// remark\n  g [ /// remark\n    h]\n} /// remark\n  rule i on X {}\n\
         let j = 1 + /// remark\n  2\n\
         let k =\n  /// not documentation\n  1 +\n  /// nor this\nlet l = 2"
    ), @r"
    let [a] [= 1]
    ! MKT0013 1:`/// remark` this documents nothing
    let [b] [= 2]
    ! MKT0013 2:`/// remark` this documents nothing
    rule [c] [on X]
    ! MKT0013 3:`/// remark` this documents nothing
    rule [d] [on X]
      e [f]
      g [[h]]
    ! MKT0013 6:`/// remark` this documents nothing
    ! MKT0013 7:`/// remark` this documents nothing
    ! MKT0013 9:`/// remark` this documents nothing
    rule [i] [on X]
    let [j] [= (+ 1 2)]
    ! MKT0013 11:`/// remark` this documents nothing
    let [k] [= ERROR]
    ! MKT0001 15:`` expected an expression after `+`
    let [l] [= 2]
    ");
}

#[test]
fn neither_comparisons_nor_ranges_chain_behind_other_operators() {
    let chains = [
        ("a and b == c == d", "=="),
        ("a or b is known != c", "!="),
        ("a and b in c not in d", "not"),
        ("a or b and c < d | e > f", ">"),
        ("a | b .. c .. d", ".."),
        ("a or else 1..=2..=3", "..="),
        ("..1 .. 2", ".."),
        ("not a == b == c", "=="),
        ("a and not b == c == d", "=="),
        ("a + not b == c == d", "=="),
    ];
    for (text, sign) in chains {
        let expected = format!("! MKT0001 1:`{sign}` expected an operator or a new line, found `{sign}`\n");
        assert_eq!(problems(&format!("let x = {text}")), expected, "{text}");
    }
}
