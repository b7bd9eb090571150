//! Reads contacts from CSV, JSON and Parquet, and says which audiences they are in, in constant memory.
//!
//! [`run`] reads a [`Source`] as a stream of batches, checks every value against the schema, and judges every row by
//! every audience of a [`Job`] at once. Nothing is dropped in silence: what cannot be read is counted by reason in the
//! [`Summary`], with examples. What is shown of contacts is masked.
//!
//! Knows nothing of policies, and opens no file.

mod batch;
mod cell;
mod dictionary;
mod fault;
mod faults;
mod field;
mod job;
mod layout;
mod mask;
mod parallel;
mod parquet;
mod part;
mod program;
mod setup;
mod single;
mod source;
mod spelling;
mod summary;
mod text;

pub use fault::{FaultExample, FaultGroup, FieldError, Reason};
pub use job::{Audience, Columns, Job, Members, NoMembers, Sink};
pub use parquet::is_guarded;
pub use source::{Format, ReadError, Source, Unfound};
pub use summary::{ColumnNote, Condition, Example, HangsOn, Summary, Tally};

use mktlint_decide::{Contact, Schema};

use crate::part::Part;
use crate::setup::Setup;

/// Reads all contacts of `source` and judges each by every audience of `job`. `sink` is told the members, in the order
/// of the file.
///
/// The same bytes give the same summary, whatever the number of threads.
///
/// # Errors
/// When the file as a whole cannot be read, or lacks a column that an audience needs. A row that cannot be read is no
/// error; it is counted.
pub fn run(source: Source<'_>, job: &Job<'_>, sink: &mut dyn Sink) -> Result<Summary, ReadError> {
    let setup = Setup::new(job, sink.wants_members());
    let mut total = Part::new(&setup.program);
    let mut consume = |mut part: Part| {
        for member in part.members.drain(..) {
            sink.member(member.audience, member.row, member.key.as_deref()).map_err(ReadError::Sink)?;
        }
        total.append(part, job);
        Ok(())
    };
    let columns = match source {
        Source::Csv(read) => text::run_csv(read, &setup, &mut consume),
        Source::JsonLines(read) => text::run_json(read, text::JsonLines::default(), &setup, &mut consume),
        Source::Json(read) => text::run_json(read, text::JsonValues::default(), &setup, &mut consume),
        Source::Parquet(file) => parquet::run(parquet::Storage::file(file)?, &setup, &mut consume),
        Source::ParquetBytes(bytes) => parquet::run(parquet::Storage::Bytes(bytes), &setup, &mut consume),
    }?;
    Ok(total.finish(job, &setup.program, &setup.fields, columns))
}

/// The contact that a JSON object describes, `{ "country": "DE", "tags": ["vip"] }`, checked against `schema`.
///
/// # Errors
/// Every attribute that is wrong or missing, in the order of the schema; then the names that are no attributes.
pub fn contact_from_json(value: &serde_json::Value, schema: &Schema) -> Result<Contact, Vec<FieldError>> {
    single::contact_from_json(value, schema)
}
