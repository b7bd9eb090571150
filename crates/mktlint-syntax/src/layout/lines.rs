//! Where a clause ends.

use mktlint_text::Span;

use super::{Entry, Layout};
use crate::brackets::{CLOSERS, OPENERS};
use crate::lex::{Kind, Kinds, Token, WORDS};

/// Whether a clause can end with such a token.
pub(crate) fn can_end(kind: Kind) -> bool {
    !CANNOT_END.has(kind)
}

/// Whether such a token at the start of a line goes on with the clause before it.
pub(crate) fn continues(kind: Kind) -> bool {
    CONTINUES.has(kind)
}

/// What needs an operand on either side.
const OPERATORS: Kinds = Kinds::of(&[
    Kind::And,
    Kind::Or,
    Kind::OrElse,
    Kind::Is,
    Kind::Then,
    Kind::Else,
    Kind::Assign,
    Kind::EqEq,
    Kind::NotEq,
    Kind::Lt,
    Kind::Le,
    Kind::Gt,
    Kind::Ge,
    Kind::Plus,
    Kind::Minus,
    Kind::Star,
    Kind::Slash,
    Kind::Pipe,
    Kind::Comma,
    Kind::Colon,
    Kind::TypeColon,
    Kind::Dot,
    Kind::Arrow,
    Kind::AndAnd,
    Kind::OrOr,
    Kind::FatArrow,
    Kind::ColonEq,
    Kind::LtGt,
    Kind::EqEqEq,
    Kind::NotEqEq,
]);

const CONTINUES: Kinds = OPERATORS.with(CLOSERS).with(Kinds::of(&[
    Kind::DotDot,
    Kind::DotDotEq,
    Kind::LBrace,
    Kind::BodyOpen,
    Kind::Question,
    Kind::Semicolon,
    Kind::TypeClose,
]));

/// A range may lack its end, `..` and `..=` can therefore end a clause.
const CANNOT_END: Kinds = OPERATORS.with(OPENERS).with(Kinds::of(&[
    Kind::Not,
    Kind::NotIn,
    Kind::In,
    Kind::If,
    Kind::Bang,
    Kind::Sep,
    Kind::Semicolon,
    Kind::Doc,
    Kind::TypeOpen,
]));

/// Words in front of which two spaces do not separate clauses: no clause starts with them on the same line.
const JOINING: Kinds = Kinds::of(&[
    Kind::And,
    Kind::Or,
    Kind::OrElse,
    Kind::Is,
    Kind::Then,
    Kind::Else,
    Kind::In,
    Kind::InLead,
    Kind::On,
    Kind::As,
    Kind::Except,
]);

impl Layout<'_> {
    /// Whether a clause ends before `next`, the token at `at`: at a line break, at two spaces, and before `name:`.
    pub(super) fn separates(&mut self, at: usize, next: Kind) -> bool {
        let Some(last) = self.last() else { return false };
        let gap = self.gap;
        let frame = self.frame();
        if !frame.has_clauses() || !can_end(last.kind) {
            return false;
        }
        let behind_head = frame.entry.tokens <= 1;
        let wide = gap.wide && !behind_head && !JOINING.has(next);
        (gap.newline && !continues(next)) || (WORDS.has(next) && (wide || self.is_key(at)))
    }

    /// Ends the clause behind the last token and the comments on its line; those on later lines belong to what
    /// follows.
    pub(super) fn separate(&mut self) {
        let span = Span::at(self.last_end());
        let comments = self.previous.and_then(|at| self.laid.tokens.get(at..)).unwrap_or_default();
        let on_line = comments.windows(2).take_while(|pair| {
            let between = Span::new(pair[0].span.end(), pair[1].span.start()).slice(self.text);
            !pair[0].breaks_line(self.text) && !between.contains(['\n', '\r'])
        });
        let at = self.previous.map_or(0, |at| at + 1) + on_line.count();
        self.laid.tokens.insert(at, Token { kind: Kind::Sep, span });
        self.previous = Some(at);
        self.end_entry(span.start());
    }

    pub(super) fn end_entry(&mut self, at: u32) {
        self.frame().entry = Entry::default();
        self.depth.reset();
        self.angles.reset();
        if let Some(from) = self.silent_from.take() {
            self.laid.silent.push(Span::new(from, at));
        }
    }

    /// Ends `(` and `[` that are never closed where their line ends.
    pub(super) fn end_groups(&mut self, next: Kind) {
        let ends = self.gap.newline && !continues(next) && self.last().is_some_and(|last| can_end(last.kind));
        while ends && self.frame().unclosed {
            self.close_early();
        }
    }
}
