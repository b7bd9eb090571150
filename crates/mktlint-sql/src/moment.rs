//! What days and moments are compared with.

use jiff::civil::{DateTime, date};
use mktlint_decide::{Domain, Operand, Shift, Value, day_from, days_between, resolve};
use smol_str::SmolStr;

use crate::dialect::Dialect;
use crate::literal::{is_before_all, literal};
use crate::{Now, Source};

/// What a column is compared with.
#[derive(Debug, PartialEq, Eq)]
pub enum Bound {
    /// An expression.
    Sql(String),
    /// A day or moment before all that a database can hold.
    BeforeAll,
}

/// What `operand` is to a column of `domain`, or why it has no SQL.
pub fn bound(source: &Source<'_>, operand: &Operand, domain: &Domain) -> Result<Bound, SmolStr> {
    if !matches!(operand, Operand::Value(_)) && !matches!(domain, Domain::Date { .. } | Domain::DateTime) {
        return Err("it compares a day with what is none".into());
    }
    let now = match (operand, source.now) {
        (Operand::Value(_), _) => DateTime::default(),
        (_, Now::At(now)) => now,
        (Operand::FromNow(shift), Now::Database) if *domain == Domain::DateTime => {
            return moment_from_now(*shift, source.dialect).map(Bound::Sql);
        }
        (Operand::FromNow(shift) | Operand::DayFromNow(shift), Now::Database) => {
            let day = day_from_now(*shift, source.dialect)?;
            let is_day = *domain != Domain::DateTime;
            return Ok(Bound::Sql(if is_day { day } else { midnight(&day, source.dialect) }));
        }
    };
    let value = resolve(operand, domain, now).ok_or("it compares a day with what is none")?;
    if !domain_takes(domain, &value) {
        return Err("it compares values of two kinds".into());
    }
    if is_before_all(&value) {
        return Ok(Bound::BeforeAll);
    }
    literal(&value, source.dialect).map(Bound::Sql)
}

/// Whether a value is of the kind of `domain`, within its limits or not.
pub fn domain_takes(domain: &Domain, value: &Value) -> bool {
    matches!(
        (domain, value),
        (Domain::Bool, Value::Bool(_))
            | (Domain::Names { .. } | Domain::SetOfNames { .. }, Value::Name(_))
            | (Domain::Number { .. }, Value::Number(_))
            | (Domain::Date { .. }, Value::Date(_))
            | (Domain::DateTime, Value::DateTime(_))
            | (Domain::Time, Value::Time(_))
            | (Domain::Text | Domain::SetOfTexts, Value::Text(_))
    )
}

/// The whole days of `shift`, hours rounded as [`day_from`] rounds them.
fn whole_days(shift: Shift) -> i64 {
    let today = date(2000, 1, 1);
    days_between(today, day_from(today.into(), Shift { months: 0, ..shift }))
}

/// Fails on lengths that leave the calendar of a database on some day of our times.
fn check_reach(shift: Shift) -> Result<(), SmolStr> {
    let ends = [date(1900, 1, 1), date(2200, 12, 31)].map(|today| day_from(today.into(), shift).year());
    if ends.iter().all(|year| (1..9999).contains(year)) {
        return Ok(());
    }
    Err("it reaches beyond the years that databases know".into())
}

fn day_from_now(shift: Shift, dialect: Dialect) -> Result<String, SmolStr> {
    check_reach(shift)?;
    let (months, days) = (i64::from(shift.months), whole_days(shift));
    Ok(match dialect {
        Dialect::DuckDb | Dialect::Postgres => {
            let month = match months {
                0 => "CURRENT_DATE".into(),
                _ => format!("CAST(CURRENT_DATE{} AS DATE)", interval(months, "months")),
            };
            if days == 0 { month } else { format!("{month} {} {}", sign(days), days.unsigned_abs()) }
        }
        Dialect::Sqlite => sqlite_day(months, days),
        Dialect::BigQuery => {
            let month = bigquery("DATE", "CURRENT_DATE()".into(), months, "MONTH");
            bigquery("DATE", month, days, "DAY")
        }
        Dialect::Snowflake => {
            let month = snowflake("CURRENT_DATE()".into(), months, "month");
            snowflake(month, days, "day")
        }
        Dialect::Spark => {
            let month = match months {
                0 => "current_date()".into(),
                _ => format!("add_months(current_date(), {months})"),
            };
            if days == 0 { month } else { format!("date_add({month}, {days})") }
        }
    })
}

fn moment_from_now(shift: Shift, dialect: Dialect) -> Result<String, SmolStr> {
    check_reach(shift)?;
    let (months, days, seconds) = (i64::from(shift.months), i64::from(shift.days), shift.seconds);
    let parts = [(months, "MONTH"), (days, "DAY"), (seconds, "SECOND")];
    Ok(match dialect {
        Dialect::DuckDb | Dialect::Postgres => format!(
            "LOCALTIMESTAMP{}{}{}",
            interval(months, "months"),
            interval(days, "days"),
            interval(seconds, "seconds")
        ),
        Dialect::Sqlite => {
            let now = match (months, days) {
                (0, 0) => "'now'".into(),
                _ => format!("{} || ' ' || time('now')", sqlite_day(months, days)),
            };
            if seconds == 0 {
                format!("datetime({now})")
            } else {
                format!("datetime({now}, '{seconds:+} seconds')")
            }
        }
        Dialect::BigQuery => {
            parts.iter().fold("CURRENT_DATETIME()".into(), |at, (n, unit)| bigquery("DATETIME", at, *n, unit))
        }
        Dialect::Snowflake => {
            parts.iter().fold("CAST(CURRENT_TIMESTAMP() AS TIMESTAMP_NTZ)".into(), |at, (n, unit)| {
                snowflake(at, *n, &unit.to_ascii_lowercase())
            })
        }
        Dialect::Spark => parts.iter().fold("localtimestamp()".into(), |at: String, (n, unit)| match n {
            0 => at,
            _ => format!("{at} {} INTERVAL '{}' {unit}", sign(*n), n.unsigned_abs()),
        }),
    })
}

/// The first moment of the day that `day` is.
fn midnight(day: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::DuckDb | Dialect::Postgres => format!("CAST({day} AS TIMESTAMP)"),
        Dialect::Sqlite => format!("datetime({day}, 'start of day')"),
        Dialect::BigQuery => format!("CAST({day} AS DATETIME)"),
        Dialect::Snowflake | Dialect::Spark => format!("CAST({day} AS TIMESTAMP_NTZ)"),
    }
}

fn sign(n: i64) -> char {
    if n < 0 { '-' } else { '+' }
}

/// ` - INTERVAL '3 months'`; nothing when `n` is 0.
fn interval(n: i64, unit: &str) -> String {
    if n == 0 { String::new() } else { format!(" {} INTERVAL '{} {unit}'", sign(n), n.unsigned_abs()) }
}

fn bigquery(kind: &str, at: String, n: i64, unit: &str) -> String {
    match n {
        0 => at,
        1.. => format!("{kind}_ADD({at}, INTERVAL {n} {unit})"),
        _ => format!("{kind}_SUB({at}, INTERVAL {} {unit})", n.unsigned_abs()),
    }
}

/// `ADD_MONTHS` is no choice: it moves the last of February to the last of March.
fn snowflake(at: String, n: i64, unit: &str) -> String {
    if n == 0 { at } else { format!("DATEADD({unit}, {n}, {at})") }
}

/// `date('now', '+1 months')` is March 3 on January 31, so the earlier of two days is taken: so many days into that
/// month, or the last of it.
fn sqlite_day(months: i64, days: i64) -> String {
    let days = if days == 0 { String::new() } else { format!(", '{days:+} days'") };
    if months == 0 {
        return format!("date('now'{days})");
    }
    let here =
        format!("date('now', 'start of month', '{months:+} months', (strftime('%d', 'now') - 1) || ' days')");
    let last = format!("date('now', 'start of month', '{:+} months', '-1 days')", months + 1);
    let month = format!("min({here}, {last})");
    if days.is_empty() { month } else { format!("date({month}{days})") }
}
