//! Which conditions tests have seen both ways.

use std::collections::{BTreeMap, BTreeSet};

use mktlint_diag::{Diagnostic, Place};
use mktlint_hir::model::item::ItemKind;
use mktlint_hir::model::program::{Placed, Program};
use mktlint_plan::{Op, OpId, Plan, Truth};
use smol_str::SmolStr;

use super::contact::conditions;
use crate::index::{Decl, name_of};
use crate::observe::Watcher;

/// How much of the files that hold tests the tests have seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Conditions, in order of place.
    pub conditions: Vec<ConditionCoverage>,
    /// Rules, claims, terms and conventions, in order of name.
    pub rules: Vec<RuleCoverage>,
}

/// Whether a condition was seen both ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionCoverage {
    /// Where the policy says it.
    pub place: Place,
    /// Whether it was ever true.
    pub was_true: bool,
    /// Whether it was ever false.
    pub was_false: bool,
}

/// Whether a rule was seen both ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCoverage {
    /// Its full name.
    pub rule: SmolStr,
    /// Its name in the policy.
    pub place: Place,
    /// Whether a test made it fire.
    pub fired: bool,
    /// Whether a test made it hold.
    pub held: bool,
}

/// What tests have seen so far.
#[derive(Debug, Default)]
pub struct Tracker {
    ops: BTreeMap<OpId, (bool, bool)>,
    places: BTreeMap<Place, (bool, bool)>,
    decls: BTreeMap<Decl, (bool, bool)>,
}

impl Tracker {
    /// Adds a fixture on which `decl` found `own`.
    pub fn add(&mut self, decl: Decl, own: &[Diagnostic], watcher: Watcher) {
        let (fired, held) = self.decls.entry(decl).or_default();
        *fired |= own.iter().any(|found| !found.undecided);
        *held |= own.is_empty();
        for (op, (was_true, was_false)) in watcher.truths {
            let seen = self.ops.entry(op).or_default();
            *seen = (seen.0 | was_true, seen.1 | was_false);
        }
    }

    /// Adds what the condition at `place` gave.
    pub fn saw(&mut self, place: Place, truth: Truth) {
        let seen = self.places.entry(place).or_default();
        *seen = (seen.0 | (truth == Truth::True), seen.1 | (truth == Truth::False));
    }

    /// What was seen of the policy files named `files`.
    pub fn coverage(mut self, plan: &Plan, program: &Program, files: &BTreeSet<&str>) -> Coverage {
        for (op, place) in &plan.observed {
            if plan.ops.get(op.index()).is_some_and(is_condition) {
                let (was_true, was_false) = self.ops.get(op).copied().unwrap_or_default();
                let seen = self.places.entry(plan.place(*place)).or_default();
                *seen = (seen.0 | was_true, seen.1 | was_false);
            }
        }
        for placed in &program.items {
            for id in conditions(&placed.item) {
                self.places.entry(placed.place(placed.item.body.get(id).span)).or_default();
            }
        }
        let untestable: BTreeSet<Place> =
            program.items.iter().filter(|it| has_no_test(it)).flat_map(places).collect();
        let is_tested = |place: &Place| files.contains(place.file.as_str()) && !untestable.contains(place);
        let conditions = self.places.iter().filter(|(place, _)| is_tested(place));
        let condition = |(place, (was_true, was_false)): (&Place, &(bool, bool))| ConditionCoverage {
            place: place.clone(),
            was_true: *was_true,
            was_false: *was_false,
        };
        let rule = |decl: Decl| {
            let place = plan.place(decl.head(plan)?.place);
            let (fired, held) = self.decls.get(&decl).copied().unwrap_or_default();
            Some(RuleCoverage { rule: name_of(plan, decl).into(), place, fired, held })
        };
        let mut rules: Vec<RuleCoverage> =
            Decl::all(plan).filter_map(rule).filter(|rule| is_tested(&rule.place)).collect();
        rules.sort_by(|one, other| one.rule.cmp(&other.rule));
        Coverage { conditions: conditions.map(condition).collect(), rules }
    }
}

/// Caps and quiet hours, which are judged over the calendar of all campaigns, are out of reach of a `test`.
fn has_no_test(placed: &Placed) -> bool {
    matches!(placed.item.kind, ItemKind::Cap | ItemKind::QuietHours)
}

fn places(placed: &Placed) -> impl Iterator<Item = Place> {
    placed.item.body.iter().map(|(_, expr)| placed.place(expr.span))
}

/// Whether an instruction answers a question of the policy, rather than join answers or fetch a value.
const fn is_condition(op: &Op) -> bool {
    matches!(
        op,
        Op::Compare(_)
            | Op::In
            | Op::InRange { .. }
            | Op::IsKnown
            | Op::Temporal(_)
            | Op::TextTest(_)
            | Op::Matches(_)
            | Op::HasShape(_)
            | Op::Meets(_)
            | Op::UsesClaims(_)
            | Op::CouldInclude(_)
            | Op::ChangeOnly(_)
            | Op::ChangeTouches(_)
    )
}
