//! Results in JSON: a list of objects, or an object on each line.

use std::collections::BTreeMap;

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::{Range, Ranged as _};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use mktlint_text::Span;

use super::Reader;
use super::row::{Cell, Column, Line};

/// How deep values may be nested: a list of objects of values, and room for what nobody reads.
const DEEPEST: usize = 64;

/// Reads a list of objects, or an object whose `results` or `rows` is one.
pub(super) fn list(text: &str, reader: &mut Reader<'_>) {
    let start = text.len() - without_mark(text).len();
    let Some(value) = parse(without_mark(text), start, reader) else { return };
    let items = match &value {
        Value::Array(items) => Some(items),
        Value::Object(object) => ["results", "rows"].iter().find_map(|key| object.get_array(key)),
        _ => None,
    };
    let Some(items) = items else {
        return reader.problem(span(value.range(), start), "results in JSON are a list of objects");
    };
    for item in &items.elements {
        if !result(item, without_mark(text), start, reader) {
            break;
        }
    }
}

/// Reads an object on each line.
pub(super) fn lines(text: &str, reader: &mut Reader<'_>) {
    let mut start = text.len() - without_mark(text).len();
    for line in without_mark(text).split_inclusive('\n') {
        if !line.trim().is_empty()
            && let Some(value) = parse(line, start, reader)
            && !result(&value, line, start, reader)
        {
            break;
        }
        start += line.len();
    }
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The value that `text` is, which begins at `start` of the file; `None` when it is none, which is then said.
fn parse<'t>(text: &'t str, start: usize, reader: &mut Reader<'_>) -> Option<Value<'t>> {
    if is_too_deep(text) {
        let whole = Span::of(start..start + text.trim_end().len());
        reader.problem(whole, format!("values are nested more than {DEEPEST} deep"));
        return None;
    }
    match parse_to_ast(text, &CollectOptions::default(), &strict()) {
        Ok(parsed) => parsed.value,
        Err(error) => {
            reader.problem(
                span(error.range(), start),
                format!("this is not JSON: {}", reason(&error.kind().to_string())),
            );
            None
        }
    }
}

/// The parser's words as ours: lower case, no full stop.
fn reason(words: &str) -> String {
    let words = words.trim_end_matches('.');
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

const fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: true,
        allow_loose_object_property_names: false,
        allow_trailing_commas: true,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// Whether brackets are nested so deep that reading them could use up the stack.
fn is_too_deep(text: &str) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// Adds the result that `value` of `text` is; whether there is room for more.
fn result(value: &Value<'_>, text: &str, start: usize, reader: &mut Reader<'_>) -> bool {
    let own = span(value.range(), start);
    if !reader.has_room(own) {
        return false;
    }
    match value {
        Value::Object(object) => {
            let cells = cells(object, text, start, reader);
            reader.lines.push(Line { place: reader.place(own), cells });
        }
        _ => reader.problem(own, "a result in JSON is an object"),
    }
    true
}

fn cells(object: &Object<'_>, text: &str, start: usize, reader: &Reader<'_>) -> BTreeMap<Column, Cell> {
    let mut cells = BTreeMap::new();
    for property in &object.properties {
        let Some(column) = Column::named(property.name.as_str()) else { continue };
        let said = match &property.value {
            Value::StringLit(string) => string.value.trim().to_owned(),
            Value::NumberLit(number) => number.value.to_owned(),
            Value::NullKeyword(_) => continue,
            other => {
                let range = other.range();
                text.get(range.start..range.end).unwrap_or_default().to_owned()
            }
        };
        if !said.is_empty() {
            let place = reader.place(span(property.value.range(), start));
            cells.entry(column).or_insert(Cell { text: said, place });
        }
    }
    cells
}

fn span(range: Range, start: usize) -> Span {
    Span::of(start + range.start..start + range.end)
}
