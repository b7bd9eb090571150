//! Exceptions for files, by what they waive.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use mktlint_diag::Diagnostic;
use mktlint_plan::Plan;
use smol_str::SmolStr;

use super::exception::Exception;
use crate::{Inputs, RecordedWaiver};

/// Exceptions for files, with their globs compiled: those of a policy, or those that are recorded.
#[derive(Debug, Default)]
pub struct Exceptions {
    list: Vec<Exception>,
    /// Numbers in the list by the full name of the rule.
    by_rule: BTreeMap<SmolStr, Vec<u32>>,
}

impl Exceptions {
    /// The `waive` declarations of `plan`, in its order.
    pub fn declared(plan: &Plan) -> Self {
        Self::new(plan.waivers.iter().map(|waiver| Exception::declared(plan, waiver)).collect())
    }

    /// What is recorded, in the order given.
    pub fn recorded(waivers: Vec<RecordedWaiver>) -> Self {
        Self::new(waivers.into_iter().map(Exception::recorded).collect())
    }

    fn new(list: Vec<Exception>) -> Self {
        let mut by_rule: BTreeMap<SmolStr, Vec<u32>> = BTreeMap::new();
        for (exception, at) in list.iter().zip(0..) {
            for rule in &exception.rules {
                by_rule.entry(rule.clone()).or_default().push(at);
            }
        }
        Self { list, by_rule }
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Exception> {
        self.list.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The first that holds for `found`, with its number.
    fn of(&self, plan: &Plan, found: &Diagnostic, day: Date) -> Option<(u32, &Exception)> {
        let of_rule = self.by_rule.get(&found.code).map_or(&[][..], Vec::as_slice);
        let known = of_rule.iter().filter_map(|at| Some((*at, self.list.get(*at as usize)?)));
        known.into_iter().find(|(_, exception)| exception.holds(plan, found, day))
    }
}

/// Every exception for files that counts in a run: declared ones first. Each has a number that runs with the same plan and
/// [`Inputs`] agree on.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    plan: &'a Plan,
    declared: &'a Exceptions,
    recorded: &'a Exceptions,
    today: Date,
}

impl<'a> Standing<'a> {
    /// Those of `plan`, compiled, and those of `inputs`.
    pub fn new(plan: &'a Plan, declared: &'a Exceptions, inputs: &'a Inputs) -> Self {
        Self { plan, declared, recorded: &inputs.waivers, today: inputs.today.date() }
    }

    /// All with their numbers.
    pub fn all(&self) -> impl Iterator<Item = (u32, &'a Exception)> {
        (0..).zip(self.declared.iter().chain(self.recorded.iter()))
    }

    /// Marks what is waived among `findings`, and adds the exceptions that covered something to `used`. A directive goes
    /// before a declaration, and that before a record.
    pub fn mark(&self, findings: &mut [Diagnostic], used: &mut BTreeSet<u32>) {
        if self.declared.is_empty() && self.recorded.is_empty() {
            return;
        }
        let n_declared = self.declared.list.len() as u32;
        for found in findings {
            let declared = self.declared.of(self.plan, found, self.today);
            let recorded = || {
                let (at, exception) = self.recorded.of(self.plan, found, self.today)?;
                Some((n_declared + at, exception))
            };
            let Some((at, exception)) = declared.or_else(recorded) else { continue };
            used.insert(at);
            found.waived.get_or_insert_with(|| exception.waived());
        }
    }
}
