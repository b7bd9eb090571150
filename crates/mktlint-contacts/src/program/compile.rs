//! From formulas to steps.

use jiff::civil::DateTime;
use mktlint_decide::{Comparison, Definitions, Formula, Operand, Test, needed, resolve};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::{Bound, Conjunct, Opaque, Plan, Program, Step};
use crate::Job;
use crate::field::{Field, Kind, mentioned, scaled};

/// Deeper formulas are not understood, as in [`mktlint_decide::eval`].
const DEPTH: usize = 500;

/// The most conditions that an audience is broken into; a longer list helps nobody.
const CONDITIONS: usize = 200;

/// The steps of all audiences of `job`, of which `fields` are read.
pub fn compile(job: &Job<'_>, fields: &[Field<'_>]) -> Program {
    let mut compiler = Compiler {
        job: *job,
        fields,
        program: Program { tests: vec![Vec::new(); fields.len()], ..Program::default() },
        steps: FxHashMap::default(),
        opaque: FxHashMap::default(),
        named: FxHashMap::default(),
    };
    for audience in job.audiences {
        let plan = compiler.plan(&audience.formula);
        compiler.program.audiences.push(plan);
    }
    compiler.program
}

struct Compiler<'a, 'f> {
    job: Job<'a>,
    fields: &'f [Field<'f>],
    program: Program,
    steps: FxHashMap<Step, usize>,
    opaque: FxHashMap<Opaque, usize>,
    /// The steps of definitions; `None` until they are compiled.
    named: FxHashMap<&'a str, Option<usize>>,
}

impl<'a> Compiler<'a, '_> {
    fn plan(&mut self, formula: &'a Formula) -> Plan {
        self.settle(formula);
        let root = self.formula(formula, 0);
        let needed = mentioned(formula, self.job.definitions);
        let is_needed = |field: &Field<'_>| needed.contains(field.attribute.name.as_str());
        let needed = (0..self.fields.len()).filter(|field| is_needed(&self.fields[*field])).collect();
        let conditions = conjuncts(formula, self.job.definitions);
        let conditions = conditions.into_iter().map(|(definition, formula)| Conjunct {
            definition: definition.cloned(),
            step: self.formula(formula, 0),
            formula: formula.clone(),
        });
        Plan { root, needed, conditions: conditions.collect() }
    }

    /// Compiles the definitions that `formula` needs, those first that others need.
    fn settle(&mut self, formula: &'a Formula) {
        let needed = needed(formula, self.job.definitions);
        for (name, _) in &needed {
            self.named.entry(name).or_default();
        }
        for (name, meaning) in needed {
            if self.named.get(name) == Some(&None) {
                let step = self.formula(meaning, 0);
                self.named.insert(name, Some(step));
            }
        }
    }

    fn formula(&mut self, formula: &Formula, depth: usize) -> usize {
        if depth > DEPTH {
            return self.opaque("nesting", "the condition is nested too deeply");
        }
        match formula {
            Formula::Const(value) => self.step(Step::Const(*value)),
            Formula::Test { attribute, test, .. } => self.test(attribute, test),
            Formula::Difference { left, right, comparison, gap, .. } => {
                self.difference(left, right, *comparison, *gap)
            }
            Formula::Opaque { key, why, .. } => self.opaque(key, why),
            Formula::Not(inner) => {
                let inner = self.formula(inner, depth + 1);
                self.step(Step::Not(inner))
            }
            Formula::And(parts) => {
                let parts = parts.iter().map(|part| self.formula(part, depth + 1)).collect();
                self.step(Step::And(parts))
            }
            Formula::Or(parts) => {
                let parts = parts.iter().map(|part| self.formula(part, depth + 1)).collect();
                self.step(Step::Or(parts))
            }
            Formula::Named { name, .. } => match self.named.get(name.as_str()) {
                Some(Some(step)) => *step,
                Some(None) => self.opaque(name, &format!("`{name}` needs itself")),
                None => self.opaque(name, &format!("there is no `{name}`")),
            },
        }
    }

    fn step(&mut self, step: Step) -> usize {
        let steps = &mut self.program.steps;
        *self.steps.entry(step).or_insert_with_key(|step| {
            steps.push(step.clone());
            steps.len() - 1
        })
    }

    fn opaque(&mut self, key: &str, why: &str) -> usize {
        let opaque = Opaque { key: key.into(), why: why.into() };
        let all = &mut self.program.opaque;
        let number = *self.opaque.entry(opaque).or_insert_with_key(|opaque| {
            all.push(opaque.clone());
            all.len() - 1
        });
        self.step(Step::Opaque(number))
    }

    /// The field of an attribute, or the answer when there is none.
    fn field(&mut self, attribute: &str) -> Result<usize, usize> {
        if let Some(field) = self.fields.iter().position(|field| field.attribute.name == attribute) {
            return Ok(field);
        }
        match self.job.schema.find(attribute) {
            Some(_) => Err(self.opaque(attribute, &format!("`{attribute}` belongs to the message"))),
            None => Err(self.step(Step::Const(false))),
        }
    }

    fn test(&mut self, attribute: &str, test: &Test) -> usize {
        let field = match self.field(attribute) {
            Ok(field) => field,
            Err(answer) => return answer,
        };
        let step = match test {
            Test::Known => Step::Known(field),
            _ if self.fields[field].kind.is_coded() => {
                let tests = &mut self.program.tests[field];
                let known = tests.iter().position(|own| own == test);
                let test = known.unwrap_or_else(|| {
                    tests.push(test.clone());
                    tests.len() - 1
                });
                Step::Coded { field, test }
            }
            _ => numeric(field, &self.fields[field], test, self.job.now),
        };
        self.step(step)
    }

    fn difference(&mut self, left: &str, right: &str, comparison: Comparison, gap: Decimal) -> usize {
        let (left, right) = match (self.field(left), self.field(right)) {
            (Ok(left), Ok(right)) => (left, right),
            (Err(answer), _) | (_, Err(answer)) => return answer,
        };
        let step = match (&self.fields[left].kind, &self.fields[right].kind) {
            (Kind::Day { .. }, Kind::Day { .. }) | (Kind::Moment, Kind::Moment) => {
                Some((1, 1, scaled(gap, 0)))
            }
            (Kind::Number { scale: a, .. }, Kind::Number { scale: b, .. }) => {
                let scale = *a.max(b);
                // Numbers have at most 96 bits, and ten to the ninth has 30: the difference fits.
                let factor =
                    |own: u32| if scale - own <= 9 { 10_i128.checked_pow(scale - own) } else { None };
                factor(*a).zip(factor(*b)).map(|(a, b)| (a, b, scaled(gap, scale)))
            }
            _ => return self.step(Step::Const(false)),
        };
        match step {
            Some((a, b, (floor, is_exact))) => self.step(Step::Difference {
                left: (left, a),
                right: (right, b),
                comparison,
                bound: Bound { floor, is_exact },
            }),
            None => self.opaque("difference", "the two numbers have too many digits to be subtracted"),
        }
    }
}

/// The step of a test of a field that is kept as a number.
fn numeric(field: usize, of: &Field<'_>, test: &Test, now: DateTime) -> Step {
    match test {
        Test::True if matches!(of.kind, Kind::Bool) => {
            Step::Compare { field, comparison: Comparison::Equal, bound: Bound { floor: 1, is_exact: true } }
        }
        Test::Compare(comparison, operand) => compare(field, of, *comparison, operand, now),
        Test::OneOf(values) => {
            let exact =
                values.iter().filter_map(|value| of.kind.threshold(value)).filter(|(_, is_exact)| *is_exact);
            let mut numbers: Vec<i128> = exact.map(|(number, _)| number).collect();
            numbers.sort_unstable();
            Step::OneOf { field, numbers }
        }
        Test::Known => Step::Known(field),
        Test::True | Test::Text(..) | Test::Any(_) | Test::Size(..) => Step::Const(false),
    }
}

fn compare(field: usize, of: &Field<'_>, comparison: Comparison, operand: &Operand, now: DateTime) -> Step {
    let is_order = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    let bound = resolve(operand, &of.attribute.domain, now).and_then(|value| of.kind.threshold(&value));
    match bound {
        // Booleans know equality alone.
        Some(_) if is_order && matches!(of.kind, Kind::Bool) => Step::Const(false),
        Some((floor, is_exact)) => Step::Compare { field, comparison, bound: Bound { floor, is_exact } },
        None => Step::Const(false),
    }
}

/// The conditions that must all hold: parts of `and`, entered through definitions.
fn conjuncts<'a>(
    formula: &'a Formula,
    definitions: &'a Definitions,
) -> Vec<(Option<&'a SmolStr>, &'a Formula)> {
    let mut found = Vec::new();
    let mut open = vec![(None, formula, 0)];
    let mut entered = 0;
    while let Some((definition, part, depth)) = open.pop() {
        // Definitions that each name the one before twice would double with every step.
        let is_room = found.len() + open.len() < CONDITIONS && entered < CONDITIONS && depth < DEPTH;
        match part {
            Formula::And(parts) if is_room && found.len() + open.len() + parts.len() <= CONDITIONS => {
                open.extend(parts.iter().rev().map(|part| (definition, part, depth + 1)));
            }
            Formula::Named { name, .. } if is_room && definitions.contains_key(name) => {
                entered += 1;
                open.extend(definitions.get(name).map(|meaning| (Some(name), &**meaning, depth + 1)));
            }
            _ => found.push((definition, part)),
        }
    }
    found
}
