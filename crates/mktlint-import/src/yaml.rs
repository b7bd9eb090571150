//! YAML as rules of Vale need it: texts, lists and records with their places.

use granit_parser::{Event, Parser, ScalarStyle};
use mktlint_text::Span;
use rustc_hash::FxHashMap;

/// The most values that a file may stand for, aliases followed. The longest rule that people publish has some thousand.
const MOST_NODES: usize = 200_000;
/// How deep values may nest. Rules nest three deep.
const MOST_DEPTH: usize = 32;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub span: Span,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// A text, a number, a truth value: rules write all of them alike.
    Text(String),
    List(Vec<Node>),
    /// Keys as they are written, in order.
    Record(Vec<(Node, Node)>),
}

impl Node {
    /// The value of `key`, whose capitals do not matter; the last one when there are several, as Vale has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let Value::Record(entries) = &self.value else { return None };
        let found =
            entries.iter().rev().find(|(own, _)| own.text().is_some_and(|own| own.eq_ignore_ascii_case(key)));
        found.map(|(_, value)| value)
    }

    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The texts of a list, or the one text that stands for such a list; `None` when something else is in it.
    pub fn texts(&self) -> Option<Vec<&str>> {
        match &self.value {
            Value::Null => Some(Vec::new()),
            Value::Text(text) => Some(vec![text]),
            Value::List(items) => {
                items.iter().filter(|item| !matches!(item.value, Value::Null)).map(Node::text).collect()
            }
            Value::Record(_) => None,
        }
    }

    /// The pairs of a record of texts. A missing value is an empty text. `None` when something else is in it.
    pub fn pairs(&self) -> Option<Vec<(&str, &str)>> {
        let Value::Record(entries) = &self.value else { return None };
        let text = |node: &Node| matches!(node.value, Value::Null);
        entries
            .iter()
            .map(|(key, value)| Some((key.text()?, if text(value) { "" } else { value.text()? })))
            .collect()
    }
}

/// Why a file is no YAML that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct YamlError {
    pub message: String,
    pub span: Span,
}

/// Reads the first document of `source`. Costs one pass; what aliases stand for counts as if it were written out.
pub(crate) fn parse(source: &str) -> Result<Node, YamlError> {
    let mut builder =
        Builder { source, open: Vec::new(), anchors: FxHashMap::default(), budget: MOST_NODES, root: None };
    for next in Parser::new_from_str(source) {
        let (event, at) = next.map_err(|error| builder.syntax(&error))?;
        builder.event(event, &at)?;
        if builder.root.is_some() {
            break;
        }
    }
    Ok(builder.root.unwrap_or(Node { span: Span::at(0), value: Value::Null }))
}

/// A list or record that is not closed yet.
struct Frame {
    span: Span,
    anchor: usize,
    is_record: bool,
    items: Vec<Node>,
}

struct Builder<'s> {
    source: &'s str,
    open: Vec<Frame>,
    anchors: FxHashMap<usize, Node>,
    budget: usize,
    root: Option<Node>,
}

impl Builder<'_> {
    fn syntax(&self, error: &granit_parser::ScanError) -> YamlError {
        let at = error.marker().byte_offset().unwrap_or(self.source.len()).min(self.source.len());
        let at = (0..=at).rev().find(|at| self.source.is_char_boundary(*at)).unwrap_or(0) as u32;
        YamlError { message: error.info().trim_end_matches('.').to_lowercase(), span: Span::at(at) }
    }

    fn event(&mut self, event: Event<'_>, at: &granit_parser::Span) -> Result<(), YamlError> {
        let span = at.byte_range().map_or(Span::at(0), Span::of);
        match event {
            Event::Scalar(value, style, anchor, _) => {
                let plain = style == ScalarStyle::Plain;
                let is_null = plain && matches!(&*value, "" | "~" | "null" | "Null" | "NULL");
                let value = if is_null { Value::Null } else { Value::Text(value.into_owned()) };
                self.add(Node { span, value }, anchor)
            }
            Event::SequenceStart(_, anchor, _) => self.start(span, anchor, false),
            Event::MappingStart(_, anchor, _) => self.start(span, anchor, true),
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(id) => match self.anchors.get(&id) {
                Some(node) => {
                    let node = Node { span, value: node.value.clone() };
                    self.spend(size(&node), span)?;
                    self.add(node, 0)
                }
                None => Err(YamlError { message: "an alias stands for nothing".to_owned(), span }),
            },
            _ => Ok(()),
        }
    }

    fn start(&mut self, span: Span, anchor: usize, is_record: bool) -> Result<(), YamlError> {
        if self.open.len() >= MOST_DEPTH {
            return Err(YamlError { message: format!("values nest deeper than {MOST_DEPTH} levels"), span });
        }
        self.open.push(Frame { span, anchor, is_record, items: Vec::new() });
        Ok(())
    }

    fn close(&mut self) -> Result<(), YamlError> {
        let Some(frame) = self.open.pop() else { return Ok(()) };
        let value = if frame.is_record {
            let mut items = frame.items.into_iter();
            let mut entries = Vec::new();
            while let (Some(key), Some(value)) = (items.next(), items.next()) {
                entries.push((key, value));
            }
            Value::Record(entries)
        } else {
            Value::List(frame.items)
        };
        self.add(Node { span: frame.span, value }, frame.anchor)
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), YamlError> {
        self.spend(1, node.span)?;
        if anchor > 0 {
            self.spend(size(&node), node.span)?;
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut() {
            Some(frame) => frame.items.push(node),
            None => self.root = Some(node),
        }
        Ok(())
    }

    fn spend(&mut self, nodes: usize, span: Span) -> Result<(), YamlError> {
        let left = self.budget.checked_sub(nodes);
        let message = || format!("the file stands for more than {MOST_NODES} values");
        self.budget = left.ok_or_else(|| YamlError { message: message(), span })?;
        Ok(())
    }
}

/// How many values a node holds, itself included.
fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::Null | Value::Text(_) => 0,
        Value::List(items) => items.iter().map(size).sum(),
        Value::Record(entries) => entries.iter().map(|(key, value)| size(key) + size(value)).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Node {
        parse(source).expect("it is YAML")
    }

    #[test]
    fn texts_lists_and_pairs_are_read() {
        let node =
            read("Extends: existence\ntokens: [a, 'b c', 12]\nswap:\n  'x(?:y)': z\n  gone:\nscope: text\n");
        assert_eq!(node.get("extends").and_then(Node::text), Some("existence"));
        assert_eq!(node.get("tokens").and_then(Node::texts), Some(vec!["a", "b c", "12"]));
        assert_eq!(node.get("scope").and_then(Node::texts), Some(vec!["text"]));
        assert_eq!(node.get("swap").and_then(Node::pairs), Some(vec![("x(?:y)", "z"), ("gone", "")]));
        assert!(node.get("message").is_none());
    }

    #[test]
    fn the_last_of_two_keys_counts() {
        assert_eq!(read("a: 1\na: 2\n").get("a").and_then(Node::text), Some("2"));
    }

    #[test]
    fn mistakes_have_a_place() {
        let error = parse("tokens:\n  - 'open\n").expect_err("the quote is open");
        assert!(!error.message.is_empty());
        assert!(parse("a: *b\n").is_err());
    }

    #[test]
    fn bombs_and_deep_nests_are_refused() {
        let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for (one, other) in ('a'..'j').zip('b'..='j') {
            let list = vec![format!("*{one}"); 10].join(", ");
            bomb.push_str(&format!("{other}: &{other} [{list}]\n"));
        }
        assert!(parse(&bomb).expect_err("a billion values").message.contains("more than"));
        assert!(parse(&("[".repeat(40) + &"]".repeat(40))).expect_err("deep").message.contains("nest"));
        assert!(parse(&"[".repeat(50_000)).is_err());
    }
}
