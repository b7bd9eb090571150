//! People in words that are equal for the same people.

use std::collections::BTreeMap;

use jiff::civil::{DateTime, date};
use mktlint_decide::{Formula, Limits, Solver, needed, show_formula};
use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use crate::Plan;

/// Descriptions with more conditions than these are not made; the condition as it is written stands for them.
const MOST_CONDITIONS: usize = 200;

/// How many audiences may name each other in one chain.
const MOST_DEPTH: usize = 100;

/// The moments at which people are described. What is said from `now` on (`within 7 days`) is a day at each, and two
/// conditions that agree at both, which have nothing to do with each other, mean the same.
fn moments() -> [DateTime; 2] {
    [date(2000, 1, 3).at(0, 0, 0, 0), date(2031, 8, 20).at(13, 47, 11, 0)]
}

/// Says of people who they are, whatever words and names a policy has for them. Remembers what it worked out.
pub struct Canon<'p> {
    plan: &'p Plan,
    solver: Solver<'p>,
    /// What was worked out, by the formula with all of its names and tags.
    known: BTreeMap<String, String>,
    written: BTreeMap<SmolStr, String>,
}

impl<'p> Canon<'p> {
    /// For conditions over the definitions of `plan`.
    pub fn new(plan: &'p Plan) -> Self {
        let people = &plan.people;
        let solver = Solver::new(&people.schema, &people.definitions, Limits::default());
        Self { plan, solver, known: BTreeMap::new(), written: BTreeMap::new() }
    }

    /// Equal for conditions that the same people fulfil, as far as it can be decided; else for those that are written
    /// alike, whatever the order of what `and` and `or` join.
    pub fn text(&mut self, formula: &Formula) -> String {
        let key = format!("{formula:?}");
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let words = self.worked_out(formula);
        self.known.insert(key, words.clone());
        words
    }

    fn worked_out(&mut self, formula: &Formula) -> String {
        let definitions = &self.plan.people.definitions;
        let of_definitions = needed(formula, definitions).into_iter().flat_map(|(_, inner)| inner.parts());
        let is_opaque = |part: &Formula| matches!(part, Formula::Opaque { .. });
        if formula.parts().chain(of_definitions).any(is_opaque) {
            return self.as_written(formula, 0);
        }
        self.described(formula).unwrap_or_else(|| self.as_written(formula, 0))
    }

    fn described(&mut self, formula: &Formula) -> Option<String> {
        let Plan { people, .. } = self.plan;
        let mut words = String::new();
        for now in moments() {
            let found = self.solver.people(formula, now).ok()?;
            let conditions = self.solver.describe(&found, MOST_CONDITIONS)?;
            let mut shown: Vec<String> =
                conditions.iter().map(|it| show_formula(it, &people.schema, &people.definitions)).collect();
            shown.sort();
            words.push_str(&format!("{shown:?}"));
        }
        Some(words)
    }

    fn as_written(&mut self, formula: &Formula, depth: usize) -> String {
        let people = &self.plan.people;
        match formula {
            _ if depth > MOST_DEPTH => "too deep".to_owned(),
            Formula::And(parts) => self.joined("and", parts, depth),
            Formula::Or(parts) => self.joined("or", parts, depth),
            Formula::Not(inner) => format!("not ({})", self.as_written(inner, depth + 1)),
            Formula::Opaque { key, .. } => format!("unknown {key:?}"),
            Formula::Named { name, .. } => self.definition(name, depth),
            other => show_formula(other, &people.schema, &people.definitions),
        }
    }

    fn joined(&mut self, word: &str, parts: &[Formula], depth: usize) -> String {
        let mut parts: Vec<String> = parts.iter().map(|part| self.as_written(part, depth + 1)).collect();
        parts.sort();
        parts.dedup();
        format!("{word} {parts:?}")
    }

    /// The digest of a definition, since written out those that name each other would grow without end.
    fn definition(&mut self, name: &SmolStr, depth: usize) -> String {
        if let Some(known) = self.written.get(name) {
            return known.clone();
        }
        let plan = self.plan;
        let Some(inner) = plan.people.definitions.get(name) else { return format!("nobody called {name:?}") };
        // One that needs itself means nothing; its name stands for it.
        self.written.insert(name.clone(), format!("itself {name:?}"));
        let words = self.as_written(inner, depth + 1);
        let digest: String = Sha256::digest(&words).iter().map(|byte| format!("{byte:02x}")).collect();
        self.written.insert(name.clone(), digest.clone());
        digest
    }
}
