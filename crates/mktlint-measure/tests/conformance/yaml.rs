//! YAML as far as the files need it: texts, numbers, `true` and `false`, lists, records.

use granit_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

/// The value of a document.
pub fn read(text: &str) -> Value {
    let mut open: Vec<(Value, Option<String>)> = Vec::new();
    let mut root = Value::Null;
    for event in Parser::new_from_str(text) {
        let done = match event.unwrap().0 {
            Event::Scalar(value, style, ..) => scalar(&value, style),
            Event::SequenceStart(..) => {
                open.push((Value::Array(Vec::new()), None));
                continue;
            }
            Event::MappingStart(..) => {
                open.push((Value::Object(Map::new()), None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().unwrap().0,
            _ => continue,
        };
        match open.last_mut() {
            Some((Value::Array(items), _)) => items.push(done),
            Some((Value::Object(fields), key)) => match key.take() {
                Some(key) => drop(fields.insert(key, done)),
                None => *key = Some(done.as_str().unwrap().to_owned()),
            },
            _ => root = done,
        }
    }
    root
}

fn scalar(value: &str, style: ScalarStyle) -> Value {
    match (style, value) {
        (ScalarStyle::Plain, "" | "~") => Value::Null,
        (ScalarStyle::Plain, _) => serde_json::from_str(value).unwrap_or_else(|_| value.into()),
        _ => value.into(),
    }
}
