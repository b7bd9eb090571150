//! Tests of sets. An element that is NULL is no item, and an item that is there twice counts once.

use mktlint_decide::{Attribute, Comparison, Domain, ItemTest};
use smol_str::{SmolStr, format_smolstr};

use crate::dialect::Dialect;
use crate::layout::flat;
use crate::moment::domain_takes;
use crate::test::{guarded, known, one_of, operator};
use crate::tree::{Joiner, Node};
use crate::{Source, fold};

/// How deep the condition on an item nests at most.
const DEEPEST: usize = 8;

/// Whether `json_each` of SQLite has a column of that name, which hides that of the table.
pub fn is_taken(column: &str) -> bool {
    const OWN: [&str; 10] =
        ["atom", "fullkey", "id", "json", "key", "parent", "path", "root", "type", "value"];
    OWN.iter().any(|own| own.eq_ignore_ascii_case(column))
}

/// An item of the set is like that.
pub fn any(
    source: &Source<'_>,
    attribute: &Attribute,
    column: &str,
    test: &ItemTest,
    negated: bool,
) -> Result<Node, SmolStr> {
    check_set(attribute)?;
    let own = item_name(source.dialect);
    let condition = match item(source, attribute, test, false, 0)? {
        Node::Const(false) => return Ok(Node::Const(negated)),
        Node::Const(true) => known(own, false),
        other => other,
    };
    let items = Items { column, condition: &flat(&condition) };
    Ok(items.exist(source.dialect, attribute, negated))
}

/// The set has so many items.
pub fn size(
    source: &Source<'_>,
    attribute: &Attribute,
    column: &str,
    comparison: Comparison,
    size: u32,
    negated: bool,
) -> Result<Node, SmolStr> {
    check_set(attribute)?;
    let inner =
        Node::leaf(format!("{} {} {size}", count(column, source.dialect), operator(comparison, negated)));
    Ok(asked(attribute, column, inner, negated))
}

/// `inner`, which counts NULL as an empty set, made false or true for it as for other tests: a set that is missing
/// fails the test and meets its negation, one that cannot be missing fails both.
fn asked(attribute: &Attribute, column: &str, inner: Node, negated: bool) -> Node {
    let is_met = attribute.optional && negated;
    Node::list(Joiner::and(is_met), vec![known(column, is_met), inner])
}

fn check_set(attribute: &Attribute) -> Result<(), SmolStr> {
    match attribute.domain {
        Domain::SetOfNames { .. } | Domain::SetOfTexts => Ok(()),
        _ => Err(format_smolstr!("`{}` is no set", attribute.name)),
    }
}

/// What an item is called in a condition on it.
fn item_name(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::DuckDb | Dialect::Postgres | Dialect::BigQuery | Dialect::Spark => "item",
        Dialect::Sqlite => "value",
        Dialect::Snowflake => "item::VARCHAR",
    }
}

/// The items of a column that meet a condition.
struct Items<'a> {
    column: &'a str,
    condition: &'a str,
}

impl Items<'_> {
    /// Whether there are any. `EXISTS` is never NULL: it is false for a set that is missing, as it should be.
    fn exist(&self, dialect: Dialect, attribute: &Attribute, negated: bool) -> Node {
        let Self { column, condition } = self;
        let not = if negated { "NOT " } else { "" };
        let from = match dialect {
            Dialect::DuckDb | Dialect::Postgres => format!("unnest({column}) AS items(item)"),
            Dialect::Sqlite => format!("json_each({column})"),
            Dialect::BigQuery => format!("UNNEST({column}) AS item"),
            Dialect::Snowflake | Dialect::Spark => {
                let size = if dialect == Dialect::Spark { "size" } else { "ARRAY_SIZE" };
                let filtered = format!("{size}(filter({column}, item -> {condition}))");
                let inner = Node::leaf(format!("{filtered} {} 0", if negated { "=" } else { ">" }));
                return guarded(&[(attribute, &(*column).to_owned())], inner, negated);
            }
        };
        let inner = Node::leaf(format!("{not}EXISTS (SELECT 1 FROM {from} WHERE {condition})"));
        if negated && !attribute.optional { asked(attribute, column, inner, negated) } else { inner }
    }
}

/// The number of items.
fn count(column: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::DuckDb | Dialect::Postgres => {
            format!("(SELECT count(DISTINCT item) FROM unnest({column}) AS items(item))")
        }
        Dialect::Sqlite => format!("(SELECT count(DISTINCT value) FROM json_each({column}))"),
        Dialect::BigQuery => format!("(SELECT COUNT(DISTINCT item) FROM UNNEST({column}) AS item)"),
        Dialect::Snowflake => {
            format!("ARRAY_SIZE(ARRAY_DISTINCT(filter({column}, item -> item::VARCHAR IS NOT NULL)))")
        }
        Dialect::Spark => format!("size(array_distinct(filter({column}, item -> item IS NOT NULL)))"),
    }
}

/// The condition on an item; NULL counts as false, since no negation is left around it.
fn item(
    source: &Source<'_>,
    attribute: &Attribute,
    test: &ItemTest,
    negated: bool,
    depth: usize,
) -> Result<Node, SmolStr> {
    if depth > DEEPEST {
        return Err(format_smolstr!("it nests deeper than {DEEPEST} levels"));
    }
    let own = item_name(source.dialect);
    let parts = |joiner, parts: &[ItemTest]| {
        let parts: Result<Vec<Node>, SmolStr> =
            parts.iter().map(|part| item(source, attribute, part, negated, depth + 1)).collect();
        parts.map(|parts| Node::list(joiner, parts))
    };
    match test {
        ItemTest::Every => Ok(Node::Const(!negated)),
        ItemTest::OneOf(values) => {
            if !values.iter().all(|value| domain_takes(&attribute.domain, value)) {
                return Err(format_smolstr!("it does not fit the items of `{}`", attribute.name));
            }
            one_of(own, values, source.dialect, negated)
        }
        ItemTest::Text(test, part) => {
            fold::text_test(own, *test, part, negated, source.dialect).map(Node::leaf)
        }
        ItemTest::Not(inner) => item(source, attribute, inner, !negated, depth + 1),
        ItemTest::And(inner) => parts(Joiner::and(negated), inner),
        ItemTest::Or(inner) => parts(Joiner::or(negated), inner),
    }
}
