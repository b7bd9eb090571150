//! Audiences as SQL, true to the two-valued meaning of conditions.
//!
//! There is one lowering for all six dialects: negation is pushed down to the single tests, and each test of a column
//! that can be missing says itself what a missing value means. `NOT (…)` around a condition never appears, because it
//! keeps NULL as NULL where the policy says "true". Dialects differ in how a test is spelled, nowhere else.

mod dialect;
mod fold;
mod layout;
mod literal;
mod lower;
mod moment;
mod query;
mod reserved;
mod set;
mod table;
mod test;
mod tree;

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use mktlint_decide::{Definitions, Formula, Origin, Schema};
use smol_str::SmolStr;

pub use dialect::Dialect;
pub use query::{Part, query};
pub use table::create_table;

/// What `now` is in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// Written into the query.
    At(DateTime),
    /// The database's own day and moment, in the time zone of its session; of SQLite and BigQuery in UTC.
    Database,
}

/// A condition that has no SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsupported {
    /// Where it is written.
    pub origin: Origin,
    /// Why, to follow "has no SQL: ".
    pub why: SmolStr,
}

/// The columns whose names differ from those of their attributes, by attribute.
pub type Columns = BTreeMap<SmolStr, SmolStr>;

/// What a query is about.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The attributes; those of the message have no column, so a formula must be [`Formula::given`] their values.
    pub schema: &'a Schema,
    /// What formulas name.
    pub definitions: &'a Definitions,
    /// The kind of SQL.
    pub dialect: Dialect,
    /// What `now` is.
    pub now: Now,
    /// The table of contacts; dots part its schema (project, dataset, catalogue) from its name.
    pub table: &'a str,
    /// The columns that are not named as their attributes.
    pub columns: &'a Columns,
}

/// The condition of a `WHERE` clause: true for exactly the rows whose contacts `formula` is true of, false (never
/// NULL) for the others.
///
/// Columns are named as their attributes and have the shapes of [`create_table`]. A NULL where the schema allows none
/// fails every test of the column, negated or not: such a row is no contact, and no test of that column lets it in. Only
/// for such a row can the condition be NULL.
///
/// # Errors
/// When a condition is not understood, has no like in the dialect, or the whole is longer than a megabyte.
pub fn condition(
    formula: &Formula,
    definitions: &Definitions,
    schema: &Schema,
    dialect: Dialect,
    now: Now,
) -> Result<String, Unsupported> {
    let source = Source { schema, definitions, dialect, now, table: "", columns: &Columns::new() };
    condition_of(&source, formula)
}

/// [`condition`] with the names of `source`. Its table may be empty.
///
/// # Errors
/// As [`condition`].
pub fn condition_of(source: &Source<'_>, formula: &Formula) -> Result<String, Unsupported> {
    let tree = lower::lower(source, formula, lower::Comments::Without)?;
    lower::checked(layout::condition(&tree), formula)
}
