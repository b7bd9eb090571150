//! What holds for every text.

mod common;

use common::{check, n_problems};
use mktlint_syntax::ast::Chunk;
use mktlint_syntax::lex::lex;
use mktlint_syntax::{chunks, format, parse_file};
use proptest::prelude::*;

/// Pieces of policies, right and wrong.
const PIECES: &[&str] = &[
    "rule",
    "claim",
    "audience",
    "let",
    "fn",
    "test",
    "pub",
    "use",
    "x",
    "größe",
    "any",
    "count",
    "and",
    "or",
    "not",
    "in",
    "is",
    "else",
    "if",
    "then",
    "where",
    "on",
    "as",
    "unless",
    "true",
    "known",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "=",
    "==",
    "!=",
    "<=",
    "&&",
    "||",
    "=>",
    ":=",
    "<>",
    "!",
    "===",
    "+",
    "-",
    "*",
    "/",
    "|",
    ",",
    ":",
    ".",
    "..",
    "..=",
    "->",
    "?",
    ";",
    "\"",
    "\\",
    "\"text\"",
    "\"{x}\"",
    "'",
    "“",
    "”",
    "‘x’",
    "/re/i",
    "/*",
    "*/",
    "//",
    "///",
    "//!",
    "#",
    "@",
    "\0",
    "\u{FEFF}",
    "\u{A0}",
    "€",
    "7",
    "1_000",
    "2.5",
    "0.1%",
    "2027-01-01",
    "2027-13-01",
    "21:00",
    "2027-01-01T09:00Z",
    "99999999999999999999",
    "\\q",
    "\n",
    "\r\n",
    "\r",
    "  ",
    "\t",
    "Set<String>",
    "x.{",
    "f(",
];

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn soup() -> impl Strategy<Value = String> {
    let piece = (prop::sample::select(PIECES), prop::sample::select(&["", " ", " ", "\n", "\n  "][..]));
    prop::collection::vec(piece, 0..60)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, space)| [piece, space]).collect())
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(&["age", "stage", "EU", "x", "größe", "within", "any", "Email"][..])
        .prop_map(str::to_owned)
}

fn operand() -> impl Strategy<Value = String> {
    prop_oneof![
        word(),
        prop::sample::select(
            &[
                "7",
                "1_000",
                "2.5",
                "0.1%",
                "2027-01-01",
                "21:00",
                "true",
                "/a|b/i",
                "\"t {x + \"n\"} é\"",
                "..5",
                "x?"
            ][..]
        )
        .prop_map(str::to_owned),
    ]
}

/// Expressions that are right, with white space and comments as careless people put them.
fn expression() -> impl Strategy<Value = String> {
    operand().prop_recursive(4, 40, 5, |inner| {
        let many = prop::collection::vec(inner.clone(), 1..5);
        let op = prop::sample::select(
            &[
                " and ",
                "\n    or ",
                " or // why\n  ",
                " | ",
                " + ",
                " - ",
                " *  ",
                " or else ",
                " /* c */ and ",
            ][..],
        );
        prop_oneof![
            (many.clone(), op).prop_map(|(items, op)| format!("({})", items.join(op))),
            many.clone().prop_map(|items| format!("[{}]", items.join(" ,\n"))),
            many.clone().prop_map(|items| format!("[\n// first\n{},\n// last\n]", items.join(", // mid\n"))),
            many.clone().prop_map(|items| format!("f({})", items.join(", "))),
            many.prop_map(|items| format!("{{ a: {} }}", items.join(", b: "))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} == {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} is not  known and not {b} in x)")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("(if {a} then {b} else not {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("(any y in {a} where {b})")),
            (inner.clone(), word()).prop_map(|(a, b)| format!("f({a} {b}.{b}, {b}.{b} 1..=2)")),
            inner.prop_map(|a| format!("({a})")),
        ]
    })
}

fn clause() -> impl Strategy<Value = String> {
    let head = prop::sample::select(&["who", "not", "in", "unless", "approve", "says", "when"][..]);
    let docs = prop::sample::select(&["", "", "/// why\n", "// note\n", "\n\n", "/* x */\n"][..]);
    prop_oneof![
        (docs, head, expression(), expression())
            .prop_map(|(docs, head, a, b)| format!("{docs}{head}   {a}, {b} when {a}")),
        expression().prop_map(|a| format!("age: Int? in {a} // range")),
        (expression(), expression()).prop_map(|(a, b)| format!("medium = {a} | {b};")),
        Just("a -> b ->\n c".to_owned()),
    ]
}

/// Files that are right.
fn policy() -> impl Strategy<Value = String> {
    let body = prop::collection::vec(clause(), 0..4)
        .prop_map(|clauses| format!("rule x on Y where a {{ {}\n}}", clauses.join("\n")));
    let declaration = prop_oneof![
        body,
        expression().prop_map(|it| format!("audience x = {it}")),
        expression().prop_map(|it| format!("/// docs\npub  let y  =\n  {it} // end")),
        Just("use std.{a,b}".to_owned()),
        Just("// alone".to_owned()),
    ];
    prop::collection::vec(declaration, 0..5).prop_map(|all| all.join("\n"))
}

fn assert_tiles(text: &str) {
    let tokens = lex(text);
    let mut at = 0;
    for token in &tokens {
        assert_eq!(token.span.start(), at, "gap or overlap");
        assert!(text.is_char_boundary(token.span.end() as usize));
        at = token.span.end();
    }
    assert_eq!(at as usize, text.len());
}

fn assert_places_fit(text: &str) {
    let mut end = 0;
    for (chunk, parse) in parse_file(text).declarations {
        assert!(chunk.offset >= end && chunk.span().end() as usize <= text.len());
        end = chunk.span().end();
        for problem in parse.problems {
            assert!(problem.span().end() <= chunk.len, "{problem:?} in {:?}", chunk.text(text));
        }
    }
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn tokens_are_the_text(text in prop_oneof![soup(), any::<String>()]) {
        assert_tiles(&text);
    }

    #[test]
    fn anything_can_be_parsed(text in prop_oneof![soup(), any::<String>()]) {
        assert_places_fit(&text);
    }

    #[test]
    fn formatting_anything_settles(text in soup()) {
        let once = format(&text).text;
        prop_assert_eq!(&format(&once).text, &once);
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn what_is_right_has_no_problem(text in policy()) {
        prop_assert_eq!(n_problems(&text), 0, "{}\n{}", text, check(&text));
    }

    #[test]
    fn formatting_keeps_the_trees_and_settles(text in policy()) {
        let once = format(&text).text;
        prop_assert_eq!(check(&once), check(&text));
        prop_assert_eq!(&format(&once).text, &once, "from:\n{}", text);
    }

    /// A declaration is the same alone as in its file.
    #[test]
    fn a_chunk_alone_is_one_chunk(text in policy()) {
        for chunk in chunks(&text) {
            let alone = Chunk { offset: 0, ..chunk.clone() };
            prop_assert_eq!(chunks(chunk.text(&text)), vec![alone]);
        }
    }
}

/// Every text of one token repeated is read in linear time and without deep recursion.
#[test]
fn repeated_tokens_neither_overflow_nor_hang() {
    for piece in PIECES.iter().chain(&[
        "not ",
        "- ",
        "if ",
        "a.",
        "a and ",
        "a + ",
        "a? ",
        "f(",
        "x in ",
        "(x) ",
        "a,",
        "a: ",
        "any x in ",
        "a or else ",
        "Set<",
    ]) {
        for around in ["{} ", "let x = {} ", "{}\n"] {
            let text = around.replace("{}", &piece.repeat(2_000));
            assert_places_fit(&text);
        }
    }
}

#[test]
fn two_hundred_thousand_levels_are_one_problem() {
    for (open, close) in
        [("(", ")"), ("[", "]"), ("{", "}"), ("not ", ""), ("- ", ""), ("f(", ")"), ("if a then b else ", "")]
    {
        let n = 200_000;
        let text = format!("let x = {}a{}\nlet y = 1", open.repeat(n), close.repeat(n));
        assert_eq!(n_problems(&text), 1, "{open}");
    }
}

#[test]
fn long_chains_are_fine() {
    for joint in [" and ", " or ", " | ", ", ", " "] {
        let text = format!("let x = {}", vec!["a"; 200_000].join(joint));
        assert_eq!(n_problems(&text), 0, "{joint}");
        let text = format!("let x = {}", vec!["a"; 5_000].join(joint));
        assert_eq!(format(&format(&text).text).text, format(&text).text);
    }
}
