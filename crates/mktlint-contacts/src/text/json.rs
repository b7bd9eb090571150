//! JSON, one object for each contact.

use std::fmt;
use std::io::Read;

use rustc_hash::FxHashMap;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::chunks::{Chunk, Chunks, beginning};
use super::split::Split;
use crate::batch::Lines;
use crate::cell::Cell;
use crate::layout::{check_mapping, same};
use crate::parallel::{self, Emit, Worker};
use crate::part::Part;
use crate::setup::{Consume, Desk, Setup};
use crate::{ColumnNote, ReadError, Reason};

/// Reads objects that `split` tells apart.
pub fn run<'r>(
    mut read: Box<dyn Read + Send + 'r>,
    split: impl Split,
    setup: &Setup<'_>,
    consume: &mut Consume<'_>,
) -> Result<Vec<ColumnNote>, ReadError> {
    check_mapping(&setup.job)?;
    let start = beginning(&mut read)?;
    let names = Names::new(setup);
    let chunks = Chunks::new(start, read, split);
    let desk = || JsonDesk { setup, names: &names, desk: setup.desk() };
    parallel::run(chunks, setup.job.threads, desk, consume)?;
    Ok(Vec::new())
}

/// What the names of members mean.
#[derive(Debug)]
pub struct Names {
    /// The field of a name; `None` when it is an attribute that is not read.
    exact: FxHashMap<String, Option<usize>>,
    /// The same for names in lower case.
    lower: FxHashMap<String, Option<usize>>,
    /// The name of the key.
    key: Option<String>,
    wants_members: bool,
}

impl Names {
    /// The names of the fields that `setup` reads, or of the columns that they are mapped to.
    pub fn new(setup: &Setup<'_>) -> Self {
        let mut names = Self {
            exact: FxHashMap::default(),
            lower: FxHashMap::default(),
            key: setup.job.key.map(str::to_owned),
            wants_members: setup.wants_members,
        };
        for attribute in setup.job.schema.attributes.iter().filter(|attribute| attribute.of_contact) {
            let field = setup.fields.iter().position(|field| field.attribute.name == attribute.name);
            match setup.job.columns.get(&attribute.name) {
                Some(column) => {
                    names.exact.insert(column.clone(), field);
                }
                None => {
                    names.exact.entry(attribute.name.to_string()).or_insert(field);
                    names.lower.entry(attribute.name.to_lowercase()).or_insert(field);
                }
            }
        }
        names
    }

    fn is_key(&self, name: &str) -> bool {
        self.key.as_ref().is_some_and(|key| same(name, key))
    }

    fn find(&self, name: &str) -> Option<Option<usize>> {
        self.exact.get(name).or_else(|| self.lower.get(&name.to_lowercase())).copied()
    }
}

/// The members of an object in their order, those that come twice as well.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

struct JsonDesk<'s> {
    setup: &'s Setup<'s>,
    names: &'s Names,
    desk: Desk<'s>,
}

impl Worker for JsonDesk<'_> {
    type Work = Chunk;
    type Part = Part;

    fn work(&mut self, chunk: Chunk, emit: &mut Emit<'_, Part>) -> Result<(), ReadError> {
        let mut rows_before = chunk.records_before;
        for records in chunk.records.chunks(self.setup.batch_rows()) {
            let lines = Lines { text: &chunk.text, first: chunk.line, starts: records };
            self.desk.batch.begin(rows_before);
            records
                .iter()
                .for_each(|(from, to)| self.record(&chunk.text[*from as usize..*to as usize], lines));
            rows_before += records.len() as u64;
            if !self.desk.judge(Some(lines), emit) {
                return Ok(());
            }
        }
        self.desk.emit(emit);
        Ok(())
    }
}

impl JsonDesk<'_> {
    fn record(&mut self, record: &[u8], lines: Lines<'_>) {
        match serde_json::from_slice::<Members>(record) {
            Ok(Members(members)) => {
                self.add_key(&members);
                put_object(&mut self.desk, self.names, members, Some(lines));
            }
            Err(error) if error.is_data() => {
                self.add_key(&[]);
                self.desk.add_unreadable(Reason::NotObject, String::new(), Some(lines));
            }
            Err(error) => {
                self.add_key(&[]);
                self.desk.add_unreadable(Reason::BrokenJson, complaint(&error), Some(lines));
            }
        }
    }

    fn add_key(&mut self, members: &[(String, Value)]) {
        if self.names.key.is_none() || !self.names.wants_members {
            return;
        }
        let key =
            members.iter().find(|(name, _)| self.names.is_key(name)).and_then(|(_, value)| match value {
                Value::String(text) if text.is_empty() => None,
                Value::String(text) => Some(text.as_str().into()),
                Value::Null => None,
                other => Some(other.to_string().into()),
            });
        self.desk.batch.keys.push(key);
    }
}

/// What the reader says of broken JSON: nothing of the text itself.
fn complaint(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default();
    format!("{what} at byte {}", error.column())
}

/// Adds a row with the members of an object. Objects in it are entered: `{"consent": {"email": …}}` has the attribute
/// `consent.email`.
pub fn put_object(
    desk: &mut Desk<'_>,
    names: &Names,
    members: Vec<(String, Value)>,
    lines: Option<Lines<'_>>,
) {
    let mut found: Vec<Found> = Vec::new();
    found.resize_with(desk.batch.fields.len(), || Found::Missing);
    let mut open: Vec<(String, Value)> = members;
    open.reverse();
    while let Some((name, value)) = open.pop() {
        match (names.find(&name), value) {
            (Some(None), _) => {}
            (Some(Some(field)), value) => {
                let is_new = matches!(found[field], Found::Missing);
                found[field] = if is_new { Found::Once(value) } else { Found::Twice };
            }
            (None, Value::Object(inner)) => {
                open.extend(inner.into_iter().rev().map(|(own, value)| (format!("{name}.{own}"), value)));
            }
            (None, _) if names.is_key(&name) => {}
            (None, _) => desk.part.note_unknown(&name),
        }
    }
    desk.batch.add_row(true);
    for (field, found) in found.iter().enumerate() {
        match found {
            Found::Missing => desk.put(field, Cell::Missing, lines),
            Found::Twice => desk.put(field, Cell::Twice, lines),
            Found::Once(value) => put_value(desk, field, value, lines),
        }
    }
}

enum Found {
    Missing,
    Once(Value),
    Twice,
}

fn put_value(desk: &mut Desk<'_>, field: usize, value: &Value, lines: Option<Lines<'_>>) {
    match value {
        Value::Null => desk.put(field, Cell::Missing, lines),
        Value::Bool(value) => desk.put(field, Cell::Bool(*value), lines),
        Value::String(text) => desk.put(field, Cell::Text(text.as_bytes()), lines),
        Value::Number(number) => desk.put(field, Cell::JsonNumber(&number.to_string()), lines),
        Value::Object(_) => desk.put(field, Cell::Other, lines),
        Value::Array(items) => {
            let items: Option<Vec<&[u8]>> =
                items.iter().map(|item| item.as_str().map(str::as_bytes)).collect();
            match items {
                Some(items) => desk.put(field, Cell::Items(&items), lines),
                None => desk.put(field, Cell::Other, lines),
            }
        }
    }
}
