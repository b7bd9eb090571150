use super::*;

const RECORD: &str = r#"format = 1
id = "2026-11-22-legal-3fa9c2d1"
verdict = "approved"
unit = "campaign:2026-11-serum"
tier = "high"
tier-reasons = [
  "uses regulated claims",
]
role = "legal"
person = "legal@acme.example"
time = 2026-11-22T10:00:00Z
expires = 2026-12-22T10:00:00Z
reason = "read the study"
conditions = [
  "keep the \"study of 212 adults\" line",
]
evidence = [
  "acme.study",
]
policy = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
tool = "0.1.0"
normal-form = 1
after = [
  "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
]
parts = [
  { file = "campaigns/serum/email.html", kind = "claims", digest = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", names = ["acme.proven"] },
  { kind = "audience", digest = "gone" },
]
"#;

const FILE: &str = "decisions/2026-11-serum/2026-11-22-legal-3fa9c2d1.toml";

fn problems(text: &str) -> Vec<String> {
    let found = read(&FILE.into(), text.as_bytes()).err().unwrap_or_default();
    found
        .iter()
        .map(|found| {
            format!(
                "{} {}..{} {}",
                found.code,
                found.primary.place.span.start(),
                found.primary.place.span.end(),
                found.message
            )
        })
        .collect()
}

/// What is wrong when `from` stands as `to`.
fn with(from: &str, to: &str) -> Vec<String> {
    assert!(RECORD.contains(from), "{from}");
    let found = read(&FILE.into(), RECORD.replace(from, to).as_bytes()).err().unwrap_or_default();
    found.iter().map(|found| format!("{} {}", found.code, found.message)).collect()
}

#[test]
fn what_is_written_is_read() {
    let read = read(&FILE.into(), RECORD.as_bytes()).expect("it is a record");
    assert_eq!(super::super::write(&read.record), RECORD);
    assert_eq!(read.record.parts.len(), 2);
    assert_eq!(read.record.conditions, ["keep the \"study of 212 adults\" line"]);
    assert_eq!(read.record.expires, "2026-12-22T10:00:00Z".parse().ok());
    assert_eq!(read.signed, RECORD);
}

#[test]
fn a_checkout_with_other_line_ends_is_the_same_record() {
    let plain = read(&FILE.into(), RECORD.as_bytes()).expect("it is a record");
    let other = read(&FILE.into(), RECORD.replace('\n', "\r\n").as_bytes()).expect("it is a record");
    assert_eq!((other.digest, &other.record), (plain.digest, &plain.record));
    let unit = other.place("unit").span.slice(&RECORD.replace('\n', "\r\n")).to_owned();
    assert_eq!(unit, "\"campaign:2026-11-serum\"");
}

#[test]
fn each_mistake_has_its_place() {
    assert_eq!(with("verdict = \"approved\"\n", ""), ["MKT0901 the field `verdict` is missing"]);
    assert_eq!(with("approved", "aproved"), ["MKT0901 `verdict` cannot be `aproved`"]);
    assert_eq!(with("tier =", "tear ="), ["MKT0901 a record has no field `tear` here"]);
    assert_eq!(with("kind = \"audience\"", "kind = 3"), ["MKT0901 `kind` must be a text"]);
    assert_eq!(with("normal-form = 1", "normal-form = -1"), ["MKT0901 `normal-form` must be a whole number"]);
    assert_eq!(with("T10:00:00Z\nexp", "T10:00:00\nexp"), ["MKT0901 `time` must be a time with its zone"]);
    assert_eq!(
        with("\"gone\"", "\"sha256:12\""),
        ["MKT0901 `digest` must be a digest like `sha256:…`, or `gone`"]
    );
    assert_eq!(
        with("campaign:2026", "campain:2026"),
        ["MKT0901 `unit` must be `campaign:ID`, `asset:PATH` or `policy`"]
    );
    assert_eq!(with("\"approved\"", "\"waived\""), ["MKT0901 a record that is `waived` needs `waiver`"]);
    assert_eq!(
        with("format = 1", "format = 2"),
        ["MKT0903 this record has format 2, which a newer mktlint wrote"]
    );
    assert_eq!(with("3fa9c2d1\"", "77aa01bc\"")[0].split(' ').next(), Some("MKT0904"));
    assert_eq!(with("2026-11-serum\"", "2026-12-cream\"")[0].split(' ').next(), Some("MKT0913"));
    assert_eq!(
        problems("format = 1\n<<<<<<< HEAD\n"),
        ["MKT0902 11..23 a merge left its marks in this record"]
    );
    let at = "format = 1\nid = \"x\"\nbroken\n";
    assert!(
        problems(at)[0].starts_with("MKT0901 20..") || problems(at)[0].starts_with("MKT0901 26.."),
        "{:?}",
        problems(at)
    );
    assert_eq!(problems(&"#".repeat(MAX_BYTES + 1))[0].split(' ').next(), Some("MKT0901"));
    let deep = format!("a = {}", "[".repeat(MAX_BYTES - 4));
    assert_eq!(problems(&deep)[0].split(' ').next(), Some("MKT0901"));
    let found = read(&FILE.into(), b"a = \"\xff\"").expect_err("it is no text");
    assert_eq!(found[0].primary.place.span.start(), 5);
}

/// Below the signature nothing is a decision, and no quoting can move the line that separates both.
#[test]
fn only_what_is_signed_is_read() {
    let signature = "\n[signature]\nkey = \"k\"\nvalue = \"v\"\n";
    let below = format!("{RECORD}{signature}\n[waiver]\nrules = []\n");
    assert_eq!(problems(&below).len(), 1, "{:?}", problems(&below));
    let extra = format!("{RECORD}{signature}role = \"brand\"\n");
    assert!(problems(&extra)[0].ends_with("a record has no field `role` here"));
    let quoted = format!("format = 1\nreason = \"\"\"\n[signature]\n\"\"\"\n{RECORD}{signature}");
    assert!(problems(&quoted)[0].starts_with("MKT0901"), "{:?}", problems(&quoted));
    let whole = read(&FILE.into(), format!("{RECORD}{signature}").as_bytes()).expect("it is a record");
    assert_eq!(whole.signed, format!("{RECORD}\n"));
    assert_eq!(whole.signature.map(|it| it.armor).as_deref(), Some("v"));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(128))]

    /// Whatever people write, it is read as they wrote it, and its text is the same again.
    #[test]
    fn any_words_come_back(reason in "\\PC*|[\\x00-\\x7f]*|.*", condition in ".*", name in ".+") {
        let mut record = read(&FILE.into(), RECORD.as_bytes()).expect("it is a record").record;
        (record.reason, record.person) = (reason, name.into());
        record.conditions = vec![condition.clone(), condition];
        let text = super::super::write(&record);
        let again = read(&FILE.into(), text.as_bytes()).expect("it is a record");
        proptest::prop_assert_eq!(super::super::write(&again.record), text);
        proptest::prop_assert_eq!(again.record, record);
    }

    /// Bytes that are cut, doubled or replaced anywhere are a record or a problem, and never the end of the run.
    #[test]
    fn damage_never_ends_the_run(from in 0..1200_usize, to in 0..1200_usize, with in ".{0,8}") {
        let text = format!("{RECORD}\n[signature]\nkey = \"k\"\nvalue = \"v\"\n");
        let (from, to) = (from.min(to).min(text.len()), from.max(to).min(text.len()));
        let mut bytes = text.into_bytes();
        bytes.splice(from..to, with.bytes());
        if let Ok(file) = read(&FILE.into(), &bytes) {
            let _ = crate::record::signer(&file);
        }
    }
}
