//! Cuts a file into declarations without parsing it.

use mktlint_text::Span;

use crate::ast::{Chunk, Name};
use crate::brackets::{Angles, Brackets, CLOSERS, OPENERS};
use crate::kinds::{has_body, starts_declaration};
use crate::layout::{can_end, continues};
use crate::lex::{Kind, TRIVIA, Token, WORDS, lex};

/// Cuts `text` into its declarations, in order.
///
/// While all brackets have partners they alone decide, so an unindented policy is fine. From the first fault on, a
/// declaration word in column 0 starts the next chunk whatever is open, so that one missing brace costs one
/// declaration. Documentation belongs to what follows it, but behind something on its line, where it is a mistake, to
/// that; other comments between declarations belong to none.
pub fn chunks(text: &str) -> Vec<Chunk> {
    let tokens = lex(text);
    let brackets = Brackets::pair(&tokens);
    let mut cutter = Cutter {
        text,
        tokens: &tokens,
        brackets: &brackets,
        cut: Cut::default(),
        faults: faults(text, &tokens, &brackets),
    };
    cutter.faults.reverse();
    let mut starts = Vec::new();
    let mut ends = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if TRIVIA.has(token.kind) {
            cutter.skip(at);
            continue;
        }
        if cutter.starts_chunk(at) {
            if let Some(last) = cutter.cut.last {
                ends.push(last);
            }
            starts.push(at);
            cutter.start(at);
        }
        cutter.take(at);
    }
    ends.extend(cutter.cut.last);
    starts.into_iter().zip(ends).map(|(start, end)| chunk(text, &tokens[start..=end])).collect()
}

/// For each bracket without a partner, in order: its index, and the index from which brackets cannot be trusted.
///
/// For a closer that is where all brackets were last closed at the start of a line, because its opener is missing
/// somewhere behind that; a closer within a line may well belong to a record.
fn faults(text: &str, tokens: &[Token], brackets: &Brackets) -> Vec<(usize, usize)> {
    let mut faults = Vec::new();
    let (mut depth, mut closed) = (0_u32, 0);
    if brackets.unclosed.is_empty() && brackets.stray.is_empty() {
        return faults;
    }
    for (at, token) in tokens.iter().enumerate() {
        if OPENERS.has(token.kind) {
            if brackets.is_unclosed(at) {
                faults.push((at, at));
            } else {
                depth += 1;
            }
        } else if CLOSERS.has(token.kind) {
            if brackets.is_stray(at) {
                faults.push((at, closed));
            } else {
                depth -= 1;
                let first = at.checked_sub(1).is_some_and(|before| tokens[before].breaks_line(text));
                if depth == 0 && first {
                    closed = at + 1;
                }
            }
        }
    }
    faults
}

struct Cutter<'t> {
    text: &'t str,
    tokens: &'t [Token],
    brackets: &'t Brackets,
    cut: Cut,
    /// What [`faults`] found, last first; those before the current chunk are dropped.
    faults: Vec<(usize, usize)>,
}

/// Where the cutter stands.
#[derive(Default)]
struct Cut {
    /// Brackets that are open; those without a partner do not count.
    depth: u32,
    angles: Angles,
    /// What the token before is; trivia excluded, and documentation that stands behind other tokens of the chunk.
    previous: Option<Kind>,
    /// The last token of the chunk so far.
    last: Option<usize>,
    /// Whether it is such documentation, of which the first line in column 0 has been found to belong to no declaration.
    remark: bool,
    /// The word that says what the chunk declares.
    kind: Option<usize>,
    /// Whether a line ended since `previous`.
    newline: bool,
    /// Whether the line is empty before this point.
    column_zero: bool,
}

impl Cutter<'_> {
    fn skip(&mut self, at: usize) {
        let token = self.tokens[at];
        if token.breaks_line(self.text) {
            self.cut.newline = true;
        }
        self.cut.column_zero = token.text(self.text).ends_with(['\n', '\r']);
    }

    fn start(&mut self, at: usize) {
        let Cut { newline, column_zero, .. } = self.cut;
        self.cut = Cut { newline, column_zero, ..Cut::default() };
        while self.faults.last().is_some_and(|(fault, _)| *fault < at) {
            self.faults.pop();
        }
    }

    fn take(&mut self, at: usize) {
        let kind = self.tokens[at].kind;
        self.cut.last = Some(at);
        let column_zero = std::mem::take(&mut self.cut.column_zero);
        self.cut.newline = self.tokens[at].breaks_line(self.text);
        let follows = self.cut.previous.is_some_and(|before| before != Kind::Doc);
        if kind == Kind::Doc && follows {
            self.cut.remark |= column_zero;
            return;
        }
        self.cut.remark = false;
        if OPENERS.has(kind) && !self.brackets.is_unclosed(at) {
            self.cut.depth += 1;
        } else if CLOSERS.has(kind) && !self.brackets.is_stray(at) {
            self.cut.depth = self.cut.depth.saturating_sub(1);
        }
        if self.cut.kind.is_none() && kind == Kind::Word && self.word(at) != "pub" {
            self.cut.kind = Some(at);
        }
        if OPENERS.has(kind) || CLOSERS.has(kind) || kind == Kind::Semicolon {
            self.cut.angles.reset();
        }
        self.cut.previous = Some(self.cut.angles.role(kind));
    }

    fn word(&self, at: usize) -> &str {
        self.tokens[at].text(self.text)
    }

    fn is_declaration(&self, at: usize) -> bool {
        self.tokens[at].kind == Kind::Word && starts_declaration(self.word(at))
    }

    fn starts_chunk(&self, at: usize) -> bool {
        let Some(before) = self.cut.previous else { return true };
        let kind = self.tokens[at].kind;
        let is_remark = kind == Kind::Doc && (self.cut.remark || !self.cut.newline);
        if before == Kind::Doc || is_remark {
            return false;
        }
        let separate = can_end(before) && !continues(kind);
        let column_zero = self.cut.newline && self.cut.column_zero;
        if self.faults.last().is_some_and(|(_, from)| *from <= at) {
            return column_zero && (self.declares(at) || (separate && self.cut.depth == 0));
        }
        if self.cut.depth > 0 {
            return false;
        }
        match before {
            Kind::Semicolon => !continues(kind),
            _ if column_zero && self.declares(at) => true,
            Kind::RBrace if self.is_declaration(at) && self.has_body() => true,
            _ if !self.cut.newline || !separate => false,
            Kind::RBrace => true,
            _ => column_zero || kind == Kind::Doc || self.is_declaration(at),
        }
    }

    fn has_body(&self) -> bool {
        self.cut.kind.is_some_and(|at| has_body(self.word(at)))
    }

    /// Whether a declaration starts here: its word, or the documentation above it.
    fn declares(&self, at: usize) -> bool {
        if self.tokens[at].kind != Kind::Doc {
            return self.is_declaration(at);
        }
        let documented = (at..self.tokens.len()).find(|&at| {
            let kind = self.tokens[at].kind;
            kind != Kind::Doc && !TRIVIA.has(kind)
        });
        documented.is_some_and(|at| self.is_declaration(at))
    }
}

fn chunk(text: &str, tokens: &[Token]) -> Chunk {
    // The closers of a string without its end are empty, and white space may stand before them.
    let written = |token: &&Token| !token.span.is_empty() && !TRIVIA.has(token.kind);
    let last = tokens.iter().rev().find(written);
    let span = tokens.first().zip(last).map_or(Span::default(), |(first, last)| first.span.cover(last.span));
    let mut words = tokens
        .iter()
        .filter(|token| token.kind != Kind::Doc && !TRIVIA.has(token.kind))
        .map_while(|token| WORDS.has(token.kind).then(|| name(text, *token, span.start())))
        .skip_while(|word| word.text == "pub");
    Chunk { kind: words.next(), name: words.next(), offset: span.start(), len: span.len() }
}

fn name(text: &str, token: Token, base: u32) -> Name {
    let span = Span::new(token.span.start() - base, token.span.end() - base);
    Name { text: token.text(text).into(), span }
}
