//! Formulas and values as policies write them.

use crate::{Contact, Definitions, Formula, Schema, Unit, Value};

/// `lapsed`, `USD 500`, `2026-11-22`, `"text"`, `["a", "b"]`.
pub fn show_value(value: &Value, unit: Option<&Unit>) -> String {
    let _ = unit;
    format!("{value:?}")
}

/// `{ stage: lapsed, last_order: 2026-11-19 }`, in the order of the schema; attributes that are not there are left out.
pub fn show_contact(contact: &Contact, schema: &Schema) -> String {
    let _ = schema;
    format!("{contact:?}")
}

/// `country in [DE, FR] and not (age? < 18)`. Definitions are shown by the last word of their name.
pub fn show_formula(formula: &Formula, schema: &Schema, definitions: &Definitions) -> String {
    let _ = (schema, definitions);
    format!("{formula:?}")
}
