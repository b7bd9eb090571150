//! What is wrong in a file is counted and shown, and nothing is dropped.

#[allow(dead_code, reason = "some tests need less")]
mod support;

use std::num::NonZeroUsize;

use bytes::Bytes;
use jiff::civil::date;
use mktlint_contacts::{
    Audience, ColumnNote, Columns, Format, Job, Members, NoMembers, ReadError, Source, Summary, run,
};
use mktlint_decide::{
    Attribute, Comparison, Definitions, Domain, Formula, Operand, Schema, Tag, Test, Unit, Value,
};
use parquet::basic::Compression;
use smol_str::SmolStr;

use support::{Data, write_parquet};

fn attribute(name: &str, domain: Domain, optional: bool) -> Attribute {
    Attribute { name: name.into(), domain, optional, of_contact: true }
}

fn schema() -> Schema {
    let stages: [SmolStr; 2] = ["customer".into(), "lapsed".into()];
    let number = |unit, most: Option<u32>, scale| Domain::Number {
        unit,
        least: Some(0.into()),
        most: most.map(Into::into),
        scale,
    };
    Schema {
        attributes: vec![
            attribute("stage", Domain::Names { members: stages.into(), open: false }, false),
            attribute("age", number(Unit::Plain, Some(120), 0), true),
            attribute("spend", number(Unit::Money("USD".into()), None, 2), false),
            attribute("last_order", Domain::Date { least: None, most: None }, true),
            attribute("name", Domain::Text, true),
            attribute("tags", Domain::SetOfTexts, false),
        ],
    }
}

fn test(attribute: &str, test: Test) -> Formula {
    Formula::Test { attribute: attribute.into(), test, tag: Tag(0) }
}

fn is_lapsed() -> Formula {
    let lapsed = Operand::Value(Value::Name("lapsed".into()));
    test("stage", Test::Compare(Comparison::Equal, lapsed))
}

fn is_adult() -> Formula {
    let years = Operand::Value(Value::Number(18.into()));
    test("age", Test::Compare(Comparison::AtLeast, years))
}

fn columns(pairs: &[(&str, &str)]) -> Columns {
    pairs.iter().map(|(attribute, column)| ((*attribute).into(), (*column).to_owned())).collect()
}

/// Asks who is lapsed and of age; all attributes are checked.
fn read(format: Format, file: &[u8], pairs: &[(&str, &str)]) -> Result<Summary, ReadError> {
    ask(Formula::And(vec![is_lapsed(), is_adult()]), format, file, pairs)
}

fn ask(formula: Formula, format: Format, file: &[u8], pairs: &[(&str, &str)]) -> Result<Summary, ReadError> {
    let audiences = [Audience { name: "x".into(), formula }];
    let (schema, definitions, columns) = (schema(), Definitions::new(), columns(pairs));
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

/// One line for each fault, and one with the counts.
fn lines(summary: &Summary) -> Vec<String> {
    let faults = summary.faults.iter().flat_map(|group| {
        let attribute = group.attribute.as_deref().unwrap_or("row").to_owned();
        let kind = if group.needed { "error" } else { "warning" };
        let head = format!("{kind} {attribute} {} ({})", group.reason, group.rows);
        let place = |line: Option<u64>| line.map(|line| format!(" line {line}")).unwrap_or_default();
        let examples = group
            .examples
            .iter()
            .map(move |example| format!("  row {}{}: {}", example.row, place(example.line), example.shown));
        std::iter::once(head).chain(examples).collect::<Vec<_>>()
    });
    let tally = &summary.audiences[0];
    let counts = format!(
        "{} rows, {} in, {} out, {} undecided, {} errors",
        summary.rows, tally.included, tally.excluded, tally.undecided, tally.errors
    );
    assert_eq!(summary.rows, tally.included + tally.excluded + tally.undecided + tally.errors);
    faults.chain([counts]).collect()
}

#[track_caller]
fn check(format: Format, file: &str, expected: &[&str]) {
    let summary = read(format, file.as_bytes(), &[]).expect("it can be read");
    assert_eq!(lines(&summary), expected);
}

#[test]
fn every_wrong_cell_of_csv_is_counted() {
    check(
        Format::Csv,
        "\u{feff}stage,age,spend,last_order,name,tags\n\
         lapsed,31,12.50,2026-11-01,Jane,a;b\n\
         lapsed,200,USD 3,,Jane,\n\
         lapzed,20,EUR 3,31/12/2025,,\n\
         lapsed,old,3.005,2025-02-29,,\n\
         ,20,,,,\n\
         lapsed,20,1\n\
         \"lapsed\",\"20\",\"1\",\"\",\"Jane \"\"J\"\"\nMiller\",\"[1]\"\n\
         customer,17,1,,,\n",
        &[
            "error stage is missing, but must have a value (1)",
            "  row 5 line 6: ",
            "error stage is none of the attribute's names (1)",
            "  row 3 line 4: l***",
            "error age is no number (1)",
            "  row 4 line 5: old",
            "error age is more than 120 (1)",
            "  row 2 line 3: 200",
            "warning spend is missing, but must have a value (1)",
            "  row 5 line 6: ",
            "warning spend has more than 2 digits behind the point (1)",
            "  row 4 line 5: 3.005",
            "warning spend is not in USD (1)",
            "  row 3 line 4: EUR 3",
            "warning last_order is no day like 2026-11-22 (2)",
            "  row 3 line 4: 31/12/2025",
            "  row 4 line 5: 2025-02-29",
            "warning tags is not a list of texts (1)",
            "  row 7 line 8: [1]",
            "error row has not 6 cells like the header (1)",
            "  row 6 line 7: 3 cells",
            "8 rows, 2 in, 1 out, 0 undecided, 5 errors",
        ],
    );
}

#[test]
fn invalid_utf8_is_wrong_where_it_stands() {
    let file = b"stage;age;spend;last_order;name;tags\nlapsed;20;1;;Gr\xFC\xDFe;\nlaps\xE9d;20;1;;;\n";
    let summary = read(Format::Csv, file, &[]).expect("it can be read");
    let expected = [
        "error stage is not in UTF-8 (1)",
        "  row 2 line 3: l***\u{fffd}d",
        "warning name is not in UTF-8 (1)",
        "  row 1 line 2: Gr\u{fffd}\u{fffd}e",
        "2 rows, 1 in, 0 out, 0 undecided, 1 errors",
    ];
    assert_eq!(lines(&summary), expected);
    let utf16: Vec<u8> = "\u{feff}stage,age\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(matches!(read(Format::Csv, &utf16, &[]), Err(ReadError::Encoding("UTF-16"))));
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0,noise\n";
    assert!(matches!(read(Format::Csv, gzip, &[]), Err(ReadError::Compressed("gzip"))));
}

#[test]
fn a_file_of_something_else_is_not_a_file_of_people_of_whom_nothing_is_known() {
    let found = ask(is_adult(), Format::Csv, b"customer;years\n1;20\n", &[]);
    assert!(matches!(found, Err(ReadError::NoColumn(lacking)) if lacking[0].name == "age"));
    assert!(ask(is_adult(), Format::Csv, b"customer;name\n1;Jo\n", &[]).is_ok());
}

#[test]
fn every_broken_line_of_json_is_counted() {
    let deep = format!("{{\"stage\": {}", "[".repeat(100_000));
    check(
        Format::JsonLines,
        &format!(
            "{}\n\n{}\n{}\n{}\n{deep}\n{}\n{}\n{}\n",
            r#"{"stage": "lapsed", "age": 31, "spend": 1.5, "tags": []}"#,
            r#"{"stage": "lapsed", "age": 31,"#,
            "[1]",
            r#"{"stage": "lapsed", "age": "31", "Stage": "lapsed", "spend": 1, "tags": []}"#,
            r#"{"stage": 5, "age": 20.5, "spend": {"a": 1}, "tags": "a;b"}"#,
            r#"{"stage": "lapsed", "age": null, "spend": 1, "tags": null}"#,
            r#"{"stage": "lapsed", "spend": 1, "tags": [1]}"#,
        ),
        &[
            "error stage is not a name (1)",
            "  row 6 line 7: 5",
            "error stage is there twice (1)",
            "  row 4 line 5: ",
            "error age is no whole number (1)",
            "  row 6 line 7: 20.5",
            "warning spend is not a number (1)",
            "  row 6 line 7: ",
            "warning tags is missing, but must have a value (1)",
            "  row 7 line 8: ",
            "warning tags is not a list of texts (1)",
            "  row 8 line 9: ",
            "error row is no JSON (2)",
            "  row 2 line 3: EOF while parsing a value at byte 30",
            "  row 5 line 6: recursion limit exceeded at byte 137",
            "error row is no JSON object (1)",
            "  row 3 line 4: ",
            "8 rows, 1 in, 2 out, 0 undecided, 5 errors",
        ],
    );
}

#[test]
fn a_list_with_brackets_that_do_not_match_is_an_error() {
    let contact = r#"{"stage": "lapsed", "age": 31, "spend": 1, "tags": []}"#;
    check(
        Format::Json,
        &format!("[{contact},\n 5, {{\"a\" 1}}]"),
        &[
            "error row is no JSON (1)",
            "  row 3 line 2: expected `:` at byte 6",
            "error row is no JSON object (1)",
            "  row 2 line 2: ",
            "3 rows, 1 in, 0 out, 0 undecided, 2 errors",
        ],
    );
    let broken = format!("[{contact},\n{contact}");
    assert!(matches!(read(Format::Json, broken.as_bytes(), &[]), Err(ReadError::Brackets { line: 2 })));
}

fn message(format: Format, file: &str, pairs: &[(&str, &str)]) -> String {
    read(format, file.as_bytes(), pairs).expect_err("it cannot be read").to_string()
}

#[test]
fn columns_are_found_by_name_case_and_mapping() {
    let note = |name: &str, meant: Option<&str>| ColumnNote::Unknown {
        name: name.to_owned(),
        meant: meant.map(Into::into),
    };
    let absent = |attribute: &str, needed| ColumnNote::Absent { attribute: attribute.into(), needed };
    let summary = read(Format::Csv, b"Phase,STAGE,spent,shoe size\nlapsed,x,1,42\n", &[("stage", "Phase")]);
    let summary = summary.expect("it can be read");
    assert_eq!(summary.audiences[0].excluded, 1);
    assert_eq!(
        summary.columns,
        [
            note("STAGE", None),
            note("spent", Some("spend")),
            note("shoe size", None),
            absent("age", true),
            absent("spend", false),
            absent("last_order", false),
            absent("name", false),
            absent("tags", false),
        ]
    );
    let summary = read(Format::JsonLines, br#"{"Stage": "lapsed", "stagee": 1, "a": {"b": 1}}"#, &[]);
    assert_eq!(summary.expect("it can be read").columns, [note("stagee", Some("stage")), note("a.b", None)]);
}

#[test]
fn files_that_cannot_be_judged_are_refused_at_once() {
    let csv = |file: &str| message(Format::Csv, file, &[]);
    assert_eq!(csv("stagee,age\nlapsed,3\n"), "has no column `stage` (did you mean `stagee`?)");
    assert_eq!(csv("Stage,STAGE\n"), "the columns `Stage` and `STAGE` would both be `stage`");
    assert_eq!(csv(""), "there are no contacts in it, not even a header");
    assert_eq!(csv("\n \r\n"), "there are no contacts in it, not even a header");
    let mapped = |pair| message(Format::Csv, "stage,age\n", &[pair]);
    assert_eq!(mapped(("stagee", "x")), "a contact has no attribute `stagee`; did you mean `stage`?");
    assert_eq!(mapped(("age", "Ages")), "has no column `Ages` (did you mean `age`?)");
}

#[test]
fn a_record_without_end_is_refused() {
    let open = format!("stage,name\nlapsed,\"{}", "x\n".repeat(3 << 20));
    let expected =
        "the record that starts in line 2 is longer than 4 MiB; perhaps a quotation mark is not closed";
    assert_eq!(message(Format::Csv, &open, &[]), expected);
    let long = format!("{{}}\n{{\"name\": \"{}\"}}", "x".repeat(5 << 20));
    assert!(message(Format::JsonLines, &long, &[]).starts_with("the record that starts in line 2"));
    assert!(message(Format::Json, &long, &[]).starts_with("the record that starts in line 2"));
}

#[test]
fn blank_lines_are_no_contacts() {
    let file = format!("stage,age\n{}lapsed,20\n\n", "\n".repeat(1 << 20));
    let summary = read(Format::Csv, file.as_bytes(), &[]).expect("it can be read");
    assert_eq!(lines(&summary), ["1 rows, 1 in, 0 out, 0 undecided, 0 errors"]);
    assert_eq!(summary.audiences[0].included_examples[0].line, Some((1 << 20) + 2));
}

#[test]
fn columns_of_parquet_have_types() {
    let text = |text: &str| Some(text.to_owned());
    let write = |age: Data, name: Data| {
        let mut file = Vec::new();
        let stage = Data::Text(vec![text("lapsed"), text("lapsed"), None]);
        let spend = Data::Int64("(DECIMAL(18,3))", vec![Some(1_500), Some(1_505), Some(-1_000)]);
        let day = Data::Int64("(TIMESTAMP(MICROS,true))", vec![Some(86_400_000_000), Some(1_000_000), None]);
        let columns =
            vec![("stage", stage), ("AGE", age), ("spend", spend), ("last_order", day), ("name", name)];
        write_parquet([columns], &mut file, Compression::UNCOMPRESSED);
        file
    };
    let names = || Data::Text(vec![text(""), None, None]);
    let ages = || Data::Int64("", vec![Some(31), Some(1 << 40), None]);
    let summary = read(Format::Parquet, &write(ages(), names()), &[]).expect("it can be read");
    assert_eq!(
        lines(&summary),
        [
            "error stage is missing, but must have a value (1)",
            "  row 3: ",
            "error age is more than 120 (1)",
            "  row 2: ***76",
            "warning spend has more than 2 digits behind the point (1)",
            "  row 2: 1505e-3",
            "warning spend is less than USD 0 (1)",
            "  row 3: -1000e-3",
            "warning last_order is no day like 2026-11-22 (1)",
            "  row 2: 1970-01-01T00:00:01",
            "3 rows, 1 in, 0 out, 0 undecided, 2 errors",
        ]
    );
    let other = read(Format::Parquet, &write(Data::Bool(vec![None; 3]), names()), &[]);
    let expected = "the column `AGE` holds true or false, where the schema wants a number";
    assert_eq!(other.expect_err("it cannot be read").to_string(), expected);
    let lists = Data::Lists(vec![None, None, Some(Vec::new())]);
    let summary = read(Format::Parquet, &write(ages(), lists), &[]).expect("it can be read");
    let note =
        ColumnNote::OtherType { name: "name".into(), found: "lists of texts".into(), wanted: "a text" };
    assert!(summary.columns.contains(&note), "{:?}", summary.columns);
}

/// Rows are counted even when no column is read for its values.
#[test]
fn an_audience_of_everyone_needs_no_column() {
    let mut file = Vec::new();
    let column = || Data::Lists(vec![Some(Vec::new()), None]);
    let other = || Data::Int32("", vec![None, Some(1)]);
    write_parquet(
        [vec![("x", column()), ("y", other())], vec![("x", column()), ("y", other())]],
        &mut file,
        Compression::SNAPPY,
    );
    let audiences = [Audience { name: "all".into(), formula: Formula::Const(true) }];
    let (schema, definitions, columns) = (schema(), Definitions::new(), Columns::new());
    let job = Job {
        schema: &schema,
        definitions: &definitions,
        audiences: &audiences,
        now: date(2026, 11, 22).at(9, 0, 0, 0),
        columns: &columns,
        key: None,
        examples: 1,
        check_all: false,
        threads: NonZeroUsize::MIN,
    };
    for (format, file) in [(Format::Parquet, file), (Format::Csv, b"x\n1\n2\n3\n4\n".to_vec())] {
        let summary = run(Source::bytes(format, file.into()), &job, &mut NoMembers).expect("it can be read");
        assert_eq!((summary.rows, summary.audiences[0].included), (4, 4), "{format:?}");
    }
}

#[test]
fn conditions_that_are_not_understood_are_named_with_those_who_hang_on_them() {
    let opaque =
        |key: &str| Formula::Opaque { key: key.into(), why: format!("{key} is odd").into(), tag: Tag(0) };
    let of_message = Formula::Test { attribute: "campaign.test".into(), test: Test::True, tag: Tag(0) };
    let mut schema = schema();
    schema
        .attributes
        .push(Attribute { of_contact: false, ..attribute("campaign.test", Domain::Bool, false) });
    let either = Formula::Or(vec![is_adult(), opaque("moon")]);
    let formula =
        Formula::And(vec![is_lapsed(), either, Formula::Or(vec![opaque("sun"), is_adult()]), of_message]);
    let audiences = [Audience { name: "x".into(), formula }];
    let (definitions, columns) = (Definitions::new(), Columns::new());
    let job = Job {
        schema: &schema,
        definitions: &definitions,
        audiences: &audiences,
        now: date(2026, 11, 22).at(9, 0, 0, 0),
        columns: &columns,
        key: None,
        examples: 1,
        check_all: false,
        threads: NonZeroUsize::MIN,
    };
    let file = Bytes::from_static(b"stage,age\nlapsed,20\nlapsed,10\nlapsed,11\ncustomer,10\n");
    let summary = run(Source::bytes(Format::Csv, file), &job, &mut NoMembers).expect("it can be read");
    let tally = &summary.audiences[0];
    assert_eq!((tally.excluded, tally.undecided), (1, 3));
    let hangs_on: Vec<(&str, &str, u64)> =
        tally.hangs_on.iter().map(|it| (it.key.as_str(), it.why.as_str(), it.rows)).collect();
    assert_eq!(
        hangs_on,
        [
            ("moon", "moon is odd", 2),
            ("sun", "sun is odd", 2),
            ("campaign.test", "`campaign.test` belongs to the message", 3),
        ]
    );
    let conditions: Vec<[u64; 3]> =
        tally.conditions.iter().map(|it| [it.holds, it.fails, it.fails_first]).collect();
    assert_eq!(conditions, [[3, 1, 1], [1, 0, 0], [1, 0, 0], [0, 0, 0]]);
}

#[test]
fn members_are_written_with_their_key() {
    let audiences = [
        Audience { name: "lapsed".into(), formula: is_lapsed() },
        Audience { name: "adults, all".into(), formula: is_adult() },
    ];
    let (schema, definitions, columns) = (schema(), Definitions::new(), Columns::new());
    let job = Job {
        schema: &schema,
        definitions: &definitions,
        audiences: &audiences,
        now: date(2026, 11, 22).at(9, 0, 0, 0),
        columns: &columns,
        key: Some("Email"),
        examples: 0,
        check_all: false,
        threads: NonZeroUsize::MIN,
    };
    let file = "stage,age,email\nlapsed,20,a@b.example\nlapsed,20\ncustomer,30,\"x,y\"\nlapsed,3,\n";
    let mut members = Members::new(Vec::new(), &job);
    run(Source::bytes(Format::Csv, file.into()), &job, &mut members).expect("it can be read");
    let written = String::from_utf8(members.finish().expect("it is written")).expect("it is text");
    let expected = "audience,row,Email\nlapsed,1,a@b.example\n\"adults, all\",1,a@b.example\n\"adults, all\",3,\"x,y\"\nlapsed,4,\n";
    assert_eq!(written, expected);

    let json = r#"{"stage": "lapsed", "email": 7}"#;
    let mut members = Members::new(Vec::new(), &job);
    run(Source::bytes(Format::JsonLines, json.into()), &job, &mut members).expect("it can be read");
    assert_eq!(members.finish().expect("it is written"), b"audience,row,Email\nlapsed,1,7\n");
}

#[test]
fn examples_show_what_matters_and_hide_who_it_is() {
    let audiences =
        [Audience { name: "x".into(), formula: Formula::And(vec![is_lapsed(), test("name", Test::Known)]) }];
    let (schema, definitions, columns) = (schema(), Definitions::new(), Columns::new());
    let job = Job {
        schema: &schema,
        definitions: &definitions,
        audiences: &audiences,
        now: date(2026, 11, 22).at(9, 0, 0, 0),
        columns: &columns,
        key: None,
        examples: 1,
        check_all: false,
        threads: NonZeroUsize::MIN,
    };
    let file = "age,stage,name\n20,lapsed,Jane Miller\n20,lapsed,\n20,lapsed,jane@acme.example\n";
    let summary = run(Source::bytes(Format::Csv, file.into()), &job, &mut NoMembers).expect("it can be read");
    let values = |examples: &[mktlint_contacts::Example]| -> Vec<String> {
        examples
            .iter()
            .flat_map(|it| it.values.iter().map(|(name, value)| format!("{name}: {value}")))
            .collect()
    };
    let tally = &summary.audiences[0];
    assert_eq!(values(&tally.included_examples), ["stage: lapsed", "name: \"J***\""]);
    assert_eq!(values(&tally.excluded_examples), ["stage: lapsed", "name: missing"]);
}
