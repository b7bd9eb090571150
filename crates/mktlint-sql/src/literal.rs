//! Values as literals. None is ever a float.

use jiff::civil::{Date, DateTime, Time};
use mktlint_decide::Value;
use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use crate::dialect::Dialect;

/// The digits that SQLite keeps of a number that is not whole.
const SQLITE_DIGITS: usize = 15;

/// A literal, or why there is none.
pub type Literal = Result<String, SmolStr>;

/// `value` as a literal. Days and moments before the year 1 have none; see [`is_before_all`].
pub fn literal(value: &Value, dialect: Dialect) -> Literal {
    match value {
        Value::Bool(value) => Ok(if *value { "TRUE" } else { "FALSE" }.into()),
        Value::Name(words) | Value::Text(words) => text(words, dialect),
        Value::Number(value) => number(*value, dialect),
        Value::Date(day) => Ok(date(*day, dialect)),
        Value::DateTime(at) => Ok(moment(*at, dialect)),
        Value::Time(at) => Ok(time(*at, dialect)),
        Value::Set(_) => Err("it compares whole sets".into()),
    }
}

/// `words` as a text.
pub fn text(words: &str, dialect: Dialect) -> Literal {
    if words.contains('\0') {
        return Err("texts of databases hold no U+0000".into());
    }
    Ok(dialect.text(words))
}

/// `value` to its last digit.
pub fn number(value: Decimal, dialect: Dialect) -> Literal {
    let value = value.normalize();
    let is_bigint = value.scale() == 0 && i64::try_from(value).is_ok();
    let digits = value.mantissa().unsigned_abs().to_string().len();
    match dialect {
        _ if is_bigint => Ok(value.to_string()),
        Dialect::Sqlite if digits > SQLITE_DIGITS => {
            Err(format_smolstr!("SQLite keeps {SQLITE_DIGITS} digits, fewer than `{value}` has"))
        }
        // A bare `0.1` is a float there.
        Dialect::BigQuery if value.scale() > 9 => Ok(format!("BIGNUMERIC '{value}'")),
        Dialect::BigQuery => Ok(format!("NUMERIC '{value}'")),
        _ => Ok(value.to_string()),
    }
}

/// Whether a value lies before the first day that every database knows, so that all their values come after it.
pub fn is_before_all(value: &Value) -> bool {
    match value {
        Value::Date(day) => day.year() < 1,
        Value::DateTime(at) => at.year() < 1,
        _ => false,
    }
}

fn date(day: Date, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => format!("'{day}'"),
        _ => format!("DATE '{day}'"),
    }
}

/// Moments are to the second; only the last one of the calendar has a fraction, and nothing lies behind that.
fn moment(at: DateTime, dialect: Dialect) -> String {
    let text = at.strftime("%Y-%m-%d %H:%M:%S");
    match dialect {
        Dialect::DuckDb | Dialect::Postgres => format!("TIMESTAMP '{text}'"),
        Dialect::Sqlite => format!("'{text}'"),
        Dialect::BigQuery => format!("DATETIME '{text}'"),
        Dialect::Snowflake => format!("CAST('{text}' AS TIMESTAMP_NTZ)"),
        Dialect::Spark => format!("TIMESTAMP_NTZ '{text}'"),
    }
}

/// Spark has no times of day, and SQLite only texts.
fn time(at: Time, dialect: Dialect) -> String {
    let text = at.strftime("%H:%M:%S");
    match dialect {
        Dialect::Sqlite | Dialect::Spark => format!("'{text}'"),
        _ => format!("TIME '{text}'"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact() {
        let check = |text: &str, dialect, expected: &str| {
            let value: Decimal = text.parse().expect("a number");
            assert_eq!(number(value, dialect).as_deref(), Ok(expected));
        };
        check("0.30", Dialect::Postgres, "0.3");
        check("-0.30", Dialect::BigQuery, "NUMERIC '-0.3'");
        check("12.00", Dialect::BigQuery, "12");
        check("0.0000000001", Dialect::BigQuery, "BIGNUMERIC '0.0000000001'");
        check("9223372036854775808", Dialect::BigQuery, "NUMERIC '9223372036854775808'");
        check("9223372036854775807", Dialect::Sqlite, "9223372036854775807");
        let long: Decimal = "1234567890.123456".parse().expect("a number");
        assert!(number(long, Dialect::Sqlite).is_err());
    }

    #[test]
    fn a_text_with_a_nul_has_no_literal() {
        assert!(text("a\0", Dialect::DuckDb).is_err());
    }
}
