//! Every format says of every contact what the plain evaluator says.

mod support;

use std::collections::BTreeSet;
use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;

use bytes::Bytes;
use jiff::civil::{DateTime, date, time};
use mktlint_contacts::{Audience, Columns, Format, Job, Sink, Source, Summary, run};
use mktlint_decide::{
    Attribute, Comparison, Contact, Definitions, Domain, Formula, ItemTest, Operand, Schema, Shift, Tag,
    Test, TextTest, Unit, Value, eval,
};
use parquet::basic::Compression;
use proptest::prelude::*;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use support::{Column, Data, write_parquet};

const NOW: DateTime = DateTime::constant(2026, 11, 22, 9, 30, 0, 0);

const NAMES: [&str; 9] =
    ["vip", "language", "stage", "age", "spend", "last_order", "signup", "wakes", "city"];

fn schema() -> Schema {
    let names = |members: &[&str], open| {
        let members: Vec<SmolStr> = members.iter().map(|&name| name.into()).collect();
        Domain::Names { members: members.into(), open }
    };
    let number = |unit, most: i64, scale| Domain::Number {
        unit,
        least: Some(Decimal::from(-1)),
        most: Some(Decimal::from(most)),
        scale,
    };
    let domains = [
        (Domain::Bool, true),
        (names(&["de", "fr", "en"], true), false),
        (names(&["lead", "customer", "lapsed"], false), true),
        (number(Unit::Plain, 130, 0), true),
        (number(Unit::Money("USD".into()), 1_000_000, 2), false),
        (Domain::Date { least: None, most: Some(date(2030, 1, 1)) }, true),
        (Domain::DateTime, true),
        (Domain::Time, true),
        (Domain::Text, true),
    ];
    let mut attributes: Vec<Attribute> = NAMES
        .iter()
        .zip(domains)
        .map(|(name, (domain, optional))| Attribute {
            name: (*name).into(),
            domain,
            optional,
            of_contact: true,
        })
        .collect();
    let set = Domain::SetOfNames { members: ["a".into(), "b".into(), "c".into()].into(), open: false };
    let attribute =
        |name: &str, domain, optional| Attribute { name: name.into(), domain, optional, of_contact: true };
    attributes.push(attribute("likes", set, false));
    attributes.push(attribute("tags", Domain::SetOfTexts, true));
    attributes.push(Attribute { of_contact: false, ..attribute("campaign.test", Domain::Bool, true) });
    Schema { attributes }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

const CITIES: [&str; 6] = ["Köln", "STRASSE", "a, \"b\"\nc", " x ", "straße", "İstanbul;"];
const TAGS: [&str; 5] = ["vip", "VIP", "two words", "a;b", "ß"];

/// Values of the attribute, of which the schema allows each.
fn value(attribute: &str) -> BoxedStrategy<Value> {
    let name = |names: &'static [&'static str]| {
        prop::sample::select(names).prop_map(|name| Value::Name(name.into())).boxed()
    };
    match attribute {
        "vip" => any::<bool>().prop_map(Value::Bool).boxed(),
        "language" => name(&["de", "fr", "xx"]),
        "stage" => name(&["lead", "customer", "lapsed"]),
        "age" => prop::sample::select(vec![-1, 0, 17, 18, 130])
            .prop_map(|age: i64| Value::Number(age.into()))
            .boxed(),
        "spend" => prop::sample::select(vec![-100, 0, 5, 50, 1700])
            .prop_map(|cents| Value::Number(Decimal::new(cents, 2)))
            .boxed(),
        "last_order" => {
            (0..9_i32).prop_map(|days| Value::Date(mktlint_decide::day_from(NOW, days_ago(days)))).boxed()
        }
        "signup" => prop::sample::select(vec![0, 1, 34_200, 86_400, 90_000])
            .prop_map(|seconds: i64| {
                let shift = Shift { seconds: -seconds, ..Shift::default() };
                Value::DateTime(mktlint_decide::moment_from(NOW, shift))
            })
            .boxed(),
        "wakes" => {
            (7..9_i8, 29..31_i8).prop_map(|(hour, minute)| Value::Time(time(hour, minute, 0, 0))).boxed()
        }
        "city" => prop::sample::select(&CITIES[..]).prop_map(text).boxed(),
        "likes" => prop::sample::subsequence(vec!["a", "b", "c"], 0..=3)
            .prop_map(|names| Value::Set(names.into_iter().map(|name| Value::Name(name.into())).collect()))
            .boxed(),
        _ => prop::sample::subsequence(TAGS.to_vec(), 0..=3)
            .prop_map(|tags| Value::Set(tags.into_iter().map(text).collect()))
            .boxed(),
    }
}

fn days_ago(days: i32) -> Shift {
    Shift { days: -days, ..Shift::default() }
}

fn contact() -> impl Strategy<Value = Contact> {
    let attributes = schema().attributes;
    let of_contact = attributes.into_iter().filter(|attribute| attribute.of_contact);
    let values: Vec<_> = of_contact
        .map(|attribute| {
            (prop::bool::weighted(0.7), value(&attribute.name)).prop_map(move |(is_known, value)| {
                (is_known || !attribute.optional).then(|| (attribute.name.clone(), value))
            })
        })
        .collect();
    values.prop_map(|values| values.into_iter().flatten().collect())
}

fn comparison() -> impl Strategy<Value = Comparison> {
    use Comparison::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
    prop::sample::select(vec![Equal, NotEqual, Less, AtMost, Greater, AtLeast])
}

fn text_test() -> impl Strategy<Value = (TextTest, SmolStr)> {
    let parts = vec!["s", "STRA", "ß", "k*n", "?tanbul*", "v?p", "", "x", "ss"];
    let tests = vec![TextTest::StartsWith, TextTest::EndsWith, TextTest::Contains, TextTest::Glob];
    (prop::sample::select(tests), prop::sample::select(parts).prop_map(SmolStr::from))
}

fn item_test() -> impl Strategy<Value = ItemTest> {
    let name = Value::Name("a".into());
    let leaf = prop_oneof![
        Just(ItemTest::Every),
        Just(ItemTest::OneOf(vec![name, text("vip")])),
        text_test().prop_map(|(test, part)| ItemTest::Text(test, part)),
    ];
    leaf.prop_recursive(2, 4, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| ItemTest::Not(Box::new(inner))),
            prop::collection::vec(inner, 2).prop_map(ItemTest::And),
        ]
    })
}

/// Tests of any attribute with a value of any: those that do not go together as well.
fn test() -> impl Strategy<Value = Formula> {
    let all: Vec<&str> = NAMES.into_iter().chain(["likes", "tags", "campaign.test", "nothing"]).collect();
    let shift = (-1..2_i32, -9..3_i32, prop_oneof![Just(0), Just(-1), Just(-3600), Just(-86_400)])
        .prop_map(|(months, days, seconds)| Shift { months, days, seconds });
    (prop::sample::select(all.clone()), prop::sample::select(all), any::<bool>()).prop_flat_map(move |(own, other, is_own)| {
        let from = if is_own { own } else { other };
        let between = (value(from), prop_oneof![Just(Decimal::ZERO), Just(Decimal::new(5, 1)), Just(Decimal::new(5, 3))])
            .prop_map(|(value, more)| match value {
                Value::Number(number) => Value::Number(number + more),
                value => value,
            });
        let operand = prop_oneof![
            3 => between.clone().prop_map(Operand::Value),
            1 => shift.clone().prop_map(Operand::FromNow),
            1 => shift.clone().prop_map(Operand::DayFromNow),
        ];
        let test = prop_oneof![
            1 => Just(Test::Known),
            1 => Just(Test::True),
            4 => (comparison(), operand).prop_map(|(comparison, operand)| Test::Compare(comparison, operand)),
            2 => prop::collection::vec(between, 0..4).prop_map(Test::OneOf),
            1 => text_test().prop_map(|(test, part)| Test::Text(test, part)),
            1 => item_test().prop_map(Test::Any),
            1 => (comparison(), 0..3_u32).prop_map(|(comparison, size)| Test::Size(comparison, size)),
        ];
        test.prop_map(move |test| Formula::Test { attribute: own.into(), test, tag: Tag(0) })
    })
}

fn difference() -> impl Strategy<Value = Formula> {
    let pairs = vec![
        ("age", "spend"),
        ("spend", "age"),
        ("last_order", "last_order"),
        ("signup", "signup"),
        ("age", "vip"),
    ];
    let gap = prop_oneof![
        (-2..3_i64).prop_map(Decimal::from),
        (-2..3_i64).prop_map(|gap| Decimal::new(17_950 + gap, 3))
    ];
    (prop::sample::select(pairs), comparison(), gap).prop_map(|((left, right), comparison, gap)| {
        Formula::Difference { left: left.into(), right: right.into(), comparison, gap, tag: Tag(0) }
    })
}

fn formula() -> impl Strategy<Value = Formula> {
    let named = |name: &str| Formula::Named { name: name.into(), tag: Tag(0) };
    let opaque = Formula::Opaque { key: "moon".into(), why: "nobody knows the moon".into(), tag: Tag(0) };
    let leaf = prop_oneof![
        12 => test(),
        2 => difference(),
        1 => any::<bool>().prop_map(Formula::Const),
        1 => Just(opaque),
        1 => Just(named("d")),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            1 => inner.clone().prop_map(|inner| Formula::Not(Box::new(inner))),
            2 => prop::collection::vec(inner.clone(), 0..4).prop_map(Formula::And),
            2 => prop::collection::vec(inner, 0..4).prop_map(Formula::Or),
        ]
    })
}

/// A value as CSV has it.
fn cell(value: &Value, row: usize) -> String {
    match value {
        Value::Bool(true) => ["true", "YES", "1"][row % 3].to_owned(),
        Value::Bool(false) => ["false", "no", "0"][row % 3].to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Name(name) | Value::Text(name) => format!("\"{}\"", name.replace('"', "\"\"")),
        Value::Date(date) => date.to_string(),
        Value::DateTime(moment) => format!("{moment}{}", ["", "Z", "+00:00"][row % 3]),
        Value::Time(time) => time.to_string(),
        Value::Set(_) => format!("\"{}\"", json(value).to_string().replace('"', "\"\"")),
    }
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => number.to_string().parse::<f64>().expect("it is a number").into(),
        Value::Name(name) | Value::Text(name) => name.as_str().into(),
        Value::Date(date) => date.to_string().into(),
        Value::DateTime(moment) => moment.to_string().into(),
        Value::Time(time) => time.to_string().into(),
        Value::Set(items) => items.iter().map(json).collect(),
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    NAMES.into_iter().chain(["likes", "tags"])
}

fn csv(contacts: &[Contact]) -> Vec<u8> {
    let mut file = names().collect::<Vec<_>>().join(",");
    for (row, contact) in contacts.iter().enumerate() {
        let cells = names().map(|name| contact.get(name).map(|value| cell(value, row)).unwrap_or_default());
        file += if row % 2 == 0 { "\r\n" } else { "\n" };
        file += &cells.collect::<Vec<_>>().join(",");
    }
    file.into_bytes()
}

fn json_lines(contacts: &[Contact]) -> Vec<u8> {
    let object = |contact: &Contact| -> serde_json::Value {
        contact.iter().map(|(name, value)| (name.to_string(), json(value))).collect()
    };
    let lines: Vec<String> = contacts.iter().map(|contact| object(contact).to_string()).collect();
    lines.join("\n").into_bytes()
}

fn json_list(contacts: &[Contact]) -> Vec<u8> {
    let lines = String::from_utf8(json_lines(contacts)).expect("JSON is text");
    format!("[{}]", lines.replace('\n', ",\n ")).into_bytes()
}

fn columns(contacts: &[Contact]) -> Vec<Column> {
    fn all<T>(contacts: &[Contact], name: &str, of: impl Fn(&Value) -> T) -> Vec<Option<T>> {
        contacts.iter().map(|contact| contact.get(name).map(&of)).collect()
    }
    let words = |value: &Value| match value {
        Value::Name(name) | Value::Text(name) => name.to_string(),
        other => panic!("{other:?} has no words"),
    };
    let seconds = |value: &Value| match value {
        Value::DateTime(moment) => {
            moment.duration_since(date(1970, 1, 1).to_datetime(time(0, 0, 0, 0))).as_secs()
        }
        Value::Time(at) => i64::from(at.hour()) * 3600 + i64::from(at.minute()) * 60,
        Value::Date(day) => day.duration_since(date(1970, 1, 1)).as_hours() / 24,
        other => panic!("{other:?} has no seconds"),
    };
    let scaled = |value: &Value, scale| match value {
        Value::Number(number) => {
            let mut number = *number;
            number.rescale(scale);
            i64::try_from(number.mantissa()).expect("it is small")
        }
        other => panic!("{other:?} is no number"),
    };
    let items = |value: &Value| match value {
        Value::Set(items) => items.iter().map(words).collect(),
        other => panic!("{other:?} is no set"),
    };
    vec![
        ("vip", Data::Bool(all(contacts, "vip", |value| *value == Value::Bool(true)))),
        ("language", Data::Text(all(contacts, "language", words))),
        ("stage", Data::Text(all(contacts, "stage", words))),
        ("age", Data::Int32("", all(contacts, "age", |value| scaled(value, 0) as i32))),
        ("spend", Data::Int64("(DECIMAL(18,2))", all(contacts, "spend", |value| scaled(value, 2)))),
        ("last_order", Data::Int32("(DATE)", all(contacts, "last_order", |value| seconds(value) as i32))),
        (
            "signup",
            Data::Int64(
                "(TIMESTAMP(MICROS,false))",
                all(contacts, "signup", |value| seconds(value) * 1_000_000 + 7),
            ),
        ),
        (
            "wakes",
            Data::Int32("(TIME(MILLIS,false))", all(contacts, "wakes", |value| seconds(value) as i32 * 1000)),
        ),
        ("city", Data::Text(all(contacts, "city", words))),
        ("likes", Data::Lists(all(contacts, "likes", items))),
        ("tags", Data::Lists(all(contacts, "tags", items))),
    ]
}

fn parquet(contacts: &[Contact], compression: Compression) -> Vec<u8> {
    let mut file = Vec::new();
    let n_rows = contacts.len().div_ceil(3).max(1);
    write_parquet(contacts.chunks(n_rows).map(columns), &mut file, compression);
    file
}

#[derive(Default)]
struct Heard(Vec<(usize, u64)>);

impl Sink for Heard {
    fn wants_members(&self) -> bool {
        true
    }

    fn member(&mut self, audience: usize, row: u64, _: Option<&str>) -> io::Result<()> {
        self.0.push((audience, row));
        Ok(())
    }
}

struct Question {
    schema: Schema,
    definitions: Definitions,
    audiences: Vec<Audience>,
}

impl Question {
    fn ask(&self, format: Format, file: &[u8], threads: usize) -> (Summary, Vec<(usize, u64)>) {
        let columns = Columns::new();
        let job = Job {
            schema: &self.schema,
            definitions: &self.definitions,
            audiences: &self.audiences,
            now: NOW,
            columns: &columns,
            key: None,
            examples: 2,
            check_all: true,
            threads: NonZeroUsize::new(threads).expect("there are some"),
        };
        let mut heard = Heard::default();
        let source = Source::bytes(format, Bytes::copy_from_slice(file));
        let summary = run(source, &job, &mut heard).expect("the file can be read");
        (summary, heard.0)
    }

    /// What the plain evaluator says: members by row, and of each audience who is in, out, neither.
    fn expect(&self, contacts: &[Contact]) -> (Vec<(usize, u64)>, Vec<[u64; 3]>) {
        let (mut members, mut counts) = (Vec::new(), vec![[0; 3]; self.audiences.len()]);
        for (row, contact) in contacts.iter().enumerate() {
            for (number, audience) in self.audiences.iter().enumerate() {
                let formula = audience.formula.unknown("campaign.test", "it is the message's");
                let answer = eval(&formula, &self.definitions, contact, NOW);
                counts[number][match answer {
                    Some(true) => 0,
                    Some(false) => 1,
                    None => 2,
                }] += 1;
                if answer == Some(true) {
                    members.push((number, row as u64 + 1));
                }
            }
        }
        (members, counts)
    }

    fn check(&self, contacts: &[Contact], format: Format, file: &[u8]) {
        let (members, counts) = self.expect(contacts);
        let (summary, heard) = self.ask(format, file, 1);
        assert_eq!(summary.faults, [], "{format:?}");
        assert_eq!(summary.rows, contacts.len() as u64, "{format:?}");
        let found: Vec<[u64; 3]> =
            summary.audiences.iter().map(|tally| [tally.included, tally.excluded, tally.undecided]).collect();
        assert_eq!(found, counts, "{format:?}");
        assert_eq!(heard, members, "{format:?}");
        for tally in &summary.audiences {
            let first: u64 = tally.conditions.iter().map(|condition| condition.fails_first).sum();
            assert_eq!(first, tally.excluded, "{format:?}");
            assert_eq!(tally.hangs_on.is_empty(), tally.undecided == 0, "{format:?}");
        }
        assert_eq!(self.ask(format, file, 3), (summary, heard), "{format:?} with three threads");
    }
}

/// Definitions that speak of the message are settled by callers; `eval` has no name for that.
fn is_of_contact(formula: &Formula) -> bool {
    !format!("{formula:?}").contains("campaign.test")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_formats_agree_with_the_plain_evaluator(
        contacts in prop::collection::vec(contact(), 1..40),
        first in formula(),
        second in formula(),
        definition in test().prop_filter("of the contact", is_of_contact),
    ) {
        let audience = |name: &str, formula: &Formula| Audience { name: name.into(), formula: formula.clone() };
        let question = Question {
            schema: schema(),
            definitions: [("d".into(), Arc::new(definition))].into(),
            audiences: vec![audience("first", &first), audience("second", &second)],
        };
        question.check(&contacts, Format::Csv, &csv(&contacts));
        question.check(&contacts, Format::JsonLines, &json_lines(&contacts));
        question.check(&contacts, Format::Json, &json_list(&contacts));
        question.check(&contacts, Format::Parquet, &parquet(&contacts, Compression::SNAPPY));
    }
}

/// Enough rows for several chunks and batches.
#[test]
fn many_rows_agree_as_well() {
    let contacts: Vec<Contact> = (0..12_000_i64)
        .map(|row| {
            let tags: BTreeSet<Value> = [text(&format!("t{}", row % 7)), text("all")].into();
            Contact::from([
                ("language".into(), Value::Name(["de", "fr", "en"][row as usize % 3].into())),
                ("age".into(), Value::Number((row % 130).into())),
                ("spend".into(), Value::Number(Decimal::new(row % 10_007, 2))),
                ("city".into(), text(&format!("city {row} of many, with a long name"))),
                ("likes".into(), Value::Set(BTreeSet::new())),
                ("tags".into(), Value::Set(tags)),
            ])
        })
        .collect();
    let test = |attribute: &str, test| Formula::Test { attribute: attribute.into(), test, tag: Tag(0) };
    let adult = test("age", Test::Compare(Comparison::AtLeast, Operand::Value(Value::Number(18.into()))));
    let city = test("city", Test::Text(TextTest::EndsWith, "7".into()));
    let tag = test("tags", Test::Any(ItemTest::OneOf(vec![text("t3"), text("t5")])));
    let question = Question {
        schema: schema(),
        definitions: Definitions::new(),
        audiences: vec![
            Audience { name: "both".into(), formula: Formula::And(vec![adult.clone(), city]) },
            Audience {
                name: "either".into(),
                formula: Formula::Or(vec![tag, Formula::Not(Box::new(adult))]),
            },
        ],
    };
    question.check(&contacts, Format::Csv, &csv(&contacts));
    question.check(&contacts, Format::JsonLines, &json_lines(&contacts));
    question.check(&contacts, Format::Parquet, &parquet(&contacts, Compression::ZSTD(Default::default())));
    question.check(&contacts, Format::Parquet, &parquet(&contacts, Compression::LZ4_RAW));
}

/// Bounds between two values that a column can keep, from both sides.
#[test]
fn bounds_that_no_value_has_agree() {
    use Comparison::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
    let number = |thousandths: i64| Decimal::new(thousandths, 3);
    let mut audiences = Vec::new();
    for comparison in [Equal, NotEqual, Less, AtMost, Greater, AtLeast] {
        for bound in [-1_000, -500, 0, 16_999, 17_000, 17_005, 17_500, 18_000].map(number) {
            for name in ["age", "spend"] {
                let test = Test::Compare(comparison, Operand::Value(Value::Number(bound)));
                audiences.push(Formula::Test { attribute: name.into(), test, tag: Tag(0) });
            }
        }
        for gap in [-995, -10, -5, 0, 5, 10, 500, 1_000].map(number) {
            let (left, right) = ("age".into(), "spend".into());
            audiences.push(Formula::Difference { left, right, comparison, gap, tag: Tag(0) });
        }
        for gap in [-500, 0, 500, 1_000].map(number) {
            let (left, right) = ("last_order".into(), "last_order".into());
            audiences.push(Formula::Difference { left, right, comparison, gap, tag: Tag(0) });
        }
    }
    let audience = |(index, formula): (usize, Formula)| Audience { name: index.to_string().into(), formula };
    let audiences = audiences.into_iter().enumerate().map(audience).collect();
    let question = Question { schema: schema(), definitions: Definitions::new(), audiences };
    let mut contacts = Vec::new();
    for age in [-1, 0, 16, 17, 18] {
        for cents in [-100, 0, 1_699, 1_700, 1_701] {
            contacts.push(Contact::from([
                ("language".into(), Value::Name("de".into())),
                ("age".into(), Value::Number(age.into())),
                ("spend".into(), Value::Number(Decimal::new(cents, 2))),
                ("last_order".into(), Value::Date(date(2026, 11, 1))),
                ("likes".into(), Value::Set(BTreeSet::new())),
            ]));
        }
    }
    question.check(&contacts, Format::Csv, &csv(&contacts));
}
