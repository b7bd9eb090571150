//! What some rows come to, to be added up in the order of the file.

use mktlint_decide::{Unit, show_value};

use crate::batch::{Batch, Lines};
use crate::faults::Faults;
use crate::field::Field;
use crate::program::{Answers, NO, Plan, Program, UNKNOWN, YES};
use crate::{ColumnNote, Condition, Example, HangsOn, Job, Summary, Tally, mask};

/// How many names that are no attributes are reported.
const UNKNOWN_NAMES: usize = 100;

/// What some rows come to.
#[derive(Debug, Default)]
pub struct Part {
    /// All rows.
    pub rows: u64,
    /// Those that cannot be read.
    pub unreadable: u64,
    /// One for each audience.
    pub counts: Vec<Counts>,
    /// What is wrong.
    pub faults: Faults,
    /// Members in the order of rows, then audiences.
    pub members: Vec<Member>,
    /// Names in JSON that are no attributes, in order of appearance.
    pub unknown: Vec<String>,
}

/// A contact who is in an audience.
#[derive(Debug)]
pub struct Member {
    /// The audience's number.
    pub audience: usize,
    /// The row, counted from 1.
    pub row: u64,
    /// What the key column says.
    pub key: Option<Box<str>>,
}

/// How rows stand to one audience.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    included: u64,
    excluded: u64,
    undecided: u64,
    errors: u64,
    /// For each condition: holds, fails, fails first.
    conditions: Vec<[u64; 3]>,
    /// For each condition of the program that is not understood.
    hangs_on: Vec<u64>,
    /// Of those who are not in it, for whom it is not known, who are in it: as answers are numbered.
    examples: [Vec<Example>; 3],
}

impl Part {
    /// Nothing yet.
    pub fn new(program: &Program) -> Self {
        let counts = |plan: &Plan| Counts {
            conditions: vec![[0; 3]; plan.conditions.len()],
            hangs_on: vec![0; program.opaque.len()],
            ..Counts::default()
        };
        Self { counts: program.audiences.iter().map(counts).collect(), ..Self::default() }
    }

    /// Remembers a name that is no attribute.
    pub fn note_unknown(&mut self, name: &str) {
        if self.unknown.len() < UNKNOWN_NAMES && !self.unknown.iter().any(|own| own == name) {
            self.unknown.push(name.to_owned());
        }
    }

    /// Adds rows further down; their members are left to the caller.
    pub fn append(&mut self, later: Self, job: &Job<'_>) {
        self.rows += later.rows;
        self.unreadable += later.unreadable;
        self.faults.append(later.faults);
        later.unknown.iter().for_each(|name| self.note_unknown(name));
        for (own, later) in self.counts.iter_mut().zip(later.counts) {
            own.append(later, job.examples);
        }
    }

    /// The summary of all rows.
    pub fn finish(
        self,
        job: &Job<'_>,
        program: &Program,
        fields: &[Field<'_>],
        mut columns: Vec<ColumnNote>,
    ) -> Summary {
        let names = |name: &String| ColumnNote::Unknown {
            name: mask::column(name),
            meant: crate::layout::closest_attribute(name, fields),
        };
        columns.extend(self.unknown.iter().map(names));
        let plans = job.audiences.iter().zip(&program.audiences);
        let tallies = plans
            .zip(self.counts)
            .map(|((audience, plan), counts)| counts.finish(audience.name.clone(), plan, program));
        Summary {
            rows: self.rows,
            unreadable: self.unreadable,
            audiences: tallies.collect(),
            faults: self.faults.finish(fields),
            columns,
        }
    }
}

impl Counts {
    fn append(&mut self, later: Self, most: usize) {
        self.included += later.included;
        self.excluded += later.excluded;
        self.undecided += later.undecided;
        self.errors += later.errors;
        for (own, later) in self.conditions.iter_mut().flatten().zip(later.conditions.iter().flatten()) {
            *own += later;
        }
        self.hangs_on.iter_mut().zip(later.hangs_on).for_each(|(own, later)| *own += later);
        for (own, later) in self.examples.iter_mut().zip(later.examples) {
            let room = most.saturating_sub(own.len());
            own.extend(later.into_iter().take(room));
        }
    }

    fn finish(self, name: smol_str::SmolStr, plan: &Plan, program: &Program) -> Tally {
        let conditions = plan.conditions.iter().zip(&self.conditions);
        let conditions = conditions.map(|(conjunct, [holds, fails, fails_first])| Condition {
            definition: conjunct.definition.clone(),
            formula: conjunct.formula.clone(),
            holds: *holds,
            fails: *fails,
            fails_first: *fails_first,
        });
        let hangs_on = program.opaque.iter().zip(&self.hangs_on).filter(|(_, rows)| **rows > 0);
        let [excluded_examples, undecided_examples, included_examples] = self.examples;
        Tally {
            name,
            included: self.included,
            excluded: self.excluded,
            undecided: self.undecided,
            errors: self.errors,
            conditions: conditions.collect(),
            hangs_on: hangs_on
                .map(|(opaque, rows)| HangsOn {
                    key: opaque.key.clone(),
                    why: opaque.why.clone(),
                    rows: *rows,
                })
                .collect(),
            included_examples,
            excluded_examples,
            undecided_examples,
        }
    }
}

/// Judges batches.
#[derive(Debug)]
pub struct Judge<'a> {
    job: Job<'a>,
    program: &'a Program,
    wants_members: bool,
    answers: Answers,
    /// Of each row, whether the audience at hand can be judged.
    is_clean: Vec<bool>,
}

impl<'a> Judge<'a> {
    /// A judge for `program`.
    pub fn new(job: &Job<'a>, program: &'a Program, wants_members: bool) -> Self {
        Self { job: *job, program, wants_members, answers: Answers::default(), is_clean: Vec::new() }
    }

    /// Adds what `batch` comes to.
    pub fn add(&mut self, batch: &Batch<'_>, lines: Option<Lines<'_>>, part: &mut Part) {
        part.rows += batch.len() as u64;
        part.unreadable += batch.readable.iter().filter(|readable| !**readable).count() as u64;
        self.answers.judge(self.program, batch);
        let members_before = part.members.len();
        for (number, plan) in self.program.audiences.iter().enumerate() {
            self.is_clean.clear();
            self.is_clean.extend_from_slice(&batch.readable);
            for field in &plan.needed {
                let states = &batch.columns[*field].states;
                self.is_clean.iter_mut().zip(states).for_each(|(clean, state)| {
                    *clean &= *state != crate::batch::State::Wrong;
                });
            }
            self.count(plan, &mut part.counts[number]);
            self.show(plan, batch, lines, &mut part.counts[number]);
            if self.wants_members {
                self.members(number, plan, batch, &mut part.members);
            }
        }
        if let Some(added) = part.members.get_mut(members_before..) {
            // Stable: the audiences of one row stay in order.
            added.sort_by_key(|member| member.row);
        }
    }

    fn count(&self, plan: &Plan, counts: &mut Counts) {
        let root = self.answers.of(plan.root);
        let clean = || self.is_clean.iter().zip(root).filter(|(clean, _)| **clean).map(|(_, answer)| *answer);
        let mut by_answer = [0; 3];
        clean().for_each(|answer| by_answer[usize::from(answer)] += 1);
        let n_clean: u64 = by_answer.iter().sum();
        counts.errors += root.len() as u64 - n_clean;
        counts.excluded += by_answer[usize::from(NO)];
        counts.undecided += by_answer[usize::from(UNKNOWN)];
        counts.included += by_answer[usize::from(YES)];
        self.conditions(plan, counts);
        if by_answer[usize::from(UNKNOWN)] > 0 {
            let rows = self.is_clean.iter().zip(root);
            let rows: Vec<bool> = rows.map(|(clean, answer)| *clean && *answer == UNKNOWN).collect();
            for (opaque, n_rows) in self.answers.blame(self.program, plan.root, &rows) {
                counts.hangs_on[opaque] += n_rows;
            }
        }
    }

    fn conditions(&self, plan: &Plan, counts: &mut Counts) {
        let mut is_open = self.is_clean.clone();
        for (conjunct, [holds, fails, fails_first]) in plan.conditions.iter().zip(&mut counts.conditions) {
            let rows = self.is_clean.iter().zip(&mut is_open).zip(self.answers.of(conjunct.step));
            for ((clean, open), answer) in rows {
                let is_no = *clean && *answer == NO;
                *holds += u64::from(*clean && *answer == YES);
                *fails += u64::from(is_no);
                *fails_first += u64::from(is_no && *open);
                *open &= !is_no;
            }
        }
    }

    fn show(&self, plan: &Plan, batch: &Batch<'_>, lines: Option<Lines<'_>>, counts: &mut Counts) {
        let root = self.answers.of(plan.root);
        let most = self.job.examples;
        if counts.examples.iter().all(|examples| examples.len() >= most) {
            return;
        }
        for (row, answer) in root.iter().enumerate().filter(|(row, _)| self.is_clean[*row]) {
            let examples = &mut counts.examples[usize::from(*answer)];
            if examples.len() < most {
                let place = batch.place(row, lines);
                let values = plan.needed.iter().map(|field| shown(batch, *field, row)).collect();
                examples.push(Example { row: place.row, line: place.line, values });
            }
        }
    }

    fn members(&self, number: usize, plan: &Plan, batch: &Batch<'_>, members: &mut Vec<Member>) {
        let rows = self.answers.of(plan.root).iter().zip(&self.is_clean).enumerate();
        for (row, _) in rows.filter(|(_, (answer, clean))| **clean && **answer == YES) {
            let key = batch.keys.get(row).cloned().flatten();
            members.push(Member { audience: number, row: batch.place(row, None).row, key });
        }
    }
}

/// The value of a field as it may be shown.
fn shown(batch: &Batch<'_>, field: usize, row: usize) -> (smol_str::SmolStr, String) {
    let attribute = batch.fields[field].attribute;
    let unit: Option<&Unit> = match &attribute.domain {
        mktlint_decide::Domain::Number { unit, .. } => Some(unit),
        _ => None,
    };
    let value = batch.value(field, row).map(mask::value);
    let text = value.map_or_else(|| "missing".to_owned(), |value| show_value(&value, unit));
    (attribute.name.clone(), text)
}
