//! Sheets of tracking values.
//!
//! A sheet has a column for each parameter (`source,medium,campaign`), pairs (`parameter,value`), or links that carry
//! tags. What it allows becomes a `utm` convention; with a column `channel` one for each channel.

mod convention;
mod link;
mod sheet;
mod values;

use std::collections::BTreeMap;

use mktlint_diag::{FilePath, Place, closest};

use crate::codes;
use crate::draft::Draft;
use convention::Convention;
use sheet::{Layout, Record, Sheet};
use values::Seen;

/// The parameters that analytics reads, without `utm_`, in the order of conventions.
const PARAMETERS: [&str; 9] = [
    "source",
    "medium",
    "campaign",
    "id",
    "term",
    "content",
    "source_platform",
    "creative_format",
    "marketing_tactic",
];

/// The channels of policies.
const CHANNELS: [&str; 7] = ["email", "sms", "push", "blog", "web", "social", "ads"];

/// The name of a convention for all channels.
const ALL_CHANNELS: &str = "links";

/// The most bytes of a sheet.
pub const LONGEST_SHEET: usize = 16 << 20;

/// The values of the sheet `text` as conventions. Costs one pass.
pub fn import(file: &FilePath, text: &str) -> Draft {
    let mut draft = Draft::new(format!("Tracking values of {file}."), "convention");
    let sheet = match Sheet::read(text) {
        Ok(sheet) => sheet,
        Err((why, span)) => {
            draft.problems.push(codes::unread_rule::of(Place::new(file.clone(), span), &why));
            return draft;
        }
    };
    let mut reader =
        Reader { file, draft: &mut draft, conventions: BTreeMap::new(), n_links: BTreeMap::new() };
    reader.columns(&sheet);
    for record in &sheet.records {
        reader.record(&sheet, record);
    }
    let (conventions, n_links) = (reader.conventions, reader.n_links);
    for (name, mut convention) in conventions {
        convention.settle(file, n_links.get(&name).copied(), &mut draft.problems);
        draft.entries.push(convention.entry(file, &name));
    }
    draft
}

struct Reader<'d> {
    file: &'d FilePath,
    draft: &'d mut Draft,
    conventions: BTreeMap<String, Convention>,
    /// How many links each convention was read from.
    n_links: BTreeMap<String, usize>,
}

impl Reader<'_> {
    /// Columns that say nothing.
    fn columns(&mut self, sheet: &Sheet) {
        let unused: Vec<&str> = sheet.unused.iter().map(String::as_str).collect();
        if !unused.is_empty() {
            self.draft.notes.push(format!("these columns were not read: {}", unused.join(", ")));
        }
    }

    fn problem(&mut self, record: &Record, why: &str) {
        let place = Place::new(self.file.clone(), record.span);
        self.draft.problems.push(codes::sheet_row::of(place, record.line, why));
    }

    fn record(&mut self, sheet: &Sheet, record: &Record) {
        if sheet.n_columns.is_some_and(|n| record.cells.len() > n) {
            let n = sheet.n_columns.unwrap_or_default();
            return self
                .problem(record, &format!("it has {} cells, and the header has {n}", record.cells.len()));
        }
        let Some(name) = self.channel(sheet, record) else { return };
        let cell = |at: usize| record.cells.get(at).map_or("", |cell| cell.trim());
        match &sheet.layout {
            Layout::Columns(columns) => {
                for (at, parameter) in columns {
                    self.value(record, &name, parameter, cell(*at));
                }
            }
            Layout::Pairs { parameter, value } => match parameter_of(cell(*parameter)) {
                Some(parameter) => self.value(record, &name, parameter, cell(*value)),
                None => {
                    let known = closest(cell(*parameter), PARAMETERS);
                    let near = known.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                    let why = format!("analytics reads no parameter `{}`{near}", cell(*parameter));
                    self.problem(record, &why);
                }
            },
            Layout::Links(at) => self.link(record, &name, cell(*at)),
        }
    }

    /// The convention that a record belongs to; `None` when its channel is none.
    fn channel(&mut self, sheet: &Sheet, record: &Record) -> Option<String> {
        let Some(at) = sheet.channel else { return Some(ALL_CHANNELS.to_owned()) };
        let channel = record.cells.get(at).map_or("", |cell| cell.trim()).to_lowercase();
        if channel.is_empty() {
            return Some(ALL_CHANNELS.to_owned());
        }
        if !CHANNELS.contains(&channel.as_str()) {
            let near = closest(&channel, CHANNELS)
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default();
            self.problem(record, &format!("there is no channel `{channel}`{near}"));
            return None;
        }
        Some(channel)
    }

    fn value(&mut self, record: &Record, name: &str, parameter: &'static str, value: &str) {
        if value.is_empty() {
            return;
        }
        match values::check(value) {
            Err(why) => self.problem(record, &format!("{parameter} is `{value}`: {why}")),
            Ok(is_any) => {
                let convention = self.conventions.entry(name.to_owned()).or_default();
                convention.see(parameter, Seen { value, is_any, line: record.line, span: record.span });
            }
        }
    }

    fn link(&mut self, record: &Record, name: &str, link: &str) {
        if link.is_empty() {
            return;
        }
        let tags = link::tags(link);
        if tags.parameters.is_empty() {
            return self.problem(record, "the link carries no tag");
        }
        for other in &tags.others {
            self.problem(record, &format!("analytics reads no parameter `{other}`"));
        }
        *self.n_links.entry(name.to_owned()).or_default() += 1;
        let order: Vec<&'static str> = tags.parameters.iter().map(|(parameter, _)| *parameter).collect();
        let convention = self.conventions.entry(name.to_owned()).or_default();
        convention.link(tags.host.as_deref(), &order);
        for (parameter, value) in &tags.parameters {
            self.value(record, name, parameter, value);
        }
    }
}

/// The parameter that a header or a cell names: `utm_source`, `Source`, `Campaign name`.
fn parameter_of(name: &str) -> Option<&'static str> {
    let name = name.trim().trim_start_matches('\u{FEFF}').to_lowercase().replace([' ', '-'], "_");
    let name = name.strip_prefix("utm_").or_else(|| name.strip_prefix("utm")).unwrap_or(&name);
    let name = match name {
        "campaign_name" | "name" => "campaign",
        "keyword" | "keywords" => "term",
        _ => name.strip_prefix("campaign_").unwrap_or(name),
    };
    PARAMETERS.into_iter().find(|parameter| *parameter == name || name.strip_suffix('s') == Some(parameter))
}

#[cfg(test)]
mod tests;
