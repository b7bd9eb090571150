//! Declarations, bodies and clauses.

use chumsky::prelude::*;
use mktlint_text::Span;

use super::expr::expression;
use super::{At, Problem, Rule, before, name, one, skip, take};
use crate::ast::{Block, Clause, Declaration, DocLine, Entry, Expr, ExprKind, Lead, Segment};
use crate::codes::Expected;
use crate::docs::doc_line;
use crate::lex::{Kind, Kinds, Token, WORDS};

const HEADER_END: Kinds = Kinds::of(&[Kind::BodyOpen, Kind::Sep]);
const CLAUSE_END: Kinds = Kinds::of(&[Kind::BodyClose, Kind::Sep]);
const LEADS: Kinds = Kinds::of(&[
    Kind::Assign,
    Kind::Comma,
    Kind::Arrow,
    Kind::InLead,
    Kind::NotLead,
    Kind::On,
    Kind::As,
    Kind::Except,
    Kind::Where,
    Kind::When,
    Kind::Unless,
    Kind::Until,
    Kind::TypeColon,
]);

/// `/// docs` `pub rule alt_text on Image where not decorative { … }`
pub(super) fn declaration<'t>(text: &'t str) -> Rule<'t, Declaration> {
    let expr = expression(text);
    let public = custom(move |at: &mut At<'t, '_>| public(text, at));
    docs(text)
        .then(public)
        .then(one(WORDS, &[Expected::Declaration]))
        .then(segments(&expr))
        .then(body(text, &expr).or_not())
        .then_ignore(end_of_declaration())
        .map(move |((((docs, public), kind), segments), body)| {
            let start = public.unwrap_or(kind.span);
            let last = segments.last().map_or(kind.span, |it| it.span);
            let span = body.as_ref().map_or(start.cover(last), |body| start.cover(body.span));
            Declaration { docs, public, kind: name(text, kind), segments, body, span }
        })
        .boxed()
}

/// Nothing may follow; what does is skipped.
fn end_of_declaration<'t>() -> Rule<'t, ()> {
    let seps = one(Kinds::of(&[Kind::Sep]), &[]).repeated();
    let rest = any::<_, super::Extra>().repeated().at_least(1).ignored();
    seps.ignore_then(before(Kinds::of(&[]), &[Expected::End])).recover_with(via_parser(rest)).boxed()
}

/// The word `pub`, when another word follows.
fn public(text: &str, at: &mut At<'_, '_>) -> Result<Option<Span>, Problem> {
    let start = at.save();
    let word = at.peek().filter(|it| it.kind == Kind::Word && it.text(text) == "pub");
    if let Some(word) = word {
        at.skip();
        if at.peek().is_some_and(|next| WORDS.has(next.kind)) {
            return Ok(Some(word.span));
        }
        at.rewind(start);
    }
    Ok(None)
}

/// `/// Stages and the moves that exist between them.`
pub(super) fn docs<'t>(text: &'t str) -> Rule<'t, Vec<DocLine>> {
    one(Kinds::of(&[Kind::Doc]), &[]).map(move |token| doc_line(text, token)).repeated().collect().boxed()
}

/// `{ who email_consent != granted ⏎ because "GDPR Art. 6" }`
fn body<'t>(text: &'t str, expr: &Rule<'t, Expr>) -> Rule<'t, Block> {
    let sep = one(Kinds::of(&[Kind::Sep]), &[]).repeated().at_least(1);
    one(Kinds::of(&[Kind::BodyOpen]), &[])
        .then(entry(text, expr).separated_by(sep).allow_leading().allow_trailing().collect::<Vec<Entry>>())
        .then(one(Kinds::of(&[Kind::BodyClose]), &[Expected::Clause, Expected::Brace]))
        .map(|((open, entries), close)| Block { entries, span: open.span.cover(close.span) })
        .boxed()
}

/// A clause, or an expression that does not start with a word.
fn entry<'t>(text: &'t str, expr: &Rule<'t, Expr>) -> Rule<'t, Entry> {
    let colon = one(Kinds::of(&[Kind::Colon]), &[]).or_not();
    let head = docs(text).then(one(WORDS, &[Expected::Clause])).then(colon);
    let clause = head.then(segments(expr)).map(move |(((docs, head), colon), segments)| {
        let last =
            segments.last().map(|it: &Segment| it.span).or(colon.map(|it| it.span)).unwrap_or(head.span);
        let span = head.span.cover(last);
        let colon = colon.map(|it| it.span);
        Entry::Clause(Clause { docs, head: name(text, head), colon, segments, span })
    });
    let end = before(CLAUSE_END, &[Expected::Operator, Expected::End]);
    let bare = expr.clone().then_ignore(end).recover_with(via_parser(skip(CLAUSE_END))).map(Entry::Expr);
    clause.or(bare_only(bare.boxed())).boxed()
}

/// `rule`, unless a word or the end comes next: those are not for it to complain about.
fn bare_only<'t>(rule: Rule<'t, Entry>) -> Rule<'t, Entry> {
    custom(move |at: &mut At<'t, '_>| match at.peek() {
        Some(token) if !WORDS.has(token.kind) && token.kind != Kind::Doc && !CLAUSE_END.has(token.kind) => {
            at.parse(&rule)
        }
        found => Err(Problem::new(found, &[])),
    })
    .boxed()
}

fn value(expr: Expr) -> Segment {
    Segment { lead: None, span: expr.span, value: Some(expr) }
}

/// `alt_text` `on Image` `where not decorative`. A mistake costs the segment that it is in.
fn segments<'t>(expr: &Rule<'t, Expr>) -> Rule<'t, Vec<Segment>> {
    let expr = segment_value(expr);
    custom(move |at: &mut At<'t, '_>| {
        let mut segments = Vec::new();
        if at.peek().is_some_and(|next| !LEADS.has(next.kind) && !ends(next)) {
            segments.push(value(at.parse(&expr)?));
        }
        while let Some(next) = at.peek().filter(|next| LEADS.has(next.kind)) {
            segments.push(led(at, next, &expr)?);
        }
        Ok(segments)
    })
    .boxed()
}

/// An expression up to the next segment or the end. Never fails.
fn segment_value<'t>(expr: &Rule<'t, Expr>) -> Rule<'t, Expr> {
    const STOPS: Kinds = LEADS.with(CLAUSE_END).with(HEADER_END);
    let missing = custom(|at: &mut At<'t, '_>| {
        let place = at.peek().map_or(u32::MAX, |next| next.span.start());
        Ok(Expr { kind: ExprKind::Error, span: Span::at(place) })
    });
    expr.clone()
        .then_ignore(before(STOPS, &[Expected::Operator, Expected::End]))
        .recover_with(via_parser(skip(STOPS).or(missing)))
        .boxed()
}

fn ends(token: Token) -> bool {
    HEADER_END.has(token.kind) || CLAUSE_END.has(token.kind)
}

/// `on Image`; the value may only be missing behind a comma, when the clause ends there.
fn led<'t>(at: &mut At<'t, '_>, first: Token, expr: &Rule<'t, Expr>) -> Result<Segment, Problem> {
    at.skip();
    let mut place = first.span;
    if first.kind == Kind::NotLead {
        place = place.cover(take(at, Kinds::of(&[Kind::In]), &[Expected::In])?.span);
    }
    let trailing = first.kind == Kind::Comma && at.peek().is_none_or(ends);
    let value = if trailing { None } else { Some(at.parse(expr)?) };
    // What is missing at the end stands where it should have been.
    let value =
        value.map(|it| if it.span.is_empty() { Expr { span: Span::at(place.end()), ..it } } else { it });
    let span = value.as_ref().map_or(place, |value| place.cover(value.span));
    Ok(Segment { lead: Some((lead(first.kind), place)), value, span })
}

fn lead(kind: Kind) -> Lead {
    match kind {
        Kind::Assign => Lead::Assign,
        Kind::Arrow => Lead::Arrow,
        Kind::InLead => Lead::In,
        Kind::NotLead => Lead::NotIn,
        Kind::On => Lead::On,
        Kind::As => Lead::As,
        Kind::Except => Lead::Except,
        Kind::Where => Lead::Where,
        Kind::When => Lead::When,
        Kind::Unless => Lead::Unless,
        Kind::Until => Lead::Until,
        Kind::TypeColon => Lead::Type,
        _ => Lead::Comma,
    }
}
