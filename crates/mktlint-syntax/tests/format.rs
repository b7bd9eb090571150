//! Canonical text.

use mktlint_syntax::format;

/// Formats `text` into `expected`, and `expected` into itself.
fn check(text: &str, expected: &str) {
    assert_eq!(format(text).text, expected);
    assert_eq!(format(expected).text, expected);
}

#[test]
fn a_body_with_one_clause_stays_as_it_was_written() {
    check("tier low   {  approve   1 of x }", "tier low { approve 1 of x }\n");
    check("tier low {\napprove 1 of x }", "tier low {\n  approve 1 of x\n}\n");
    check("role r { members [a]  keys b }", "role r {\n  members [a]\n  keys b\n}\n");
    check("contact { }", "contact {}\n");
}

#[test]
fn no_comment_is_lost_or_moves_to_another_clause() {
    check(
        "// head\n/// docs\nrule x on Y { // first\n  a  b // behind\n\n\n  // above\n  c [d, // d\n  e]\n  // tail\n} // end\n// last",
        "// head\n/// docs\nrule x on Y {\n  // first\n  a b // behind\n\n  // above\n  c [\n    d, // d\n    e,\n  ]\n  // tail\n} // end\n// last\n",
    );
    check("let x = a /* why */ and // because\n  b", "let x =\n  a /* why */\n    and // because\n      b\n");
    check(
        "let a = 1\n  // below\n\n  // again\n  ;\nlet b = 2",
        "let a = 1\n// below\n\n// again\n\nlet b = 2\n",
    );
}

#[test]
fn what_is_too_long_is_broken() {
    let names = "newsletter_for_everyone, lifecycle_messages, product_updates, seasonal_offers, invitations";
    check(
        &format!("utm e {{ source in [{names}] }}"),
        &format!("utm e {{\n  source in [\n    {},\n  ]\n}}\n", names.replace(", ", ",\n    ")),
    );
    check(
        "audience lapsed_eu \"EU customers who stopped buying\" = stage == lapsed and country in EU and last_order? older than 180 days",
        "audience lapsed_eu \"EU customers who stopped buying\" =\n  stage == lapsed and country in EU and last_order? older than 180 days\n",
    );
    check(
        "rule r on Email.subject where language in [de, fr, it] and regions touch [DE, FR, IT, AT, CH] { require a or b }",
        "rule r on Email.subject where language in [de, fr, it] and regions touch [DE, FR, IT, AT, CH] {\n  require a or b\n}\n",
    );
}

#[test]
fn declarations_on_one_line_may_stand_together() {
    check("use a\nuse b\n\n\nuse c\nlet d = 1", "use a\nuse b\n\nuse c\n\nlet d = 1\n");
    check(
        "tier a { x y }\ntier b {\n x y }\ntier c { x y }",
        "tier a { x y }\n\ntier b {\n  x y\n}\n\ntier c { x y }\n",
    );
    check("//! docs\nuse a; use b", "//! docs\nuse a\nuse b\n");
}

#[test]
fn what_is_wrong_stays_as_it_is() {
    check("rule,;7rule", "rule,;7rule");
    let formatted = format("rule   x { require  a == }\nlet   y=1");
    assert_eq!(formatted.text, "rule   x { require  a == }\n\nlet y = 1\n");
    assert_eq!(formatted.problems.len(), 1);
    assert_eq!(formatted.problems[0].0, 0);
}

#[test]
fn spaces_stand_where_they_help() {
    check("let x=-a+ - b*( c-d )", "let x = -a + -b * (c - d)\n");
    check("let x = a .b ? [ 1 ,2 , ] {a:1}", "let x = a.b? [1, 2] { a: 1 }\n");
    check("merge m { length 1 ..= 14 }", "merge m { length 1..=14 }\n");
    check("merge m { length ..= 14 }", "merge m { length ..=14 }\n");
}

/// Found by mutation: the word lost its meaning as an operator with the space before it.
#[test]
fn a_reserved_word_behind_a_full_stop_is_a_name() {
    check("contact {\n  age: Int? in 0. in 0..=9\n}\n", "contact {\n  age: Int? in 0.in 0..=9\n}\n");
}
