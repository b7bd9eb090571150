//! Between lexer and parser: lines become separators, neighbours give tokens their roles, slips of the pen are mended.
//!
//! The parser sees tokens whose brackets always match. What was wrong with single tokens is found here, each mistake
//! once, and the ranges in which syntax errors would only be consequences are noted.

mod depth;
mod entry;
mod inspect;
mod lines;
mod nesting;
mod roles;

use mktlint_text::Span;

use crate::brackets::{Angles, Brackets, CLOSERS, OPENERS};
use crate::codes::{ForeignSpelling, StrayDoc, SyntaxProblem, TooDeep, UnclosedComment};
use crate::kinds::{has_body, is_typed};
use crate::lex::{COMMENTS, Kind, Token, lex};
pub(crate) use lines::{can_end, continues};

use depth::Depth;
use entry::Entry;

/// What the parser and the formatter work on.
pub(crate) struct Laid {
    /// The tokens, comments included, white space not, with [`Kind::Sep`] where a clause ends.
    pub(crate) tokens: Vec<Token>,
    /// What is wrong with single tokens and with brackets.
    pub(crate) problems: Vec<SyntaxProblem>,
    /// Where a syntax error is the consequence of one of them.
    pub(crate) silent: Vec<Span>,
    /// Nested so deeply that it must not be parsed.
    pub(crate) too_deep: bool,
}

/// The tokens of one declaration, comments included, white space not, with [`Kind::Sep`] where a clause ends and a closer
/// for every bracket. Of text that is nested too deeply only those before it becomes so.
pub fn laid_out(text: &str) -> Vec<Token> {
    lay_out(text, &lex(text)).tokens
}

/// Lays out the tokens of one declaration.
pub(crate) fn lay_out(text: &str, tokens: &[Token]) -> Laid {
    let brackets = Brackets::pair(tokens);
    let mut layout = Layout {
        text,
        tokens,
        body: body(text, tokens, &brackets),
        is_typed: kind(text, tokens).is_some_and(is_typed),
        brackets: &brackets,
        laid: Laid {
            tokens: Vec::with_capacity(tokens.len()),
            problems: Vec::new(),
            silent: Vec::new(),
            too_deep: false,
        },
        frames: vec![Frame::new(Token { kind: Kind::Sep, span: Span::at(0) }, false)],
        previous: None,
        gap: Gap::default(),
        quotes: Vec::new(),
        swallowed: false,
        silent_from: None,
        closed: 0,
        angles: Angles::default(),
        depth: Depth::default(),
    };
    layout.run();
    layout.laid
}

/// The index of the `{` that opens the body.
fn body(text: &str, tokens: &[Token], brackets: &Brackets) -> Option<usize> {
    let kind = kind(text, tokens)?;
    let open = brackets.last_top_brace?;
    (has_body(kind) && !brackets.assigns).then_some(open)
}

/// The word that says what is declared.
fn kind<'t>(text: &'t str, tokens: &[Token]) -> Option<&'t str> {
    let words = tokens.iter().filter(|it| it.kind == Kind::Word).map(|it| it.text(text));
    words.into_iter().find(|word| *word != "pub")
}

/// What stood between two tokens.
#[derive(Clone, Copy, Default)]
struct Gap {
    newline: bool,
    /// Two characters of white space or more.
    wide: bool,
}

/// A bracket that is open, or the whole declaration.
struct Frame {
    /// The opener; [`Kind::Sep`] for the whole declaration.
    open: Kind,
    /// Where the opener stands.
    place: Span,
    /// It has no closer, and no brace to hold: it ends with its line.
    unclosed: bool,
    entry: Entry,
}

impl Frame {
    fn new(open: Token, unclosed: bool) -> Self {
        Self { open: open.kind, place: open.span, unclosed, entry: Entry::default() }
    }

    /// Lines count between braces only.
    fn has_clauses(&self) -> bool {
        matches!(self.open, Kind::LBrace | Kind::BodyOpen)
    }
}

struct Layout<'t> {
    text: &'t str,
    tokens: &'t [Token],
    brackets: &'t Brackets,
    body: Option<usize>,
    /// A type stands behind the declared name.
    is_typed: bool,
    laid: Laid,
    frames: Vec<Frame>,
    /// Where in `laid` the last token is that is no comment.
    previous: Option<usize>,
    gap: Gap,
    /// Where the strings start that are open.
    quotes: Vec<Span>,
    /// A token without its end may have taken brackets with it, so faults of brackets are its consequences.
    swallowed: bool,
    silent_from: Option<u32>,
    /// Where the last bracket closed that stood in no other, if a line starts there. Elsewhere a closer does not
    /// prove that all was well before it.
    closed: u32,
    angles: Angles,
    depth: Depth,
}

impl Layout<'_> {
    fn run(&mut self) {
        for at in 0..self.tokens.len() {
            let token = self.tokens[at];
            match token.kind {
                Kind::Space => self.space(token),
                kind if COMMENTS.has(kind) => self.comment(token),
                Kind::Doc => self.doc(token),
                _ => self.significant(at, token),
            }
            if self.laid.too_deep {
                return;
            }
        }
        self.close_all();
        self.finish();
    }

    /// Closes what is open at the end. When a text breaks off, the outermost bracket is the mistake.
    fn close_all(&mut self) {
        let inner: Vec<Span> = self.frames.iter().skip(2).map(|frame| frame.place).collect();
        self.laid.problems.retain(
            |it| !matches!(it, SyntaxProblem::UnclosedBracket(it) if inner.binary_search(&it.open).is_ok()),
        );
        while self.frames.len() > 1 {
            self.close_early();
        }
    }

    fn finish(&mut self) {
        self.stray_doc();
        if let Some(from) = self.silent_from.take() {
            self.laid.silent.push(Span::new(from, u32::MAX));
        }
        let Laid { problems, silent, .. } = &mut self.laid;
        *silent = merged(std::mem::take(silent));
        problems.retain(|it| !(depends_on_place(it) && is_silent(silent, it)));
        problems.sort_by_key(SyntaxProblem::span);
        self.merge_brackets();
    }

    /// Faults of brackets on one line are one mistake, and none when something else has taken a bracket with it.
    fn merge_brackets(&mut self) {
        let mut last: Option<u32> = None;
        let (text, swallowed) = (self.text, self.swallowed);
        self.laid.problems.retain(|it| {
            let (SyntaxProblem::UnclosedBracket(_) | SyntaxProblem::UnopenedBracket(_)) = it else {
                return true;
            };
            let at = it.span().start();
            let between = last.replace(at).map(|last| Span::new(last, at).slice(text));
            !swallowed && between.is_none_or(|between| between.contains(['\n', '\r']))
        });
    }

    /// Documentation at the very end documents nothing.
    fn stray_doc(&mut self) {
        if let Some(last) = self.previous.and_then(|at| self.laid.tokens.get(at)).copied()
            && last.kind == Kind::Doc
        {
            self.laid.problems.push(StrayDoc { span: last.span }.into());
        }
    }

    fn space(&mut self, token: Token) {
        self.gap.newline |= token.breaks_line(self.text);
        self.gap.wide = token.text(self.text).chars().nth(1).is_some();
    }

    fn comment(&mut self, token: Token) {
        match token.kind {
            Kind::HashComment => {
                self.problem(ForeignSpelling::new(token.span, "#", "//"));
                self.swallow(token);
            }
            Kind::UnclosedComment => {
                self.problem(UnclosedComment { open: Span::new(token.span.start(), token.span.start() + 2) });
                self.swallow(token);
            }
            _ => {}
        }
        self.gap.newline |= token.breaks_line(self.text);
        self.gap.wide = false;
        self.laid.tokens.push(token);
    }

    /// Keeps documentation where an entry can start; anywhere else it is a remark, and a mistake behind something on its
    /// line, where it looks as if it documented that.
    ///
    /// A comma in front of it becomes a separator, so that each member of an `enum` can be documented.
    fn doc(&mut self, token: Token) {
        if self.gap.newline && self.frame().has_clauses() {
            match self.previous.map(|at| (at, self.laid.tokens[at])) {
                Some((at, comma)) if comma.kind == Kind::Comma => {
                    self.laid.tokens[at].kind = Kind::Sep;
                    self.end_entry(comma.span.start());
                }
                Some((_, last)) if can_end(last.kind) => self.separate(),
                _ => {}
            }
        }
        let before = self.previous.map(|at| self.laid.tokens[at].kind);
        let starts = match before {
            None | Some(Kind::Doc | Kind::LBrace | Kind::BodyOpen) => true,
            Some(before) => before == Kind::Sep && self.gap.newline,
        };
        if !starts && !self.gap.newline {
            self.problem(StrayDoc { span: token.span });
        }
        if starts {
            self.push(token);
        } else {
            self.laid.tokens.push(Token { kind: Kind::LineComment, span: token.span });
        }
        self.gap = Gap { newline: false, wide: false };
    }

    fn significant(&mut self, at: usize, token: Token) {
        if CLOSERS.has(token.kind) {
            return self.closer(at, token);
        }
        self.end_groups(token.kind);
        if self.separates(at, token.kind) {
            self.separate();
        }
        let token = Token { kind: self.role(at, token), ..token };
        self.inspect(token);
        if !self.depth.take(token.kind) {
            self.laid.too_deep = true;
            return self.problem(TooDeep { span: token.span });
        }
        match token.kind {
            Kind::Unknown => self.gap = Gap::default(),
            Kind::Sep => {
                self.push(token);
                self.end_entry(token.span.start());
            }
            kind if OPENERS.has(kind) => self.open(at, token),
            _ => self.count(token),
        }
    }

    fn count(&mut self, token: Token) {
        self.frame().entry.take(token.kind);
        self.push(token);
    }

    fn push(&mut self, token: Token) {
        self.previous = Some(self.laid.tokens.len());
        self.laid.tokens.push(token);
        self.gap = Gap::default();
    }

    fn problem(&mut self, problem: impl Into<SyntaxProblem>) {
        self.laid.problems.push(problem.into());
    }

    fn frame(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the outermost frame is never popped")
    }

    fn last(&self) -> Option<Token> {
        self.previous.and_then(|at| self.laid.tokens.get(at)).copied()
    }

    fn last_end(&self) -> u32 {
        self.last().map_or(0, |last| last.span.end())
    }
}

/// The same ranges in order, without overlap.
fn merged(mut ranges: Vec<Span>) -> Vec<Span> {
    ranges.sort_unstable();
    ranges.dedup_by(|next, last| {
        let overlap = last.touches(next.start());
        if overlap {
            *last = last.cover(*next);
        }
        overlap
    });
    ranges
}

/// Whether a problem is where a fault has hidden what is wrong and what is not.
pub(crate) fn is_silent(silent: &[Span], problem: &SyntaxProblem) -> bool {
    let at = problem.span().start();
    let behind = silent.partition_point(|range| range.start() <= at);
    behind > 0 && silent[behind - 1].touches(at)
}

/// `=` and `==` are told apart by what they stand in, which a missing bracket changes.
fn depends_on_place(problem: &SyntaxProblem) -> bool {
    matches!(problem, SyntaxProblem::ForeignSpelling(it) if matches!(it.meant, "=" | "=="))
}
