//! Random schemas and formulas, and every person of a grid as the oracle.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod grid;
pub mod make;

use std::fmt;
use std::sync::Arc;

use jiff::civil::{DateTime, date};
use mktlint_decide::{Definitions, Formula, Schema, Tag, eval, show_formula};

/// The moment at which everything is judged.
pub fn now() -> DateTime {
    date(2026, 11, 22).at(9, 30, 0, 0)
}

/// A schema with definitions and formulas over it. All tags differ.
#[derive(Clone)]
pub struct Case {
    pub schema: Schema,
    pub definitions: Definitions,
    pub formulas: Vec<Formula>,
}

/// One line for each part, however a failing test formats it.
impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for attribute in &self.schema.attributes {
            writeln!(f, "{attribute:?}")?;
        }
        for (name, formula) in &self.definitions {
            let shown = show_formula(formula, &self.schema, &self.definitions);
            writeln!(f, "{name} = {shown}    {formula:?}")?;
        }
        for formula in &self.formulas {
            let shown = show_formula(formula, &self.schema, &self.definitions);
            writeln!(f, "{shown}    {formula:?}")?;
        }
        Ok(())
    }
}

impl Case {
    /// Whether the formula is true of somebody; every formula of a case is understood.
    pub fn holds(&self, formula: &Formula, contact: &mktlint_decide::Contact) -> bool {
        eval(formula, &self.definitions, contact, now()).expect("every condition is understood")
    }

    /// All formulas, those of definitions too.
    pub fn all(&self) -> impl Iterator<Item = &Formula> {
        self.definitions.values().map(Arc::as_ref).chain(&self.formulas)
    }
}

/// Every part of a formula, itself among them, each definition closed.
pub fn parts(formula: &Formula) -> Vec<&Formula> {
    let mut found = vec![formula];
    let mut at = 0;
    while let Some(part) = found.get(at).copied() {
        match part {
            Formula::Not(inner) => found.push(inner),
            Formula::And(inner) | Formula::Or(inner) => found.extend(inner),
            _ => {}
        }
        at += 1;
    }
    found
}

/// The formula with every condition replaced.
pub fn replaced(formula: &Formula, replace: &mut impl FnMut(&Formula) -> Option<Formula>) -> Formula {
    if let Some(part) = replace(formula) {
        return part;
    }
    match formula {
        Formula::Not(inner) => Formula::Not(Box::new(replaced(inner, replace))),
        Formula::And(inner) => Formula::And(inner.iter().map(|part| replaced(part, replace)).collect()),
        Formula::Or(inner) => Formula::Or(inner.iter().map(|part| replaced(part, replace)).collect()),
        other => other.clone(),
    }
}

/// The formula with tags counted from `next` on.
pub fn tagged(formula: &Formula, next: &mut u32) -> Formula {
    replaced(formula, &mut |part| {
        let mut part = part.clone();
        match &mut part {
            Formula::Test { tag, .. }
            | Formula::Difference { tag, .. }
            | Formula::Opaque { tag, .. }
            | Formula::Named { tag, .. } => {
                *tag = Tag(*next);
                *next += 1;
                Some(part)
            }
            _ => None,
        }
    })
}
