//! Writes cases for real databases to standard output: one JSON object a line, each a table with rows, and conditions
//! in four dialects with the rows that the plain evaluator gives.
//!
//! ```sh
//! cargo run -p mktlint-sql --example cases -- TABLES CONDITIONS ROWS
//! ```

#[allow(dead_code, reason = "the tests use all of it")]
#[path = "../tests/random/mod.rs"]
mod random;

use std::io::{self, Write};

use jiff::civil::DateTime;
use mktlint_decide::{Attribute, Contact, Domain, Formula, Schema, Unit, Value, eval};
use mktlint_sql::{Dialect, Now, Source, condition_of, create_table};
use serde_json::{Map, Value as Json, json};

use random::{Case, case};

/// The databases that `.ci/sql` can start.
const DIALECTS: [Dialect; 4] = [Dialect::DuckDb, Dialect::Postgres, Dialect::Sqlite, Dialect::Spark];

/// The column that tells rows apart.
const ROW: &str = "row_number_of_case";

fn main() -> io::Result<()> {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let [tables, conditions, rows] = sizes[..] else {
        return Err(io::Error::other("usage: cases TABLES CONDITIONS ROWS"));
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    for seed in 0..tables as u64 {
        writeln!(out, "{}", table(&case(seed, conditions, rows)))?;
    }
    out.flush()
}

fn table(case: &Case) -> Json {
    let number = Domain::Number { unit: Unit::Plain, least: None, most: None, scale: 0 };
    let row = Attribute { name: ROW.into(), domain: number, optional: false, of_contact: true };
    let mut attributes = case.schema.attributes.clone();
    attributes.push(row);
    let schema = Schema { attributes };
    let create: Map<String, Json> = DIALECTS
        .iter()
        .map(|dialect| (dialect.to_string(), create_table(&schema, *dialect, "people", &case.columns).into()))
        .collect();
    let columns: Vec<&str> = schema
        .attributes
        .iter()
        .map(|attribute| case.columns.get(&attribute.name).unwrap_or(&attribute.name).as_str())
        .collect();
    let rows: Vec<Vec<Json>> =
        case.contacts.iter().enumerate().map(|(n, contact)| cells(case, n, contact)).collect();
    let conditions: Vec<Json> = case.formulas.iter().flat_map(|formula| conditions(case, formula)).collect();
    json!({ "create": create, "columns": columns, "rows": rows, "conditions": conditions })
}

fn cells(case: &Case, n: usize, contact: &Contact) -> Vec<Json> {
    let values = case.schema.attributes.iter().map(|attribute| contact.get(&attribute.name));
    values.map(|value| value.map_or(Json::Null, |value| cell(value, n))).chain([n.into()]).collect()
}

/// Values as databases read them from text; every third set has a NULL in it, and its first item twice.
fn cell(value: &Value, row: usize) -> Json {
    match value {
        Value::Bool(value) => (*value).into(),
        Value::Name(words) | Value::Text(words) => words.as_str().into(),
        Value::Number(number) => match i64::try_from(*number) {
            Ok(whole) if number.scale() == 0 => whole.into(),
            _ => number.to_string().into(),
        },
        Value::Date(day) => day.to_string().into(),
        Value::DateTime(at) => at.strftime("%Y-%m-%d %H:%M:%S").to_string().into(),
        Value::Time(at) => at.strftime("%H:%M:%S").to_string().into(),
        Value::Set(items) => {
            let mut items: Vec<Json> = items.iter().map(|item| cell(item, row)).collect();
            if row.is_multiple_of(3) {
                items.extend(items.first().cloned());
                items.push(Json::Null);
            }
            items.into()
        }
    }
}

/// The condition with `now` written into it, and with the database's own `now`, over which that of the case is put.
fn conditions(case: &Case, formula: &Formula) -> Vec<Json> {
    let is_true = |contact: &Contact| eval(formula, &case.definitions, contact, case.now) == Some(true);
    let expected: Vec<usize> = (0..case.contacts.len()).filter(|row| is_true(&case.contacts[*row])).collect();
    let with = |now: Now| -> Option<Json> {
        let sql: Option<Map<String, Json>> = DIALECTS
            .iter()
            .map(|dialect| {
                let source = Source {
                    schema: &case.schema,
                    definitions: &case.definitions,
                    dialect: *dialect,
                    now,
                    table: "people",
                    columns: &case.columns,
                };
                let sql = condition_of(&source, formula).ok()?;
                Some((dialect.to_string(), at(&sql, *dialect, case.now).into()))
            })
            .collect();
        Some(json!({ "sql": sql?, "rows": expected }))
    };
    let (written, own) = (with(Now::At(case.now)), with(Now::Database));
    if written == own { written.into_iter().collect() } else { written.into_iter().chain(own).collect() }
}

/// `sql` at `now` instead of the moment at which the database runs it.
fn at(sql: &str, dialect: Dialect, now: DateTime) -> String {
    let (day, moment) = (now.date(), now.strftime("%Y-%m-%d %H:%M:%S"));
    match dialect {
        Dialect::Sqlite => sql.replace("'now'", &format!("'{moment}'")),
        Dialect::Spark => sql
            .replace("current_date()", &format!("DATE '{day}'"))
            .replace("localtimestamp()", &format!("TIMESTAMP_NTZ '{moment}'")),
        _ => sql
            .replace("CURRENT_DATE", &format!("DATE '{day}'"))
            .replace("LOCALTIMESTAMP", &format!("TIMESTAMP '{moment}'")),
    }
}
