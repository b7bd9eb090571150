//! Files that nobody wrote by mistake.

#[allow(dead_code, reason = "some tests need less")]
mod support;

use std::num::NonZeroUsize;

use bytes::Bytes;
use jiff::civil::date;
use mktlint_contacts::{Audience, Columns, Format, Job, NoMembers, ReadError, Source, Summary, run};
use mktlint_decide::{Attribute, Definitions, Domain, Formula, Schema, Tag, Test, Unit};
use parquet::basic::Compression;
use proptest::prelude::*;

use support::{Data, write_parquet};

fn read(format: Format, file: &[u8]) -> Result<Summary, ReadError> {
    let attribute =
        |name: &str, domain| Attribute { name: name.into(), domain, optional: true, of_contact: true };
    let number = Domain::Number { unit: Unit::Plain, least: None, most: None, scale: 2 };
    let schema = Schema {
        attributes: vec![
            attribute("a", Domain::Text),
            attribute("b", number),
            attribute("c", Domain::SetOfTexts),
            attribute("d", Domain::Bool),
        ],
    };
    let known = |name: &str| Formula::Test { attribute: name.into(), test: Test::Known, tag: Tag(0) };
    let formula = Formula::Or(["a", "b", "c", "d"].map(known).to_vec());
    let (definitions, columns) = (Definitions::new(), Columns::new());
    let audiences = [Audience { name: "x".into(), formula }];
    let job = Job {
        schema: &schema,
        definitions: &definitions,
        audiences: &audiences,
        now: date(2026, 11, 22).at(9, 0, 0, 0),
        columns: &columns,
        key: None,
        examples: 1,
        check_all: true,
        threads: NonZeroUsize::MIN,
    };
    run(Source::bytes(format, Bytes::copy_from_slice(file)), &job, &mut NoMembers)
}

/// The reader of Parquet panics at many a broken file; the hook of the command keeps as silent about that.
fn keep_silent() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !mktlint_contacts::is_guarded() {
                loud(panic);
            }
        }));
    });
}

fn parquet(compression: Compression) -> Vec<u8> {
    let group = |first: i64| {
        let text = |row: i64| (row % 3 > 0).then(|| format!("text {}", row % 5));
        let list = |row: i64| (row % 4 > 0).then(|| (1..row % 4).map(|item| item.to_string()).collect());
        let rows = || first..first + 40;
        vec![
            ("a", Data::Text(rows().map(text).collect())),
            ("b", Data::Int64("(DECIMAL(18,2))", rows().map(|row| (row % 5 > 0).then_some(row)).collect())),
            ("c", Data::Lists(rows().map(list).collect())),
            ("d", Data::Bool(rows().map(|row| Some(row % 2 == 0)).collect())),
        ]
    };
    let mut file = Vec::new();
    write_parquet([group(0), group(40)], &mut file, compression);
    file
}

#[test]
fn parquet_that_is_cut_off_is_an_error() {
    let file = parquet(Compression::SNAPPY);
    assert_eq!(read(Format::Parquet, &file).expect("it is whole").rows, 80);
    for len in 0..file.len() {
        let cut = read(Format::Parquet, &file[..len]);
        assert!(matches!(cut, Err(ReadError::Parquet(_))), "{len}: {cut:?}");
    }
}

#[test]
fn parquet_with_any_byte_changed_is_read_or_refused() {
    keep_silent();
    let file = parquet(Compression::SNAPPY);
    for at in 0..file.len() {
        for change in [0x40, 0xFF] {
            let mut file = file.clone();
            file[at] ^= change;
            let _ = read(Format::Parquet, &file);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parquet_with_many_bytes_changed_is_read_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
    ) {
        keep_silent();
        let mut file = parquet(Compression::ZSTD(Default::default()));
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        let _ = read(Format::Parquet, &file);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[ab,;\"\\[\\]{}:1\\n\\r\\\\ ü]{0,60}") {
        for format in [Format::Csv, Format::JsonLines, Format::Json] {
            if let Ok(summary) = read(format, text.as_bytes()) {
                let tally = &summary.audiences[0];
                prop_assert_eq!(summary.rows, tally.included + tally.excluded + tally.errors);
            }
        }
    }
}
