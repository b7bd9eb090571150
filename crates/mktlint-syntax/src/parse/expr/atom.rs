//! Operands: single tokens, and everything that stands in brackets or quotes.

use chumsky::prelude::*;
use mktlint_text::Span;
use smol_str::SmolStr;

use super::super::clause::docs;
use super::super::value::value;
use super::super::{At, Problem, Rule, before, name, one, skip};
use crate::ast::{Arg, Block, Clause, Entry, Expr, ExprKind, Name, Segment, StringPart};
use crate::codes::Expected;
use crate::lex::{Kind, Kinds, Token, WORDS};
use crate::literal;

/// What an operand can start with.
pub(super) const ATOMS: Kinds = Kinds::of(&[
    Kind::Word,
    Kind::True,
    Kind::False,
    Kind::Int,
    Kind::Decimal,
    Kind::Percent,
    Kind::Date,
    Kind::DateTime,
    Kind::Time,
    Kind::Pattern,
    Kind::UnclosedPattern,
    Kind::SingleQuoted,
    Kind::CurlyQuoted,
    Kind::Quote,
    Kind::LParen,
    Kind::LBracket,
    Kind::LBrace,
]);

const COMMA: Kinds = Kinds::of(&[Kind::Comma]);
const STRING_TEXT: Kinds = Kinds::of(&[Kind::StringText, Kind::Escape]);

/// The rules that operands are made of.
#[derive(Clone)]
pub(super) struct Atoms<'t> {
    text: &'t str,
    string: Rule<'t, Expr>,
    list: Rule<'t, Expr>,
    paren: Rule<'t, Expr>,
    record: Rule<'t, Expr>,
    /// `(it, of: links)` and its closer.
    pub(super) args: Rule<'t, (Vec<Arg>, Token)>,
    /// `<String>` and its closer.
    pub(super) types: Rule<'t, (Vec<Expr>, Token)>,
    /// `{EU, EEA}` and its closer.
    pub(super) names: Rule<'t, (Vec<Name>, Token)>,
}

impl<'t> Atoms<'t> {
    pub(super) fn new(text: &'t str, expr: Rule<'t, Expr>) -> Self {
        Self {
            text,
            string: string(text, &expr),
            list: list(&expr),
            paren: paren(&expr),
            record: record(text, &expr),
            args: args(text, &expr),
            types: types(&expr),
            names: names(text),
        }
    }

    /// One operand without what may follow it.
    pub(super) fn atom(&self, at: &mut At<'t, '_>) -> Result<Expr, Problem> {
        match at.peek() {
            Some(token) if ATOMS.has(token.kind) => match token.kind {
                Kind::Quote => at.parse(&self.string),
                Kind::LBracket => at.parse(&self.list),
                Kind::LParen => at.parse(&self.paren),
                Kind::LBrace => at.parse(&self.record),
                _ => {
                    at.skip();
                    Ok(value(self.text, token))
                }
            },
            found => Err(Problem::new(found, &[Expected::Expression])),
        }
    }
}

/// An expression that ends at one of `stops`. One mistake in it costs this item only.
fn item<'t>(expr: &Rule<'t, Expr>, stops: Kinds, expected: &'static [Expected]) -> Rule<'t, Expr> {
    expr.clone().then_ignore(before(stops, expected)).recover_with(via_parser(skip(stops))).boxed()
}

/// `[DE, FR]`
fn list<'t>(expr: &Rule<'t, Expr>) -> Rule<'t, Expr> {
    let stops = const { Kinds::of(&[Kind::Comma, Kind::RBracket]) };
    let item = item(expr, stops, &[Expected::Operator, Expected::Comma, Expected::Bracket]);
    one(Kinds::of(&[Kind::LBracket]), &[])
        .then(item.separated_by(one(COMMA, &[])).allow_trailing().collect())
        .then(one(Kinds::of(&[Kind::RBracket]), &[Expected::Expression, Expected::Bracket]))
        .map(|((open, items), close)| Expr { kind: ExprKind::List(items), span: open.span.cover(close.span) })
        .boxed()
}

/// `(a or b)`
fn paren<'t>(expr: &Rule<'t, Expr>) -> Rule<'t, Expr> {
    let stops = const { Kinds::of(&[Kind::RParen]) };
    one(Kinds::of(&[Kind::LParen]), &[])
        .then(item(expr, stops, &[Expected::Operator, Expected::Paren]))
        .then(one(stops, &[Expected::Paren]))
        .map(|((open, inner), close)| Expr {
            kind: ExprKind::Paren(Box::new(inner)),
            span: open.span.cover(close.span),
        })
        .boxed()
}

/// `(it, of: links)`
fn args<'t>(text: &'t str, expr: &Rule<'t, Expr>) -> Rule<'t, (Vec<Arg>, Token)> {
    let stops = const { Kinds::of(&[Kind::Comma, Kind::RParen]) };
    let value = item(expr, stops, &[Expected::Operator, Expected::Comma, Expected::Paren]);
    let arg =
        key(text).or_not().then(value).map(|(key, value)| Arg { name: key.map(|(name, _)| name), value });
    one(Kinds::of(&[Kind::CallOpen]), &[])
        .ignore_then(arg.separated_by(one(COMMA, &[])).allow_trailing().collect())
        .then(one(Kinds::of(&[Kind::RParen]), &[Expected::Expression, Expected::Paren]))
        .boxed()
}

/// `name:`, and where the colon stands.
fn key<'t>(text: &'t str) -> Rule<'t, (Name, Span)> {
    one(Kinds::of(&[Kind::Key]), &[])
        .then(one(Kinds::of(&[Kind::Colon]), &[Expected::Colon]))
        .map(move |(word, colon)| (name(text, word), colon.span))
        .boxed()
}

/// `<String>`
fn types<'t>(expr: &Rule<'t, Expr>) -> Rule<'t, (Vec<Expr>, Token)> {
    one(Kinds::of(&[Kind::TypeOpen]), &[])
        .ignore_then(expr.clone().separated_by(one(COMMA, &[])).collect())
        .then(one(Kinds::of(&[Kind::TypeClose]), &[Expected::Comma, Expected::Angle]))
        .boxed()
}

/// `{EU, EEA}`
fn names<'t>(text: &'t str) -> Rule<'t, (Vec<Name>, Token)> {
    let word = one(WORDS, &[Expected::Name]).map(move |token| name(text, token));
    one(Kinds::of(&[Kind::SelectOpen]), &[])
        .ignore_then(word.separated_by(one(COMMA, &[])).allow_trailing().collect())
        .then(one(Kinds::of(&[Kind::RBrace]), &[Expected::Comma, Expected::Brace]))
        .boxed()
}

/// `{ stage: lapsed, country: DE }`, `{ age < 18 }`
fn record<'t>(text: &'t str, expr: &Rule<'t, Expr>) -> Rule<'t, Expr> {
    let stops = const { Kinds::of(&[Kind::Comma, Kind::Sep, Kind::RBrace]) };
    let value = item(expr, stops, &[Expected::Operator, Expected::Comma, Expected::Brace]);
    let entry = docs(text).then(key(text).or_not()).then(value).map(|((docs, key), value)| match key {
        Some((head, colon)) => {
            let span = head.span.cover(value.span);
            let segment = Segment { lead: None, span: value.span, value: Some(value) };
            Entry::Clause(Clause { docs, head, colon: Some(colon), segments: vec![segment], span })
        }
        None => Entry::Expr(value),
    });
    let sep = one(Kinds::of(&[Kind::Comma, Kind::Sep]), &[]).repeated().at_least(1);
    one(Kinds::of(&[Kind::LBrace]), &[])
        .then(entry.separated_by(sep).allow_leading().allow_trailing().collect())
        .then(one(Kinds::of(&[Kind::RBrace]), &[Expected::Expression, Expected::Brace]))
        .map(|((open, entries), close)| {
            let span = open.span.cover(close.span);
            Expr { kind: ExprKind::Block(Block { entries, span }), span }
        })
        .boxed()
}

/// `"the subject is {length(it)} characters"`
fn string<'t>(text: &'t str, expr: &Rule<'t, Expr>) -> Rule<'t, Expr> {
    let interpolation = interpolation(expr);
    custom(move |at: &mut At<'t, '_>| {
        let open = super::take(at, Kinds::of(&[Kind::Quote]), &[])?;
        let mut parts = Vec::new();
        loop {
            match at.peek() {
                Some(next) if STRING_TEXT.has(next.kind) => {
                    at.skip();
                    push_text(text, &mut parts, next);
                }
                Some(next) if next.kind == Kind::InterpOpen => {
                    parts.push(Part::Interpolation(at.parse(&interpolation)?));
                }
                _ => break,
            }
        }
        let close = super::take(at, Kinds::of(&[Kind::QuoteEnd]), &[])?;
        Ok(Expr {
            kind: ExprKind::String(parts.into_iter().map(Part::finish).collect()),
            span: open.span.cover(close.span),
        })
    })
    .boxed()
}

/// Text that is still growing.
enum Part {
    Text(String, Span),
    Interpolation(Expr),
}

impl Part {
    fn finish(self) -> StringPart {
        match self {
            Self::Text(text, span) => StringPart::Text(SmolStr::new(text), span),
            Self::Interpolation(expr) => StringPart::Interpolation(expr),
        }
    }
}

/// Adds text or an escape to the text before it. A wrong escape, which has been reported, stands for itself.
fn push_text(text: &str, parts: &mut Vec<Part>, token: Token) {
    if !matches!(parts.last(), Some(Part::Text(..))) {
        parts.push(Part::Text(String::new(), Span::at(token.span.start())));
    }
    if let Some(Part::Text(decoded, span)) = parts.last_mut() {
        *span = span.cover(token.span);
        match literal::escape(token.text(text)).filter(|_| token.kind == Kind::Escape) {
            Some(escape) => decoded.push(escape),
            None => decoded.push_str(token.text(text)),
        }
    }
}

/// `{length(it)}`
fn interpolation<'t>(expr: &Rule<'t, Expr>) -> Rule<'t, Expr> {
    let stops = const { Kinds::of(&[Kind::InterpClose]) };
    one(Kinds::of(&[Kind::InterpOpen]), &[])
        .ignore_then(item(expr, stops, &[Expected::Operator, Expected::Brace]))
        .then_ignore(one(stops, &[Expected::Brace]))
        .boxed()
}
