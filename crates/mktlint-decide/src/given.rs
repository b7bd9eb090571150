//! Formulas in which something is settled.

use crate::{Formula, Value};

/// See [`Formula::given`].
pub fn given(formula: &Formula, attribute: &str, value: Option<&Value>) -> Formula {
    let _ = (attribute, value);
    formula.clone()
}

/// See [`Formula::unknown`].
pub fn unknown(formula: &Formula, attribute: &str, why: &str) -> Formula {
    let _ = (attribute, why);
    formula.clone()
}
