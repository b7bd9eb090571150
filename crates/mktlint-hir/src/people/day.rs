//! Conditions that nobody fits today, though somebody will, or did.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use mktlint_decide::{Domain, Formula, Operand, Schema, Shift, Solver, Test, Value, Verdict};
use smol_str::SmolStr;

use super::query::{self, LIMITS};
use crate::db::{Db, Project};

/// Days that are tried at most; each costs one question, and only where nobody is found today.
const MOST_DAYS: usize = 60;

/// The day nearest to today on which somebody is in the audience or suppression at `path`, where today nobody is.
///
/// What a condition says can only change on days that it names, that the schema bounds, or that lie as far from these as
/// its lengths of time say; those and their neighbours are tried. `None` when none of them has anybody.
pub fn with_somebody(db: &dyn Db, project: Project, path: SmolStr) -> Option<Date> {
    let own = query::meaning_of(db, project, path)?;
    let schema = query::schema_of(db, project);
    let definitions = query::definitions(db, project, &[&own])?;
    let mut found = Turns::default();
    found.read(&own);
    definitions.values().for_each(|formula| found.read(formula));
    if found.shifts.is_empty() {
        return None;
    }
    found.bounds(&schema);
    let today = query::now(db, project).date();
    let mut solver = Solver::new(&schema, &definitions, LIMITS);
    found.days(today).into_iter().find(|day| {
        let people = solver.people(&own, day.at(0, 0, 0, 0));
        people.is_ok_and(|people| matches!(solver.is_nobody(&people), Verdict::Fails(_)))
    })
}

/// Where the meaning of conditions can turn.
#[derive(Default)]
struct Turns {
    days: BTreeSet<Date>,
    shifts: BTreeSet<Shift>,
}

impl Turns {
    fn read(&mut self, formula: &Formula) {
        for part in formula.parts() {
            if let Formula::Test { test, .. } = part {
                self.test(test);
            }
        }
    }

    fn test(&mut self, test: &Test) {
        match test {
            Test::Compare(_, Operand::Value(value)) => self.value(value),
            Test::Compare(_, Operand::FromNow(shift) | Operand::DayFromNow(shift)) => {
                self.shifts.insert(*shift);
            }
            Test::OneOf(values) => values.iter().for_each(|value| self.value(value)),
            Test::Known | Test::True | Test::Text(..) | Test::Any(_) | Test::Size(..) => {}
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Date(day) => _ = self.days.insert(*day),
            Value::DateTime(at) => _ = self.days.insert(at.date()),
            _ => {}
        }
    }

    fn bounds(&mut self, schema: &Schema) {
        for attribute in &schema.attributes {
            if let Domain::Date { least, most } = &attribute.domain {
                self.days.extend(least.iter().chain(most));
            }
        }
    }

    /// The nearest to `today` first; of two as near the later.
    fn days(&self, today: Date) -> Vec<Date> {
        let mut days = BTreeSet::new();
        for day in &self.days {
            for shift in &self.shifts {
                let Some(turn) = before(*day, *shift) else { continue };
                days.extend([-1, 0, 1].iter().filter_map(|n| turn.checked_add(n.days()).ok()));
            }
        }
        let mut days: Vec<Date> = days.into_iter().collect();
        let distance = |day: &Date| mktlint_decide::days_between(today, *day).unsigned_abs();
        days.sort_by_key(|day| (distance(day), std::cmp::Reverse(*day)));
        days.truncate(MOST_DAYS);
        days
    }
}

/// The day from which `day` is so far.
fn before(day: Date, shift: Shift) -> Option<Date> {
    let months = i32::checked_neg(shift.months)?;
    let days = i64::from(shift.days).checked_add(shift.seconds / (24 * 3600))?;
    let moved = day.checked_add(jiff::Span::new().try_months(months).ok()?).ok()?;
    moved.checked_add(jiff::Span::new().try_days(days.checked_neg()?).ok()?).ok()
}
