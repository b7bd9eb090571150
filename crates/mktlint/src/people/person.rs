//! People as tools want them.

use std::collections::BTreeSet;

use mktlint_decide::{Formula, Schema, Value, Witness, show_value};
use serde_json::{Map, Value as Json};

/// An example as `audience explain --contact` takes it; `null` stands for what is missing.
pub fn as_json(witness: &Witness) -> Json {
    let value = |value: &Option<Value>| value.as_ref().map_or(Json::Null, value_as_json);
    let pairs = witness.values.iter().map(|it| (it.attribute.to_string(), value(&it.value)));
    Json::Object(pairs.collect::<Map<_, _>>())
}

/// Whole numbers stay numbers; others become texts, since JSON has no decimals.
pub fn value_as_json(value: &Value) -> Json {
    match value {
        Value::Bool(truth) => Json::Bool(*truth),
        Value::Name(text) | Value::Text(text) => Json::String(text.to_string()),
        Value::Number(number) => match i64::try_from(*number) {
            Ok(whole) if number.fract().is_zero() => whole.into(),
            _ => Json::String(number.normalize().to_string()),
        },
        Value::Date(date) => Json::String(date.to_string()),
        Value::DateTime(moment) => Json::String(moment.to_string()),
        Value::Time(time) => Json::String(time.to_string()),
        Value::Set(items) => Json::Array(items.iter().map(value_as_json).collect()),
    }
}

/// `last_order: 2026-11-19`, as policies write it; `age: missing`.
pub fn shown(attribute: &str, value: Option<&Value>, schema: &Schema) -> String {
    let unit = schema.find(attribute).and_then(|attribute| attribute.domain.unit());
    let value = value.map_or_else(|| "missing".to_owned(), |value| show_value(value, unit));
    format!("{attribute}: {value}")
}

/// Whether `formula` is one phrase to whoever reads it: everything in it is about one attribute, as in
/// `last_order? within 7 days`, which is two comparisons.
pub fn is_phrase(formula: &Formula) -> bool {
    let is_open = |part: &Formula| matches!(part, Formula::Named { .. } | Formula::Opaque { .. });
    !formula.parts().any(is_open) && attributes(formula).len() == 1
}

/// The attributes that `formula` looks at itself, not through definitions, in order of name.
pub fn attributes(formula: &Formula) -> BTreeSet<&str> {
    formula.parts().flat_map(Formula::tested).map(|name| name.as_str()).collect()
}
