//! What JSON, YAML and TOML have in common.

use jiff::civil;
use mktlint_text::{MappedText, Span};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::Context;

/// A value and its bytes in the file, quotes and brackets included.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) shape: Shape,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// `null`, `~`, or nothing.
    Null,
    Bool(bool),
    Int(i64),
    Decimal(Decimal),
    Date(civil::Date),
    DateTime(civil::DateTime),
    Time(civil::Time),
    Text(Scalar),
    List(Vec<Node>),
    Record(Vec<Entry>),
}

/// A text and how it is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scalar {
    pub(crate) mapped: MappedText,
    pub(crate) context: Context,
}

/// `key: value`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: SmolStr,
    pub(crate) key_span: Span,
    pub(crate) value: Node,
}

impl Entry {
    /// From the key to the end of the value.
    pub(crate) fn span(&self) -> Span {
        self.key_span.cover(self.value.span)
    }
}

impl Node {
    pub(crate) fn new(span: Span, shape: Shape) -> Self {
        Self { span, shape }
    }

    /// The entries of a record; empty for anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.shape {
            Shape::Record(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; `None` for anything else.
    pub(crate) fn items(&self) -> Option<&[Self]> {
        match &self.shape {
            Shape::List(items) => Some(items),
            _ => None,
        }
    }

    /// The text, when it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.shape {
            Shape::Text(scalar) => Some(scalar.mapped.text()),
            _ => None,
        }
    }

    /// The value at `path`: a JSON pointer (`/message/body`, `/cards/0`) or a dotted path (`message.body`).
    pub(crate) fn at(&self, path: &str) -> Option<&Self> {
        if let Some(pointer) = path.strip_prefix('/') {
            let mut steps = pointer.split('/').map(|step| step.replace("~1", "/").replace("~0", "~"));
            return steps.try_fold(self, |node, step| node.step(&step));
        }
        if path.is_empty() {
            return Some(self);
        }
        self.step(path).or_else(|| path.split('.').try_fold(self, Self::step))
    }

    fn step(&self, name: &str) -> Option<&Self> {
        match &self.shape {
            Shape::Record(entries) => {
                entries.iter().find(|entry| entry.key == name).map(|entry| &entry.value)
            }
            Shape::List(items) => items.get(name.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// What a person would call it: `a list`.
    pub(crate) fn describe(&self) -> &'static str {
        match self.shape {
            Shape::Null => "empty",
            Shape::Bool(_) => "true or false",
            Shape::Int(_) | Shape::Decimal(_) => "a number",
            Shape::Date(_) | Shape::DateTime(_) => "a date",
            Shape::Time(_) => "a time",
            Shape::Text(_) => "a text",
            Shape::List(_) => "a list",
            Shape::Record(_) => "a record",
        }
    }
}

/// Something wrong in the text of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TreeProblem {
    /// The format's grammar is broken, for this reason.
    Syntax(String),
    /// The key is there already, at the other place when that is known.
    DuplicateKey(SmolStr, Option<Span>),
    /// Deeper than the parser goes.
    TooDeep,
    /// Aliases stand for more values than this.
    AliasBomb(usize),
}

/// A parsed file: its documents (one, but for YAML), its comments' bytes with their marks, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tree {
    pub(crate) documents: Vec<Node>,
    pub(crate) comments: Vec<Span>,
    pub(crate) problems: Vec<(TreeProblem, Span)>,
}

/// Keeps the first entry of each key and reports the others.
pub(crate) fn without_duplicates(entries: Vec<Entry>, problems: &mut Vec<(TreeProblem, Span)>) -> Vec<Entry> {
    let mut seen: FxHashMap<SmolStr, Span> = FxHashMap::default();
    let mut kept = Vec::with_capacity(entries.len());
    for entry in entries {
        match seen.get(&entry.key) {
            Some(first) => {
                problems.push((TreeProblem::DuplicateKey(entry.key, Some(*first)), entry.key_span));
            }
            None => {
                seen.insert(entry.key.clone(), entry.key_span);
                kept.push(entry);
            }
        }
    }
    kept
}
