//! Reads contacts from CSV, JSON and Parquet, and says which audiences they are in, in constant memory.
//!
//! [`run`] reads a [`Source`] as a stream of batches, checks every value against the schema, and judges every row by
//! every audience of a [`Job`] at once. Nothing is dropped in silence: what cannot be read is counted by reason in the
//! [`Summary`], with examples. What is shown of contacts is masked.
//!
//! Knows nothing of policies, and opens no file.

mod fault;
mod job;
mod source;
mod summary;

pub use fault::{FaultExample, FaultGroup, FieldError, Reason};
pub use job::{Audience, Columns, Job, Members, NoMembers, Sink};
pub use source::{Format, ReadError, Source, Unfound};
pub use summary::{ColumnNote, Condition, Example, HangsOn, Summary, Tally};

use mktlint_decide::{Contact, Schema};

/// Reads all contacts of `source` and judges each by every audience of `job`. `sink` is told the members, in the order
/// of the file.
///
/// The same bytes give the same summary, whatever the number of threads.
///
/// # Errors
/// When the file as a whole cannot be read, or lacks a column that an audience needs. A row that cannot be read is no
/// error; it is counted.
pub fn run(source: Source<'_>, job: &Job<'_>, sink: &mut dyn Sink) -> Result<Summary, ReadError> {
    let _ = (source, job, sink);
    Err(ReadError::Empty)
}

/// The contact that a JSON object describes, `{ "country": "DE", "tags": ["vip"] }`, checked against `schema`.
///
/// # Errors
/// Every attribute that is wrong, missing or unknown, in the order of the schema, the unknown ones last.
pub fn contact_from_json(value: &serde_json::Value, schema: &Schema) -> Result<Contact, Vec<FieldError>> {
    let _ = (value, schema);
    Err(Vec::new())
}
