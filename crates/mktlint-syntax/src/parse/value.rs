//! Single tokens that are expressions.

use crate::ast::{Expr, ExprKind, Name};
use crate::lex::{Kind, Token};
use crate::literal;
use mktlint_text::Span;

/// The expression that one token is; [`ExprKind::Error`] for a literal without a value, which has been reported.
pub(super) fn value(text: &str, token: Token) -> Expr {
    let kind = kind(token.kind, token.text(text), token.span).unwrap_or(ExprKind::Error);
    Expr { kind, span: token.span }
}

fn kind(kind: Kind, text: &str, span: Span) -> Option<ExprKind> {
    Some(match kind {
        Kind::Word => ExprKind::Word(Name { text: text.into(), span }),
        Kind::True => ExprKind::Bool(true),
        Kind::False => ExprKind::Bool(false),
        Kind::Int => ExprKind::Int { text: text.into(), value: literal::int(text)? },
        Kind::Decimal => ExprKind::Decimal { text: text.into(), value: literal::decimal(text)? },
        Kind::Percent => ExprKind::Percent { text: text.into(), value: literal::percent(text)? },
        Kind::Date => ExprKind::Date(literal::date(text)?),
        Kind::DateTime => ExprKind::DateTime(literal::date_time(text)?),
        Kind::Time => ExprKind::Time(literal::time(text)?),
        Kind::Pattern => pattern(text, span)?,
        Kind::SingleQuoted | Kind::CurlyQuoted => quoted(text, span),
        _ => return None,
    })
}

/// `/body/flags`
fn pattern(text: &str, span: Span) -> Option<ExprKind> {
    let (rest, flags) = text.rsplit_once('/')?;
    let body = rest.strip_prefix('/')?;
    let start = span.start() + 1;
    let end = start + body.len() as u32;
    Some(ExprKind::Pattern {
        body: body.into(),
        body_span: Span::new(start, end),
        flags: Name { text: flags.into(), span: Span::new(end + 1, span.end()) },
    })
}

/// `'text'` and `“text”`, which have been reported: the text as it is.
fn quoted(text: &str, span: Span) -> ExprKind {
    let mut inner = text.chars();
    let open = inner.next().map_or(0, char::len_utf8) as u32;
    let close = inner.next_back().map_or(0, char::len_utf8) as u32;
    let place = Span::new(span.start() + open, span.end() - close);
    ExprKind::String(vec![crate::ast::StringPart::Text(inner.as_str().into(), place)])
}
