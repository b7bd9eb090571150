//! Contacts per second and peak memory: `cargo run --release -p mktlint-contacts --example read -- 4000000`.
//!
//! Writes made-up contacts to a temporary folder, in a process of its own so that its memory does not count, and judges
//! them by an audience of eleven conditions. CSV and JSON Lines have a quarter of the contacts. Contacts per second of
//! processor time do not depend on what else the machine does, as those per second do.

#![allow(clippy::disallowed_methods, reason = "a measurement reads its arguments and its own memory")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use jiff::civil::date;
use mktlint_contacts::{Audience, Columns, Format, Job, NoMembers, Source, run};
use mktlint_decide::{
    Attribute, Comparison, Definitions, Domain, Formula, ItemTest, Operand, Schema, Shift, Tag, Test,
    TextTest, Unit, Value,
};
use parquet::basic::Compression;
use smol_str::{SmolStr, format_smolstr};

use support::{Data, write_parquet};

const GROUP: u64 = 250_000;

/// Numbers without a pattern that a dictionary or a branch could learn: SplitMix64.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides
    }

    /// Missing in one of ten.
    fn perhaps<T>(&mut self, value: T) -> Option<T> {
        (self.roll(10) > 0).then_some(value)
    }
}

const COUNTRIES: [&str; 12] = ["DE", "FR", "US", "GB", "ES", "IT", "PL", "NL", "AT", "CH", "SE", "CA"];
const STAGES: [&str; 4] = ["subscriber", "lead", "customer", "lapsed"];
const CONSENTS: [&str; 3] = ["granted", "withdrawn", "never_asked"];
const TAGS: [&str; 8] = ["vip", "beta", "press", "partner", "returns", "newsletter", "retail", "b2b"];

struct Row {
    email: String,
    country: &'static str,
    language: Option<&'static str>,
    stage: &'static str,
    age: Option<i32>,
    email_consent: &'static str,
    sms_consent: &'static str,
    last_order: Option<i32>,
    signup: Option<i64>,
    spend: i64,
    orders: i32,
    is_staff: Option<bool>,
    city: Option<String>,
    tags: Vec<String>,
}

fn row(number: u64, dice: &mut Dice) -> Row {
    let one = |from: &[&'static str], dice: &mut Dice| from[dice.roll(from.len() as u64) as usize];
    Row {
        email: format!("contact{number}@mail{}.example", dice.roll(50)),
        country: one(&COUNTRIES, dice),
        language: Some(one(&["de", "fr", "en", "es"], dice)).filter(|_| dice.roll(10) > 0),
        stage: one(&STAGES, dice),
        age: {
            let age = dice.roll(90) as i32;
            dice.perhaps(age)
        },
        email_consent: one(&CONSENTS, dice),
        sms_consent: one(&CONSENTS, dice),
        last_order: {
            let day = 20_500 + dice.roll(279) as i32;
            dice.perhaps(day)
        },
        signup: {
            let at = 1_500_000_000 + dice.roll(280_000_000) as i64;
            dice.perhaps(at)
        },
        spend: dice.roll(200_000) as i64,
        orders: dice.roll(40) as i32,
        is_staff: {
            let is_staff = dice.roll(50) == 0;
            dice.perhaps(is_staff)
        },
        city: {
            let city = format!("city {}", dice.roll(20_000));
            dice.perhaps(city)
        },
        tags: (0..dice.roll(4)).map(|_| one(&TAGS, dice).to_owned()).collect(),
    }
}

fn write_all_parquet(path: &Path, n_rows: u64) {
    let mut dice = Dice(7);
    let group = |first: u64| {
        let rows: Vec<Row> =
            (first..n_rows.min(first + GROUP)).map(|number| row(number, &mut dice)).collect();
        let texts = |of: &dyn Fn(&Row) -> Option<&str>| {
            Data::Text(rows.iter().map(|row| of(row).map(str::to_owned)).collect())
        };
        vec![
            ("email", texts(&|row| Some(&row.email))),
            ("country", texts(&|row| Some(row.country))),
            ("language", texts(&|row| row.language)),
            ("stage", texts(&|row| Some(row.stage))),
            ("age", Data::Int32("", rows.iter().map(|row| row.age).collect())),
            ("email_consent", texts(&|row| Some(row.email_consent))),
            ("sms_consent", texts(&|row| Some(row.sms_consent))),
            ("last_order", Data::Int32("(DATE)", rows.iter().map(|row| row.last_order).collect())),
            (
                "signup",
                Data::Int64(
                    "(TIMESTAMP(MILLIS,false))",
                    rows.iter().map(|row| row.signup.map(|at| at * 1000)).collect(),
                ),
            ),
            ("spend", Data::Int64("(DECIMAL(18,2))", rows.iter().map(|row| Some(row.spend)).collect())),
            ("orders", Data::Int32("", rows.iter().map(|row| Some(row.orders)).collect())),
            ("is_staff", Data::Bool(rows.iter().map(|row| row.is_staff).collect())),
            ("city", texts(&|row| row.city.as_deref())),
            ("tags", Data::Lists(rows.iter().map(|row| Some(row.tags.clone())).collect())),
        ]
    };
    let groups = (0..n_rows).step_by(GROUP as usize).map(group);
    write_parquet(
        groups,
        BufWriter::new(File::create(path).expect("it can be written")),
        Compression::SNAPPY,
    );
}

fn write_all_text(csv: &Path, json: &Path, n_rows: u64) {
    let create = |path: &Path| BufWriter::new(File::create(path).expect("it can be written"));
    let (mut csv, mut json, mut dice) = (create(csv), create(json), Dice(7));
    let names = "email,country,language,stage,age,email_consent,sms_consent,last_order,signup,spend,orders,is_staff,city,tags";
    writeln!(csv, "{names}").expect("it is written");
    for number in 0..n_rows {
        let row = row(number, &mut dice);
        let text = |value: Option<String>| value.unwrap_or_default();
        let day = |days: i32| format!("20{:02}-{:02}-{:02}", 25 + days % 2, 1 + days % 12, 1 + days % 28);
        let cells = [
            row.email,
            row.country.to_owned(),
            text(row.language.map(str::to_owned)),
            row.stage.to_owned(),
            text(row.age.map(|age| age.to_string())),
            row.email_consent.to_owned(),
            row.sms_consent.to_owned(),
            text(row.last_order.map(day)),
            text(row.signup.map(|at| format!("20{:02}-05-17T{:02}:30:00", 15 + at % 12, at % 24))),
            format!("{}.{:02}", row.spend / 100, row.spend % 100),
            row.orders.to_string(),
            text(row.is_staff.map(|is_staff| is_staff.to_string())),
            text(row.city),
            row.tags.join(";"),
        ];
        writeln!(csv, "{}", cells.join(",")).expect("it is written");
        let members = names.split(',').zip(&cells).filter(|(_, cell)| !cell.is_empty());
        let members: Vec<String> = members
            .map(|(name, cell)| match name {
                "age" | "orders" | "spend" | "is_staff" => format!("\"{name}\":{cell}"),
                _ => format!("\"{name}\":\"{cell}\""),
            })
            .collect();
        writeln!(json, "{{{}}}", members.join(",")).expect("it is written");
    }
}

fn schema() -> Schema {
    let names = |members: &[&str], open| {
        let members: Vec<SmolStr> = members.iter().map(|&name| name.into()).collect();
        Domain::Names { members: members.into(), open }
    };
    let number = |unit, scale| Domain::Number { unit, least: Some(0.into()), most: None, scale };
    let attribute = |(name, domain, optional): (&str, Domain, bool)| Attribute {
        name: name.into(),
        domain,
        optional,
        of_contact: true,
    };
    let attributes = [
        ("email", Domain::Text, false),
        ("country", names(&COUNTRIES, false), false),
        ("language", names(&["de", "fr", "en", "es"], true), true),
        ("stage", names(&STAGES, false), false),
        ("age", number(Unit::Plain, 0), true),
        ("email_consent", names(&CONSENTS, false), false),
        ("sms_consent", names(&CONSENTS, false), false),
        ("last_order", Domain::Date { least: None, most: None }, true),
        ("signup", Domain::DateTime, true),
        ("spend", number(Unit::Money("USD".into()), 2), false),
        ("orders", number(Unit::Plain, 0), false),
        ("is_staff", Domain::Bool, true),
        ("city", Domain::Text, true),
        ("tags", Domain::SetOfTexts, true),
    ];
    Schema { attributes: attributes.into_iter().map(attribute).collect() }
}

/// Lapsed or big customers in the EU with consent, not staff, not press.
fn audience() -> Audience {
    let test = |attribute: &str, test| Formula::Test { attribute: attribute.into(), test, tag: Tag(0) };
    let name = |name: &str| Value::Name(name.into());
    let is = |attribute: &str, value: &str| {
        test(attribute, Test::Compare(Comparison::Equal, Operand::Value(name(value))))
    };
    let at_least = |attribute: &str, least: u32| {
        test(attribute, Test::Compare(Comparison::AtLeast, Operand::Value(Value::Number(least.into()))))
    };
    let before = |attribute: &str, days: i32| {
        let shift = Shift { days: -days, ..Shift::default() };
        test(attribute, Test::Compare(Comparison::Less, Operand::FromNow(shift)))
    };
    let eu = ["DE", "FR", "ES", "IT", "PL", "NL", "AT", "SE"].map(name).to_vec();
    let press = Test::Any(ItemTest::OneOf(vec![Value::Text("press".into()), Value::Text("partner".into())]));
    let formula = Formula::And(vec![
        test("country", Test::OneOf(eu)),
        is("email_consent", "granted"),
        at_least("age", 18),
        Formula::Or(vec![
            Formula::And(vec![is("stage", "lapsed"), before("last_order", 60)]),
            Formula::And(vec![is("stage", "customer"), at_least("spend", 500), at_least("orders", 3)]),
        ]),
        before("signup", 365),
        Formula::Not(Box::new(test("is_staff", Test::True))),
        Formula::Not(Box::new(test("tags", press))),
        Formula::Not(Box::new(test("city", Test::Text(TextTest::Contains, "99".into())))),
    ]);
    Audience { name: "winback".into(), formula }
}

/// The most memory that was used so far, in MiB.
fn peak() -> SmolStr {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes =
        line.and_then(|line| line.trim().strip_suffix(" kB")).and_then(|text| text.parse::<u64>().ok());
    kilobytes.map_or_else(|| "?".into(), |kilobytes| format_smolstr!("{}", kilobytes / 1024))
}

/// The processor time of all threads so far, in seconds; Linux counts it in hundredths.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name in brackets: the 12th and 13th field.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    fields.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The best of five runs.
fn measure(path: &Path, format: Format, threads: usize, check_all: bool) {
    let (schema, definitions, columns, audiences) =
        (schema(), Definitions::new(), Columns::new(), [audience()]);
    let job = Job {
        schema: &schema,
        definitions: &definitions,
        audiences: &audiences,
        now: date(2026, 11, 22).at(9, 0, 0, 0),
        columns: &columns,
        key: None,
        examples: 3,
        check_all,
        threads: NonZeroUsize::new(threads).expect("there are some"),
    };
    // Forgets the peak of what ran before.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let (mut best, mut least) = (f64::INFINITY, f64::INFINITY);
    let mut told = (0, 0);
    for _ in 0..5 {
        let file = File::open(path).expect("it was written");
        let (begin, used) = (Instant::now(), processor());
        let summary = run(Source::file(format, file), &job, &mut NoMembers).expect("it can be read");
        best = best.min(begin.elapsed().as_secs_f64());
        least = least.min(processor() - used);
        assert_eq!(summary.faults, []);
        told = (summary.rows, summary.audiences[0].included);
    }
    let checked = if check_all { "all 14" } else { "10 needed" };
    let per = |seconds: f64| told.0 as f64 / seconds / 1e6;
    println!("| {format:?} | {threads} | {checked} | {:.2} | {:.2} | {} |", per(best), per(least), peak());
    assert!(told.1 > 0, "somebody is in it");
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let path = |folder: &Path, name: &str| folder.join(format!("contacts.{name}"));
    if let [_, word, folder, n_rows] = arguments.as_slice()
        && word == "write"
    {
        let (folder, n_rows) = (Path::new(folder), n_rows.parse().expect("it is a number"));
        write_all_parquet(&path(folder, "parquet"), n_rows);
        return write_all_text(&path(folder, "csv"), &path(folder, "jsonl"), n_rows / 4);
    }
    let n_rows = arguments.get(1).map_or("2000000", String::as_str);
    let folder = tempfile::tempdir().expect("there is room");
    let mut writer = Command::new(&arguments[0]);
    let status = writer.arg("write").arg(folder.path()).arg(n_rows).status().expect("it can be started");
    assert!(status.success(), "the files are written");
    println!(
        "| format | threads | columns | million/s | million/CPU s | peak MiB |\n|---|---|---|---|---|---|"
    );
    for (name, format) in [("parquet", Format::Parquet), ("csv", Format::Csv), ("jsonl", Format::JsonLines)] {
        for (threads, check_all) in [(1, false), (2, false), (2, true)] {
            measure(&path(folder.path(), name), format, threads, check_all);
        }
    }
}
