//! What came out.

use mktlint_decide::Formula;
use smol_str::SmolStr;

use crate::FaultGroup;

/// What a file of contacts holds, seen through the audiences of a job.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// All rows, those among them that cannot be read. The header is none.
    pub rows: u64,
    /// Rows that cannot be read at all: a wrong number of cells, broken JSON. In no audience, and an error in each.
    pub unreadable: u64,
    /// One for each audience of the job, in its order.
    pub audiences: Vec<Tally>,
    /// What is wrong in the file, by column (those of the schema first, in its order) and reason.
    pub faults: Vec<FaultGroup>,
    /// What is odd about the columns, in the order of the file, then of the schema.
    pub columns: Vec<ColumnNote>,
}

/// How the contacts stand to one audience. The four counts add up to [`Summary::rows`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// The audience.
    pub name: SmolStr,
    /// Contacts that are in it.
    pub included: u64,
    /// Contacts that are not.
    pub excluded: u64,
    /// Contacts for whom it hangs on a condition that is not understood.
    pub undecided: u64,
    /// Contacts that are neither in nor out, since an attribute that the audience needs is wrong, or the row is.
    pub errors: u64,
    /// The conditions that must all hold, in order of mention. One, when the audience is no `and`.
    pub conditions: Vec<Condition>,
    /// The conditions that are not understood and that some contact's answer hangs on.
    pub hangs_on: Vec<HangsOn>,
    /// The first contacts that are in it.
    pub included_examples: Vec<Example>,
    /// The first that are not.
    pub excluded_examples: Vec<Example>,
    /// The first for whom it cannot be said.
    pub undecided_examples: Vec<Example>,
}

/// One of the conditions that must all hold, and how contacts stand to it. Contacts with errors count nowhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The definition it stands in; `None` for the audience's own formula.
    pub definition: Option<SmolStr>,
    /// The condition.
    pub formula: Formula,
    /// Contacts for whom it holds.
    pub holds: u64,
    /// Contacts for whom it does not.
    pub fails: u64,
    /// Contacts for whom it is the first that does not. Over all conditions these add up to [`Tally::excluded`].
    pub fails_first: u64,
}

/// A condition that is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HangsOn {
    /// Which.
    pub key: SmolStr,
    /// Why, to follow "cannot be decided: ".
    pub why: SmolStr,
    /// How many contacts' answers hang on it; a contact's answer can hang on several.
    pub rows: u64,
}

/// A contact as an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its row, counted from 1, without the header.
    pub row: u64,
    /// The line it starts in, counted from 1; `None` in Parquet.
    pub line: Option<u64>,
    /// The attributes that the audience needs, in the order of the schema, as policies write values; `missing` when
    /// there is none. Texts are masked.
    pub values: Vec<(SmolStr, String)>,
}

/// Something odd about a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnNote {
    /// It is no attribute. In JSON the first hundred names are reported.
    Unknown {
        /// The column, masked.
        name: String,
        /// The attribute that was perhaps meant; it has no column itself.
        meant: Option<SmolStr>,
    },
    /// There is none for an attribute, which therefore counts as missing. Not reported of JSON.
    Absent {
        /// The attribute.
        attribute: SmolStr,
        /// Whether an audience needs it.
        needed: bool,
    },
    /// It holds another kind of value than the attribute that no audience needs, and was not read.
    OtherType {
        /// The column.
        name: String,
        /// What the file has there.
        found: String,
        /// What the schema wants.
        wanted: &'static str,
    },
}
