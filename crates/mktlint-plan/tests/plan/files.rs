//! The plan file.

use mktlint_hir::model::item::{ItemKind, Judgement, Meaning};
use mktlint_plan::file::{FORMAT, FileError, from_bytes, to_bytes};
use mktlint_plan::{Plan, dump, lower};

use crate::policy::{Exprs, declare, phrase, prelude, program, rule};

fn plan() -> Plan {
    let rule = rule(("Email", "", ""), Judgement::Match(vec![phrase("click here")]), Vec::new());
    let mut items = prelude();
    items.push(declare(ItemKind::Rule, "acme.r", Exprs::default().body, Meaning::Rule(rule)));
    lower(&program(items))
}

#[track_caller]
fn refused(bytes: &[u8]) -> String {
    from_bytes(bytes).map(|_| ()).expect_err("refused").to_string()
}

#[test]
fn a_plan_survives_the_way_through_a_file() {
    let bytes = to_bytes(&plan());
    let back = from_bytes(&bytes).expect("what was written");
    assert_eq!(dump::text(&back), dump::text(&plan()));
    assert_eq!(to_bytes(&back), bytes);
}

#[test]
fn each_damage_has_its_own_words() {
    let bytes = to_bytes(&plan());
    assert_eq!(refused(b""), "this is not a plan file");
    assert_eq!(refused(b"# Hello"), "this is not a plan file");
    assert_eq!(refused(&bytes[..3]), "the plan file is cut off: it has 3 of 7 bytes");
    let n = bytes.len();
    assert_eq!(refused(&bytes[..n - 1]), format!("the plan file is cut off: it has {} of {n} bytes", n - 1));
    let mut other = bytes.clone();
    other[7] = 99;
    let expected =
        format!("the plan was written by mktlint 0.1.0 (format 99), this is 0.1.0 (format {FORMAT})");
    assert_eq!(refused(&other), expected);
    let mut flipped = bytes.clone();
    flipped[n - 1] ^= 1;
    assert_eq!(refused(&flipped), "the plan file is damaged: its checksum is wrong");
    let mut longer = bytes;
    longer.push(0);
    assert_eq!(from_bytes(&longer).map(|_| ()), Err(FileError::Corrupt));
}
