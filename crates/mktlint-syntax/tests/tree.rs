//! What the grammar makes of each construct.

mod common;

use common::check;
use mktlint_syntax::ast::{Entry, ExprKind};
use mktlint_syntax::{dump_expr, parse_chunk};

/// The tree of an expression; there must be no problem.
fn expr(text: &str) -> String {
    let parse = parse_chunk(&format!("let x = {text}"));
    assert_eq!(parse.problems, [], "{text}");
    let declaration = parse.declaration.expect("it starts with a word");
    dump_expr(declaration.segments[1].value.as_ref().expect("there is a value"))
}

#[test]
fn operators_bind_as_people_read() {
    let cases = [
        ("a or b and not c == d", "(or a (and b (not (== c d))))"),
        ("a + b * c - d", "(- (+ a (* b c)) d)"),
        ("-a * 2", "(* (- a) 2)"),
        ("age or else 0 >= 18", "(>= (or else age 0) 18)"),
        ("a in b and c not in d", "(and (in a b) (not in c d))"),
        ("x == \"a\" | \"b\"", "(== x (pipe \"a\" \"b\"))"),
        ("age is not known and b is missing", "(and (is not age known) (is b missing))"),
        ("last_order? older than 180 days and x", "(and <(? last_order) older than 180 days> x)"),
        (
            "uses regulated claims or audience could include { age < 18 }",
            "(or <uses regulated claims> <audience could include {(< age 18)}>)",
        ),
        ("now - 3 days", "(- now <3 days>)"),
        ("1..=2", "(..= 1 2)"),
        ("18..", "(.. 18)"),
        ("..=5", "(..= 5)"),
        ("if a then b else if c then d else e", "(if a b (if c d e))"),
        ("any link in links where link.broken and x", "(any link links (and (.broken link) x))"),
        ("count email.images where alt is missing", "(count it (.images email) (is alt missing))"),
        ("all of these", "<all of these>"),
        ("a and b and c", "(and a b c)"),
        ("a == b and c == d or e == f", "(or (and (== a b) (== c d)) (== e f))"),
        ("a | b == c or else d + 1", "(== (pipe a b) (or else c (+ d 1)))"),
        ("a - b - c * d / e - f", "(- (- (- a b) (/ (* c d) e)) f)"),
        ("1..2 == a or ..3 == b", "(or (== (.. 1 2) a) (== (.. 3) b))"),
        ("not a and b == not c == d", "(and (not a) (== b (not (== c d))))"),
        ("count x in y where x == z > 3", "(> (count x y (== x z)) 3)"),
        ("count x in y > 3 and z", "(and (> (count x y) 3) z)"),
    ];
    for (text, tree) in cases {
        assert_eq!(expr(text), tree, "{text}");
    }
}

#[test]
fn literals_have_values() {
    let cases = [
        ("1_000", "1000"),
        ("2.50", "2.50"),
        ("0.1%", "0.1%"),
        ("2027-01-01", "2027-01-01"),
        ("21:00", "21:00:00"),
        ("EUR 20", "<EUR 20>"),
        ("7days", "<7 days>"),
        (r#""a \{b\} {c} \u{2019}""#, "\"a {b} {c} ’\""),
        (r#""{f("x")}""#, "\"{(call f \"x\")}\""),
        (r"/a\/b/i", r"/a\/b/i"),
        ("a / b", "(/ a b)"),
        ("Set<List<Text>>", "(apply Set (apply List Text))"),
        ("a<b", "(< a b)"),
        ("std.{a, in}", "(.{a, in} std)"),
        ("x.when.not", "(.not (.when x))"),
        ("f(a, of: b)", "(call f a of: b)"),
        ("größe", "größe"),
    ];
    for (text, tree) in cases {
        assert_eq!(expr(text), tree, "{text}");
    }
}

#[test]
fn a_clause_is_a_head_and_segments() {
    insta::assert_snapshot!(check(
        "contact {\n  /// Years.\n  age: Int? in 0..=130\n  tags: Set<String>  spend: Money\n}\n\
         utm email { source in [a, b]; medium = email; content not in [c] }\n\
         term \"x\" { not \"y\" as verb, \"z\"\n in a\n unless b }\n\
         pub fn f(x: Int, y: T?) -> Int = x"
    ), @r#"
    contact
      age: [(? Int)] [in (..= 0 130)]
      tags: [(apply Set String)]
      spend: [Money]
    utm [email]
      source [in [a, b]]
      medium [= email]
      content [not in [c]]
    term ["x"]
      not ["y"] [as verb] [, "z"]
      in [a]
      unless [b]
    pub fn [(call f x: Int y: (? T))] [-> Int] [= x]
    "#);
}

#[test]
fn braces_belong_to_the_body_or_to_an_expression() {
    insta::assert_snapshot!(check(
        "prove a disjoint from { age < 18 }\n\
         region dach = { DE, AT }\n\
         region dach { DE, AT }\n\
         rule r on X where has { a: 1 } { require { b: 2 } }\n\
         enforce std.x\n\
         enforce std.x { because \"y\" }"
    ), @r#"
    prove [<a disjoint from {(< age 18)}>]
    region [dach] [= {DE, AT}]
    region [dach]
      DE [, AT]
    rule [r] [on X] [where <has {a: [1]}>]
      require [{b: [2]}]
    enforce [(.x std)]
    enforce [(.x std)]
      because ["y"]
    "#);
}

#[test]
fn documentation_belongs_to_what_follows() {
    let text = "/// One.\n///  Two.\npub enum E {\n  /// A.\n  a,\n  /// B.\n  b /// not this\n}";
    let declaration = parse_chunk(text).declaration.expect("it starts with a word");
    let lines: Vec<&str> = declaration.docs.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines, ["One.", " Two."]);
    let members: Vec<_> = declaration.body.expect("enums have a body").entries;
    let docs = members.iter().map(|it| match it {
        Entry::Clause(clause) => (clause.head.text.as_str(), clause.docs[0].text.as_str()),
        Entry::Expr(_) => panic!("members start with a word"),
    });
    assert_eq!(docs.collect::<Vec<_>>(), [("a", "A."), ("b", "B.")]);
}

#[test]
fn places_are_exact() {
    let text = "let x = \"a {b} c\" | /re/i";
    let declaration = parse_chunk(text).declaration.expect("it starts with a word");
    let value = declaration.segments[1].value.as_ref().expect("there is a value");
    let ExprKind::Chain { items, op_spans, .. } = &value.kind else { panic!("a chain") };
    assert_eq!(op_spans[0].slice(text), "|");
    let ExprKind::Pattern { body_span, flags, .. } = &items[1].kind else { panic!("a pattern") };
    assert_eq!((body_span.slice(text), flags.span.slice(text)), ("re", "i"));
    let ExprKind::String(parts) = &items[0].kind else { panic!("a string") };
    let mktlint_syntax::ast::StringPart::Text(_, span) = &parts[2] else { panic!("text") };
    assert_eq!(span.slice(text), " c");
}

#[test]
fn the_grammar_names_every_kind() {
    let grammar = include_str!("../../../grammar/grammar.ebnf");
    for kind in mktlint_syntax::KINDS {
        assert!(grammar.contains(&format!("\"{kind}\"")), "{kind}");
    }
}

#[test]
fn the_bracket_that_closes_a_type_ends_its_line() {
    insta::assert_snapshot!(check(
        "fact x: Set<Text>\n  rule y on Email { require a }\n\
         fn z(a: Text) -> Set<List<Text>>\n  fact b: Bool\n\
         let c = a >\n  let"
    ), @r"
    fact [x] [: (apply Set Text)]
    rule [y] [on Email]
      require [a]
    fn [(call z a: Text)] [-> (apply Set (apply List Text))]
    fact [b] [: Bool]
    let [c] [= (> a let)]
    ");
}
