//! JSON, with comments and trailing commas.

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::Range;
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, ParseResult, parse_to_ast};
use mktlint_text::{MappedText, Span};

use super::node::{Entry, Node, Scalar, Shape, Tree, TreeProblem, without_duplicates};
use super::quoted::{Style, decode};
use super::scalar::number;
use crate::Context;

/// Parses the bytes of `source` at `span`. Costs one pass; at most 256 levels.
pub(crate) fn parse(source: &str, span: Span) -> Tree {
    let collect = CollectOptions { comments: CommentCollectionStrategy::Separate, tokens: false };
    let mut tree = Tree::default();
    match parse_to_ast(span.slice(source), &collect, &options()) {
        Ok(ParseResult { value, comments, .. }) => {
            let mut builder = Builder { source, base: span.start(), problems: &mut tree.problems };
            tree.documents.extend(value.map(|value| builder.node(&value)));
            let found = comments.into_iter().flat_map(|map| map.into_values());
            let spans = found.flat_map(|group| group.iter().map(comment_range).collect::<Vec<_>>());
            tree.comments = spans.map(|range| at(range, span.start())).collect();
            tree.comments.sort();
            tree.comments.dedup();
        }
        Err(error) => tree.problems.push((problem(&error), at(error.range(), span.start()))),
    }
    tree
}

fn options() -> ParseOptions {
    ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

fn comment_range(comment: &jsonc_parser::ast::Comment<'_>) -> Range {
    match comment {
        jsonc_parser::ast::Comment::Line(line) => line.range,
        jsonc_parser::ast::Comment::Block(block) => block.range,
    }
}

fn at(range: Range, base: u32) -> Span {
    Span::of(range.start..range.end).shift(base)
}

fn problem(error: &ParseError) -> TreeProblem {
    match error.kind() {
        ParseErrorKind::NestingDepthExceeded => TreeProblem::TooDeep,
        kind => TreeProblem::Syntax(lower_first(&kind.to_string())),
    }
}

/// `Expected comma` as the end of a sentence.
pub(super) fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

struct Builder<'s, 'p> {
    source: &'s str,
    base: u32,
    problems: &'p mut Vec<(TreeProblem, Span)>,
}

impl Builder<'_, '_> {
    /// Recursion ends where the parser's does.
    fn node(&mut self, value: &Value<'_>) -> Node {
        match value {
            Value::NullKeyword(null) => Node::new(at(null.range, self.base), Shape::Null),
            Value::BooleanLit(truth) => Node::new(at(truth.range, self.base), Shape::Bool(truth.value)),
            Value::NumberLit(literal) => {
                let span = at(literal.range, self.base);
                let shape = number(literal.value).unwrap_or_else(|| self.verbatim(span));
                Node::new(span, shape)
            }
            Value::StringLit(literal) => {
                let span = at(literal.range, self.base);
                Node::new(span, Shape::Text(self.string(span)))
            }
            Value::Array(array) => {
                let items = array.elements.iter().map(|element| self.node(element)).collect();
                Node::new(at(array.range, self.base), Shape::List(items))
            }
            Value::Object(object) => {
                let entries = object.properties.iter().map(|property| self.entry(property)).collect();
                let entries = without_duplicates(entries, self.problems);
                Node::new(at(object.range, self.base), Shape::Record(entries))
            }
        }
    }

    fn entry(&mut self, property: &jsonc_parser::ast::ObjectProp<'_>) -> Entry {
        let range = match &property.name {
            ObjectPropName::String(literal) => literal.range,
            ObjectPropName::Word(word) => word.range,
        };
        let key_span = at(range, self.base);
        Entry { key: property.name.as_str().into(), key_span, value: self.node(&property.value) }
    }

    fn string(&self, span: Span) -> Scalar {
        let inner = Span::new(span.start() + 1, span.end().saturating_sub(1));
        Scalar { mapped: decode(self.source, inner, Style::Escaped), context: Context::DoubleQuoted }
    }

    /// A number too large to be one is kept as it is written.
    fn verbatim(&self, span: Span) -> Shape {
        Shape::Text(Scalar { mapped: MappedText::verbatim(self.source, span), context: Context::Opaque })
    }
}
