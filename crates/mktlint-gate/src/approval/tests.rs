use std::collections::BTreeMap;

use mktlint_diag::Place;
use mktlint_hir::model::expr::Length;
use mktlint_text::Span;
use ssh_key::PrivateKey;
use ssh_key::private::{Ed25519Keypair, KeypairData};

use super::*;
use crate::Part;
use crate::keys::Declared;
use crate::ledger::Loaded;
use crate::record::{ApprovedPart, Record, path_of, sign, to_sign};

/// The people of the tests, each with a key of the same number.
const LEGAL: [&str; 2] = ["lea@acme.example", "leo@acme.example"];
const BRAND: &str = "bea@acme.example";
/// In both roles.
const BOTH: &str = "bo@acme.example";

fn key(seed: u8) -> PrivateKey {
    PrivateKey::new(KeypairData::Ed25519(Ed25519Keypair::from_seed(&[seed; 32])), "").expect("a key")
}

fn line(person: &str, options: &str, seed: u8) -> String {
    let public = key(seed).public_key().to_openssh().expect("it is written");
    format!("{person} {options} {public}\n")
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// A campaign with three parts, a tier that wants two of legal, and what the tests change about both.
struct Story {
    unit: Unit,
    content: Content,
    changed: BTreeSet<PartId>,
    policy: Digest,
    needs: Needs,
    legal: String,
    brand: String,
    revoked: Vec<(SmolStr, jiff::civil::Date)>,
    authors: BTreeSet<SmolStr>,
    now: Timestamp,
    files: Vec<(FilePath, String, bool)>,
}

fn id(file: &str, kind: PartKind) -> PartId {
    PartId { file: Some(file.into()), kind }
}

fn part(text: &str) -> Part {
    Part { digest: Digest::of(text.as_bytes()), items: Vec::new() }
}

impl Story {
    fn new() -> Self {
        let parts = BTreeMap::from([
            (id("a.html", PartKind::Claims), part("clinically tested")),
            (id("a.html", PartKind::Copy), part("hello")),
            (id("a.html", PartKind::Disclosures), part("212 adults")),
        ]);
        Self {
            unit: Unit::Campaign("serum".into()),
            changed: parts.keys().cloned().collect(),
            content: Content { parts },
            policy: Digest::of(b"policy"),
            needs: Needs {
                tier: "high".into(),
                asks: vec![ask("legal", Count::AtLeast(1), &[])],
                expires_after: Some(Length { days: 30, ..Length::default() }),
                authors_may_approve: false,
            },
            legal: line(LEGAL[0], "", 1) + &line(LEGAL[1], "", 2) + &line(BOTH, "", 4),
            brand: line(BRAND, "", 3) + &line(BOTH, "", 4),
            revoked: Vec::new(),
            authors: BTreeSet::new(),
            now: time("2026-11-22T12:00:00Z"),
            files: Vec::new(),
        }
    }

    fn roles(&self) -> Roles {
        let role = |name: &str, members: &[&str]| Declared {
            name: format!("acme.{name}").into(),
            members: members.iter().map(SmolStr::new).collect(),
            files: vec![name.into()],
            revoked: self.revoked.clone(),
            place: Place::new("p.mkt".into(), Span::at(0)),
        };
        let declared = [role("legal", &[LEGAL[0], LEGAL[1], BOTH]), role("brand", &[BRAND, BOTH])];
        let read = |file: &str| Ok(if file == "legal" { self.legal.clone() } else { self.brand.clone() });
        let (roles, problems) = Roles::new(&declared, read);
        assert_eq!(problems, []);
        roles
    }

    /// An approval of everything that is there now, by a member of legal.
    fn record(&self, person: &str) -> Record {
        let approved = |(id, part): (&PartId, &Part)| ApprovedPart {
            file: id.file.clone(),
            kind: id.kind,
            digest: Some(part.digest),
            names: Vec::new(),
        };
        Record {
            id: format!("r{}", self.files.len()).into(),
            verdict: Verdict::Approved,
            unit: self.unit.clone(),
            tier: Some("high".into()),
            tier_reasons: Vec::new(),
            role: Some("legal".into()),
            person: person.into(),
            time: time("2026-11-22T10:00:00Z"),
            expires: None,
            reason: String::new(),
            conditions: Vec::new(),
            evidence: Vec::new(),
            policy: self.policy,
            tool: "0.1.0".into(),
            normal_form: 1,
            after: Vec::new(),
            parts: self.content.parts.iter().map(approved).collect(),
            withdraws: None,
            waiver: None,
        }
    }

    /// Adds a record that is new, with a change, signed by the key `seed`.
    fn add(&mut self, seed: u8, person: &str, change: impl FnOnce(&mut Record)) -> Digest {
        let mut record = self.record(person);
        change(&mut record);
        self.files.push((path_of(&record), sign(&record, &key(seed)).expect("it is signed"), true));
        Digest::of(to_sign(&record).as_bytes())
    }

    fn standing(&self) -> Standing {
        let roles = self.roles();
        let load = |(file, text, is_new): &(FilePath, String, bool)| {
            Loaded::new(file, text.as_bytes(), *is_new, &roles, self.now)
        };
        let ledger = Ledger::new(self.files.iter().map(load).collect(), self.now, false);
        standing(&Case {
            unit: &self.unit,
            content: &self.content,
            changed: &self.changed,
            policy: self.policy,
            normal_form: 1,
            needs: &self.needs,
            roles: &roles,
            ledger: &ledger,
            authors: &self.authors,
            now: self.now,
        })
    }

    /// The codes and messages of everything that does not count.
    fn void(&self) -> Vec<String> {
        let standing = self.standing();
        let reasons = standing.void.iter().flat_map(|void| &void.reasons);
        reasons.map(|reason| format!("{} {}", reason.code, reason.message)).collect()
    }

    /// The only code of what does not count; the gate is then closed.
    fn code(&self) -> String {
        let void = self.void();
        assert_eq!(void.len(), 1, "{void:?}");
        assert!(!self.standing().is_open());
        void[0].split(' ').next().unwrap_or_default().to_owned()
    }
}

fn ask(role: &str, count: Count, parts: &[PartKind]) -> Ask {
    Ask { role: format!("acme.{role}").into(), count, parts: parts.iter().copied().collect() }
}

/// A story with one approval by lea, which `change` alters before it is signed.
fn with(change: impl FnOnce(&mut Record)) -> Story {
    let mut story = Story::new();
    story.add(1, LEGAL[0], change);
    story
}

#[test]
fn a_whole_approval_opens() {
    let story = with(|_| ());
    let standing = story.standing();
    assert!(standing.is_open());
    assert_eq!(standing.void, []);
    let given = &standing.needs[0].given[0];
    // 30 days after 2026-11-22.
    assert_eq!(given.until, Some(time("2026-12-22T10:00:00Z")));
    assert!(!Story::new().standing().is_open());
}

#[test]
fn a_part_that_moved_keeps_its_approval_and_one_that_changed_does_not() {
    let mut story = with(|_| ());
    let parts = std::mem::take(&mut story.content.parts);
    let moved = |(at, part): (PartId, Part)| (id("b.html", at.kind), part);
    story.content.parts = parts.into_iter().map(moved).collect();
    story.changed = story.content.parts.keys().cloned().collect();
    assert!(story.standing().is_open());
    story.content.parts.insert(id("b.html", PartKind::Claims), part("clinically proven"));
    let void = story.void();
    assert_eq!(
        void,
        [
            "MKT0926 `b.html#claims` changed, and the approval does not speak of it",
            "MKT0915 `a.html#claims` is gone since"
        ]
    );
}

/// What was approved in one file is not approved in another that was there, too: nobody puts an offer for some before others.
#[test]
fn parts_that_changed_places_are_not_approved() {
    let mut story = Story::new();
    for kind in [PartKind::Prices, PartKind::Copy] {
        story.content.parts.insert(id("b.html", kind), part(&format!("b {kind}")));
    }
    story.content.parts.insert(id("a.html", PartKind::Prices), part("a prices"));
    story.changed = story.content.parts.keys().cloned().collect();
    story.add(1, LEGAL[0], |_| ());
    assert!(story.standing().is_open());
    let approved = story.content.clone();
    let swap = |content: &mut Content, kind: PartKind, one: &str, other: &str| {
        let a = content.parts.remove(&id(one, kind)).expect("it is there");
        let b = content.parts.insert(id(other, kind), a).expect("it is there");
        content.parts.insert(id(one, kind), b);
    };
    swap(&mut story.content, PartKind::Prices, "a.html", "b.html");
    assert_eq!(
        story.void(),
        ["MKT0915 `a.html#price` has changed since", "MKT0915 `b.html#price` has changed since"]
    );
    // Nor when both files are called otherwise on the way.
    let rename = |content: Content| {
        let new = |file: &str| if file == "a.html" { "c.html" } else { "d.html" };
        let moved = |(at, part): (PartId, Part)| (id(new(at.file.as_deref().unwrap_or("")), at.kind), part);
        Content { parts: content.parts.into_iter().map(moved).collect() }
    };
    for (content, is_open) in [(approved, true), (story.content.clone(), false)] {
        story.content = rename(content);
        story.changed = story.content.parts.keys().cloned().collect();
        assert_eq!(story.standing().is_open(), is_open);
    }
}

#[test]
fn an_older_content_names_the_part() {
    let mut story = with(|_| ());
    story.content.parts.insert(id("a.html", PartKind::Claims), part("clinically proven"));
    assert_eq!(story.void(), ["MKT0915 `a.html#claims` has changed since"]);
    story.content.parts.remove(&id("a.html", PartKind::Claims));
    assert_eq!(story.void(), ["MKT0915 `a.html#claims` is gone since"]);
}

/// Small print that was taken away after the approval was part of what the approver saw, whether the base has it or not.
#[test]
fn what_was_approved_must_still_be_there() {
    let mut story = with(|_| ());
    let gone = id("a.html", PartKind::Disclosures);
    story.content.parts.remove(&gone);
    story.changed.remove(&gone);
    assert_eq!(story.code(), "MKT0915");
    // Approved as gone, it may be gone, in this file alone.
    let mut story = Story::new();
    story.content.parts.remove(&gone);
    story.add(1, LEGAL[0], |record| {
        record.parts.push(ApprovedPart {
            file: gone.file.clone(),
            kind: gone.kind,
            digest: None,
            names: Vec::new(),
        });
    });
    assert!(story.standing().is_open());
    story.changed.insert(id("b.html", PartKind::Disclosures));
    assert_eq!(story.code(), "MKT0926");
}

#[test]
fn a_role_that_looks_at_claims_is_asked_when_claims_change() {
    let mut story = with(|record| record.parts.retain(|part| part.kind == PartKind::Claims));
    assert_eq!(story.void().len(), 2);
    story.needs.asks = vec![ask("legal", Count::AtLeast(1), &[PartKind::Claims])];
    assert!(story.standing().is_open());
    story.content.parts.insert(id("a.html", PartKind::Copy), part("hello again"));
    assert!(story.standing().is_open());
    story.files.clear();
    assert!(!story.standing().is_open());
    story.changed.remove(&id("a.html", PartKind::Claims));
    assert_eq!(story.standing().needs, []);
}

#[test]
fn what_says_nothing_about_this_change_is_refused() {
    assert_eq!(with(|record| record.policy = Digest::of(b"other")).code(), "MKT0914");
    assert_eq!(with(|record| record.normal_form = 2).code(), "MKT0923");
    assert_eq!(with(|record| record.expires = Some(time("2026-11-22T11:00:00Z"))).code(), "MKT0916");
    assert_eq!(with(|record| record.time = time("2026-10-22T10:00:00Z")).code(), "MKT0916");
    let mut story = with(|_| ());
    story.authors.insert("Lea@acme.example".into());
    assert_eq!(story.code(), "MKT0919");
    story.needs.authors_may_approve = true;
    assert!(story.standing().is_open());
}

#[test]
fn a_replayed_record_is_refused() {
    let mut story = with(|record| record.unit = Unit::Campaign("cream".into()));
    let (_, text, _) = story.files.remove(0);
    story.files.push(("decisions/serum/r0.toml".into(), text.clone(), true));
    assert_eq!(story.code(), "MKT0913");
    story.files[0].1 = text.replace("campaign:cream", "campaign:serum");
    assert_eq!(story.code(), "MKT0908");
}

#[test]
fn a_record_that_was_not_signed_as_it_says_is_refused() {
    let mut story = with(|_| ());
    let text = story.files[0].1.clone();
    let cut = text.find("[signature]").expect("it is signed");
    story.files[0].1 = text[..cut].to_owned();
    assert_eq!(story.code(), "MKT0906");
    story.files[0].1 = text.replace("U1NIU0lH", "AAAAAAAA");
    assert_eq!(story.code(), "MKT0907");
    story.files[0].1 = text.replace("high", "low");
    assert_eq!(story.code(), "MKT0908");
    story.files[0].1 = text.replace("format = 1", "<<<<<<< HEAD\nformat = 1");
    assert_eq!(story.code(), "MKT0902");
    story.files[0].0 = "decisions/serum/other.toml".into();
    story.files[0].1 = text;
    assert_eq!(story.code(), "MKT0904");
}

#[test]
fn a_key_must_be_one_of_the_role_and_the_person() {
    let by = |seed: u8, person: &str| {
        let mut story = Story::new();
        story.add(seed, person, |_| ());
        story.code()
    };
    assert_eq!(by(9, LEGAL[0]), "MKT0909");
    assert_eq!(by(3, LEGAL[0]), "MKT0911");
    assert_eq!(by(2, LEGAL[0]), "MKT0928");
    assert_eq!(by(1, "eve@acme.example"), "MKT0928");
    let mut story = Story::new();
    story.files.push({
        let mut record = story.record(LEGAL[0]);
        record.role = Some("nobody".into());
        (path_of(&record), sign(&record, &key(1)).expect("it is signed"), true)
    });
    assert_eq!(story.code(), "MKT0911");
}

/// A new record is judged by the keys of today, whatever time it claims; one that the base has by those of its time.
#[test]
fn a_key_counts_in_its_time() {
    let mut story = with(|record| record.time = time("2026-11-10T10:00:00Z"));
    let fingerprint = key(1).fingerprint(ssh_key::HashAlg::Sha256).to_string();
    story.revoked = vec![(fingerprint.into(), jiff::civil::date(2026, 11, 15))];
    assert_eq!(story.code(), "MKT0910");
    story.files[0].2 = false;
    assert!(story.standing().is_open());
    story.revoked[0].1 = jiff::civil::date(2026, 11, 10);
    assert_eq!(story.code(), "MKT0910");
    story.revoked.clear();
    for (options, is_open) in [
        ("valid-before=\"20261109\"", false),
        ("valid-after=\"20261111\"", false),
        ("valid-after=\"20261109\",valid-before=\"20261111\"", true),
        ("namespaces=\"git\"", false),
    ] {
        story.legal = line(LEGAL[0], options, 1);
        assert_eq!(story.standing().is_open(), is_open, "{options}");
    }
    assert_eq!(story.code(), "MKT0912");
}

#[test]
fn a_clock_that_is_wrong_is_noticed() {
    assert_eq!(with(|record| record.time = time("2026-11-22T12:06:00Z")).code(), "MKT0917");
    assert!(with(|record| record.time = time("2026-11-22T12:04:00Z")).standing().is_open());
    let back = |minute: &str, is_known: bool| {
        let mut story = Story::new();
        let first = story.add(3, BRAND, |record| record.role = Some("brand".into()));
        story.files[0].2 = !is_known;
        story.add(1, LEGAL[0], |record| {
            record.time = time(&format!("2026-11-22T09:{minute}:00Z"));
            record.after = if is_known { Vec::new() } else { vec![first] };
        });
        story
    };
    assert_eq!(back("54", false).code(), "MKT0918");
    assert_eq!(back("54", true).code(), "MKT0918");
    assert!(back("56", true).standing().is_open());
}

#[test]
fn the_later_word_counts() {
    let reject = |record: &mut Record, at: &str| {
        record.verdict = Verdict::Rejected;
        record.time = time(at);
    };
    let mut story = with(|_| ());
    story.add(2, LEGAL[1], |record| reject(record, "2026-11-22T10:30:00Z"));
    let void = story.void();
    assert_eq!(
        void,
        ["MKT0920 `leo@acme.example` rejected it later: `r1`", "MKT0929 `leo@acme.example` rejected this"]
    );
    assert!(!story.standing().is_open());
    // One of another role, or of something else, says nothing about it.
    story.files.truncate(1);
    story.add(3, BRAND, |record| {
        record.role = Some("brand".into());
        reject(record, "2026-11-22T10:30:00Z");
    });
    assert!(story.standing().is_open());
    assert_eq!(story.void(), ["MKT0929 `bea@acme.example` rejected this"]);
    story.files.truncate(1);
    story.add(2, LEGAL[1], |record| reject(record, "2026-11-22T09:30:00Z"));
    assert!(story.standing().is_open());
    // A rejection that was taken back is none; one that is not signed by the role never was.
    story.files.truncate(1);
    story.add(2, LEGAL[1], |record| reject(record, "2026-11-22T10:30:00Z"));
    story.add(2, LEGAL[1], |record| withdraw(record, "r1"));
    assert!(story.standing().is_open());
    story.files.truncate(1);
    story.add(9, LEGAL[1], |record| reject(record, "2026-11-22T10:30:00Z"));
    assert!(story.standing().is_open());
}

fn withdraw(record: &mut Record, id: &str) {
    record.verdict = Verdict::Withdrawn;
    record.withdraws = Some(id.into());
    record.time = time("2026-11-22T11:00:00Z");
}

#[test]
fn an_approval_is_withdrawn_by_its_role_alone() {
    let mut story = with(|_| ());
    story.add(3, BRAND, |record| {
        record.role = Some("brand".into());
        withdraw(record, "r0");
    });
    assert!(story.standing().is_open());
    story.add(2, LEGAL[1], |record| withdraw(record, "r0"));
    assert_eq!(story.code(), "MKT0921");
}

#[test]
fn two_files_with_one_id_do_not_count_unless_the_base_has_one() {
    let mut story = with(|_| ());
    story.add(2, LEGAL[1], |record| {
        record.unit = Unit::Campaign("cream".into());
        record.id = "r0".into();
    });
    assert_eq!(story.code(), "MKT0905");
    story.files[0].2 = false;
    assert!(story.standing().is_open());
}

#[test]
fn people_count_once_and_all_means_who_may() {
    let mut story = Story::new();
    story.needs.asks = vec![ask("legal", Count::AtLeast(1), &[]), ask("brand", Count::AtLeast(1), &[])];
    story.add(4, BOTH, |_| ());
    story.add(4, BOTH, |record| record.role = Some("brand".into()));
    let missing = |story: &Story| story.standing().needs.iter().map(|need| need.missing).collect::<Vec<_>>();
    assert_eq!(missing(&story).iter().sum::<u32>(), 1);
    story.add(1, LEGAL[0], |_| ());
    assert_eq!(missing(&story), [0, 0]);
    let mut story = with(|_| ());
    story.needs.asks = vec![ask("legal", Count::All, &[])];
    assert_eq!(missing(&story), [2]);
    story.add(2, LEGAL[1], |_| ());
    assert_eq!(missing(&story), [1]);
    assert_eq!(story.standing().needs[0].who, [BOTH]);
    story.authors.insert(BOTH.into());
    assert_eq!(missing(&story), [0]);
}

#[test]
fn an_approval_that_a_newer_one_replaced_is_not_told() {
    let mut story = with(|record| record.policy = Digest::of(b"other"));
    story.files[0].2 = false;
    story.add(1, LEGAL[0], |record| record.time = time("2026-11-22T11:00:00Z"));
    let standing = story.standing();
    assert!(standing.is_open());
    assert_eq!(standing.void, []);
}
