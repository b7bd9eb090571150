//! Expressions: operators by precedence climbing, everything in brackets by rules.

mod atom;
mod operator;

use chumsky::prelude::*;
use mktlint_text::Span;

use super::{At, Problem, Rule, name, take};
use crate::ast::{BinaryOp, ChainOp, Expr, ExprKind, QuantifierKind, UnaryOp};
use crate::codes::Expected;
use crate::lex::{Kind, Kinds, Token, WORDS};
use atom::{ATOMS, Atoms};
use operator::{Operator, Power};

/// `stage == lapsed and last_order? older than 180 days`
pub(super) fn expression<'t>(text: &'t str) -> Rule<'t, Expr> {
    recursive(|expr| {
        let atoms = Atoms::new(text, expr.boxed());
        custom(move |at: &mut At<'t, '_>| Ok(Climber { atoms: &atoms, text }.climb(at, Power::Or)?.expr))
    })
    .boxed()
}

/// One peek at each position; an operator parser for each level would try them all, four times slower.
#[derive(Clone, Copy)]
struct Climber<'a, 't> {
    atoms: &'a Atoms<'t>,
    text: &'t str,
}

/// An expression, and how tightly an operator may bind that goes on with it.
///
/// `a == b` goes on with `and`, not with another `==`, and so does `not a == b`. What `if` and quantifiers start can go
/// on with any: `count link in links where link.domain == d > 3` compares the count.
struct Reach {
    expr: Expr,
    limit: Power,
}

impl Reach {
    /// Any operator may follow.
    fn any(expr: Expr) -> Self {
        Self { expr, limit: Power::Phrase }
    }

    /// At most as tight an operator as `limit` may follow.
    fn at_most(self, limit: Power) -> Self {
        Self { limit: self.limit.min(limit), ..self }
    }

    /// The same limit for what ends with this expression.
    fn map(self, whole: impl FnOnce(Expr) -> Expr) -> Self {
        Self { expr: whole(self.expr), limit: self.limit }
    }
}

impl<'t> Climber<'_, 't> {
    /// An expression whose operators bind at least as tightly as `floor`.
    fn climb(self, at: &mut At<'t, '_>, floor: Power) -> Result<Reach, Problem> {
        let mut left = self.prefix(at)?;
        while let Some((token, operator)) = at.peek().and_then(|it| Some((it, Operator::of(it.kind)?))) {
            let power = operator.power();
            if power < floor || power > left.limit {
                break;
            }
            at.skip();
            left = self.infix(at, left.expr, token, operator)?.at_most(operator.limit());
        }
        Ok(left)
    }

    fn infix(
        self,
        at: &mut At<'t, '_>,
        left: Expr,
        token: Token,
        operator: Operator,
    ) -> Result<Reach, Problem> {
        let tighter = operator.power().tighter();
        match operator {
            Operator::Chain(op) => self.chain(at, left, token, op),
            Operator::Binary(op) => {
                let op_span = self.not_in(at, op, token)?;
                let right = self.climb(at, tighter)?;
                Ok(right.map(|right| binary(left, op, op_span, right)))
            }
            Operator::Is => self.is(at, left, token),
            Operator::OrElse => {
                let op_span = token.span.cover(take(at, Kinds::of(&[Kind::Else]), &[Expected::Else])?.span);
                Ok(self.climb(at, tighter)?.map(|default| or_else(left, op_span, default)))
            }
            Operator::Range { inclusive } => self.range(at, Some(left), token, inclusive),
        }
    }

    /// The second word of `not in`.
    fn not_in(self, at: &mut At<'t, '_>, op: BinaryOp, token: Token) -> Result<Span, Problem> {
        if op != BinaryOp::NotIn {
            return Ok(token.span);
        }
        Ok(token.span.cover(take(at, Kinds::of(&[Kind::In]), &[Expected::In])?.span))
    }

    /// `a and b and c`, as one node.
    fn chain(self, at: &mut At<'t, '_>, left: Expr, token: Token, op: ChainOp) -> Result<Reach, Problem> {
        let tighter = Operator::Chain(op).power().tighter();
        let mut op_spans = vec![token.span];
        let mut items = vec![left];
        let mut last = self.climb(at, tighter)?;
        while let Some(next) = at.peek().filter(|next| next.kind == token.kind) {
            at.skip();
            op_spans.push(next.span);
            items.push(last.expr);
            last = self.climb(at, tighter)?;
        }
        Ok(last.map(|last| {
            items.push(last);
            let span = cover(&items);
            Expr { kind: ExprKind::Chain { op, items, op_spans }, span }
        }))
    }

    /// `age is known`, `age is not missing`
    fn is(self, at: &mut At<'t, '_>, subject: Expr, token: Token) -> Result<Reach, Problem> {
        let not = at.peek().filter(|next| next.kind == Kind::Not);
        if not.is_some() {
            at.skip();
        }
        let op_span = not.map_or(token.span, |not| token.span.cover(not.span));
        let what = self.phrase(at)?;
        let span = subject.span.cover(what.span);
        let (subject, what) = (Box::new(subject), Box::new(what));
        let kind = ExprKind::Is { subject, negated: not.is_some(), what, op_span };
        Ok(Reach::any(Expr { kind, span }))
    }

    /// `0..=130`, `18..`, `..5`
    fn range(
        self,
        at: &mut At<'t, '_>,
        start: Option<Expr>,
        dots: Token,
        inclusive: bool,
    ) -> Result<Reach, Problem> {
        let open = !inclusive && !at.peek().is_some_and(|next| starts_operand(next.kind));
        let end = if open { None } else { Some(self.climb(at, Power::Range.tighter())?) };
        let limit = end.as_ref().map_or(Power::Phrase, |end| end.limit);
        let end = end.map(|end| end.expr);
        let span = start.iter().chain(&end).fold(dots.span, |span, it| span.cover(it.span));
        let kind = ExprKind::Range { start: start.map(Box::new), end: end.map(Box::new), inclusive };
        Ok(Reach { expr: Expr { kind, span }, limit }.at_most(Operator::Range { inclusive }.limit()))
    }

    /// What comes before an operand: `not`, `-`, `if`, `any … in`, `..`.
    fn prefix(self, at: &mut At<'t, '_>) -> Result<Reach, Problem> {
        let Some(token) = at.peek() else { return Ok(Reach::any(self.phrase(at)?)) };
        match token.kind {
            Kind::Not => self.unary(at, token, UnaryOp::Not, Power::Compare),
            Kind::Minus => self.unary(at, token, UnaryOp::Neg, Power::Phrase),
            Kind::If => Ok(Reach::any(self.conditional(at, token)?)),
            Kind::Quantifier => Ok(Reach::any(self.quantifier(at, token)?)),
            Kind::DotDot | Kind::DotDotEq => {
                at.skip();
                self.range(at, None, token, token.kind == Kind::DotDotEq)
            }
            _ => Ok(Reach::any(self.phrase(at)?)),
        }
    }

    fn unary(self, at: &mut At<'t, '_>, token: Token, op: UnaryOp, power: Power) -> Result<Reach, Problem> {
        at.skip();
        Ok(self.climb(at, power)?.map(|operand| {
            let span = token.span.cover(operand.span);
            Expr { kind: ExprKind::Unary { op, op_span: token.span, operand: Box::new(operand) }, span }
        }))
    }

    /// `if a then b else c`
    fn conditional(self, at: &mut At<'t, '_>, token: Token) -> Result<Expr, Problem> {
        at.skip();
        let condition = Box::new(self.climb(at, Power::Or)?.expr);
        take(at, Kinds::of(&[Kind::Then]), &[Expected::Operator, Expected::Then])?;
        let then = Box::new(self.climb(at, Power::Or)?.expr);
        take(at, Kinds::of(&[Kind::Else]), &[Expected::Operator, Expected::Else])?;
        let otherwise = Box::new(self.climb(at, Power::Or)?.expr);
        let span = token.span.cover(otherwise.span);
        Ok(Expr { kind: ExprKind::If { condition, then, otherwise }, span })
    }

    /// `any link in links where link.broken`, `count images where alt is missing`
    fn quantifier(self, at: &mut At<'t, '_>, token: Token) -> Result<Expr, Problem> {
        at.skip();
        let first = self.climb(at, Power::OrElse)?.expr;
        let (variable, list) = match at.peek() {
            Some(next) if next.kind == Kind::In => {
                at.skip();
                (into_name(&first), self.climb(at, Power::OrElse)?.expr)
            }
            _ => (None, first),
        };
        let condition = match at.peek() {
            Some(next) if next.kind == Kind::Where => {
                at.skip();
                Some(Box::new(self.climb(at, Power::Or)?.expr))
            }
            _ => None,
        };
        let span = condition.iter().fold(token.span.cover(list.span), |span, it| span.cover(it.span));
        let kind = quantifier_kind(token.text(self.text));
        let kind =
            ExprKind::Quantifier { kind, kind_span: token.span, variable, list: Box::new(list), condition };
        Ok(Expr { kind, span })
    }

    /// `last_order? older than 180 days`: operands side by side. A name in front of `:` is not one.
    fn phrase(self, at: &mut At<'t, '_>) -> Result<Expr, Problem> {
        let first = self.postfix(at)?;
        if !at.peek().is_some_and(|next| ATOMS.has(next.kind)) {
            return Ok(first);
        }
        let mut items = vec![first];
        while at.peek().is_some_and(|next| ATOMS.has(next.kind)) {
            items.push(self.postfix(at)?);
        }
        let span = cover(&items);
        Ok(Expr { kind: ExprKind::Phrase(items), span })
    }

    /// `email.links`, `last_order?`, `length(it)`, `Set<String>`, `std.regions.{EU, EEA}`
    fn postfix(self, at: &mut At<'t, '_>) -> Result<Expr, Problem> {
        let mut base = self.atoms.atom(at)?;
        while let Some(token) = at.peek() {
            base = match token.kind {
                Kind::Question => {
                    at.skip();
                    let span = base.span.cover(token.span);
                    Expr { kind: ExprKind::Optional(Box::new(base)), span }
                }
                Kind::Dot => {
                    at.skip();
                    self.member(at, base)?
                }
                Kind::CallOpen => {
                    let (args, close) = at.parse(&self.atoms.args)?;
                    let span = base.span.cover(close.span);
                    Expr { kind: ExprKind::Call { callee: Box::new(base), args }, span }
                }
                Kind::TypeOpen => {
                    let (args, close) = at.parse(&self.atoms.types)?;
                    let span = base.span.cover(close.span);
                    Expr { kind: ExprKind::Apply { base: Box::new(base), args }, span }
                }
                _ => break,
            };
        }
        Ok(base)
    }

    /// What follows a dot: a name, or names in braces.
    fn member(self, at: &mut At<'t, '_>, base: Expr) -> Result<Expr, Problem> {
        if at.peek().is_some_and(|next| next.kind == Kind::SelectOpen) {
            let (names, close) = at.parse(&self.atoms.names)?;
            let span = base.span.cover(close.span);
            return Ok(Expr { kind: ExprKind::Select { base: Box::new(base), names }, span });
        }
        let word = take(at, WORDS, &[Expected::Name])?;
        let span = base.span.cover(word.span);
        Ok(Expr { kind: ExprKind::Field { base: Box::new(base), name: name(self.text, word) }, span })
    }
}

/// Whether an operand can start with such a token.
pub(crate) fn starts_operand(kind: Kind) -> bool {
    ATOMS.has(kind) || kind == Kind::Minus
}

fn binary(left: Expr, op: BinaryOp, op_span: Span, right: Expr) -> Expr {
    let span = left.span.cover(right.span);
    Expr { kind: ExprKind::Binary { op, op_span, left: Box::new(left), right: Box::new(right) }, span }
}

fn or_else(value: Expr, op_span: Span, default: Expr) -> Expr {
    let span = value.span.cover(default.span);
    let (value, default) = (Box::new(value), Box::new(default));
    Expr { kind: ExprKind::OrElse { value, default, op_span }, span }
}

fn cover(items: &[Expr]) -> Span {
    match items {
        [first, .., last] => first.span.cover(last.span),
        _ => items.iter().map(|it| it.span).next().unwrap_or_default(),
    }
}

/// The lexer's neighbourhood rule makes this a word; anything else has no name.
fn into_name(expr: &Expr) -> Option<crate::ast::Name> {
    match &expr.kind {
        ExprKind::Word(name) => Some(name.clone()),
        _ => None,
    }
}

fn quantifier_kind(word: &str) -> QuantifierKind {
    match word {
        "any" => QuantifierKind::Any,
        "all" => QuantifierKind::All,
        "none" => QuantifierKind::None,
        _ => QuantifierKind::Count,
    }
}
