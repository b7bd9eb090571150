//! What an expression wants next: an operand, what goes on with one, or the rest of an operator of several words.

use std::ops::Range;

use mktlint_hir::model::expr::Length;
use mktlint_hir::model::item::ItemKind;
use mktlint_hir::model::types::Type;
use mktlint_syntax::lex::{Kind, Kinds};

use super::record;
use crate::policy::context::Context;
use crate::policy::signature_help::call_at;

/// Words with what they mean.
pub type Words = &'static [(&'static str, &'static str)];

/// What can stand at a place in an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// A value; of that type when one is known.
    Operand(Option<Type>),
    /// A value of that type, or one of these words.
    OperandOr(Option<Type>, Words),
    /// One of these words alone.
    Words(Words),
    /// What joins or tests the operand in this range.
    Operator(Range<usize>),
    /// A unit of a number.
    Unit(Range<usize>),
    /// A list to look through, behind `any` and its like.
    Searched,
    /// A shape, behind `matches`.
    Shape,
    /// Nothing that can be listed.
    Nothing,
}

const KNOWN: Words = &[("known", "there is a value"), ("missing", "there is none"), ("not", "the opposite")];
const KNOWN_OR_NOT: Words = &[("known", "there is a value"), ("missing", "there is none")];
const THAN: Words = &[("than", "more than so long before now")];
const WITH: Words = &[("with", "ignoring case")];
const NEXT: Words = &[("next", "from now up to so long after")];
const THE_NEXT: Words = &[("the next", "from now up to so long after")];
const OF: Words = &[("of", "a list follows")];
const MEETS: Words = &[
    ("any of", "they share an item"),
    ("all of", "every item on the right is on the left"),
    ("none of", "they share no item"),
];
const ELSE: Words = &[("else", "what counts where the value is missing")];
const IN: Words = &[("in", "the list that is looked through")];
const IN_OR_WHERE: Words =
    &[("where", "what must hold of an item"), ("in", "the list that is looked through")];
const WHERE: Words = &[("where", "what must hold of an item")];

/// What ends an operand, words and numbers apart.
const ENDS: Kinds = Kinds::of(&[
    Kind::Question,
    Kind::Pattern,
    Kind::RParen,
    Kind::RBracket,
    Kind::RBrace,
    Kind::QuoteEnd,
    Kind::True,
    Kind::False,
    Kind::Percent,
    Kind::Date,
    Kind::DateTime,
    Kind::Time,
]);

/// What the bracket at `depth` wants before the token `end`.
pub fn wanted(at: &Context<'_>, depth: usize, end: usize) -> Wanted {
    let start = at.entry(depth).start;
    let Some(last) = at.tokens(start..end).last().copied() else { return Wanted::Operand(outer(at, depth)) };
    let left = |end: usize| Some(at.type_of(at.operand(depth, end)).present().clone());
    let kind_before =
        |n: usize| end.checked_sub(n).and_then(|at_| at.tokens(at_..at_ + 1).first()).map(|it| it.kind);
    match last.kind {
        Kind::EqEq | Kind::NotEq | Kind::Lt | Kind::Le | Kind::Gt | Kind::Ge => {
            Wanted::Operand(left(end - 1))
        }
        Kind::In if kind_before(3) == Some(Kind::Quantifier) => Wanted::Searched,
        Kind::In => {
            let negated = kind_before(2) == Some(Kind::NotIn);
            let item = left(end - if negated { 2 } else { 1 }).unwrap_or(Type::Error);
            Wanted::Operand(Some(Type::Set(Box::new(item))))
        }
        Kind::Not if kind_before(2) != Some(Kind::Is) && !at.operand(depth, end - 1).is_empty() => {
            Wanted::Words(&[("in", "is none of a list or set")])
        }
        Kind::Or => Wanted::OperandOr(Some(Type::Bool), ELSE),
        Kind::And | Kind::Not | Kind::Where | Kind::When | Kind::Unless | Kind::If
            if kind_before(2) != Some(Kind::Is) =>
        {
            Wanted::Operand(Some(Type::Bool))
        }
        Kind::Not => Wanted::Words(KNOWN_OR_NOT),
        Kind::Is => Wanted::Words(KNOWN),
        Kind::OrElse => Wanted::Words(ELSE),
        Kind::Else if kind_before(2) == Some(Kind::OrElse) => Wanted::Operand(left(end - 2)),
        Kind::Then | Kind::Else => Wanted::Operand(None),
        Kind::Assign => Wanted::Operand(assigned(at)),
        Kind::Plus | Kind::Minus | Kind::Star | Kind::Slash => Wanted::Operand(left(end - 1).filter(sums)),
        Kind::Colon => record::value_type(at, depth).map_or(Wanted::Nothing, |ty| Wanted::Operand(Some(ty))),
        Kind::Comma if depth > 0 && at.frame().open != Kind::BodyOpen => Wanted::Operand(outer(at, depth)),
        Kind::Comma | Kind::DotDot | Kind::DotDotEq => Wanted::Operand(None),
        Kind::Int | Kind::Decimal => Wanted::Unit(at.operand(depth, end)),
        Kind::Quantifier => Wanted::Searched,
        Kind::Word => behind_word(at, depth, end),
        kind if ENDS.has(kind) => behind_value(at, at.operand(depth, end)),
        _ => Wanted::Nothing,
    }
}

/// Types whose sums are of the same type. What a day is moved by is another.
fn sums(ty: &Type) -> bool {
    !matches!(ty, Type::Date | Type::DateTime | Type::Time | Type::Error)
}

/// Behind an operand: what goes on with it, or with the list of a quantifier.
fn behind_value(at: &Context<'_>, range: Range<usize>) -> Wanted {
    if searches(at, range.start) { Wanted::Words(WHERE) } else { Wanted::Operator(range) }
}

/// Behind a word: an operand, a part of an operator, or a unit.
fn behind_word(at: &Context<'_>, depth: usize, end: usize) -> Wanted {
    let range = at.operand(depth, end);
    let words: Vec<&str> = at.tokens(range.clone()).iter().map(|token| at.str(*token)).collect();
    let item = |len: usize| at.type_of(range.start..end.saturating_sub(len)).present().clone();
    match words.as_slice() {
        ["any" | "all" | "none" | "count"] => Wanted::Searched,
        ["any" | "all" | "none", _] => Wanted::Words(IN),
        ["count", _] => Wanted::Words(IN_OR_WHERE),
        ["uses"] => {
            Wanted::Words(&[("regulated claims", "claims that are regulated"), ("claims", "one of these")])
        }
        ["uses", "regulated"] => Wanted::Words(&[("claims", "an asset says one")]),
        ["audience", "could"] => Wanted::Words(&[("include", "somebody like that")]),
        ["change"] => Wanted::Words(&[("only", "nothing else has changed")]),
        [_] => behind_value(at, range),
        [.., "older"] => Wanted::Words(THAN),
        [.., "starts" | "ends"] => Wanted::Words(WITH),
        [.., "within"] => Wanted::OperandOr(Some(Type::Duration), THE_NEXT),
        [.., "within", "the"] => Wanted::Words(NEXT),
        [.., "older", "than"] | [.., "the", "next"] => Wanted::Operand(Some(Type::Duration)),
        [.., "before" | "after"] => Wanted::Operand(Some(Type::Date)),
        [.., "with" | "contains"] => Wanted::Operand(Some(Type::Text)),
        [.., "matches"] => Wanted::Shape,
        [.., "mentions"] => Wanted::Nothing,
        [.., "has", "any" | "all" | "none"] => Wanted::Words(OF),
        [.., "has"] => Wanted::OperandOr(item(1).item().cloned(), MEETS),
        [.., "has", _, "of"] => Wanted::Operand(Some(item(3))),
        [.., "touch" | "touches"] => Wanted::Operand(Some(item(1))),
        [.., unit] if Length::UNITS.contains(unit) => Wanted::Unit(range),
        _ => behind_value(at, range),
    }
}

/// Whether the operand at `start` is the list of a quantifier: `any link in links`.
fn searches(at: &Context<'_>, start: usize) -> bool {
    let before = start.checked_sub(3).map(|from| at.tokens(from..start)).unwrap_or_default();
    let is_quantifier = |word: &str| matches!(word, "any" | "all" | "none" | "count");
    match before {
        [first, _, last] => last.kind == Kind::In && is_quantifier(at.str(*first)),
        _ => false,
    }
}

/// What stands at the start of the bracket at `depth`, or of the clause that it is.
fn outer(at: &Context<'_>, depth: usize) -> Option<Type> {
    let frame = at.frames().get(depth)?;
    let around = || match wanted(at, depth.checked_sub(1)?, frame.at) {
        Wanted::Operand(ty) | Wanted::OperandOr(ty, _) => ty,
        _ => None,
    };
    match frame.open {
        Kind::LParen => around(),
        Kind::LBracket => list_type(at, depth).or_else(around)?.item().cloned(),
        Kind::CallOpen => {
            let (callee, active) = call_at(at, depth)?;
            callee.params.get(active).map(|(_, ty, _)| ty.clone())
        }
        Kind::LBrace => Some(Type::Bool),
        Kind::BodyOpen => match at.head()? {
            "require" | "forbid" | "who" | "unless" | "when" => Some(Type::Bool),
            _ => None,
        },
        _ => None,
    }
}

/// The type of a list that a clause says, not an expression: `never in [DE]`.
fn list_type(at: &Context<'_>, depth: usize) -> Option<Type> {
    let words = at.words(depth.checked_sub(1)?);
    let is_limit = at.kind == Some(ItemKind::Claim) && matches!(at.head(), Some("never" | "only"));
    (is_limit && words.first() == Some(&"in")).then(|| Type::Set(Box::new(Type::Country)))
}

/// The type of what stands behind the `=` of a declaration.
fn assigned(at: &Context<'_>) -> Option<Type> {
    match at.kind? {
        ItemKind::Audience => Some(Type::Bool),
        ItemKind::Region => Some(Type::Set(Box::new(Type::Country))),
        ItemKind::Given => {
            let name = at.words(0).first().copied()?.to_owned();
            Some(at.infer()?.fact(&name)?.1.present().clone())
        }
        _ => None,
    }
}
