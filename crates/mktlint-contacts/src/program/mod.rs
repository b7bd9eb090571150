//! Audiences as a list of steps over columns.

mod compile;
mod run;

pub use compile::compile;
pub use run::{Answers, NO, UNKNOWN, YES};

use mktlint_decide::{Comparison, Formula, Test};
use smol_str::SmolStr;

/// All audiences of a job: steps that each take the answers of earlier ones. What two audiences share is there once.
#[derive(Debug, Default)]
pub struct Program {
    /// A step refers to earlier steps alone.
    pub steps: Vec<Step>,
    /// In the order of the job.
    pub audiences: Vec<Plan>,
    /// Conditions that are not understood.
    pub opaque: Vec<Opaque>,
    /// For each field, the tests that are asked of its dictionary.
    pub tests: Vec<Vec<Test>>,
}

/// Which steps make up an audience.
#[derive(Debug)]
pub struct Plan {
    /// Whether somebody is in it.
    pub root: usize,
    /// The fields that it needs, in order.
    pub needed: Vec<usize>,
    /// The conditions that must all hold.
    pub conditions: Vec<Conjunct>,
}

/// One of the conditions that must all hold.
#[derive(Debug)]
pub struct Conjunct {
    /// The definition it stands in.
    pub definition: Option<SmolStr>,
    /// The condition.
    pub formula: Formula,
    /// Its step.
    pub step: usize,
}

/// A condition that is not understood.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Opaque {
    /// Which.
    pub key: SmolStr,
    /// Why.
    pub why: SmolStr,
}

/// One step: what it answers for every row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// The same for all.
    Const(bool),
    /// The field is known.
    Known(usize),
    /// The number of the field compares so.
    Compare {
        /// The field.
        field: usize,
        /// How.
        comparison: Comparison,
        /// With what, see [`Bound`].
        bound: Bound,
    },
    /// The number of the field is one of these, which are sorted.
    OneOf {
        /// The field.
        field: usize,
        /// Sorted.
        numbers: Vec<i128>,
    },
    /// The value of the field's code passes a test of its dictionary.
    Coded {
        /// The field.
        field: usize,
        /// The number of the test.
        test: usize,
    },
    /// `left - right` compares so, both sides multiplied by a power of ten each.
    Difference {
        /// The field that is subtracted from, and its factor.
        left: (usize, i128),
        /// The field that is subtracted, and its factor.
        right: (usize, i128),
        /// How.
        comparison: Comparison,
        /// With what.
        bound: Bound,
    },
    /// It is not understood.
    Opaque(usize),
    /// `not`
    Not(usize),
    /// `and`
    And(Vec<usize>),
    /// `or`
    Or(Vec<usize>),
}

/// What whole numbers are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bound {
    /// The greatest whole number that is not above it.
    pub floor: i128,
    /// Whether it is that number.
    pub is_exact: bool,
}
