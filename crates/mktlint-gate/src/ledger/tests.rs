use jiff::civil::date;
use mktlint_diag::FilePath;

use super::*;
use crate::PartKind;
use crate::keys::Roles;
use crate::record::{ApprovedPart, Record, WaiverTerms, path_of, write};

fn waiver(id: &str, time: &str, after: Vec<Digest>) -> Record {
    Record {
        id: id.into(),
        verdict: Verdict::Waived,
        unit: Unit::Policy,
        tier: None,
        tier_reasons: Vec::new(),
        role: None,
        person: "Ana@acme.example".into(),
        time: time.parse().expect("a time"),
        expires: None,
        reason: "the poem is the subject".into(),
        conditions: Vec::new(),
        evidence: Vec::new(),
        policy: Digest::of(b""),
        tool: "0.1.0".into(),
        normal_form: 1,
        after,
        parts: Vec::new(),
        withdraws: None,
        waiver: Some(WaiverTerms {
            rules: vec!["acme.subject_length".into()],
            files: vec!["campaigns/poem/**".into()],
            until: date(2027, 1, 31),
            owner: "jo@acme.example".into(),
        }),
    }
}

fn digest(record: &Record) -> Digest {
    Digest::of(write(record).as_bytes())
}

fn ledger(records: &[Record]) -> Ledger {
    let now = "2026-11-22T12:00:00Z".parse().expect("a time");
    let roles = Roles::default();
    let load = |record: &Record| Loaded::new(&path_of(record), write(record).as_bytes(), false, &roles, now);
    Ledger::new(records.iter().map(load).collect(), now, true)
}

/// The codes of everything that is wrong.
fn codes(records: &[Record]) -> Vec<String> {
    ledger(records).problems().into_iter().map(|problem| problem.code.to_string()).collect()
}

fn chain() -> [Record; 3] {
    let first = waiver("a", "2026-11-01T10:00:00Z", Vec::new());
    let second = waiver("b", "2026-11-02T10:00:00Z", vec![digest(&first)]);
    let third = waiver("c", "2026-11-03T10:00:00Z", vec![digest(&first)]);
    [first, second, third]
}

#[test]
fn what_no_record_follows_is_a_head() {
    let [first, second, third] = chain();
    let mut heads = vec![digest(&second), digest(&third)];
    heads.sort();
    assert_eq!(ledger(&chain()).heads(), heads);
    let joined = waiver("d", "2026-11-04T10:00:00Z", heads);
    assert_eq!(ledger(&[first, second, third, joined.clone()]).heads(), [digest(&joined)]);
    assert_eq!(codes(&chain()), Vec::<String>::new());
}

#[test]
fn a_record_that_was_removed_or_altered_leaves_a_hole() {
    let [mut first, second, third] = chain();
    assert_eq!(codes(&[second.clone(), third.clone()]), ["MKT0924", "MKT0924"]);
    first.reason = "because".into();
    assert_eq!(codes(&[first, second, third]), ["MKT0924", "MKT0924"]);
}

#[test]
fn decisions_are_found_by_what_they_are_about() {
    let mut approval = waiver("z", "2026-11-05T10:00:00Z", Vec::new());
    approval.reason = "not subject_length_max, but `acme.serum.proven`".into();
    approval.waiver = None;
    approval.verdict = Verdict::Withdrawn;
    approval.withdraws = Some("a".into());
    approval.unit = Unit::Campaign("serum".into());
    approval.parts = vec![ApprovedPart {
        file: Some(FilePath::new("campaigns/serum/a.md")),
        kind: PartKind::Copy,
        digest: None,
        names: vec!["acme.serum.tested".into()],
    }];
    let [first, second, _] = chain();
    let ledger = ledger(&[first, second, approval]);
    let found = |query: Query| {
        ledger
            .search(&query)
            .iter()
            .map(|entry| entry.file.record.id.to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let all = Query::default();
    assert_eq!(found(all.clone()), "z b a");
    assert_eq!(found(Query { rule: Some("subject_length".into()), ..all.clone() }), "b a");
    assert_eq!(found(Query { rule: Some("proven".into()), ..all.clone() }), "z");
    assert_eq!(found(Query { rule: Some("serum.tested".into()), ..all.clone() }), "z");
    assert_eq!(found(Query { asset: Some("campaigns/poem/x/y.md".into()), ..all.clone() }), "b a");
    assert_eq!(found(Query { asset: Some("campaigns/serum".into()), ..all.clone() }), "z");
    assert_eq!(found(Query { asset: Some("campaigns/*/a.md".into()), ..all.clone() }), "z");
    assert_eq!(found(Query { person: Some("JO@".into()), ..all.clone() }), "b a");
    assert_eq!(found(Query { unit: Some("serum".into()), ..all.clone() }), "z");
    assert_eq!(
        found(Query { from: Some(date(2026, 11, 2)), until: Some(date(2026, 11, 4)), ..all.clone() }),
        "b"
    );
    assert_eq!(found(Query { verdict: Some(Verdict::Waived), text: Some("POEM".into()), ..all }), "b a");
    let earlier = |rule, asset| ledger.earlier(rule, asset).len();
    assert_eq!(earlier("acme.subject_length", "campaigns/poem/a.md"), 2);
    assert_eq!(earlier("acme.subject_length", "campaigns/serum/a.md"), 0);
}
