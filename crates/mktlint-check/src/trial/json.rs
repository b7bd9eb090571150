//! Fixtures written as JSON, which the extractors read.

use mktlint_plan::{Datum, Value};

/// A record with these fields, one for each line.
pub fn record(fields: &[(String, String)]) -> String {
    let lines: Vec<String> =
        fields.iter().map(|(name, value)| format!("  {}: {value}", text(name))).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// A string.
pub fn text(words: &str) -> String {
    let mut out = String::from('"');
    for letter in words.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            letter if letter.is_control() => out.push_str(&format!("\\u{:04x}", letter as u32)),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// A value as a manifest would hold it; `None` for missing and unknown, which are left out.
pub fn value(value: &Value<'_>) -> Option<String> {
    let Value::Known(datum) = value else { return None };
    Some(match datum {
        Datum::Bool(_) | Datum::Int(_) | Datum::Decimal(_) => value.to_string(),
        Datum::DateTime(at) => text(&at.to_string()),
        Datum::List(items) => {
            let items: Vec<String> = items.iter().filter_map(|item| self::value(&item)).collect();
            format!("[{}]", items.join(", "))
        }
        _ => text(&value.to_string()),
    })
}
