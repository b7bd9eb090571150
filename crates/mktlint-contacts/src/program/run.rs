//! Steps over a batch.

use mktlint_decide::Comparison;

use super::{Bound, Program, Step};
use crate::batch::{Batch, Column, State};

/// What a step says of a row. In this order `and` is the least of its parts, and `or` the greatest, as Kleene has it.
pub type Answer = u8;

/// It does not hold.
pub const NO: Answer = 0;
/// It hangs on a condition that is not understood.
pub const UNKNOWN: Answer = 1;
/// It holds.
pub const YES: Answer = 2;

/// The answers of all steps for one batch; kept from one to the next to use their memory again.
#[derive(Debug, Default)]
pub struct Answers {
    steps: Vec<Vec<Answer>>,
}

impl Answers {
    /// What each step of `program` says of each row of `batch`.
    pub fn judge(&mut self, program: &Program, batch: &Batch<'_>) {
        self.steps.resize_with(program.steps.len(), Vec::new);
        for (number, step) in program.steps.iter().enumerate() {
            let (earlier, rest) = self.steps.split_at_mut(number);
            let Some(answers) = rest.first_mut() else { continue };
            answers.clear();
            judge(step, batch, earlier, answers);
        }
    }

    /// What step number `step` says of each row.
    pub fn of(&self, step: usize) -> &[Answer] {
        &self.steps[step]
    }

    /// For each condition that is not understood, how many of the rows in `rows`, which step `root` does not decide,
    /// hang on it.
    pub fn blame(&self, program: &Program, root: usize, rows: &[bool]) -> Vec<(usize, u64)> {
        let mut asked: Vec<Vec<bool>> = vec![Vec::new(); root + 1];
        asked[root] = rows.to_vec();
        let mut blamed = Vec::new();
        // A step refers to earlier ones alone, so all who ask for it have done so when it is reached.
        for number in (0..=root).rev() {
            let rows = std::mem::take(&mut asked[number]);
            if rows.is_empty() {
                continue;
            }
            match &program.steps[number] {
                Step::Opaque(opaque) => blamed.push((*opaque, count(&rows))),
                Step::Not(inner) => self.ask(*inner, &rows, &mut asked),
                Step::And(parts) | Step::Or(parts) => {
                    parts.iter().for_each(|part| self.ask(*part, &rows, &mut asked));
                }
                _ => {}
            }
        }
        blamed.sort_unstable();
        blamed
    }

    fn ask(&self, step: usize, rows: &[bool], asked: &mut [Vec<bool>]) {
        let asked = &mut asked[step];
        asked.resize(rows.len(), false);
        for ((asked, row), answer) in asked.iter_mut().zip(rows).zip(&self.steps[step]) {
            *asked |= *row && *answer == UNKNOWN;
        }
    }
}

fn count(rows: &[bool]) -> u64 {
    rows.iter().filter(|row| **row).count() as u64
}

fn judge(step: &Step, batch: &Batch<'_>, earlier: &[Vec<Answer>], answers: &mut Vec<Answer>) {
    let n_rows = batch.len();
    match step {
        Step::Const(value) => answers.resize(n_rows, if *value { YES } else { NO }),
        Step::Opaque(_) => answers.resize(n_rows, UNKNOWN),
        Step::Known(field) => {
            answers.extend(batch.columns[*field].states.iter().map(|state| yes(known(*state))))
        }
        Step::Compare { field, comparison, bound } => {
            compare(&batch.columns[*field], *comparison, *bound, answers);
        }
        Step::OneOf { field, numbers } => {
            each(&batch.columns[*field], answers, |number| numbers.binary_search(&number).is_ok());
        }
        Step::Coded { field, test } => {
            let column = &batch.columns[*field];
            let truths = column.dictionary.truths(*test);
            let rows = column.states.iter().zip(&column.codes);
            let holds = |code: u32| truths.get(code as usize).copied().unwrap_or(false);
            answers.extend(rows.map(|(state, code)| yes(known(*state) && holds(*code))));
        }
        Step::Difference { left, right, comparison, bound } => {
            let (a, b) = (&batch.columns[left.0], &batch.columns[right.0]);
            let states = a.states.iter().zip(&b.states);
            let numbers = a.numbers.iter().zip(&b.numbers);
            answers.extend(states.zip(numbers).map(|((x, y), (a, b))| {
                let holds = fits(a * left.1 - b * right.1, *comparison, *bound);
                yes(known(*x) && known(*y) && holds)
            }));
        }
        Step::Not(inner) => answers.extend(earlier[*inner].iter().map(|answer| YES - answer)),
        Step::And(parts) => {
            answers.resize(n_rows, YES);
            parts.iter().for_each(|part| fold(answers, &earlier[*part], Ord::min));
        }
        Step::Or(parts) => {
            answers.resize(n_rows, NO);
            parts.iter().for_each(|part| fold(answers, &earlier[*part], Ord::max));
        }
    }
}

fn fold(answers: &mut [Answer], part: &[Answer], join: impl Fn(Answer, Answer) -> Answer) {
    answers.iter_mut().zip(part).for_each(|(answer, part)| *answer = join(*answer, *part));
}

fn known(state: State) -> bool {
    state == State::Known
}

fn yes(holds: bool) -> Answer {
    if holds { YES } else { NO }
}

fn each(column: &Column, answers: &mut Vec<Answer>, holds: impl Fn(i128) -> bool) {
    let rows = column.states.iter().zip(&column.numbers);
    answers.extend(rows.map(|(state, number)| yes(known(*state) && holds(*number))));
}

/// One loop for each comparison, so that none is chosen anew in every row.
fn compare(column: &Column, comparison: Comparison, bound: Bound, answers: &mut Vec<Answer>) {
    use Comparison::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
    match comparison {
        Equal => each(column, answers, |number| fits(number, Equal, bound)),
        NotEqual => each(column, answers, |number| fits(number, NotEqual, bound)),
        Less => each(column, answers, |number| fits(number, Less, bound)),
        AtMost => each(column, answers, |number| fits(number, AtMost, bound)),
        Greater => each(column, answers, |number| fits(number, Greater, bound)),
        AtLeast => each(column, answers, |number| fits(number, AtLeast, bound)),
    }
}

fn fits(number: i128, comparison: Comparison, bound: Bound) -> bool {
    let Bound { floor, is_exact } = bound;
    match comparison {
        Comparison::Equal => is_exact && number == floor,
        Comparison::NotEqual => !(is_exact && number == floor),
        Comparison::Greater => number > floor,
        Comparison::AtMost => number <= floor,
        Comparison::AtLeast => number > floor || is_exact && number == floor,
        Comparison::Less => number < floor || !is_exact && number == floor,
    }
}
