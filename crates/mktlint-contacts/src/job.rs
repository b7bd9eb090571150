//! What is asked of a file of contacts.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::num::NonZeroUsize;

use jiff::civil::DateTime;
use mktlint_decide::{Definitions, Formula, Schema};
use smol_str::SmolStr;

/// The column that holds an attribute, where the two are named differently: `country` -> `Country Code`.
pub type Columns = BTreeMap<SmolStr, String>;

/// An audience whose members are counted.
#[derive(Clone, Debug)]
pub struct Audience {
    /// What the summary calls it.
    pub name: SmolStr,
    /// Who is in it. Attributes of the message should be settled with [`Formula::given`] before: a test of one is a
    /// condition that is not understood.
    pub formula: Formula,
}

/// What is asked of a file of contacts.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The attributes of a contact. Those of the message are no columns.
    pub schema: &'a Schema,
    /// What the formulas name.
    pub definitions: &'a Definitions,
    /// The audiences, all judged in one pass.
    pub audiences: &'a [Audience],
    /// The moment that conditions like `within 7 days` are about.
    pub now: DateTime,
    /// Columns that are not named like their attribute.
    pub columns: &'a Columns,
    /// The column that says who a member is; [`Sink`] gets its text as it is in the file. Need be no attribute.
    pub key: Option<&'a str>,
    /// How many rows of each outcome are shown for each audience.
    pub examples: usize,
    /// Whether attributes that no audience needs are checked too. Costs the time to read them.
    pub check_all: bool,
    /// How many threads work.
    pub threads: NonZeroUsize,
}

/// Is told who is in an audience.
pub trait Sink {
    /// Whether it wants to hear of members at all; else none is collected.
    fn wants_members(&self) -> bool;

    /// The contact in `row`, counted from 1 and without the header, is in the audience that has this number in
    /// [`Job::audiences`]. `key` is the text of the key column; `None` without such a column, or when the cell is
    /// empty. Called in the order of the file, and for one row in the order of audiences.
    ///
    /// # Errors
    /// What writing fails with; ends the run.
    fn member(&mut self, audience: usize, row: u64, key: Option<&str>) -> io::Result<()>;
}

/// For those who want counts alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoMembers;

impl Sink for NoMembers {
    fn wants_members(&self) -> bool {
        false
    }

    fn member(&mut self, _: usize, _: u64, _: Option<&str>) -> io::Result<()> {
        Ok(())
    }
}

/// Writes members as CSV: `audience,row,KEY`, without the last column when there is no key column.
///
/// Keys that a spreadsheet would read as a formula (`=`, `+`, `-`, `@` first) are written as they are, since other
/// programs match them.
#[derive(Debug)]
pub struct Members<'a, W> {
    writer: W,
    names: Vec<String>,
    key: Option<&'a str>,
    is_begun: bool,
}

impl<'a, W: Write> Members<'a, W> {
    /// Members of `job` to `writer`, which should be buffered.
    pub fn new(writer: W, job: &Job<'a>) -> Self {
        let names = job.audiences.iter().map(|audience| quoted(&audience.name)).collect();
        Self { writer, names, key: job.key, is_begun: false }
    }

    /// Writes the header when there was no member, flushes, and gives the writer back.
    ///
    /// # Errors
    /// What the writer fails with.
    pub fn finish(mut self) -> io::Result<W> {
        self.begin()?;
        self.writer.flush()?;
        Ok(self.writer)
    }

    fn begin(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.is_begun, true) {
            return Ok(());
        }
        match self.key {
            Some(key) => writeln!(self.writer, "audience,row,{}", quoted(key)),
            None => writeln!(self.writer, "audience,row"),
        }
    }
}

impl<W: Write> Sink for Members<'_, W> {
    fn wants_members(&self) -> bool {
        true
    }

    fn member(&mut self, audience: usize, row: u64, key: Option<&str>) -> io::Result<()> {
        self.begin()?;
        let name = self.names.get(audience).map_or("", String::as_str);
        match self.key {
            Some(_) => writeln!(self.writer, "{name},{row},{}", quoted(key.unwrap_or_default())),
            None => writeln!(self.writer, "{name},{row}"),
        }
    }
}

/// `text` as a cell of CSV.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r', ';', '\t']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
