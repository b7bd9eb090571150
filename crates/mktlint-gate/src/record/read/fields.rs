//! The fields of a table, each asked for once.

use jiff::Timestamp;
use jiff::civil::Date;
use mktlint_diag::{Diagnostic, FilePath, Place, closest};
use mktlint_text::Span;
use rustc_hash::FxHashMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{day, moment};
use crate::codes::record as codes;

type Value<'i> = Spanned<DeValue<'i>>;

/// What is wrong with a file.
pub(super) struct Problems<'f> {
    pub file: &'f FilePath,
    pub found: Vec<Diagnostic>,
}

impl<'f> Problems<'f> {
    pub const fn new(file: &'f FilePath) -> Self {
        Self { file, found: Vec::new() }
    }

    pub fn add(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        let mut found = codes::unreadable(Place::new(self.file.clone(), span), message);
        found.help.extend(help);
        self.found.push(found);
    }
}

/// A table that is being read. What was not asked for when it is finished is unknown.
pub(super) struct Fields<'t, 'p> {
    table: &'t DeTable<'t>,
    in_file: &'t dyn Fn(Span) -> Span,
    problems: &'t mut Problems<'p>,
    /// The table itself, for what is missing in it.
    own: Span,
    asked: Vec<&'static str>,
    spans: FxHashMap<&'static str, Span>,
}

impl<'t, 'p> Fields<'t, 'p> {
    pub fn new(
        table: &'t DeTable<'t>,
        in_file: &'t dyn Fn(Span) -> Span,
        problems: &'t mut Problems<'p>,
    ) -> Self {
        Self { table, in_file, problems, own: Span::at(0), asked: Vec::new(), spans: FxHashMap::default() }
    }

    /// Tells of fields that nobody asked for; where the others stand.
    pub fn finish(self) -> FxHashMap<&'static str, Span> {
        for (key, _) in self.table {
            let name = key.get_ref().as_ref();
            if !self.asked.contains(&name) {
                let help =
                    closest(name, self.asked.iter().copied()).map(|near| format!("did you mean `{near}`?"));
                let span = (self.in_file)(Span::of(key.span()));
                self.problems.add(span, format!("a record has no field `{name}` here"), help);
            }
        }
        self.spans
    }

    /// Whether `format` is the one that can be read; else only that is told.
    pub fn has_format(&mut self, known: u32) -> bool {
        match self.number("format") {
            Some(format) if format > known => {
                let span = self.spans.get("format").copied().unwrap_or_default();
                let place = Place::new(self.problems.file.clone(), span);
                self.problems.found.push(codes::future_format(place, format));
                false
            }
            Some(format) if format < known => {
                let span = self.spans.get("format").copied().unwrap_or_default();
                self.problems.add(
                    span,
                    format!("there is no format {format}"),
                    Some(format!("write `format = {known}`")),
                );
                false
            }
            format => format.is_some(),
        }
    }

    pub fn text(&mut self, name: &'static str) -> Option<String> {
        let value = self.required(name)?;
        self.as_text(name, value)
    }

    pub fn optional_text(&mut self, name: &'static str) -> Option<String> {
        let value = self.get(name)?;
        self.as_text(name, value)
    }

    /// A text that `read` understands; `what` names those.
    pub fn read<T>(&mut self, name: &'static str, what: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = self.required(name)?;
        let text = self.as_text(name, value)?;
        let read = read(&text);
        if read.is_none() {
            self.problem(value, format!("`{name}` must be {what}"), None);
        }
        read
    }

    pub fn one_of(&mut self, name: &'static str, words: &[&'static str]) -> Option<String> {
        let value = self.required(name)?;
        let text = self.as_text(name, value)?;
        if words.contains(&text.as_str()) {
            return Some(text);
        }
        let help = match closest(&text, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "it can be {}",
                words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
            ),
        };
        self.problem(value, format!("`{name}` cannot be `{text}`"), Some(help));
        None
    }

    pub fn texts(&mut self, name: &'static str) -> Vec<String> {
        self.each(name, "a text", |text| Some(text.to_owned()))
    }

    /// A list of texts that `read` understands each; empty when the field is not there.
    pub fn each<T>(&mut self, name: &'static str, what: &str, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let mut all = Vec::new();
        for value in self.items(name) {
            let Some(text) = self.as_text(name, value) else { continue };
            match read(&text) {
                Some(read) => all.push(read),
                None => self.problem(value, format!("each of `{name}` must be {what}"), None),
            }
        }
        all
    }

    pub fn number(&mut self, name: &'static str) -> Option<u32> {
        let value = self.required(name)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.problem(
                value,
                format!("`{name}` must be a whole number"),
                Some(format!("write `{name} = 1`")),
            );
        }
        number
    }

    pub fn moment(&mut self, name: &'static str) -> Option<Timestamp> {
        let value = self.required(name)?;
        self.as_moment(name, value)
    }

    pub fn optional_moment(&mut self, name: &'static str) -> Option<Timestamp> {
        let value = self.get(name)?;
        self.as_moment(name, value)
    }

    pub fn day(&mut self, name: &'static str) -> Option<Date> {
        let value = self.required(name)?;
        let found = datetime(value).and_then(|text| day(&text));
        if found.is_none() {
            self.problem(
                value,
                format!("`{name}` must be a day"),
                Some(format!("write `{name} = 2026-11-30`")),
            );
        }
        found
    }

    /// A table that must be there.
    pub fn table<T>(&mut self, name: &'static str, read: impl Fn(&mut Fields<'_, 'p>) -> T) -> Option<T> {
        let value = self.required(name)?;
        self.inside(name, value, read)
    }

    pub fn optional_table<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&mut Fields<'_, 'p>) -> T,
    ) -> Option<T> {
        let value = self.get(name)?;
        self.inside(name, value, read)
    }

    /// A list of tables; empty when the field is not there.
    pub fn tables<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&mut Fields<'_, 'p>) -> Option<T>,
    ) -> Vec<T> {
        let items = self.items(name);
        items.into_iter().filter_map(|value| self.inside(name, value, &read).flatten()).collect()
    }

    /// Whether a field that only one verdict has is there with that verdict, and with no other.
    pub fn belongs(&mut self, name: &'static str, is_wanted: bool, is_there: bool, verdict: &str) {
        if is_wanted && !is_there && self.get(name).is_none() {
            self.problems.add(self.own, format!("a record that is `{verdict}` needs `{name}`"), None);
        } else if is_there && !is_wanted {
            let span = self.spans.get(name).copied().unwrap_or_default();
            self.problems.add(span, format!("a record that is `{verdict}` has no `{name}`"), None);
        }
    }

    fn get(&mut self, name: &'static str) -> Option<&'t Value<'t>> {
        if !self.asked.contains(&name) {
            self.asked.push(name);
        }
        let value = self.table.get(name)?;
        self.spans.insert(name, (self.in_file)(Span::of(value.span())));
        Some(value)
    }

    fn required(&mut self, name: &'static str) -> Option<&'t Value<'t>> {
        let value = self.get(name);
        if value.is_none() {
            self.problems.add(self.own, format!("the field `{name}` is missing"), None);
        }
        value
    }

    fn items(&mut self, name: &'static str) -> Vec<&'t Value<'t>> {
        match self.get(name).map(|value| (value, value.get_ref())) {
            None => Vec::new(),
            Some((_, DeValue::Array(items))) => items.iter().collect(),
            Some((value, _)) => {
                self.problem(
                    value,
                    format!("`{name}` must be a list"),
                    Some(format!("write `{name} = […]`")),
                );
                Vec::new()
            }
        }
    }

    fn inside<T>(
        &mut self,
        name: &str,
        value: &'t Value<'t>,
        read: impl Fn(&mut Fields<'_, 'p>) -> T,
    ) -> Option<T> {
        let DeValue::Table(table) = value.get_ref() else {
            self.problem(value, format!("`{name}` must be a table"), None);
            return None;
        };
        let mut fields = Fields::new(table, self.in_file, self.problems);
        fields.own = (self.in_file)(Span::of(value.span()));
        let read = read(&mut fields);
        fields.finish();
        Some(read)
    }

    fn as_text(&mut self, name: &str, value: &Value<'_>) -> Option<String> {
        if let DeValue::String(text) = value.get_ref() {
            return Some(text.as_ref().to_owned());
        }
        self.problem(value, format!("`{name}` must be a text"), Some("write it between quotes".to_owned()));
        None
    }

    fn as_moment(&mut self, name: &str, value: &Value<'_>) -> Option<Timestamp> {
        let found = datetime(value).and_then(|text| moment(&text));
        if found.is_none() {
            let help = format!("write `{name} = 2026-11-30T09:00:00Z`");
            self.problem(value, format!("`{name}` must be a time with its zone"), Some(help));
        }
        found
    }

    fn problem(&mut self, value: &Value<'_>, message: String, help: Option<String>) {
        self.problems.add((self.in_file)(Span::of(value.span())), message, help);
    }
}

fn datetime(value: &Value<'_>) -> Option<String> {
    match value.get_ref() {
        DeValue::Datetime(moment) => Some(moment.to_string()),
        _ => None,
    }
}
