//! SQLite gives the rows that the plain evaluator gives.

mod random;

use jiff::civil::DateTime;
use mktlint_decide::{
    Attribute, Comparison, Contact, Definitions, Domain, Formula, Operand, Schema, Tag, Test, TextTest, Unit,
    Value, eval, text_holds,
};
use mktlint_sql::{Dialect, Now, Part, Source, Unsupported, condition, condition_of, create_table, query};
use proptest::prelude::*;
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params_from_iter};

use random::{Case, case};

/// What a random condition may be refused for.
const KNOWN_LIMITS: [&str; 2] = ["the lower case of `Σ`", "for a column of `json_each`"];

fn cell(value: Option<&Value>, row: usize) -> Cell {
    let text = |words: String| Cell::Text(words);
    match value {
        None => Cell::Null,
        Some(Value::Bool(value)) => Cell::Integer(i64::from(*value)),
        Some(Value::Name(words) | Value::Text(words)) => text(words.to_string()),
        Some(Value::Number(number)) => text(number.to_string()),
        Some(Value::Date(day)) => text(day.to_string()),
        // Both spellings of a moment are understood.
        Some(Value::DateTime(at)) if row.is_multiple_of(2) => text(at.to_string()),
        Some(Value::DateTime(at)) => text(at.strftime("%Y-%m-%d %H:%M:%S").to_string()),
        Some(Value::Time(at)) => text(at.strftime("%H:%M:%S").to_string()),
        Some(Value::Set(items)) => text(json(items.iter(), row)),
    }
}

/// A JSON array; in every third row with a NULL in it, and its first item twice.
fn json<'a>(items: impl Iterator<Item = &'a Value>, row: usize) -> String {
    let mut words: Vec<Option<&str>> = items
        .filter_map(|item| match item {
            Value::Name(words) | Value::Text(words) => Some(Some(words.as_str())),
            _ => None,
        })
        .collect();
    if row.is_multiple_of(3) {
        words.push(words.first().copied().flatten());
        words.push(None);
    }
    serde_json::to_string(&words).expect("texts have JSON")
}

fn database(case: &Case) -> Connection {
    let connection = Connection::open_in_memory().expect("memory");
    let create = create_table(&case.schema, Dialect::Sqlite, "people", &case.columns);
    connection.execute_batch(&create).unwrap_or_else(|error| panic!("{error}: {create}"));
    let marks = vec!["?"; case.schema.attributes.len()].join(", ");
    let mut insert = connection.prepare(&format!("INSERT INTO people VALUES ({marks})")).expect("columns");
    for (row, contact) in case.contacts.iter().enumerate() {
        let cells = case.schema.attributes.iter().map(|attribute| cell(contact.get(&attribute.name), row));
        insert.execute(params_from_iter(cells)).expect("fits");
    }
    drop(insert);
    connection
}

fn source(case: &Case, now: Now) -> Source<'_> {
    Source {
        schema: &case.schema,
        definitions: &case.definitions,
        dialect: Dialect::Sqlite,
        now,
        table: "people",
        columns: &case.columns,
    }
}

/// The rows of a query that starts with `SELECT *`.
fn rows(connection: &Connection, sql: &str) -> Vec<usize> {
    let sql = sql.replacen("SELECT *", "SELECT rowid", 1);
    let mut statement = connection.prepare(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    let rows = statement.query_map([], |row| row.get::<_, i64>(0)).expect("a query");
    rows.map(|row| usize::try_from(row.expect("a row")).expect("positive") - 1).collect()
}

fn expected(case: &Case, holds: impl Fn(&Contact) -> bool) -> Vec<usize> {
    let is_in = |row: &usize| holds(&case.contacts[*row]);
    (0..case.contacts.len()).filter(is_in).collect()
}

fn is_true(case: &Case, formula: &Formula, contact: &Contact) -> bool {
    eval(formula, &case.definitions, contact, case.now).expect("nothing is opaque")
}

/// The moment of the database, written over its own.
fn at(sql: &str, now: DateTime) -> String {
    sql.replace("'now'", &format!("'{}'", now.strftime("%Y-%m-%d %H:%M:%S")))
}

fn supported(result: Result<String, Unsupported>) -> Option<String> {
    match result {
        Ok(sql) => Some(sql),
        Err(problem) => {
            assert!(KNOWN_LIMITS.iter().any(|limit| problem.why.contains(limit)), "{problem:?}");
            None
        }
    }
}

proptest! {
    // Each case is a table and dozens of conditions.
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: ProptestConfig::default().cases.div_ceil(6),
        ..ProptestConfig::default()
    })]

    #[test]
    fn rows_are_those_of_the_evaluator(seed: u64) {
        let case = case(seed, 40, 60);
        let connection = database(&case);
        for formula in &case.formulas {
            let expected = expected(&case, |contact| is_true(&case, formula, contact));
            for now in [Now::At(case.now), Now::Database] {
                let Some(sql) = supported(condition_of(&source(&case, now), formula)) else { continue };
                let sql = at(&sql, case.now);
                prop_assert_eq!(&rows(&connection, &format!("SELECT * FROM people WHERE {sql}")), &expected, "{}", &sql);
                let nulls = rows(&connection, &format!("SELECT * FROM people WHERE ({sql}) IS NULL"));
                prop_assert!(nulls.is_empty(), "NULL for {nulls:?}: {sql}");
            }
        }
    }

    #[test]
    fn suppressed_people_are_left_out(seed: u64) {
        let case = case(seed, 30, 60);
        let connection = database(&case);
        for three in case.formulas.chunks(3) {
            let titles = ["audience a: it's\n", "no\\", ""];
            let parts: Vec<Part<'_>> =
                three.iter().zip(titles).map(|(formula, title)| Part { title, formula }).collect();
            let source = source(&case, Now::At(case.now));
            let Some(sql) = supported(query(&source, &parts[0], &parts[1..])) else { continue };
            let truth = |n: usize, contact: &Contact| is_true(&case, &three[n], contact);
            let expected =
                expected(&case, |contact| truth(0, contact) && !truth(1, contact) && !truth(2, contact));
            prop_assert_eq!(rows(&connection, &sql), expected, "{}", &sql);
            let nobody = rows(&connection, &format!("{sql} AND FALSE"));
            prop_assert!(nobody.is_empty(), "a comment hides what follows: {sql}");
        }
    }

    /// A row that has NULL where the schema allows none is no contact: what a test of it says is no reason to write to
    /// somebody.
    #[test]
    fn no_test_lets_in_a_null_that_cannot_be(seed: u64) {
        let mut case = case(seed, 40, 0).with_optional(true);
        case.contacts = vec![Contact::new()];
        let connection = database(&case);
        let case = case.with_optional(false);
        for formula in case.formulas.iter().filter(|formula| is_test(formula)) {
            for formula in [formula.clone(), Formula::Not(Box::new(formula.clone()))] {
                let source = source(&case, Now::Database);
                let Some(sql) = supported(condition_of(&source, &formula)) else { continue };
                let found = rows(&connection, &format!("SELECT * FROM people WHERE {sql}"));
                prop_assert!(found.is_empty() || sql == "TRUE", "{}", sql);
            }
        }
    }
}

/// Whether the formula is one test of columns.
fn is_test(formula: &Formula) -> bool {
    matches!(formula, Formula::Test { .. } | Formula::Difference { .. })
}

#[test]
fn text_tests_agree_on_every_odd_letter() {
    let patterns = [
        "?st*",
        "??st*",
        "*i\u{307}*",
        "*ISTANBUL",
        "kIM",
        "?im",
        "ä?",
        "*ö",
        "strasse",
        "straße",
        "a_b",
        "a?b",
        "100%",
        "*\\*",
        "!*",
        "ǆ*",
        "",
        "*",
        "?",
    ];
    let connection = Connection::open_in_memory().expect("memory");
    connection.execute_batch("CREATE TABLE people (words TEXT)").expect("a table");
    for words in random::TEXTS {
        connection.execute("INSERT INTO people VALUES (?)", [words]).expect("a text");
    }
    let schema = Schema { attributes: vec![attribute("words", Domain::Text, false)] };
    for pattern in patterns {
        for test in [TextTest::StartsWith, TextTest::EndsWith, TextTest::Contains, TextTest::Glob] {
            let formula = test_of("words", Test::Text(test, pattern.into()));
            let sql = condition(&formula, &Definitions::new(), &schema, Dialect::Sqlite, Now::Database);
            let sql = sql.expect("no sigma");
            let expected: Vec<usize> = (0..random::TEXTS.len())
                .filter(|row| text_holds(test, random::TEXTS[*row], pattern))
                .collect();
            assert_eq!(rows(&connection, &format!("SELECT * FROM people WHERE {sql}")), expected, "{sql}");
        }
    }
}

/// What everybody writes by hand, and whom it loses: of 3 000 random conditions such a translation got every third
/// wrong.
#[test]
fn not_around_a_condition_loses_who_has_no_value() {
    let connection = Connection::open_in_memory().expect("memory");
    connection
        .execute_batch("CREATE TABLE people (age INTEGER); INSERT INTO people VALUES (20), (40), (NULL)")
        .expect("a table");
    let number = Domain::Number { unit: Unit::Plain, least: None, most: None, scale: 0 };
    let schema = Schema { attributes: vec![attribute("age", number, true)] };
    let young = test_of("age", Test::Compare(Comparison::Less, Operand::Value(Value::Number(30.into()))));
    let others = Formula::Not(Box::new(young));
    let sql = condition(&others, &Definitions::new(), &schema, Dialect::Sqlite, Now::Database).expect("SQL");
    assert_eq!(sql, "age IS NULL OR age >= 30");
    assert_eq!(rows(&connection, &format!("SELECT * FROM people WHERE {sql}")), [1, 2]);
    assert_eq!(rows(&connection, "SELECT * FROM people WHERE NOT (age < 30)"), [1]);
}

#[test]
fn five_thousand_clauses_are_not_too_many() {
    let connection = Connection::open_in_memory().expect("memory");
    connection
        .execute_batch("CREATE TABLE people (age INTEGER); INSERT INTO people VALUES (1), (6000)")
        .expect("a table");
    let number = Domain::Number { unit: Unit::Plain, least: None, most: None, scale: 0 };
    let schema = Schema { attributes: vec![attribute("age", number, true)] };
    let is =
        |n: i64| test_of("age", Test::Compare(Comparison::Equal, Operand::Value(Value::Number(n.into()))));
    let nested = (0..5_000).fold(Formula::Const(false), |inner, n| Formula::Or(vec![inner, is(n)]));
    let sql = condition(&nested, &Definitions::new(), &schema, Dialect::Sqlite, Now::Database).expect("SQL");
    assert_eq!(rows(&connection, &format!("SELECT * FROM people WHERE {sql}")), [0]);
}

fn attribute(name: &str, domain: Domain, optional: bool) -> Attribute {
    Attribute { name: name.into(), domain, optional, of_contact: true }
}

fn test_of(attribute: &str, test: Test) -> Formula {
    Formula::Test { attribute: attribute.into(), test, tag: Tag(0) }
}
