//! Documentation.

use mktlint_text::Span;

use crate::ast::DocLine;
use crate::lex::Token;

/// The text of `/// x`.
pub(crate) fn doc_line(text: &str, token: Token) -> DocLine {
    let start = (token.span.start() + 3).min(token.span.end());
    let line = Span::new(start, token.span.end()).slice(text);
    DocLine { text: line.strip_prefix(' ').unwrap_or(line).trim_end().into(), span: token.span }
}
