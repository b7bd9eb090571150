//! What a token is, given its neighbours.

use mktlint_text::Span;

use super::Layout;
use crate::codes::ForeignSpelling;
use crate::lex::{COMMENTS, Kind, Token, WORDS};

impl Layout<'_> {
    /// The kind of the token at `at` once its place is known. Reports what is written as in another language, and
    /// goes on with what was meant.
    pub(super) fn role(&mut self, at: usize, token: Token) -> Kind {
        if let Some((meant, written)) = foreign(token.kind) {
            self.problem(ForeignSpelling::new(token.span, token.text(self.text), written));
            return self.assign(meant, token.span);
        }
        match token.kind {
            Kind::SingleQuoted | Kind::CurlyQuoted => {
                let quotes = if token.kind == Kind::SingleQuoted { "'" } else { "“”" };
                self.problem(ForeignSpelling::new(token.span, quotes, "\""));
                token.kind
            }
            Kind::Semicolon => Kind::Sep,
            Kind::Colon if self.names_type() => Kind::TypeColon,
            Kind::LBrace if self.body == Some(at) => Kind::BodyOpen,
            Kind::TypeOpen | Kind::Gt => self.angles.role(token.kind),
            Kind::Assign | Kind::EqEq => self.assign(token.kind, token.span),
            _ if WORDS.has(token.kind) => self.word(at, token),
            kind => kind,
        }
    }

    /// `=` sets, `==` compares.
    fn assign(&mut self, kind: Kind, span: Span) -> Kind {
        let open = self.frame().open;
        let entry = self.frame().entry;
        let sets = match open {
            Kind::BodyOpen => entry.tokens == 1 || (entry.is_field && !entry.assigned),
            Kind::Sep => !entry.assigned,
            _ => false,
        };
        match kind {
            Kind::Assign if !sets => {
                self.problem(ForeignSpelling::new(span, span.slice(self.text), "=="));
                Kind::EqEq
            }
            Kind::EqEq if open == Kind::BodyOpen && entry.tokens == 1 => {
                self.problem(ForeignSpelling::new(span, span.slice(self.text), "="));
                Kind::Assign
            }
            _ => kind,
        }
    }

    fn word(&mut self, at: usize, token: Token) -> Kind {
        let [next, after] = self.ahead(at);
        let entry = self.frame().entry;
        let in_body = self.frame().open == Kind::BodyOpen;
        let introduces = in_body && !entry.limited && (entry.tokens == 1 || entry.is_field);
        match token.kind {
            _ if next == Kind::Colon && !self.names_type() => Kind::Key,
            // The head of a clause is a word whatever it says.
            kind if in_body && entry.tokens == 0 => kind,
            Kind::In if introduces => Kind::InLead,
            Kind::Not if next == Kind::In && introduces => Kind::NotLead,
            Kind::Not if next == Kind::In => Kind::NotIn,
            Kind::Or if next == Kind::Else => Kind::OrElse,
            Kind::Word if self.quantifies(at, token, [next, after]) => Kind::Quantifier,
            kind => kind,
        }
    }

    /// Whether a colon here stands between a declared name and its type.
    fn names_type(&mut self) -> bool {
        self.is_typed && self.frame().open == Kind::Sep
    }

    /// Whether a colon follows the word at `at`.
    pub(super) fn is_key(&self, at: usize) -> bool {
        self.significant_from(at + 1).next() == Some(Kind::Colon)
    }

    /// `any link in links`, `count links where`.
    fn quantifies(&self, at: usize, token: Token, [next, after]: [Kind; 2]) -> bool {
        if !matches!(token.text(self.text), "any" | "all" | "none" | "count") || next != Kind::Word {
            return false;
        }
        match after {
            Kind::In | Kind::Where => true,
            Kind::Dot => self.path_end(at) == Kind::Where,
            _ => false,
        }
    }

    /// What follows `links` or `email.links` behind the word at `at`.
    fn path_end(&self, at: usize) -> Kind {
        let mut rest = self.significant_from(at + 1);
        loop {
            match (rest.next(), rest.next()) {
                (Some(Kind::Word), Some(Kind::Dot)) => {}
                (Some(Kind::Word), Some(end)) => return end,
                _ => return Kind::Sep,
            }
        }
    }

    /// The next two tokens behind `at` that matter.
    fn ahead(&self, at: usize) -> [Kind; 2] {
        let mut rest = self.significant_from(at + 1);
        [rest.next().unwrap_or(Kind::Sep), rest.next().unwrap_or(Kind::Sep)]
    }

    fn significant_from(&self, at: usize) -> impl Iterator<Item = Kind> {
        let rest = self.tokens.get(at..).unwrap_or_default();
        rest.iter().map(|it| it.kind).filter(|kind| *kind != Kind::Space && !COMMENTS.has(*kind))
    }
}

/// What a sign of other languages means, and how it is written here.
fn foreign(kind: Kind) -> Option<(Kind, &'static str)> {
    match kind {
        Kind::AndAnd => Some((Kind::And, "and")),
        Kind::OrOr => Some((Kind::Or, "or")),
        Kind::FatArrow => Some((Kind::Arrow, "->")),
        Kind::ColonEq => Some((Kind::Assign, "=")),
        Kind::LtGt | Kind::NotEqEq => Some((Kind::NotEq, "!=")),
        Kind::EqEqEq => Some((Kind::EqEq, "==")),
        Kind::Bang => Some((Kind::Not, "not")),
        _ => None,
    }
}
