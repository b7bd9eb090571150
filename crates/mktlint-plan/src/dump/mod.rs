//! Plans for people.

use crate::Plan;

/// `plan` as text, for people and tests: rules in order of name, each with its code, one instruction a line.
pub fn text(plan: &Plan) -> String {
    let _ = plan;
    String::new()
}

/// `plan` as JSON, for tools; keys in the order of the text.
pub fn json(plan: &Plan) -> serde_json::Value {
    let _ = plan;
    serde_json::Value::Null
}
