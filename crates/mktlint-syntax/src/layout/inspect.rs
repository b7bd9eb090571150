//! What is wrong with a single token.

use mktlint_text::Span;

use super::Layout;
use crate::codes::{BadEscape, BadLiteral, SyntaxProblem, UnclosedPattern, UnclosedString, UnknownCharacter};
use crate::lex::{Kind, Token};
use crate::literal;

impl Layout<'_> {
    pub(super) fn inspect(&mut self, token: Token) {
        let text = token.text(self.text);
        match token.kind {
            Kind::Unknown => {
                self.problem(UnknownCharacter { span: token.span, text: text.into() });
                self.silent_from.get_or_insert(token.span.start());
            }
            Kind::UnclosedPattern => {
                self.problem(UnclosedPattern { open: Span::new(token.span.start(), token.span.start() + 1) });
                self.swallow(token);
                self.silent_from.get_or_insert(token.span.start());
            }
            Kind::Escape if literal::escape(text).is_none() => {
                self.problem(BadEscape { span: token.span, text: text.into() });
            }
            Kind::Quote => self.quotes.push(token.span),
            Kind::QuoteEnd => self.end_string(token),
            _ if !is_valid(token.kind, text) => {
                self.problem(BadLiteral { span: token.span, text: text.into(), kind: token.kind });
            }
            _ => {}
        }
    }

    pub(super) fn swallow(&mut self, token: Token) {
        self.swallowed |= token.text(self.text).contains(['(', ')', '[', ']', '{', '}']);
    }

    /// Of strings in interpolations that all end with the same line, the outermost is the mistake.
    pub(super) fn end_string(&mut self, token: Token) {
        let Some(open) = self.quotes.pop() else { return };
        if !token.span.is_empty() {
            return;
        }
        let span = open.cover(token.span);
        self.swallow(Token { kind: Kind::StringText, span });
        // When the first quote is missing rather than the last, the text before it was read as code.
        let line = self.text.get(..open.start() as usize).and_then(|before| before.rfind(['\n', '\r']));
        self.laid.silent.push(Span::new(line.map_or(0, |at| at as u32), open.start()));
        self.silent_from = Some(self.silent_from.unwrap_or(u32::MAX).min(open.start()));
        if let Some(SyntaxProblem::UnclosedString(last)) = self.laid.problems.last_mut()
            && last.end == token.span.start()
        {
            last.open = open;
            return;
        }
        self.problem(UnclosedString { open, end: token.span.start() });
    }
}

/// Whether a literal has a value.
fn is_valid(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Int => literal::int(text).is_some(),
        Kind::Decimal => literal::decimal(text).is_some(),
        Kind::Percent => literal::percent(text).is_some(),
        Kind::Date => literal::date(text).is_some(),
        Kind::DateTime => literal::date_time(text).is_some(),
        Kind::Time => literal::time(text).is_some(),
        _ => true,
    }
}
