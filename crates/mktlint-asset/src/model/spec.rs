//! What a file is expected to hold.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::asset::{Format, Kind};

/// Where a field is found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldSource {
    /// A CSV column by its header; `*` stands for any text, so that `Headline *` gathers a list in column order.
    Column(SmolStr),
    /// A value in JSON, YAML, TOML or front matter: a JSON pointer (`/message/body`) or a dotted path
    /// (`message.body`), relative to the item.
    Path(SmolStr),
}

/// What a file is expected to hold: from `[[assets]]` in `mktlint.toml`, or guessed from its name and content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// What its assets are for.
    pub kind: Kind,
    /// How it is written.
    pub format: Format,
    /// Fields that the configuration places, by name; the others are found by their usual names.
    pub fields: BTreeMap<SmolStr, FieldSource>,
    /// For JSON, YAML and TOML: the list whose items are one asset each (`/messages`); the whole file when `None`.
    pub items: Option<SmolStr>,
    /// For CSV: what separates cells; found out when `None`.
    pub delimiter: Option<char>,
}

impl Spec {
    /// A file of `format` that is one asset, or one per row, of `kind`, with fields under their usual names.
    pub fn new(kind: Kind, format: Format) -> Self {
        Self { kind, format, fields: BTreeMap::new(), items: None, delimiter: None }
    }
}
