//! Which brackets belong together, and which belong to none.

use crate::lex::{Kind, Kinds, Token};

/// `(` `[` `{` in all their roles.
pub const OPENERS: Kinds = Kinds::of(&[
    Kind::LParen,
    Kind::CallOpen,
    Kind::LBracket,
    Kind::LBrace,
    Kind::SelectOpen,
    Kind::InterpOpen,
    Kind::BodyOpen,
]);

/// `)` `]` `}` in all their roles.
pub const CLOSERS: Kinds =
    Kinds::of(&[Kind::RParen, Kind::RBracket, Kind::RBrace, Kind::InterpClose, Kind::BodyClose]);

/// The closer of an opener.
pub(crate) const fn closer(open: Kind) -> Kind {
    match open {
        Kind::LParen | Kind::CallOpen => Kind::RParen,
        Kind::LBracket => Kind::RBracket,
        Kind::InterpOpen => Kind::InterpClose,
        Kind::BodyOpen => Kind::BodyClose,
        _ => Kind::RBrace,
    }
}

/// Tells the `>` that closes a type from the one that compares.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Angles {
    open: u32,
}

impl Angles {
    /// What a token is, given the `<` of types that are open.
    pub(crate) fn role(&mut self, kind: Kind) -> Kind {
        match kind {
            Kind::TypeOpen => self.open += 1,
            Kind::Gt if self.open > 0 => {
                self.open -= 1;
                return Kind::TypeClose;
            }
            _ => {}
        }
        kind
    }

    /// No type goes on: its clause is over, or a bracket opens or closes.
    pub(crate) fn reset(&mut self) {
        self.open = 0;
    }
}

/// Brackets that have no partner, by index into the tokens, in order.
#[derive(Debug, Default)]
pub(crate) struct Brackets {
    /// Openers without a closer.
    pub(crate) unclosed: Vec<usize>,
    /// Closers without an opener.
    pub(crate) stray: Vec<usize>,
    /// The last `{` that stands in no other bracket.
    pub(crate) last_top_brace: Option<usize>,
    /// Whether an `=` stands in no bracket, before that brace or anywhere when there is none.
    pub(crate) assigns: bool,
}

impl Brackets {
    /// Pairs the brackets of `tokens`, in time linear in their number.
    ///
    /// `}` closes the innermost `{` and proves every `(` and `[` in it unclosed; `)` and `]` never reach out of
    /// their braces. So a missing brace is one fault, and a missing parenthesis stays within its braces.
    pub(crate) fn pair(tokens: &[Token]) -> Self {
        let mut pairing =
            Pairing { open: Vec::new(), frames: vec![Frame::default()], found: Self::default() };
        for (at, token) in tokens.iter().enumerate() {
            pairing.step(at, token.kind);
        }
        let Pairing { open, mut found, .. } = pairing;
        found.unclosed.extend(open.into_iter().map(|(_, at)| at));
        found.unclosed.sort_unstable();
        found
    }

    /// Whether the opener at `at` has no closer.
    pub(crate) fn is_unclosed(&self, at: usize) -> bool {
        self.unclosed.binary_search(&at).is_ok()
    }

    /// Whether the closer at `at` has no opener.
    pub(crate) fn is_stray(&self, at: usize) -> bool {
        self.stray.binary_search(&at).is_ok()
    }
}

/// How many `(` and `[` are open directly in one pair of braces, and whether it is an interpolation.
#[derive(Default)]
struct Frame {
    parens: u32,
    brackets: u32,
    interpolation: bool,
}

struct Pairing {
    open: Vec<(Kind, usize)>,
    frames: Vec<Frame>,
    found: Brackets,
}

impl Pairing {
    fn step(&mut self, at: usize, kind: Kind) {
        match kind {
            Kind::LBrace if self.open.is_empty() => {
                self.found.last_top_brace = Some(at);
                self.push(kind, at);
            }
            Kind::Assign if self.open.is_empty() => self.found.assigns |= self.found.last_top_brace.is_none(),
            _ if OPENERS.has(kind) => self.push(kind, at),
            _ if CLOSERS.has(kind) && !self.close(kind) => self.found.stray.push(at),
            _ => {}
        }
    }

    fn push(&mut self, kind: Kind, at: usize) {
        self.open.push((kind, at));
        match closer(kind) {
            Kind::RParen => self.frame().parens += 1,
            Kind::RBracket => self.frame().brackets += 1,
            close => {
                self.frames.push(Frame { interpolation: close == Kind::InterpClose, ..Frame::default() })
            }
        }
    }

    fn frame(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the outermost frame is never popped")
    }

    /// Whether there was an opener for it. What was opened in between is unclosed.
    fn close(&mut self, kind: Kind) -> bool {
        let depth = self.frames.len();
        let frame = self.frame();
        let matches = match kind {
            Kind::RParen => frame.parens > 0,
            Kind::RBracket => frame.brackets > 0,
            Kind::InterpClose => true,
            _ => depth > 1 && !frame.interpolation,
        };
        while matches && let Some((open, at)) = self.open.pop() {
            self.forget(open);
            if closer(open) == kind {
                break;
            }
            self.found.unclosed.push(at);
        }
        matches
    }

    fn forget(&mut self, open: Kind) {
        match closer(open) {
            Kind::RParen => self.frame().parens -= 1,
            Kind::RBracket => self.frame().brackets -= 1,
            _ => drop(self.frames.pop()),
        }
    }
}
