//! The pages that `explain` shows are true.

use std::collections::BTreeSet;

use mktlint_syntax::{CODES, parse_file};

/// The `mkt` fences of a section.
fn fences<'p>(page: &'p str, section: &str) -> Vec<&'p str> {
    let body = page.split("\n## ").find(|it| it.starts_with(section)).unwrap_or_default();
    body.split("```mkt\n").skip(1).filter_map(|it| it.split("\n```").next()).collect()
}

fn codes(text: &str) -> BTreeSet<&'static str> {
    parse_file(text).declarations.iter().flat_map(|(_, it)| &it.problems).map(|it| it.code().id).collect()
}

#[test]
fn numbers_are_in_order_and_unique() {
    let ids: Vec<&str> = CODES.iter().map(|code| code.id).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
    let slugs: BTreeSet<&str> = CODES.iter().map(|code| code.slug).collect();
    assert_eq!(slugs.len(), CODES.len());
}

#[test]
fn what_a_page_calls_wrong_is_and_what_it_calls_right_is() {
    for code in CODES {
        assert!(code.page.starts_with(&format!("# {}: ", code.id)), "{}", code.id);
        for fence in fences(code.page, "Wrong") {
            assert_eq!(codes(fence), BTreeSet::from([code.id]), "{fence}");
        }
        let right = fences(code.page, "Right");
        assert!(!right.is_empty(), "{}", code.id);
        for fence in right {
            assert_eq!(codes(fence), BTreeSet::new(), "{fence}");
        }
    }
}
