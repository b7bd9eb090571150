//! What all readers need.

use mktlint_decide::Test;

use crate::batch::{Batch, Lines, MOST_ROWS};
use crate::field::{Field, fields};
use crate::parallel::Emit;
use crate::part::{Judge, Part};
use crate::program::{Program, compile};
use crate::{Job, ReadError};

/// The most answers of one batch: 32 MB on each thread.
const MOST_ANSWERS: usize = 32 << 20;

/// How many members are handed on at once.
const MEMBERS: usize = 4096;

/// What all readers need.
#[derive(Debug)]
pub struct Setup<'a> {
    /// What is asked.
    pub job: Job<'a>,
    /// What is read.
    pub fields: Vec<Field<'a>>,
    /// How it is judged.
    pub program: Program,
    /// Whether somebody wants to hear of members.
    pub wants_members: bool,
}

/// What happens to parts.
pub type Consume<'c> = dyn FnMut(Part) -> Result<(), ReadError> + 'c;

impl<'a> Setup<'a> {
    /// For `job`.
    pub fn new(job: &Job<'a>, wants_members: bool) -> Self {
        let fields = fields(job);
        let program = compile(job, &fields);
        Self { job: *job, fields, program, wants_members }
    }

    /// How many rows are judged at once: fewer when there are many conditions.
    pub fn batch_rows(&self) -> usize {
        (MOST_ANSWERS / self.program.steps.len().max(1)).clamp(64, MOST_ROWS)
    }

    /// A desk for one thread.
    pub fn desk(&self) -> Desk<'_> {
        let tests: &[Vec<Test>] = &self.program.tests;
        Desk {
            batch: Batch::new(&self.job, &self.fields, tests),
            judge: Judge::new(&self.job, &self.program, self.wants_members),
            part: Part::new(&self.program),
            program: &self.program,
        }
    }
}

/// Where one thread reads and judges.
#[derive(Debug)]
pub struct Desk<'s> {
    /// What is being read.
    pub batch: Batch<'s>,
    /// What it came to so far.
    pub part: Part,
    judge: Judge<'s>,
    program: &'s Program,
}

impl Desk<'_> {
    /// Puts a cell; see [`Batch::put`].
    pub fn put(&mut self, field: usize, cell: crate::cell::Cell<'_>, lines: Option<Lines<'_>>) {
        self.batch.put(field, cell, &mut self.part.faults, lines);
    }

    /// Adds a row that cannot be read, for `reason`.
    pub fn add_unreadable(&mut self, reason: crate::Reason, shown: String, lines: Option<Lines<'_>>) {
        let row = self.batch.len();
        let batch = &self.batch;
        self.part.faults.add(None, reason, || batch.place(row, lines), || (shown, None));
        self.batch.add_row(false);
        (0..self.batch.fields.len()).for_each(|field| self.batch.put_nothing(field));
    }

    /// Judges what was read; `false` when nobody wants any more.
    pub fn judge(&mut self, lines: Option<Lines<'_>>, emit: &mut Emit<'_, Part>) -> bool {
        self.judge.add(&self.batch, lines, &mut self.part);
        self.part.members.len() < MEMBERS || self.emit(emit)
    }

    /// Hands on what there is; `false` when nobody wants any more.
    pub fn emit(&mut self, emit: &mut Emit<'_, Part>) -> bool {
        let part = std::mem::replace(&mut self.part, Part::new(self.program));
        emit(part)
    }
}
