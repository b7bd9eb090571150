//! Text to tokens, without loss.

mod kind;
mod scan;
mod string;

use logos::Logos;
use mktlint_text::Span;

pub use kind::{COMMENTS, Kind, Kinds, TRIVIA, WORDS};

/// A token: what it is, and which bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Which bytes. Only [`Kind::Sep`] and the closers of an unclosed string are empty.
    pub span: Span,
}

impl Token {
    /// The bytes of the token in `text`, the text it was made from.
    pub fn text(self, text: &str) -> &str {
        self.span.slice(text)
    }

    /// Whether it holds a line break. Only white space and block comments can.
    pub fn breaks_line(self, text: &str) -> bool {
        matches!(self.kind, Kind::Space | Kind::BlockComment | Kind::UnclosedComment)
            && self.text(text).contains(['\n', '\r'])
    }
}

/// Cuts `text` into tokens. Their texts, one after the other, are `text` again: white space and comments are tokens
/// too, and nothing is ever skipped.
///
/// A string ends with its line at the latest, and so does every interpolation in it; the missing closers are there
/// as empty tokens.
pub fn lex(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, tokens: Vec::with_capacity(text.len() / 4), strings: Vec::new() };
    lexer.run();
    lexer.tokens
}

/// Which of the two languages comes next.
enum Mode<'t> {
    Code(logos::Lexer<'t, Kind>),
    Text(logos::Lexer<'t, string::Piece>),
}

struct Lexer<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    /// For each interpolation that is open, outermost first, how many braces are open in it.
    strings: Vec<u32>,
}

impl<'t> Lexer<'t> {
    fn run(&mut self) {
        let mut mode = Mode::Code(Kind::lexer(self.text));
        loop {
            let next = match mode {
                Mode::Code(lexer) => self.code(lexer),
                Mode::Text(lexer) => self.string(lexer),
            };
            match next {
                Some(next) => mode = next,
                None => return,
            }
        }
    }

    fn push(&mut self, kind: Kind, span: Span) {
        match self.tokens.last_mut() {
            Some(last) if kind == Kind::Unknown && last.kind == kind => last.span = last.span.cover(span),
            _ => self.tokens.push(Token { kind, span }),
        }
    }

    /// Lexes code until a string begins or goes on.
    fn code(&mut self, mut lexer: logos::Lexer<'t, Kind>) -> Option<Mode<'t>> {
        while let Some(kind) = lexer.next() {
            let span = Span::of(lexer.span());
            let kind = self.refine(kind.unwrap_or(Kind::Unknown), span);
            if !self.strings.is_empty() && (Token { kind, span }).breaks_line(self.text) {
                self.close_strings(span.start());
            }
            self.push(kind, span);
            match kind {
                Kind::Quote => return Some(Mode::Text(lexer.morph())),
                Kind::InterpClose => {
                    self.strings.pop();
                    return Some(Mode::Text(lexer.morph()));
                }
                _ => {}
            }
        }
        self.close_strings(self.text.len() as u32);
        None
    }

    /// Lexes the text of a string until it ends or an interpolation begins.
    fn string(&mut self, mut lexer: logos::Lexer<'t, string::Piece>) -> Option<Mode<'t>> {
        loop {
            let start = lexer.span().end;
            if lexer.remainder().is_empty() || lexer.remainder().starts_with(['\r', '\n']) {
                self.push(Kind::QuoteEnd, Span::at(start as u32));
                return Some(Mode::Code(lexer.morph()));
            }
            let piece = lexer.next()?;
            let span = Span::of(lexer.span());
            match piece.unwrap_or(string::Piece::Text) {
                string::Piece::Text => self.push(Kind::StringText, span),
                string::Piece::Escape => self.push(Kind::Escape, span),
                string::Piece::Open => {
                    self.push(Kind::InterpOpen, span);
                    self.strings.push(0);
                    return Some(Mode::Code(lexer.morph()));
                }
                string::Piece::Quote => {
                    self.push(Kind::QuoteEnd, span);
                    return Some(Mode::Code(lexer.morph()));
                }
            }
        }
    }

    /// A line ended inside interpolations: closes them and their strings.
    fn close_strings(&mut self, at: u32) {
        for _ in self.strings.drain(..) {
            self.tokens.push(Token { kind: Kind::InterpClose, span: Span::at(at) });
            self.tokens.push(Token { kind: Kind::QuoteEnd, span: Span::at(at) });
        }
    }

    /// What the neighbours make of a token.
    fn refine(&mut self, kind: Kind, span: Span) -> Kind {
        match kind {
            Kind::LineComment => comment(span.slice(self.text)),
            Kind::LParen if self.glued_to_name() => Kind::CallOpen,
            Kind::Lt if self.opens_type(span) => Kind::TypeOpen,
            Kind::LBrace => {
                if let Some(depth) = self.strings.last_mut() {
                    *depth += 1;
                }
                let behind_dot = self.tokens.last().is_some_and(|last| last.kind == Kind::Dot);
                if behind_dot { Kind::SelectOpen } else { kind }
            }
            Kind::RBrace => match self.strings.last_mut() {
                Some(0) => Kind::InterpClose,
                Some(depth) => {
                    *depth -= 1;
                    kind
                }
                None => kind,
            },
            _ if WORDS.has(kind) && self.names_a_part() => Kind::Word,
            _ => kind,
        }
    }

    fn glued_to_name(&self) -> bool {
        self.tokens.last().is_some_and(|last| last.kind == Kind::Word)
    }

    /// Behind `.` even reserved words are names.
    fn names_a_part(&self) -> bool {
        self.tokens.last().is_some_and(|last| last.kind == Kind::Dot)
    }

    /// `Set<String>`, not `age<limit`: types start with a capital, and nothing stands between.
    fn opens_type(&self, span: Span) -> bool {
        let capital = |text: &str| text.starts_with(char::is_uppercase);
        let letter =
            self.text.get(span.end() as usize..).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        let name =
            self.tokens.last().is_some_and(|last| last.kind == Kind::Word && capital(last.text(self.text)));
        name && letter
    }
}

/// `///` starts documentation, `////…` is a ruler.
fn comment(text: &str) -> Kind {
    match text {
        _ if text.starts_with("//!") => Kind::ModuleDoc,
        _ if text.starts_with("///") && !text.starts_with("////") => Kind::Doc,
        _ => Kind::LineComment,
    }
}
