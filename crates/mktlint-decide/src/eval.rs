//! The plain evaluator: slow, obvious, and what every witness is confirmed by.

use jiff::civil::DateTime;

use crate::{Contact, Definitions, Formula};

/// Whether `formula` is true of `contact` at `now`; `None` when that hangs on a condition that is not understood.
pub fn eval(formula: &Formula, definitions: &Definitions, contact: &Contact, now: DateTime) -> Option<bool> {
    let _ = (formula, definitions, contact, now);
    None
}
