//! The table that queries expect.

use mktlint_decide::{Attribute, Domain, Schema};
use rust_decimal::Decimal;

use crate::{Columns, Dialect};

/// The statement that creates `table` with a column for every attribute of the contact; dots in `table` part its
/// schema from its name.
pub fn create_table(schema: &Schema, dialect: Dialect, table: &str, columns: &Columns) -> String {
    let lines: Vec<String> = schema
        .attributes
        .iter()
        .filter(|attribute| attribute.of_contact)
        .map(|attribute| {
            let name = columns.get(&attribute.name).unwrap_or(&attribute.name);
            format!("  {} {}", dialect.identifier(name), column_type(attribute, dialect))
        })
        .collect();
    format!("CREATE TABLE {} (\n{}\n)", dialect.table(table), lines.join(",\n"))
}

fn column_type(attribute: &Attribute, dialect: Dialect) -> String {
    let kind = match &attribute.domain {
        Domain::Bool => boolean(dialect).to_owned(),
        Domain::Names { .. } | Domain::Text => text(dialect).to_owned(),
        Domain::Number { least, most, scale, .. } => number(dialect, [*least, *most], *scale),
        Domain::Date { .. } => if dialect == Dialect::Sqlite { "TEXT" } else { "DATE" }.to_owned(),
        Domain::DateTime => moment(dialect).to_owned(),
        Domain::Time => time(dialect).to_owned(),
        Domain::SetOfNames { .. } | Domain::SetOfTexts => set(dialect).to_owned(),
    };
    // An array of BigQuery is never NULL, and may not be said so.
    let is_array = dialect == Dialect::BigQuery && kind.starts_with("ARRAY");
    if attribute.optional || is_array { kind } else { format!("{kind} NOT NULL") }
}

fn boolean(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "INTEGER",
        Dialect::BigQuery => "BOOL",
        _ => "BOOLEAN",
    }
}

fn text(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::DuckDb | Dialect::Snowflake => "VARCHAR",
        Dialect::Postgres | Dialect::Sqlite => "TEXT",
        Dialect::BigQuery | Dialect::Spark => "STRING",
    }
}

fn moment(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::DuckDb | Dialect::Postgres => "TIMESTAMP",
        Dialect::Sqlite => "TEXT",
        Dialect::BigQuery => "DATETIME",
        Dialect::Snowflake | Dialect::Spark => "TIMESTAMP_NTZ",
    }
}

fn time(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "TEXT",
        Dialect::Spark => "STRING",
        _ => "TIME",
    }
}

fn set(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::DuckDb => "VARCHAR[]",
        Dialect::Postgres => "TEXT[]",
        Dialect::Sqlite => "TEXT",
        Dialect::BigQuery | Dialect::Spark => "ARRAY<STRING>",
        Dialect::Snowflake => "ARRAY",
    }
}

fn number(dialect: Dialect, ends: [Option<Decimal>; 2], scale: u32) -> String {
    let is_big = ends.into_iter().flatten().any(|end| i64::try_from(end.trunc()).is_err());
    let precision = (18 + scale).min(38);
    match dialect {
        Dialect::Sqlite if scale == 0 => "INTEGER".into(),
        Dialect::Sqlite => "NUMERIC".into(),
        Dialect::BigQuery if scale == 0 && !is_big => "INT64".into(),
        Dialect::BigQuery => if scale > 9 { "BIGNUMERIC" } else { "NUMERIC" }.into(),
        _ if scale == 0 && !is_big => "BIGINT".into(),
        _ if is_big => format!("DECIMAL(38, {scale})"),
        _ => format!("DECIMAL({precision}, {scale})"),
    }
}
