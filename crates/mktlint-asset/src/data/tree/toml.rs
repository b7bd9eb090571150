//! TOML.

use memchr::memmem;
use mktlint_text::{MappedText, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::json::lower_first;
use super::node::{Entry, Node, Scalar, Shape, Tree, TreeProblem};
use super::quoted::{Style, decode};
use super::scalar::{moment, number};
use crate::Context;

/// Parses the bytes of `source` at `span`. Costs one pass and a sort of keys; at most 80 levels.
pub(crate) fn parse(source: &str, span: Span) -> Tree {
    let (table, errors) = DeTable::parse_recoverable(span.slice(source));
    let mut builder = Builder { source, base: span.start(), strings: Vec::new() };
    let root = builder.table(span, table.get_ref());
    let comments = comments(source, span, builder.strings);
    Tree { documents: vec![root], comments, problems: problems(&errors, span, source) }
}

/// The first thing that is wrong and all keys that are given twice: the parser reports the consequences of a mistake
/// too, which nobody needs.
fn problems(errors: &[Error], span: Span, source: &str) -> Vec<(TreeProblem, Span)> {
    let place =
        |error: &Error| error.span().map_or(Span::at(span.start()), |at| Span::of(at).shift(span.start()));
    let mut found: Vec<_> = errors.iter().map(|error| (place(error), error.message())).collect();
    found.sort();
    let is_duplicate = |message: &str| message == "duplicate key";
    let first = found.iter().find(|(_, message)| !is_duplicate(message)).map(|(at, message)| {
        let problem = match message.contains("recursion limit") {
            true => TreeProblem::TooDeep,
            false => TreeProblem::Syntax(lower_first(message)),
        };
        (problem, *at)
    });
    let twice = found.iter().filter(|(_, message)| is_duplicate(message));
    let twice = twice.map(|(at, _)| (TreeProblem::DuplicateKey(at.slice(source).into(), None), *at));
    let mut problems: Vec<_> = twice.chain(first).collect();
    problems.sort_by_key(|(_, at)| *at);
    problems
}

/// Comments that hold a directive: a `#` on the line before the word that stands in no string.
fn comments(source: &str, span: Span, mut strings: Vec<Span>) -> Vec<Span> {
    strings.sort();
    let text = span.slice(source);
    let mut comments: Vec<Span> = Vec::new();
    for word in memmem::find_iter(text.as_bytes(), b"mktlint:") {
        let line = text[..word].rfind('\n').map_or(0, |at| at + 1);
        let end = text[word..].find(['\n', '\r']).map_or(text.len(), |at| word + at);
        let hashes = text[line..word].match_indices('#').map(|(at, _)| span.start() as usize + line + at);
        let in_string = |at: usize| {
            let before = strings.partition_point(|string| string.start() as usize <= at);
            before.checked_sub(1).is_some_and(|index| strings[index].end() as usize > at)
        };
        let comment = hashes.into_iter().find(|at| !in_string(*at));
        let comment = comment.map(|at| Span::of(at..span.start() as usize + end));
        comments.extend(comment.filter(|comment| comments.last() != Some(comment)));
    }
    comments
}

struct Builder<'s> {
    source: &'s str,
    base: u32,
    /// The bytes of all strings and keys.
    strings: Vec<Span>,
}

impl Builder<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::of(range).shift(self.base)
    }

    fn table(&mut self, span: Span, table: &DeTable<'_>) -> Node {
        let mut entries: Vec<Entry> = Vec::with_capacity(table.len());
        for (key, value) in table.iter() {
            let key_span = self.span(key.span());
            self.strings.push(key_span);
            let value = self.node(value);
            entries.push(Entry { key: key.get_ref().as_ref().into(), key_span, value });
        }
        entries.sort_by_key(|entry| entry.key_span);
        Node::new(span, Shape::Record(entries))
    }

    fn node(&mut self, value: &Spanned<DeValue<'_>>) -> Node {
        let span = self.span(value.span());
        let written = span.slice(self.source);
        let shape = match value.get_ref() {
            DeValue::String(text) => Shape::Text(self.string(span, text)),
            DeValue::Integer(_) | DeValue::Float(_) => {
                number(written).unwrap_or_else(|| Shape::Text(self.verbatim(span)))
            }
            DeValue::Boolean(truth) => Shape::Bool(*truth),
            DeValue::Datetime(_) => moment(written).unwrap_or_else(|| Shape::Text(self.verbatim(span))),
            DeValue::Array(array) => Shape::List(array.iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => return self.table(span, table),
        };
        Node::new(span, shape)
    }

    fn string(&mut self, span: Span, value: &str) -> Scalar {
        self.strings.push(span);
        let written = span.slice(self.source);
        let quote =
            ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| written.starts_with(quote)).unwrap_or("");
        let cut = quote.len() as u32;
        let mut inner = Span::new(span.start() + cut, span.end().saturating_sub(cut));
        if cut == 3 {
            let text = inner.slice(self.source);
            let skipped = if text.starts_with("\r\n") { 2 } else { u32::from(text.starts_with('\n')) };
            inner = Span::new(inner.start() + skipped, inner.end());
        }
        let scalar = match quote {
            "\"" => {
                Scalar { mapped: decode(self.source, inner, Style::Escaped), context: Context::DoubleQuoted }
            }
            "\"\"\"" => Scalar {
                mapped: decode(self.source, inner, Style::EscapedLines),
                context: Context::DoubleQuoted,
            },
            _ => Scalar { mapped: MappedText::verbatim(self.source, inner), context: Context::TomlLiteral },
        };
        if scalar.mapped.text() == value { scalar } else { self.whole(span, value) }
    }

    fn verbatim(&self, span: Span) -> Scalar {
        Scalar { mapped: MappedText::verbatim(self.source, span), context: Context::Opaque }
    }

    fn whole(&self, span: Span, value: &str) -> Scalar {
        let mut mapped = MappedText::new();
        mapped.push_replaced(value, span);
        Scalar { mapped, context: Context::Opaque }
    }
}
