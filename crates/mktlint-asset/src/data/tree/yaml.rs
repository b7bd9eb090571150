//! YAML.

use std::borrow::Cow;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError};
use mktlint_text::{MappedText, Span};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::json::lower_first;
use super::node::{Entry, Node, Scalar, Shape, Tree, TreeProblem, without_duplicates};
use super::quoted::{Style, block, decode};
use super::scalar::plain;
use crate::Context;

/// How many values all aliases of a file may stand for. Real files stay below a thousand.
const ALIAS_LIMIT: usize = 100_000;

/// How deep values may be nested, aliases followed: what the parser allows without them.
const DEPTH_LIMIT: usize = 255;

/// Parses the bytes of `source` at `span`. Costs one pass.
///
/// After a mistake the values before it are kept and the rest is not read.
pub(crate) fn parse(source: &str, span: Span) -> Tree {
    let options = granit_parser::options! { max_buffered_comment_events: 1 << 20 };
    let mut builder = Builder::new(source, span.start());
    for next in Parser::new_from_str_with_options(span.slice(source), options) {
        match next {
            Ok((event, at)) => builder.event(event, at),
            Err(error) => {
                builder.error(&error, span);
                break;
            }
        }
    }
    builder.finish()
}

/// A list or record that is not closed yet.
struct Frame {
    span: Span,
    anchor: usize,
    /// How many values it holds so far, itself included, and how deep they are nested.
    size: usize,
    depth: usize,
    items: Vec<Node>,
    record: Option<OpenRecord>,
}

/// The entries of a record, and the key whose value comes next.
type OpenRecord = (Vec<Entry>, Option<(SmolStr, Span)>);

struct Builder<'s> {
    source: &'s str,
    base: u32,
    tree: Tree,
    open: Vec<Frame>,
    anchors: FxHashMap<usize, Anchored>,
    /// How many values anchors may still mark, and aliases stand for.
    budget: usize,
    /// Whether running out of it was reported.
    spent: bool,
}

/// What an alias stands for.
struct Anchored {
    /// `None` when it is too large to be copied.
    node: Option<Node>,
    size: usize,
    depth: usize,
}

impl<'s> Builder<'s> {
    fn new(source: &'s str, base: u32) -> Self {
        let anchors = FxHashMap::default();
        Self {
            source,
            base,
            tree: Tree::default(),
            open: Vec::new(),
            anchors,
            budget: ALIAS_LIMIT,
            spent: false,
        }
    }

    fn span(&self, at: granit_parser::Span) -> Span {
        at.byte_range().map_or(Span::at(self.base), |range| Span::of(range).shift(self.base))
    }

    fn event(&mut self, event: Event<'_>, at: granit_parser::Span) {
        let span = self.span(at);
        match event {
            Event::Comment(..) => self.tree.comments.push(span),
            Event::Scalar(value, style, anchor, tag) => {
                let text = tag.is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
                let node = self.scalar(value, style, text, span);
                self.add(node, anchor, 1, 1);
            }
            Event::SequenceStart(_, anchor, _) => {
                self.open.push(Frame { span, anchor, size: 1, depth: 1, items: Vec::new(), record: None });
            }
            Event::MappingStart(_, anchor, _) => {
                let record = Some((Vec::new(), None));
                self.open.push(Frame { span, anchor, size: 1, depth: 1, items: Vec::new(), record });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(id) => self.alias(id, span),
            _ => {}
        }
    }

    fn scalar(&self, value: Cow<'_, str>, style: ScalarStyle, text: bool, span: Span) -> Node {
        let inner = Span::new(span.start() + 1, span.end().saturating_sub(1));
        let (mapped, context) = match style {
            ScalarStyle::Plain => {
                let empty = span.is_empty() || !text;
                if let Some(shape) = empty.then(|| plain(if span.is_empty() { "" } else { &value })).flatten()
                {
                    return Node::new(span, shape);
                }
                (decode(self.source, span, Style::Folded), Context::YamlPlain)
            }
            ScalarStyle::SingleQuoted => {
                (decode(self.source, inner, Style::SingleFolded), Context::YamlSingle)
            }
            ScalarStyle::DoubleQuoted => {
                (decode(self.source, inner, Style::EscapedFolded), Context::DoubleQuoted)
            }
            ScalarStyle::Literal | ScalarStyle::Folded => match block(self.source, span, &value) {
                Some((mapped, indent)) => (mapped, Context::YamlBlock { indent }),
                None => (MappedText::new(), Context::Opaque),
            },
        };
        let scalar = if mapped.text() == value { Scalar { mapped, context } } else { whole(&value, span) };
        Node::new(span, Shape::Text(scalar))
    }

    /// Puts a node of `size` values, nested `depth` deep, into what is open.
    fn add(&mut self, node: Node, anchor: usize, size: usize, depth: usize) {
        if anchor > 0 {
            let copy = (size <= self.budget).then(|| node.clone());
            self.budget -= if copy.is_some() { size } else { 0 };
            self.anchors.insert(anchor, Anchored { node: copy, size, depth });
        }
        let Some(frame) = self.open.last_mut() else { return self.tree.documents.push(node) };
        frame.size += size;
        frame.depth = frame.depth.max(depth + 1);
        match &mut frame.record {
            None => frame.items.push(node),
            Some((entries, key)) => match key.take() {
                None => *key = Some(key_of(self.source, &node)),
                Some((key, key_span)) => entries.push(Entry { key, key_span, value: node }),
            },
        }
    }

    fn close(&mut self, end: Span) {
        let Some(frame) = self.open.pop() else { return };
        let shape = match frame.record {
            None => Shape::List(frame.items),
            Some((entries, _)) => Shape::Record(merged(without_duplicates(entries, &mut self.tree.problems))),
        };
        let last = match &shape {
            Shape::List(items) => items.last().map(|item| item.span.end()),
            Shape::Record(entries) => entries.last().map(|entry| entry.span().end()),
            _ => None,
        };
        // A block ends where the next one starts; its last value ends earlier and says more.
        let end = if end.is_empty() { last.unwrap_or(frame.span.end()) } else { end.end() };
        let span = Span::new(frame.span.start(), end.max(frame.span.end()));
        let shape = self.template_tag(span).unwrap_or(shape);
        let node = Node::new(span, shape);
        self.add(node, frame.anchor, frame.size, frame.depth);
    }

    /// The text at `span` when it is a tag of a template, `title: {{ title }}`, which YAML takes for a record.
    fn template_tag(&self, span: Span) -> Option<Shape> {
        let words = span.slice(self.source);
        let tag = words.starts_with("{{") && words.ends_with("}}");
        let scalar =
            || Scalar { mapped: decode(self.source, span, Style::Folded), context: Context::YamlPlain };
        tag.then(|| Shape::Text(scalar()))
    }

    /// What the alias stands for, as if it were written there; nothing once there are too many.
    fn alias(&mut self, id: usize, span: Span) {
        let nothing = Node::new(span, Shape::Null);
        let Some(target) = self.anchors.get(&id) else {
            let reason = "an alias stands inside what it refers to".to_owned();
            self.tree.problems.push((TreeProblem::Syntax(reason), span));
            return self.add(nothing, 0, 1, 1);
        };
        let (size, depth) = (target.size, target.depth);
        let too_deep = self.open.len() + depth > DEPTH_LIMIT;
        match &target.node {
            Some(node) if size <= self.budget && !too_deep => {
                let copy = node.clone();
                self.budget -= size;
                self.add(copy, 0, size, depth);
            }
            _ => {
                let problem =
                    if too_deep { TreeProblem::TooDeep } else { TreeProblem::AliasBomb(ALIAS_LIMIT) };
                if !std::mem::replace(&mut self.spent, true) {
                    self.tree.problems.push((problem, span));
                }
                self.add(nothing, 0, 1, 1);
            }
        }
    }

    fn error(&mut self, error: &ScanError, span: Span) {
        let at = error.marker().byte_offset().unwrap_or(0);
        let at = span.start().saturating_add(u32::try_from(at).unwrap_or(u32::MAX)).min(span.end());
        let len =
            self.source.get(at as usize..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let problem = match error.kind() {
            ErrorKind::RecursionLimitExceeded => TreeProblem::TooDeep,
            kind => TreeProblem::Syntax(reason(kind)),
        };
        let place = Span::new(at, (at + len as u32).min(span.end()));
        self.tree.problems.push((problem, place));
    }

    fn finish(mut self) -> Tree {
        while let Some(frame) = self.open.last() {
            let end = Span::at(frame.span.end());
            self.close(end);
        }
        self.tree
    }
}

/// The key that a node makes: its text, else what is written there.
fn key_of(source: &str, node: &Node) -> (SmolStr, Span) {
    let key = node.text().unwrap_or_else(|| node.span.slice(source).trim());
    (key.into(), node.span)
}

/// The entries with those of `<<` behind them, as far as their keys are new.
fn merged(mut entries: Vec<Entry>) -> Vec<Entry> {
    let Some(at) = entries.iter().position(|entry| entry.key == "<<") else { return entries };
    let base = entries.remove(at).value;
    let sources = match base.shape {
        Shape::List(items) => items,
        _ => vec![base],
    };
    let mut known: FxHashMap<SmolStr, ()> = entries.iter().map(|entry| (entry.key.clone(), ())).collect();
    for source in sources {
        let Shape::Record(more) = source.shape else { continue };
        let new = more.into_iter().filter(|entry| known.insert(entry.key.clone(), ()).is_none());
        entries.extend(new.collect::<Vec<_>>());
    }
    entries
}

/// A text whose bytes could not be followed: it can be judged, not edited.
fn whole(value: &str, span: Span) -> Scalar {
    let mut mapped = MappedText::new();
    mapped.push_replaced(value, span);
    Scalar { mapped, context: Context::Opaque }
}

fn reason(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::MappingValueNotAllowed => "a value that holds `: ` needs quotes around it".to_owned(),
        ErrorKind::TabInBlockIndentation | ErrorKind::TabInIndentation | ErrorKind::TabNotAllowed => {
            "a tab cannot indent; use spaces".to_owned()
        }
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => "a quote is opened before and not closed".to_owned(),
        ErrorKind::UnknownAnchor => "nothing has the name that this alias refers to".to_owned(),
        ErrorKind::UnexpectedCharacter { character } => {
            format!("a value cannot start with `{character}`; put quotes around it")
        }
        kind => lower_first(&kind.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every text of a tree, with how it is written.
    fn texts(node: &Node, out: &mut Vec<Scalar>) {
        match &node.shape {
            Shape::Text(scalar) => out.push(scalar.clone()),
            Shape::List(items) => items.iter().for_each(|item| texts(item, out)),
            Shape::Record(entries) => entries.iter().for_each(|entry| texts(&entry.value, out)),
            _ => {}
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// The bytes of every block scalar are followed, whatever its lines.
        #[test]
        fn blocks_are_never_opaque(
            lines in prop::collection::vec("[a-c é#:]{0,6}", 1..6),
            head in "[|>][+-]?",
            indent in 1..5_usize,
            nested in any::<bool>(),
            end in "\n{0,2}",
        ) {
            let pad = " ".repeat(indent + usize::from(nested) * 2);
            let body: Vec<String> = lines.iter().map(|line| format!("{pad}{line}")).collect();
            let key = if nested { "- x:\n  y: " } else { "y: " };
            let source = format!("{key}{head}\n{}{end}", body.join("\n"));
            let tree = parse(&source, Span::of(0..source.len()));
            let mut found = Vec::new();
            tree.documents.iter().for_each(|document| texts(document, &mut found));
            for scalar in found {
                let blank = scalar.mapped.text().trim().is_empty();
                prop_assert!(blank || scalar.context != Context::Opaque, "{source:?}");
            }
        }

        #[test]
        fn quoted_and_plain_lines_are_never_opaque(
            lines in prop::collection::vec("[a-c é\\t]{0,5}", 1..5),
            style in 0..3_usize,
        ) {
            let (open, close) = [("\"", "\""), ("'", "'"), ("q", "")][style];
            let source = format!("y: {open}{}{close}\nz: 1\n", lines.join("\n  "));
            let tree = parse(&source, Span::of(0..source.len()));
            let mut found = Vec::new();
            tree.documents.iter().for_each(|document| texts(document, &mut found));
            for scalar in found {
                let blank = scalar.mapped.text().trim().is_empty();
                prop_assert!(blank || scalar.context != Context::Opaque, "{source:?}");
            }
        }
    }
}
