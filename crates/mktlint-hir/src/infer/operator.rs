//! Operators.

use mktlint_syntax::ast::{self, BinaryOp, ChainOp, Name, QuantifierKind, UnaryOp};
use mktlint_text::Span;

use super::{Infer, Local, fits};
use crate::codes;
use crate::infer::name::optional;
use crate::model::expr::{Arithmetic, Comparison, ExprId, ExprKind, Quantifier};
use crate::model::types::Type;

impl Infer<'_> {
    /// `x?`: the value, where a missing one makes the comparison around it false.
    pub fn guard(&mut self, inner: &ast::Expr, span: Span) -> ExprId {
        let id = self.infer(inner, None);
        match self.ty(id) {
            Type::Optional(ty) => {
                let kind = self.body.get(id).kind.clone();
                self.push(kind, *ty, span)
            }
            Type::Error => id,
            _ => {
                self.report(codes::needless_guard::of(span, inner.span));
                id
            }
        }
    }

    /// `not x`, `-x`
    pub fn unary(&mut self, op: UnaryOp, operand: &ast::Expr, span: Span) -> ExprId {
        match op {
            UnaryOp::Not => {
                let id = self.condition(operand);
                self.push(ExprKind::Not(id), Type::Bool, span)
            }
            UnaryOp::Neg => {
                let id = self.infer(operand, None);
                let ty = self.ty(id);
                match ty {
                    Type::Int
                    | Type::Decimal
                    | Type::Percent
                    | Type::Money(_)
                    | Type::Duration
                    | Type::Error => self.push(ExprKind::Negate(id), ty, span),
                    other => self.fail(codes::wrong_type::of(operand.span, "a number", &other)),
                }
            }
        }
    }

    /// Two operands.
    pub fn binary(&mut self, op: BinaryOp, left: &ast::Expr, right: &ast::Expr, span: Span) -> ExprId {
        match op {
            BinaryOp::Eq => self.compare(Comparison::Equal, left, right, span),
            BinaryOp::Ne => self.compare(Comparison::NotEqual, left, right, span),
            BinaryOp::Lt => self.compare(Comparison::Less, left, right, span),
            BinaryOp::Le => self.compare(Comparison::AtMost, left, right, span),
            BinaryOp::Gt => self.compare(Comparison::Greater, left, right, span),
            BinaryOp::Ge => self.compare(Comparison::AtLeast, left, right, span),
            BinaryOp::In => self.membership(left, right, span),
            BinaryOp::NotIn => {
                let id = self.membership(left, right, span);
                self.push(ExprKind::Not(id), Type::Bool, span)
            }
            BinaryOp::Add => self.arithmetic(Arithmetic::Add, left, right, span),
            BinaryOp::Sub => self.arithmetic(Arithmetic::Subtract, left, right, span),
            BinaryOp::Mul => self.arithmetic(Arithmetic::Multiply, left, right, span),
            BinaryOp::Div => self.arithmetic(Arithmetic::Divide, left, right, span),
        }
    }

    /// The two sides of a comparison, each helping to understand the other.
    fn sides(&mut self, left: &ast::Expr, right: &ast::Expr) -> (ExprId, ExprId) {
        if is_word(left) && !is_word(right) && !is_tag(right) {
            // `lapsed == stage` reads the other way round; so does `20 < age`.
            let b = self.infer(right, None);
            let ty = self.ty(b);
            let a = self.infer(left, Some(&ty));
            return (a, b);
        }
        let a = self.infer(left, None);
        let ty = self.ty(a);
        let b = self.infer(right, Some(&ty));
        (a, b)
    }

    /// Reports an operand that can be missing.
    pub fn demand_present(&mut self, id: ExprId, tree: &ast::Expr) -> bool {
        if self.ty(id).is_optional() {
            let words = written(tree);
            self.report(codes::unguarded_optional::of(tree.span, &words));
            return false;
        }
        true
    }

    fn compare(&mut self, op: Comparison, left: &ast::Expr, right: &ast::Expr, span: Span) -> ExprId {
        let (a, b) = self.sides(left, right);
        let present = self.demand_present(a, left) & self.demand_present(b, right);
        let (ta, tb) = (self.ty(a), self.ty(b));
        if !present || ta == Type::Error || tb == Type::Error {
            return self.error(span);
        }
        let ordered = !matches!(op, Comparison::Equal | Comparison::NotEqual);
        if !comparable(&ta, &tb) {
            let draft = match (&ta, &tb) {
                (Type::Money(Some(a)), Type::Money(Some(b))) => codes::wrong_unit::two(span, a, b)
                    .help(format!("both sides need one currency, such as `{a}`")),
                _ if is_quantity(&ta) && is_quantity(&tb) => {
                    let draft = codes::wrong_unit::two(right.span, &ta.to_string(), &tb.to_string());
                    match &ta {
                        Type::Money(Some(currency)) => {
                            draft.help(format!("write an amount: `{currency} 20`"))
                        }
                        Type::Percent => draft.help("write a percentage: `10%`"),
                        _ => draft,
                    }
                }
                _ => {
                    let draft = codes::wrong_type::sides(right.span, left.span, &ta, &tb);
                    self.without_quotes(draft, right, &ta)
                }
            };
            return self.fail(draft);
        }
        if ordered && !has_order(&ta) {
            return self.fail(codes::wrong_type::of(left.span, "something with an order", &ta));
        }
        self.push(ExprKind::Compare(op, a, b), Type::Bool, span)
    }

    fn arithmetic(&mut self, op: Arithmetic, left: &ast::Expr, right: &ast::Expr, span: Span) -> ExprId {
        let (a, b) = self.sides(left, right);
        let present = self.demand_present(a, left) & self.demand_present(b, right);
        let (ta, tb) = (self.ty(a), self.ty(b));
        if !present || ta == Type::Error || tb == Type::Error {
            return self.error(span);
        }
        match result_type(op, &ta, &tb) {
            Some(ty) => self.push(ExprKind::Arithmetic(op, a, b), ty, span),
            None => self.fail(codes::wrong_unit::two(span, &ta.to_string(), &tb.to_string())),
        }
    }

    /// `x in [a, b]`, `x in EU`, `x in 18..=130`
    fn membership(&mut self, left: &ast::Expr, right: &ast::Expr, span: Span) -> ExprId {
        let item = self.infer(left, None);
        let present = self.demand_present(item, left);
        let ty = self.ty(item);
        if let ast::ExprKind::Range { start, end, inclusive } = &right.kind {
            let start = start.as_ref().map(|tree| self.check(tree, &ty));
            let end = end.as_ref().map(|tree| self.check(tree, &ty));
            return if present {
                self.push(ExprKind::InRange(item, start, end, *inclusive), Type::Bool, span)
            } else {
                self.error(span)
            };
        }
        let list = self.infer(right, Some(&Type::List(Box::new(ty.clone()))));
        let list_type = self.ty(list);
        if !present || ty == Type::Error || list_type == Type::Error {
            return self.error(span);
        }
        match list_type.item() {
            Some(of) if fits(&ty, of) || fits(of, &ty) => {
                self.push(ExprKind::In(item, list), Type::Bool, span)
            }
            Some(of) => {
                let of = of.clone();
                self.fail(codes::wrong_type::sides(right.span, left.span, &ty, &of))
            }
            None => self.fail(codes::wrong_type::of(right.span, "a list, a region or a range", &list_type)),
        }
    }

    /// `x is known`, `x is missing`, `x is not known`
    pub fn is(&mut self, subject: &ast::Expr, negated: bool, what: &ast::Expr, span: Span) -> ExprId {
        let id = self.infer(subject, None);
        let ast::ExprKind::Word(Name { text, .. }) = &what.kind else {
            return self.fail(codes::malformed_clause::is_what(what.span));
        };
        let known = match text.as_str() {
            "known" => !negated,
            "missing" => negated,
            _ => return self.fail(codes::malformed_clause::is_what(what.span)),
        };
        match self.ty(id) {
            Type::Optional(_) => {}
            Type::Error => return self.error(span),
            _ => self.report(codes::needless_guard::always(span, &written(subject), known)),
        }
        let id = self.push(ExprKind::IsKnown(id), Type::Bool, span);
        if known { id } else { self.push(ExprKind::Not(id), Type::Bool, span) }
    }

    /// `age or else 0`
    pub fn or_else(
        &mut self,
        value: &ast::Expr,
        default: &ast::Expr,
        wanted: Option<&Type>,
        span: Span,
    ) -> ExprId {
        let a = self.infer(value, wanted);
        let ty = self.ty(a);
        if !ty.is_optional() && ty != Type::Error {
            self.report(codes::needless_guard::of(span, value.span));
        }
        let present = ty.present().clone();
        let b = self.infer(default, Some(&present));
        let other = self.ty(b);
        if !fits(other.present(), &present) {
            return self.fail(codes::wrong_type::sides(default.span, value.span, &present, &other));
        }
        let ty = if other.is_optional() { optional(present) } else { present };
        self.push(ExprKind::OrElse(a, b), ty, span)
    }

    /// `a and b`, `a or b`. Behind `x is known and`, and behind `x is missing or`, `x` is there.
    pub fn chain(&mut self, op: ChainOp, items: &[ast::Expr], span: Span) -> ExprId {
        if op == ChainOp::Pipe {
            return self.fail(codes::wrong_type::stray_pattern(span));
        }
        let mut ids = Vec::with_capacity(items.len());
        let before = self.narrowed.len();
        for item in items {
            let id = self.condition(item);
            self.narrow(id, op == ChainOp::And);
            ids.push(id);
        }
        self.narrowed.truncate(before);
        let kind = if op == ChainOp::And { ExprKind::And(ids) } else { ExprKind::Or(ids) };
        self.push(kind, Type::Bool, span)
    }

    /// Remembers what is known to be there once `id` is `truth`.
    pub fn narrow(&mut self, id: ExprId, truth: bool) {
        match self.body.get(id).kind.clone() {
            ExprKind::IsKnown(value) if truth => {
                let path = self.body.get(value).kind.clone();
                self.narrowed.push(path);
            }
            ExprKind::Not(inner) => self.narrow(inner, !truth),
            ExprKind::And(items) if truth => items.iter().for_each(|item| self.narrow(*item, true)),
            ExprKind::Or(items) if !truth => items.iter().for_each(|item| self.narrow(*item, false)),
            _ => {}
        }
    }

    /// `if c then a else b`
    pub fn if_else(
        &mut self,
        condition: &ast::Expr,
        then: &ast::Expr,
        otherwise: &ast::Expr,
        wanted: Option<&Type>,
        span: Span,
    ) -> ExprId {
        let c = self.condition(condition);
        let before = self.narrowed.len();
        self.narrow(c, true);
        let a = self.infer(then, wanted);
        self.narrowed.truncate(before);
        self.narrow(c, false);
        let ty = self.ty(a);
        let b = self.infer(otherwise, Some(&ty));
        self.narrowed.truncate(before);
        let other = self.ty(b);
        if !fits(other.present(), ty.present()) && !fits(ty.present(), other.present()) {
            return self.fail(codes::wrong_type::sides(otherwise.span, then.span, &ty, &other));
        }
        let joined = if ty == Type::Int && other == Type::Decimal { other.clone() } else { ty };
        let joined = if other.is_optional() { optional(joined) } else { joined };
        self.push(ExprKind::If(c, a, b), joined, span)
    }

    /// `any link in links where …`
    pub fn quantifier(
        &mut self,
        kind: QuantifierKind,
        variable: Option<&Name>,
        list: &ast::Expr,
        condition: Option<&ast::Expr>,
        span: Span,
    ) -> ExprId {
        let list_id = self.infer(list, None);
        let list_type = self.ty(list_id);
        let Some(item) = list_type.item().cloned().or((list_type == Type::Error).then_some(Type::Error))
        else {
            return self.fail(codes::wrong_type::of(list.span, "a list", &list_type));
        };
        let local = self.locals.len() as u32;
        let name = variable.map_or_else(|| "it".into(), |name| name.text.clone());
        self.locals.push(Local { name, ty: item, span: variable.map(|name| name.span) });
        self.introduce_locals(local as usize);
        let condition = match condition {
            Some(tree) => self.condition(tree),
            None => self.constant(crate::model::expr::Const::Bool(true), Type::Bool, span),
        };
        self.locals.pop();
        let (kind, ty) = match kind {
            QuantifierKind::Any => (Quantifier::Any, Type::Bool),
            QuantifierKind::All => (Quantifier::All, Type::Bool),
            QuantifierKind::None => (Quantifier::None, Type::Bool),
            QuantifierKind::Count => (Quantifier::Count, Type::Int),
        };
        self.push(ExprKind::Quantifier(kind, list_id, local, condition), ty, span)
    }
}

fn is_word(tree: &ast::Expr) -> bool {
    matches!(tree.kind, ast::ExprKind::Word(_))
}

/// Whether it may be `de-AT`, which says what it is only when a language is wanted.
fn is_tag(tree: &ast::Expr) -> bool {
    match &tree.kind {
        ast::ExprKind::Binary { op: BinaryOp::Sub, left, right, .. } => is_word(left) && is_word(right),
        _ => false,
    }
}

/// The words of an expression that is short enough to be named in a message.
pub fn written(tree: &ast::Expr) -> String {
    match super::super::names::dotted_path(tree) {
        Some((path, _)) => format!("`{path}`"),
        None => "this value".to_owned(),
    }
}

fn is_quantity(ty: &Type) -> bool {
    matches!(ty, Type::Int | Type::Decimal | Type::Percent | Type::Money(_) | Type::Duration)
}

fn comparable(a: &Type, b: &Type) -> bool {
    fits(a, b) || fits(b, a)
}

fn has_order(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Int
            | Type::Decimal
            | Type::Percent
            | Type::Money(_)
            | Type::Duration
            | Type::Date
            | Type::DateTime
            | Type::Time
            | Type::Error
    )
}

/// The type of `a op b`; `None` when the two do not go together.
fn result_type(op: Arithmetic, a: &Type, b: &Type) -> Option<Type> {
    use Arithmetic::{Add, Divide, Multiply, Subtract};
    use Type::{Date, DateTime, Decimal, Duration, Int, Money, Percent, Text};
    Some(match (op, a, b) {
        (Add | Subtract | Multiply, Int, Int) => Int,
        (Divide, Int | Decimal, Int | Decimal) => Decimal,
        (Add | Subtract | Multiply, Int | Decimal, Int | Decimal) => Decimal,
        (Add, Text, Text) => Text,
        (Add | Subtract, Percent, Percent) => Percent,
        (Add | Subtract, Duration, Duration) => Duration,
        (Multiply, Duration, Int) | (Multiply, Int, Duration) => Duration,
        (Add | Subtract, Money(x), Money(y)) if x == y => Money(x.clone()),
        (Multiply | Divide, Money(x), Int | Decimal | Percent) => Money(x.clone()),
        (Multiply, Int | Decimal | Percent, Money(x)) => Money(x.clone()),
        (Divide, Money(x), Money(y)) if x == y => Decimal,
        (Add | Subtract, Date, Duration) => Date,
        (Add | Subtract, DateTime, Duration) => DateTime,
        (Subtract, Date | DateTime, Date | DateTime) => Duration,
        _ => return None,
    })
}
