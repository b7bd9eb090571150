//! Tests of columns, each of which says itself what a missing value means.

use mktlint_decide::{Attribute, Comparison, Domain, Operand, Test, Value};
use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use crate::dialect::Dialect;
use crate::literal::{is_before_all, literal, number};
use crate::moment::{Bound, bound, domain_takes};
use crate::tree::{Joiner, Node};
use crate::{Source, fold, set};

/// Digits behind the point up to which the differences of SQLite, which has no decimals, are rounded.
const SQLITE_SCALE: u32 = 9;

/// The condition of `test`, or why it has none.
pub fn test(source: &Source<'_>, name: &str, test: &Test, negated: bool) -> Result<Node, SmolStr> {
    let attribute = attribute(source, name)?;
    let column = column(source, attribute)?;
    match test {
        Test::Known if attribute.optional => Ok(known(&column, negated)),
        Test::Known => Ok(Node::Const(!negated)),
        Test::Any(item) => set::any(source, attribute, &column, item, negated),
        Test::Size(comparison, size) => set::size(source, attribute, &column, *comparison, *size, negated),
        _ => {
            let inner = scalar(source, attribute, &column, test, negated)?;
            Ok(guarded(&[(attribute, &column)], inner, negated))
        }
    }
}

/// `left - right <comparison> gap`, or why it has no SQL.
pub fn difference(
    source: &Source<'_>,
    names: [&SmolStr; 2],
    comparison: Comparison,
    gap: Decimal,
    negated: bool,
) -> Result<Node, SmolStr> {
    let [left, right] = [attribute(source, names[0])?, attribute(source, names[1])?];
    let columns = [column(source, left)?, column(source, right)?];
    let distance = distance([left, right], [&columns[0], &columns[1]], source.dialect)?;
    let gap = number(gap, source.dialect)?;
    let inner = Node::leaf(format!("{distance} {} {gap}", operator(comparison, negated)));
    Ok(guarded(&[(left, &columns[0]), (right, &columns[1])], inner, negated))
}

/// The attribute `name`, which must have a column.
fn attribute<'a>(source: &Source<'a>, name: &str) -> Result<&'a Attribute, SmolStr> {
    let attribute =
        source.schema.find(name).ok_or_else(|| format_smolstr!("there is no attribute `{name}`"))?;
    if !attribute.of_contact {
        return Err(format_smolstr!("`{name}` is known of the message, not of the contact"));
    }
    Ok(attribute)
}

/// The column of `attribute`, as it is written.
fn column(source: &Source<'_>, attribute: &Attribute) -> Result<String, SmolStr> {
    let name = source.columns.get(&attribute.name).unwrap_or(&attribute.name);
    let column = source.dialect.identifier(name);
    let is_set = matches!(attribute.domain, Domain::SetOfNames { .. } | Domain::SetOfTexts);
    if source.dialect != Dialect::Sqlite || !is_set || !set::is_taken(name) {
        return Ok(column);
    }
    let table = source.table.rsplit('.').next().unwrap_or_default();
    if table.is_empty() {
        return Err(format_smolstr!(
            "SQLite takes `{name}` for a column of `json_each` unless the table is named"
        ));
    }
    Ok(format!("{}.{column}", source.dialect.identifier(table)))
}

/// `column IS NOT NULL`
pub fn known(column: &str, negated: bool) -> Node {
    Node::leaf(format!("{column} IS {}NULL", if negated { "" } else { "NOT " }))
}

/// `inner`, which is NULL when one of the columns is, made false then; true when it is `negated`. Columns that cannot
/// be missing go without.
pub fn guarded(columns: &[(&Attribute, &String)], inner: Node, negated: bool) -> Node {
    if inner == Node::Const(negated) {
        return inner;
    }
    let mut items: Vec<Node> = Vec::new();
    for (attribute, column) in columns {
        if attribute.optional || (!negated && matches!(inner, Node::Const(_))) {
            items.push(known(column, negated));
        }
    }
    items.push(inner);
    Node::list(Joiner::and(negated), items)
}

/// `<`, or `>=` when it is `negated`.
pub fn operator(comparison: Comparison, negated: bool) -> &'static str {
    match (comparison, negated) {
        (Comparison::Equal, false) | (Comparison::NotEqual, true) => "=",
        (Comparison::NotEqual, false) | (Comparison::Equal, true) => "<>",
        (Comparison::Less, false) | (Comparison::AtLeast, true) => "<",
        (Comparison::AtMost, false) | (Comparison::Greater, true) => "<=",
        (Comparison::Greater, false) | (Comparison::AtMost, true) => ">",
        (Comparison::AtLeast, false) | (Comparison::Less, true) => ">=",
    }
}

/// A test of a single value; NULL when the column is.
fn scalar(
    source: &Source<'_>,
    attribute: &Attribute,
    column: &str,
    test: &Test,
    negated: bool,
) -> Result<Node, SmolStr> {
    let mismatch = || format_smolstr!("it does not fit what `{}` holds", attribute.name);
    match (test, &attribute.domain) {
        (Test::True, Domain::Bool) => {
            Ok(Node::leaf(if negated { format!("NOT {column}") } else { column.to_owned() }))
        }
        (Test::Compare(comparison, operand), domain) if is_ordered(domain) || is_equality(*comparison) => {
            compare(source, column, domain, *comparison, operand, negated)
        }
        (Test::OneOf(values), domain) if values.iter().all(|value| domain_takes(domain, value)) => {
            one_of(&moment_column(column, domain, source.dialect), values, source.dialect, negated)
        }
        (Test::Text(test, part), Domain::Text | Domain::Names { .. }) => {
            fold::text_test(column, *test, part, negated, source.dialect).map(Node::leaf)
        }
        _ => Err(mismatch()),
    }
}

/// `column IN (…)`
pub fn one_of(column: &str, values: &[Value], dialect: Dialect, negated: bool) -> Result<Node, SmolStr> {
    let literals: Result<Vec<String>, SmolStr> =
        values.iter().filter(|value| !is_before_all(value)).map(|value| literal(value, dialect)).collect();
    Ok(Node::one_of(column, literals?, negated))
}

fn is_equality(comparison: Comparison) -> bool {
    matches!(comparison, Comparison::Equal | Comparison::NotEqual)
}

fn is_ordered(domain: &Domain) -> bool {
    matches!(domain, Domain::Number { .. } | Domain::Date { .. } | Domain::DateTime | Domain::Time)
}

fn compare(
    source: &Source<'_>,
    column: &str,
    domain: &Domain,
    comparison: Comparison,
    operand: &Operand,
    negated: bool,
) -> Result<Node, SmolStr> {
    let column = moment_column(column, domain, source.dialect);
    Ok(match bound(source, operand, domain)? {
        Bound::Sql(bound) => Node::leaf(format!("{column} {} {bound}", operator(comparison, negated))),
        Bound::BeforeAll => {
            let is_later = !matches!(comparison, Comparison::Equal | Comparison::Less | Comparison::AtMost);
            Node::Const(is_later != negated)
        }
    })
}

/// SQLite compares moments as texts, so `2026-11-22T09:30` must become `2026-11-22 09:30:00` first.
fn moment_column(column: &str, domain: &Domain, dialect: Dialect) -> String {
    match (domain, dialect) {
        (Domain::DateTime, Dialect::Sqlite) => format!("datetime({column})"),
        _ => column.to_owned(),
    }
}

/// `left - right` in days, in seconds, or as a number.
fn distance(attributes: [&Attribute; 2], columns: [&str; 2], dialect: Dialect) -> Result<String, SmolStr> {
    let [left, right] = columns;
    match (&attributes[0].domain, &attributes[1].domain) {
        (Domain::Number { unit, scale, .. }, Domain::Number { unit: other, scale: digits, .. })
            if unit == other =>
        {
            let scale = (*scale).max(*digits).min(SQLITE_SCALE);
            Ok(match dialect {
                Dialect::Sqlite if scale > 0 => format!("round({left} - {right}, {scale})"),
                _ => format!("{left} - {right}"),
            })
        }
        (Domain::Date { .. }, Domain::Date { .. }) => Ok(days(left, right, dialect)),
        (Domain::DateTime, Domain::DateTime) => Ok(seconds(left, right, dialect)),
        _ => Err(format_smolstr!("`{}` and `{}` have no difference", attributes[0].name, attributes[1].name)),
    }
}

fn days(left: &str, right: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::DuckDb | Dialect::Postgres => format!("{left} - {right}"),
        Dialect::Sqlite => format!("julianday({left}) - julianday({right})"),
        Dialect::BigQuery => format!("DATE_DIFF({left}, {right}, DAY)"),
        Dialect::Snowflake => format!("DATEDIFF(day, {right}, {left})"),
        Dialect::Spark => format!("datediff({left}, {right})"),
    }
}

fn seconds(left: &str, right: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::DuckDb => format!("date_diff('second', {right}, {left})"),
        Dialect::Postgres => format!("EXTRACT(EPOCH FROM {left} - {right})"),
        Dialect::Sqlite => format!("strftime('%s', {left}) - strftime('%s', {right})"),
        Dialect::BigQuery => format!("DATETIME_DIFF({left}, {right}, SECOND)"),
        Dialect::Snowflake => format!("DATEDIFF(second, {right}, {left})"),
        Dialect::Spark => format!("timestampdiff(SECOND, {right}, {left})"),
    }
}
