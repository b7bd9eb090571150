//! Decides questions about sets of people that conditions describe.
//!
//! A [`Formula`] is a condition on the attributes of a [`Schema`]; a [`Solver`] turns it into [`People`], a decision
//! diagram over the values that the conditions tell apart, and answers questions about them exactly: nobody, everyone,
//! subset, disjoint, equivalent, cover, overlap of any so many. An answer that something fails comes with a
//! [`Witness`], a person for whom it does. What lies outside the fragment that can be decided is named, never guessed.
//!
//! Knows nothing of policies, files or Salsa.

mod eval;
mod formula;
mod given;
mod merge;
mod moment;
mod nested;
mod parts;
mod schema;
mod show;
mod solver;
mod value;

pub use eval::{days_between, difference_holds, eval, item_holds, test_holds, text_holds};
pub use formula::{Comparison, Definitions, Formula, ItemTest, Operand, Origin, Tag, Test, TextTest};
pub use given::definitions_given;
pub use merge::{Clash, renamed_definitions};
pub use moment::{day_from, moment_from, resolve};
pub use parts::needed;
pub use schema::{Attribute, Domain, Schema, Unit};
pub use show::{show_contact, show_formula, show_relative, show_value};
pub use solver::{
    Limits, Matrix, Overlap, People, Repair, Solver, Undecided, UndecidedKind, Verdict, Witness, WitnessValue,
};
pub use value::{Contact, Shift, Value};
