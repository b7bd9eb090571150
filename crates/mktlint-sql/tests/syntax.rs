//! Every dialect's parser reads what is written, and each kind of test is written as here.

#[allow(dead_code, reason = "a parser needs no contacts")]
mod random;

use std::fmt::Write;

use jiff::civil::{date, time};
use mktlint_decide::{
    Attribute, Comparison, Definitions, Domain, Formula, ItemTest, Operand, Schema, Shift, Tag, Test,
    TextTest, Unit, Value,
};
use mktlint_sql::{Columns, Dialect, Now, Part, Source, condition, create_table, query};
use proptest::prelude::*;
use rust_decimal::Decimal;
use sqlparser::dialect::{
    BigQueryDialect, DatabricksDialect, Dialect as Grammar, DuckDbDialect, PostgreSqlDialect, SQLiteDialect,
    SnowflakeDialect,
};
use sqlparser::parser::Parser;

use random::case;

fn grammar(dialect: Dialect) -> &'static dyn Grammar {
    match dialect {
        Dialect::DuckDb => &DuckDbDialect {},
        Dialect::Postgres => &PostgreSqlDialect {},
        Dialect::Sqlite => &SQLiteDialect {},
        Dialect::BigQuery => &BigQueryDialect {},
        Dialect::Snowflake => &SnowflakeDialect,
        Dialect::Spark => &DatabricksDialect {},
    }
}

/// One statement, and no more.
fn parse(dialect: Dialect, sql: &str) {
    match Parser::parse_sql(grammar(dialect), sql) {
        Ok(statements) => assert_eq!(statements.len(), 1, "{dialect}: {sql}"),
        Err(error) => panic!("{dialect}: {error}: {sql}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: ProptestConfig::default().cases.div_ceil(4),
        ..ProptestConfig::default()
    })]

    #[test]
    fn parsers_read_it(seed: u64) {
        let case = case(seed, 8, 0);
        for dialect in Dialect::ALL {
            parse(dialect, &create_table(&case.schema, dialect, "crm.people", &case.columns));
            for (now, pair) in [Now::At(case.now), Now::Database].iter().cycle().zip(case.formulas.chunks(2)) {
                let source = Source {
                    schema: &case.schema,
                    definitions: &case.definitions,
                    dialect,
                    now: *now,
                    table: "crm.people",
                    columns: &case.columns,
                };
                let parts: Vec<Part<'_>> =
                    pair.iter().map(|formula| Part { title: "a; b\n'\\", formula }).collect();
                if let Ok(sql) = query(&source, &parts[0], &parts[1..]) {
                    parse(dialect, &sql);
                }
            }
        }
    }
}

/// Names that contacts have, some of which one database or another gives a meaning.
const NAMES: &str = "account age array birthday channel city clicks collation company count country currency data date \
    day default description device email end event exists external first full gender group id index interval ip item \
    items key kind language last left level limit list locale match member method mode name number offset open order \
    owner password path percent period phone plan points position price primary rank rating reason references region \
    right role row score segment sent session set sex size source spend stage start state status street sum tags temp \
    text time timestamp timezone title total type unsubscribed url user value values version view visits window year \
    zip zone";

#[test]
fn parsers_read_every_name_as_a_column() {
    let names = NAMES.split_ascii_whitespace();
    let attributes = names.clone().map(|name| attribute(name, Domain::Text)).collect();
    let schema = Schema { attributes };
    for dialect in Dialect::ALL {
        parse(dialect, &create_table(&schema, dialect, "people", &Columns::new()));
        for name in names.clone() {
            let like = test_of(name, Test::Text(TextTest::Contains, "kiosk".into()));
            let sql =
                condition(&not(like), &Definitions::new(), &schema, dialect, Now::Database).expect("SQL");
            parse(dialect, &format!("SELECT * FROM people WHERE {sql}"));
        }
    }
}

fn attribute(name: &str, domain: Domain) -> Attribute {
    Attribute { name: name.into(), domain, optional: true, of_contact: true }
}

fn schema() -> Schema {
    let number = |unit, scale| Domain::Number { unit, least: None, most: None, scale };
    let names = || ["DE", "FR"].map(Into::into).into();
    Schema {
        attributes: vec![
            attribute("vip", Domain::Bool),
            attribute("age", number(Unit::Plain, 0)),
            attribute("spend", number(Unit::Money("EUR".into()), 2)),
            attribute("refund", number(Unit::Money("EUR".into()), 2)),
            attribute("country", Domain::Names { members: names(), open: false }),
            attribute("signup", Domain::Date { least: None, most: None }),
            attribute("last_order", Domain::Date { least: None, most: None }),
            attribute("opened", Domain::DateTime),
            attribute("clicked", Domain::DateTime),
            attribute("wakes", Domain::Time),
            attribute("email", Domain::Text),
            attribute("tags", Domain::SetOfTexts),
            Attribute { optional: false, ..attribute("order", number(Unit::Plain, 0)) },
        ],
    }
}

fn test_of(attribute: &str, test: Test) -> Formula {
    Formula::Test { attribute: attribute.into(), test, tag: Tag(0) }
}

fn compared(attribute: &str, comparison: Comparison, operand: Operand) -> Formula {
    test_of(attribute, Test::Compare(comparison, operand))
}

fn difference(left: &str, right: &str, gap: i64) -> Formula {
    let (left, right) = (left.into(), right.into());
    Formula::Difference { left, right, comparison: Comparison::Greater, gap: gap.into(), tag: Tag(0) }
}

fn not(formula: Formula) -> Formula {
    Formula::Not(Box::new(formula))
}

/// `formula` in all dialects; those that write the same share a line.
fn written(formula: &Formula, now: Now) -> String {
    let mut lines: Vec<(String, String)> = Vec::new();
    for dialect in Dialect::ALL {
        let sql = condition(formula, &Definitions::new(), &schema(), dialect, now).expect("SQL");
        parse(dialect, &format!("SELECT * FROM t WHERE {sql}"));
        match lines.iter_mut().find(|(_, own)| *own == sql) {
            Some((names, _)) => write!(names, " {dialect}").expect("a string"),
            None => lines.push((dialect.to_string(), sql)),
        }
    }
    let all: Vec<String> = lines
        .iter()
        .map(|(names, sql)| if lines.len() == 1 { sql.clone() } else { format!("{names}: {sql}") })
        .collect();
    all.join("\n")
}

fn literal_now() -> Now {
    Now::At(date(2026, 11, 22).at(9, 30, 0, 0))
}

macro_rules! snapshot {
    ($formula:expr, @$expected:literal) => { snapshot!($formula, literal_now(), @$expected) };
    ($formula:expr, $now:expr, @$expected:literal) => {
        insta::assert_snapshot!(written(&$formula, $now), @$expected)
    };
}

#[test]
fn booleans_and_missing_values() {
    snapshot!(test_of("vip", Test::True), @"vip IS NOT NULL AND vip");
    snapshot!(not(test_of("vip", Test::True)), @"vip IS NULL OR NOT vip");
    snapshot!(test_of("age", Test::Known), @"age IS NOT NULL");
    snapshot!(not(test_of("age", Test::Known)), @"age IS NULL");
}

#[test]
fn numbers() {
    snapshot!(compared("age", Comparison::NotEqual, Operand::Value(Value::Number(30.into()))), @"age IS NOT NULL AND age <> 30");
    snapshot!(not(compared("order", Comparison::Less, Operand::Value(Value::Number(30.into())))), @r#"
    duckdb postgres: "order" >= 30
    sqlite bigquery spark: `order` >= 30
    snowflake: "ORDER" >= 30
    "#);
    snapshot!(compared("spend", Comparison::AtLeast, Operand::Value(Value::Number(Decimal::new(1050, 2)))), @r#"
    duckdb postgres sqlite snowflake spark: spend IS NOT NULL AND spend >= 10.5
    bigquery: spend IS NOT NULL AND spend >= NUMERIC '10.5'
    "#);
    snapshot!(difference("age", "order", 3), @r#"
    duckdb postgres: age IS NOT NULL AND age - "order" > 3
    sqlite bigquery spark: age IS NOT NULL AND age - `order` > 3
    snowflake: age IS NOT NULL AND age - "ORDER" > 3
    "#);
    snapshot!(not(difference("spend", "refund", 3)), @r#"
    duckdb postgres bigquery snowflake spark: spend IS NULL OR refund IS NULL OR spend - refund <= 3
    sqlite: spend IS NULL OR refund IS NULL OR round(spend - refund, 2) <= 3
    "#);
}

#[test]
fn words() {
    snapshot!(test_of("country", Test::OneOf(vec![Value::Name("DE".into()), Value::Name("FR".into())])), @"country IS NOT NULL AND country IN ('DE', 'FR')");
    snapshot!(not(test_of("country", Test::OneOf(vec![Value::Name("DE".into())]))), @"country IS NULL OR country <> 'DE'");
    snapshot!(test_of("country", Test::OneOf(Vec::new())), @"FALSE");
    snapshot!(compared("email", Comparison::Equal, Operand::Value(Value::Text("o'neil\\".into()))), @r#"
    duckdb postgres sqlite: email IS NOT NULL AND email = 'o''neil\'
    bigquery spark: email IS NOT NULL AND email = 'o\'neil\\'
    snowflake: email IS NOT NULL AND email = 'o''neil\\'
    "#);
    snapshot!(test_of("email", Test::Text(TextTest::EndsWith, "@Acme.DE".into())), @r#"
    duckdb sqlite bigquery snowflake spark: email IS NOT NULL AND lower(email) LIKE '%@acme.de'
    postgres: email IS NOT NULL AND lower(email COLLATE "C") LIKE '%@acme.de'
    "#);
    snapshot!(test_of("email", Test::Text(TextTest::Glob, "*_ö?".into())), @r#"
    duckdb snowflake spark: email IS NOT NULL AND lower(replace(email, 'İ', 'i̇')) LIKE '%!_ö_' ESCAPE '!'
    postgres: email IS NOT NULL
    AND translate(replace(email, 'İ', 'i̇'), 'Ö', 'ö') LIKE '%!_ö_' ESCAPE '!'
    sqlite: email IS NOT NULL
    AND replace(replace(email, 'İ', 'i̇'), 'Ö', 'ö') LIKE '%!_ö_' ESCAPE '!'
    bigquery: email IS NOT NULL AND lower(replace(email, 'İ', 'i̇')) LIKE '%\\_ö_'
    "#);
}

#[test]
fn days() {
    snapshot!(compared("last_order", Comparison::Less, Operand::FromNow(Shift { days: -180, ..Shift::default() })), @r#"
    duckdb postgres bigquery snowflake spark: last_order IS NOT NULL AND last_order < DATE '2026-05-26'
    sqlite: last_order IS NOT NULL AND last_order < '2026-05-26'
    "#);
    snapshot!(compared("last_order", Comparison::Less, Operand::FromNow(Shift { days: -180, ..Shift::default() })), Now::Database, @r#"
    duckdb postgres: last_order IS NOT NULL AND last_order < CURRENT_DATE - 180
    sqlite: last_order IS NOT NULL AND last_order < date('now', '-180 days')
    bigquery: last_order IS NOT NULL AND last_order < DATE_SUB(CURRENT_DATE(), INTERVAL 180 DAY)
    snowflake: last_order IS NOT NULL AND last_order < DATEADD(day, -180, CURRENT_DATE())
    spark: last_order IS NOT NULL AND last_order < date_add(current_date(), -180)
    "#);
    snapshot!(compared("last_order", Comparison::Less, Operand::FromNow(Shift { months: 1, days: 2, seconds: 1 })), Now::Database, @r#"
    duckdb postgres: last_order IS NOT NULL
    AND last_order < CAST(CURRENT_DATE + INTERVAL '1 months' AS DATE) + 3
    sqlite: last_order IS NOT NULL
    AND last_order < date(min(date('now', 'start of month', '+1 months', (strftime('%d', 'now') - 1) || ' days'), date('now', 'start of month', '+2 months', '-1 days')), '+3 days')
    bigquery: last_order IS NOT NULL
    AND last_order < DATE_ADD(DATE_ADD(CURRENT_DATE(), INTERVAL 1 MONTH), INTERVAL 3 DAY)
    snowflake: last_order IS NOT NULL AND last_order < DATEADD(day, 3, DATEADD(month, 1, CURRENT_DATE()))
    spark: last_order IS NOT NULL AND last_order < date_add(add_months(current_date(), 1), 3)
    "#);
    snapshot!(compared("last_order", Comparison::Less, Operand::Value(Value::Date(date(-5, 1, 1)))), @"FALSE");
    snapshot!(not(compared("last_order", Comparison::Less, Operand::Value(Value::Date(date(-5, 1, 1))))), @"TRUE");
    snapshot!(difference("last_order", "signup", 30), @r#"
    duckdb postgres: last_order IS NOT NULL AND signup IS NOT NULL AND last_order - signup > 30
    sqlite: last_order IS NOT NULL
    AND signup IS NOT NULL
    AND julianday(last_order) - julianday(signup) > 30
    bigquery: last_order IS NOT NULL AND signup IS NOT NULL AND DATE_DIFF(last_order, signup, DAY) > 30
    snowflake: last_order IS NOT NULL AND signup IS NOT NULL AND DATEDIFF(day, signup, last_order) > 30
    spark: last_order IS NOT NULL AND signup IS NOT NULL AND datediff(last_order, signup) > 30
    "#);
}

#[test]
fn moments_and_times() {
    snapshot!(compared("opened", Comparison::AtLeast, Operand::FromNow(Shift { seconds: -3600, ..Shift::default() })), @r#"
    duckdb postgres: opened IS NOT NULL AND opened >= TIMESTAMP '2026-11-22 08:30:00'
    sqlite: opened IS NOT NULL AND datetime(opened) >= '2026-11-22 08:30:00'
    bigquery: opened IS NOT NULL AND opened >= DATETIME '2026-11-22 08:30:00'
    snowflake: opened IS NOT NULL AND opened >= CAST('2026-11-22 08:30:00' AS TIMESTAMP_NTZ)
    spark: opened IS NOT NULL AND opened >= TIMESTAMP_NTZ '2026-11-22 08:30:00'
    "#);
    snapshot!(compared("opened", Comparison::AtLeast, Operand::FromNow(Shift { months: -1, days: 2, seconds: -3600 })), Now::Database, @r#"
    duckdb postgres: opened IS NOT NULL
    AND opened >= LOCALTIMESTAMP - INTERVAL '1 months' + INTERVAL '2 days' - INTERVAL '3600 seconds'
    sqlite: opened IS NOT NULL
    AND datetime(opened) >= datetime(date(min(date('now', 'start of month', '-1 months', (strftime('%d', 'now') - 1) || ' days'), date('now', 'start of month', '+0 months', '-1 days')), '+2 days') || ' ' || time('now'), '-3600 seconds')
    bigquery: opened IS NOT NULL
    AND opened >= DATETIME_SUB(DATETIME_ADD(DATETIME_SUB(CURRENT_DATETIME(), INTERVAL 1 MONTH), INTERVAL 2 DAY), INTERVAL 3600 SECOND)
    snowflake: opened IS NOT NULL
    AND opened >= DATEADD(second, -3600, DATEADD(day, 2, DATEADD(month, -1, CAST(CURRENT_TIMESTAMP() AS TIMESTAMP_NTZ))))
    spark: opened IS NOT NULL
    AND opened >= localtimestamp() - INTERVAL '1' MONTH + INTERVAL '2' DAY - INTERVAL '3600' SECOND
    "#);
    snapshot!(compared("opened", Comparison::AtLeast, Operand::DayFromNow(Shift { days: -7, ..Shift::default() })), Now::Database, @r#"
    duckdb postgres: opened IS NOT NULL AND opened >= CAST(CURRENT_DATE - 7 AS TIMESTAMP)
    sqlite: opened IS NOT NULL AND datetime(opened) >= datetime(date('now', '-7 days'), 'start of day')
    bigquery: opened IS NOT NULL AND opened >= CAST(DATE_SUB(CURRENT_DATE(), INTERVAL 7 DAY) AS DATETIME)
    snowflake: opened IS NOT NULL AND opened >= CAST(DATEADD(day, -7, CURRENT_DATE()) AS TIMESTAMP_NTZ)
    spark: opened IS NOT NULL AND opened >= CAST(date_add(current_date(), -7) AS TIMESTAMP_NTZ)
    "#);
    snapshot!(difference("clicked", "opened", 60), @r#"
    duckdb: clicked IS NOT NULL AND opened IS NOT NULL AND date_diff('second', opened, clicked) > 60
    postgres: clicked IS NOT NULL AND opened IS NOT NULL AND EXTRACT(EPOCH FROM clicked - opened) > 60
    sqlite: clicked IS NOT NULL
    AND opened IS NOT NULL
    AND strftime('%s', clicked) - strftime('%s', opened) > 60
    bigquery: clicked IS NOT NULL
    AND opened IS NOT NULL
    AND DATETIME_DIFF(clicked, opened, SECOND) > 60
    snowflake: clicked IS NOT NULL AND opened IS NOT NULL AND DATEDIFF(second, opened, clicked) > 60
    spark: clicked IS NOT NULL
    AND opened IS NOT NULL
    AND timestampdiff(SECOND, opened, clicked) > 60
    "#);
    snapshot!(compared("wakes", Comparison::Less, Operand::Value(Value::Time(time(9, 0, 0, 0)))), @r#"
    duckdb postgres bigquery snowflake: wakes IS NOT NULL AND wakes < TIME '09:00:00'
    sqlite spark: wakes IS NOT NULL AND wakes < '09:00:00'
    "#);
}

#[test]
fn sets() {
    snapshot!(test_of("tags", Test::Any(ItemTest::OneOf(vec![Value::Text("vip".into())]))), @r#"
    duckdb postgres: EXISTS (SELECT 1 FROM unnest(tags) AS items(item) WHERE item = 'vip')
    sqlite: EXISTS (SELECT 1 FROM json_each(tags) WHERE value = 'vip')
    bigquery: EXISTS (SELECT 1 FROM UNNEST(tags) AS item WHERE item = 'vip')
    snowflake: tags IS NOT NULL AND ARRAY_SIZE(filter(tags, item -> item::VARCHAR = 'vip')) > 0
    spark: tags IS NOT NULL AND size(filter(tags, item -> item = 'vip')) > 0
    "#);
    snapshot!(not(test_of("tags", Test::Any(ItemTest::Every))), @r#"
    duckdb postgres: NOT EXISTS (SELECT 1 FROM unnest(tags) AS items(item) WHERE item IS NOT NULL)
    sqlite: NOT EXISTS (SELECT 1 FROM json_each(tags) WHERE value IS NOT NULL)
    bigquery: NOT EXISTS (SELECT 1 FROM UNNEST(tags) AS item WHERE item IS NOT NULL)
    snowflake: tags IS NULL OR ARRAY_SIZE(filter(tags, item -> item::VARCHAR IS NOT NULL)) = 0
    spark: tags IS NULL OR size(filter(tags, item -> item IS NOT NULL)) = 0
    "#);
    snapshot!(test_of("tags", Test::Any(ItemTest::Not(Box::new(ItemTest::Or(vec![ItemTest::OneOf(vec![Value::Text("vip".into())]), ItemTest::Text(TextTest::StartsWith, "X".into())]))))), @r#"
    duckdb: EXISTS (SELECT 1 FROM unnest(tags) AS items(item) WHERE item <> 'vip' AND lower(item) NOT LIKE 'x%')
    postgres: EXISTS (SELECT 1 FROM unnest(tags) AS items(item) WHERE item <> 'vip' AND lower(item COLLATE "C") NOT LIKE 'x%')
    sqlite: EXISTS (SELECT 1 FROM json_each(tags) WHERE value <> 'vip' AND lower(value) NOT LIKE 'x%')
    bigquery: EXISTS (SELECT 1 FROM UNNEST(tags) AS item WHERE item <> 'vip' AND lower(item) NOT LIKE 'x%')
    snowflake: tags IS NOT NULL
    AND ARRAY_SIZE(filter(tags, item -> item::VARCHAR <> 'vip' AND lower(item::VARCHAR) NOT LIKE 'x%')) > 0
    spark: tags IS NOT NULL
    AND size(filter(tags, item -> item <> 'vip' AND lower(item) NOT LIKE 'x%')) > 0
    "#);
    snapshot!(not(test_of("tags", Test::Size(Comparison::AtLeast, 3))), @r#"
    duckdb postgres: tags IS NULL OR (SELECT count(DISTINCT item) FROM unnest(tags) AS items(item)) < 3
    sqlite: tags IS NULL OR (SELECT count(DISTINCT value) FROM json_each(tags)) < 3
    bigquery: tags IS NULL OR (SELECT COUNT(DISTINCT item) FROM UNNEST(tags) AS item) < 3
    snowflake: tags IS NULL
    OR ARRAY_SIZE(ARRAY_DISTINCT(filter(tags, item -> item::VARCHAR IS NOT NULL))) < 3
    spark: tags IS NULL OR size(array_distinct(filter(tags, item -> item IS NOT NULL))) < 3
    "#);
}
