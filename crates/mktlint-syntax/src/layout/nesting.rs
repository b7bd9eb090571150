//! Brackets, with and without a partner.

use mktlint_text::Span;

use super::{Frame, Layout};
use crate::brackets::{CLOSERS, closer};
use crate::codes::{UnclosedBracket, UnopenedBracket};
use crate::lex::{Kind, Token};

impl Layout<'_> {
    pub(super) fn open(&mut self, at: usize, token: Token) {
        let mut unclosed = false;
        if self.brackets.is_unclosed(at) {
            self.problem(UnclosedBracket { open: token.span, bracket: bracket(token.kind) });
            unclosed = closer(token.kind) != Kind::RBrace && closer(token.kind) != Kind::BodyClose;
            if unclosed {
                self.silent_from.get_or_insert(token.span.start());
            } else {
                self.laid.silent.push(Span::new(token.span.start(), u32::MAX));
            }
        }
        self.count(token);
        self.frames.push(Frame::new(token, unclosed));
        self.angles.reset();
    }

    pub(super) fn closer(&mut self, at: usize, token: Token) {
        if self.brackets.is_stray(at) {
            return self.stray(token);
        }
        // The pairing found an opener, so this ends at the latest with the outermost bracket.
        while self.frames.len() > 1 {
            let open = self.frame().open;
            if closer(open) == token.kind || (open == Kind::BodyOpen && token.kind == Kind::RBrace) {
                let span = token.span;
                return self.close(Token { kind: closer(open), span });
            }
            self.close_early();
        }
    }

    pub(super) fn stray(&mut self, token: Token) {
        self.problem(UnopenedBracket { span: token.span, bracket: bracket(token.kind) });
        match token.kind {
            Kind::RBrace => self.laid.silent.push(Span::new(self.closed, u32::MAX)),
            _ => drop(self.silent_from.get_or_insert(token.span.start())),
        }
    }

    pub(super) fn close(&mut self, token: Token) {
        self.frames.pop();
        if self.frames.len() == 1 && self.gap.newline {
            self.closed = token.span.end();
        }
        self.depth.close();
        self.angles.reset();
        self.push(token);
    }

    /// Closes the innermost bracket where nothing closes it.
    pub(super) fn close_early(&mut self) {
        let gap = self.gap;
        let kind = closer(self.frame().open);
        let span = Span::at(self.last_end());
        self.close(Token { kind, span });
        self.gap = gap;
    }
}

/// A bracket as written.
fn bracket(kind: Kind) -> char {
    match kind {
        Kind::LParen | Kind::CallOpen => '(',
        Kind::RParen => ')',
        Kind::LBracket => '[',
        Kind::RBracket => ']',
        _ if CLOSERS.has(kind) => '}',
        _ => '{',
    }
}
