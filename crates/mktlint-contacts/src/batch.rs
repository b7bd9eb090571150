//! Some thousand contacts, column by column.

use mktlint_decide::{Domain, Test, Value};
use smol_str::SmolStr;

use crate::cell::{Cell, Kept};
use crate::dictionary::Dictionary;
use crate::faults::Faults;
use crate::field::{Field, Kind, moment};
use crate::spelling::DAY;
use crate::{Job, Reason, mask};

/// The most rows of a batch: 128 KB for a column of numbers.
pub const MOST_ROWS: usize = 8192;

/// What is known of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// There is no value.
    Missing,
    /// There is one.
    Known,
    /// There is something that cannot be read.
    Wrong,
}

/// The values of one attribute.
#[derive(Clone, Debug)]
pub struct Column {
    /// Of each row.
    pub states: Vec<State>,
    /// Of each row, where the attribute is kept as a number; 0 when it is not known.
    pub numbers: Vec<i128>,
    /// Of each row, where it is kept as a code; 0 when it is not known.
    pub codes: Vec<u32>,
    /// What the codes stand for.
    pub dictionary: Dictionary,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Counted from 1, without the header.
    pub row: u64,
    /// Counted from 1; `None` in Parquet.
    pub line: Option<u64>,
}

/// The text in which rows stand, to find their lines when somebody asks.
#[derive(Clone, Copy, Debug)]
pub struct Lines<'a> {
    /// The text.
    pub text: &'a [u8],
    /// The line in which it starts.
    pub first: u64,
    /// Where each row of the batch starts in it.
    pub starts: &'a [(u32, u32)],
}

impl Lines<'_> {
    /// The line in which row number `row` of the batch starts.
    pub fn line(&self, row: usize) -> u64 {
        let start = self.starts.get(row).map_or(0, |(start, _)| *start as usize);
        self.first + memchr::memchr_iter(b'\n', &self.text[..start]).count() as u64
    }
}

/// Some thousand contacts, column by column.
#[derive(Debug)]
pub struct Batch<'a> {
    /// The attributes that are read.
    pub fields: &'a [Field<'a>],
    /// One for each of them.
    pub columns: Vec<Column>,
    /// Whether each row can be read at all.
    pub readable: Vec<bool>,
    /// What the key column says of each row; empty when nobody asks.
    pub keys: Vec<Option<Box<str>>>,
    /// How many rows came before, in the whole file.
    pub rows_before: u64,
}

impl<'a> Batch<'a> {
    /// A batch for `fields`, of which `tests` are asked.
    pub fn new(job: &Job<'a>, fields: &'a [Field<'a>], tests: &[Vec<Test>]) -> Self {
        let column = |tests: &Vec<Test>| Column {
            states: Vec::new(),
            numbers: Vec::new(),
            codes: Vec::new(),
            dictionary: Dictionary::new(tests.clone(), job.now),
        };
        let columns = tests.iter().map(column).collect();
        Self { fields, columns, readable: Vec::new(), keys: Vec::new(), rows_before: 0 }
    }

    /// Makes room for the rows behind `rows_before`.
    pub fn begin(&mut self, rows_before: u64) {
        self.rows_before = rows_before;
        self.readable.clear();
        self.keys.clear();
        for column in &mut self.columns {
            column.states.clear();
            column.numbers.clear();
            column.codes.clear();
            column.dictionary.begin_batch();
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.readable.len()
    }

    /// Where row number `row` stands.
    pub fn place(&self, row: usize, lines: Option<Lines<'_>>) -> Place {
        Place { row: self.rows_before + row as u64 + 1, line: lines.map(|lines| lines.line(row)) }
    }

    /// Adds a row that can or cannot be read. Its cells are put separately.
    pub fn add_row(&mut self, is_readable: bool) {
        self.readable.push(is_readable);
    }

    /// Puts the next cell of attribute number `field`, and complains to `faults` when it is wrong.
    pub fn put(&mut self, field: usize, cell: Cell<'_>, faults: &mut Faults, lines: Option<Lines<'_>>) {
        let (of, column) = (&self.fields[field], &mut self.columns[field]);
        let kept = of.keep(cell).and_then(|kept| match kept {
            Kept::Spelled(text) if !of.is_needed && of.is_any_text() => valid(text),
            Kept::Spelled(_) | Kept::Items(_) => {
                Ok(column.dictionary.code(&of.kind, kept)?.map_or(Stored::Missing, Stored::Code))
            }
            Kept::Number(number) => Ok(Stored::Number(number)),
            Kept::Missing if of.attribute.optional => Ok(Stored::Missing),
            Kept::Missing => Err(Reason::Missing),
        });
        let row = column.states.len();
        match kept {
            Ok(stored) => column.push(of.kind.is_coded(), stored),
            Err(reason) => {
                column.push_empty(of.kind.is_coded(), State::Wrong);
                let place =
                    || Place { row: self.rows_before + row as u64 + 1, line: lines.map(|it| it.line(row)) };
                faults.add(Some(field), reason, place, || (shown(cell), meant(of, cell)));
            }
        }
    }

    /// Puts a missing value for attribute number `field` without a complaint, as the whole row or column is amiss.
    pub fn put_nothing(&mut self, field: usize) {
        self.columns[field].push_empty(self.fields[field].kind.is_coded(), State::Missing);
    }

    /// The value of attribute number `field` in row number `row`; `None` when it is missing or wrong.
    pub fn value(&self, field: usize, row: usize) -> Option<Value> {
        let (of, column) = (&self.fields[field], &self.columns[field]);
        match column.states[row] {
            State::Known if of.kind.is_coded() => column.dictionary.value(column.codes[row]).cloned(),
            State::Known => of.kind.value(column.numbers[row]),
            State::Missing | State::Wrong => None,
        }
    }
}

enum Stored {
    Missing,
    Number(i128),
    Code(u32),
    /// It is there, and nobody asks what it is.
    Unkept,
}

impl Column {
    fn push(&mut self, is_coded: bool, stored: Stored) {
        match stored {
            Stored::Missing => self.push_empty(is_coded, State::Missing),
            Stored::Unkept => self.push_empty(is_coded, State::Known),
            Stored::Number(number) => {
                self.states.push(State::Known);
                self.numbers.push(number);
            }
            Stored::Code(code) => {
                self.states.push(State::Known);
                self.codes.push(code);
            }
        }
    }

    fn push_empty(&mut self, is_coded: bool, state: State) {
        self.states.push(state);
        if is_coded {
            self.codes.push(0);
        } else {
            self.numbers.push(0);
        }
    }
}

impl Field<'_> {
    /// Whether every text is a value, so that one that nobody asks for need not be kept.
    fn is_any_text(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Name(None))
    }
}

fn valid(text: &[u8]) -> Result<Stored, Reason> {
    std::str::from_utf8(text).map(|_| Stored::Unkept).map_err(|_| Reason::NotUtf8)
}

/// What stands in a wrong cell, masked.
pub fn shown(cell: Cell<'_>) -> String {
    match cell {
        Cell::Missing => String::new(),
        Cell::Text(text) => mask::cell(text),
        Cell::JsonNumber(text) => mask::cell(text.as_bytes()),
        Cell::Bool(value) => value.to_string(),
        Cell::Number(number) => match number.scale {
            0 => mask::cell(number.mantissa.to_string().as_bytes()),
            scale => mask::cell(format!("{}e{}", number.mantissa, -scale).as_bytes()),
        },
        Cell::Float(number) => mask::cell(number.to_string().as_bytes()),
        Cell::Day(day) => moment_text(day.saturating_mul(DAY)).replace("T00:00:00", ""),
        Cell::Moment(seconds) => moment_text(seconds),
        Cell::Time(seconds) => format!("{seconds} s"),
        Cell::Items(items) => {
            let shown: Vec<String> = items.iter().take(5).map(|item| mask::cell(item)).collect();
            mask::cell(shown.join(", ").as_bytes())
        }
        Cell::Other | Cell::Twice => String::new(),
    }
}

fn moment_text(seconds: i64) -> String {
    moment(seconds).map_or_else(|| format!("{seconds} s"), |moment| moment.to_string())
}

/// The name that was perhaps meant by a cell that is none.
pub fn meant(field: &Field<'_>, cell: Cell<'_>) -> Option<SmolStr> {
    let (Domain::Names { members, open: false } | Domain::SetOfNames { members, open: false }) =
        &field.attribute.domain
    else {
        return None;
    };
    let Cell::Text(text) = cell else { return None };
    // A wrong cell can be as long as it likes; a name cannot.
    let text = std::str::from_utf8(text.get(..text.len().min(64))?).ok()?;
    mktlint_diag::closest(text.trim(), members.iter().map(|member| member.as_str())).map(Into::into)
}
