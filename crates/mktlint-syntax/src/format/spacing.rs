//! Where a space stands between two tokens.

use crate::brackets::OPENERS;
use crate::layout::can_end;
use crate::lex::{Kind, Kinds};

const GLUED_BEFORE: Kinds = Kinds::of(&[
    Kind::RParen,
    Kind::RBracket,
    Kind::CallOpen,
    Kind::SelectOpen,
    Kind::TypeOpen,
    Kind::TypeClose,
    Kind::Dot,
    Kind::Question,
    Kind::Comma,
    Kind::Colon,
    Kind::TypeColon,
    Kind::Sep,
]);

const GLUED_BEHIND: Kinds =
    Kinds::of(&[Kind::LParen, Kind::CallOpen, Kind::LBracket, Kind::SelectOpen, Kind::TypeOpen, Kind::Dot]);

/// Words that end what is before them although a clause could end with them.
const LEADS: Kinds = Kinds::of(&[
    Kind::InLead,
    Kind::On,
    Kind::As,
    Kind::Except,
    Kind::Where,
    Kind::When,
    Kind::Unless,
    Kind::Until,
    Kind::Quantifier,
]);

/// Whether no operand stands before the next token, so that `-` and `..` begin one.
pub(super) fn starts_operand(before: Option<Kind>, behind_head: bool) -> bool {
    before.is_none_or(|it| behind_head || OPENERS.has(it) || !can_end(it) || LEADS.has(it))
}

/// Two neighbours and what is known about the first.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) before: Kind,
    pub(super) next: Kind,
    /// `before` is a `-` or a range sign without an operand on its left.
    pub(super) prefix: bool,
    /// `before` is the head of a clause or the kind of a declaration.
    pub(super) head: bool,
}

/// Whether a space stands between two tokens on one line.
pub(super) fn spaced(pair: Pair) -> bool {
    let Pair { before, next, prefix, head } = pair;
    let range = |kind| matches!(kind, Kind::DotDot | Kind::DotDotEq);
    if next == Kind::Pattern && (range(before) || before == Kind::Minus) {
        return true; // Glued to what stands before it, a slash would divide.
    }
    if range(next) {
        return starts_operand(Some(before), head) && !GLUED_BEHIND.has(before);
    }
    if range(before) {
        return !crate::parse::starts_operand(next) && !GLUED_BEFORE.has(next);
    }
    !(GLUED_BEFORE.has(next) || GLUED_BEHIND.has(before) || (prefix && before == Kind::Minus))
}
