//! Between lexer and parser: lines become separators, neighbours give tokens their roles, slips of the pen are mended.
//!
//! The parser sees tokens whose brackets always match. What was wrong with single tokens is found here, each mistake
//! once, and the ranges in which syntax errors would only be consequences are noted.

mod depth;
mod entry;
mod roles;

use mktlint_text::Span;

use crate::brackets::{Brackets, CLOSERS, OPENERS, closer};
use crate::codes::{
    BadEscape, BadLiteral, ForeignSpelling, StrayDoc, SyntaxProblem, TooDeep, UnclosedBracket,
    UnclosedComment, UnclosedPattern, UnclosedString, UnknownCharacter, UnopenedBracket,
};
use crate::kinds::has_body;
use crate::lex::{COMMENTS, Kind, Kinds, Token, WORDS};
use crate::literal;
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

/// Lays out the tokens of one declaration.
pub(crate) fn lay_out(text: &str, tokens: &[Token]) -> Laid {
    let brackets = Brackets::pair(tokens);
    let mut layout = Layout {
        text,
        tokens,
        body: body(text, tokens, &brackets),
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
        angles: 0,
        depth: Depth::default(),
    };
    layout.run();
    layout.laid
}

/// The index of the `{` that opens the body.
fn body(text: &str, tokens: &[Token], brackets: &Brackets) -> Option<usize> {
    let kind = tokens.iter().find(|it| it.kind == Kind::Word && it.text(text) != "pub")?;
    let open = brackets.last_top_brace?;
    (has_body(kind.text(text)) && !brackets.assigns).then_some(open)
}

/// Whether a clause can end with such a token.
pub(crate) fn can_end(kind: Kind) -> bool {
    !CANNOT_END.has(kind)
}

/// Whether such a token at the start of a line goes on with the clause before it.
pub(crate) fn continues(kind: Kind) -> bool {
    CONTINUES.has(kind)
}

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
    Kind::Dot,
    Kind::DotDot,
    Kind::DotDotEq,
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
    Kind::LBrace,
    Kind::BodyOpen,
    Kind::Question,
    Kind::Semicolon,
    Kind::TypeClose,
]));

/// A range may lack its end, `..` and `..=` can therefore end a clause.
const CANNOT_END: Kinds = Kinds::of(&[
    Kind::And,
    Kind::Or,
    Kind::OrElse,
    Kind::Not,
    Kind::NotIn,
    Kind::In,
    Kind::Is,
    Kind::If,
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
    Kind::Dot,
    Kind::Arrow,
    Kind::AndAnd,
    Kind::OrOr,
    Kind::FatArrow,
    Kind::ColonEq,
    Kind::LtGt,
    Kind::EqEqEq,
    Kind::NotEqEq,
    Kind::Bang,
    Kind::Sep,
    Kind::Semicolon,
    Kind::Doc,
    Kind::TypeOpen,
])
.with(OPENERS);

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
    /// `<` of types that are open.
    angles: u32,
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

    /// Keeps documentation where an entry can start; anywhere else it is a remark.
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
        let starts = matches!(before, None | Some(Kind::Doc | Kind::Sep | Kind::LBrace | Kind::BodyOpen));
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

    // Lines

    /// Whether a clause ends before `next`, the token at `at`: at a line break, at two spaces, and before `name:`.
    fn separates(&mut self, at: usize, next: Kind) -> bool {
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
    fn separate(&mut self) {
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

    fn end_entry(&mut self, at: u32) {
        self.frame().entry = Entry::default();
        self.depth.reset();
        self.angles = 0;
        if let Some(from) = self.silent_from.take() {
            self.laid.silent.push(Span::new(from, at));
        }
    }

    /// Ends `(` and `[` that are never closed where their line ends.
    fn end_groups(&mut self, next: Kind) {
        let ends = self.gap.newline && !continues(next) && self.last().is_some_and(|last| can_end(last.kind));
        while ends && self.frame().unclosed {
            self.close_early();
        }
    }

    // Brackets

    fn open(&mut self, at: usize, token: Token) {
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
        self.angles = 0;
    }

    fn closer(&mut self, at: usize, token: Token) {
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

    fn stray(&mut self, token: Token) {
        self.problem(UnopenedBracket { span: token.span, bracket: bracket(token.kind) });
        match token.kind {
            Kind::RBrace => self.laid.silent.push(Span::new(self.closed, u32::MAX)),
            _ => drop(self.silent_from.get_or_insert(token.span.start())),
        }
    }

    fn close(&mut self, token: Token) {
        self.frames.pop();
        if self.frames.len() == 1 && self.gap.newline {
            self.closed = token.span.end();
        }
        self.depth.close();
        self.angles = 0;
        self.push(token);
    }

    /// Closes the innermost bracket where nothing closes it.
    fn close_early(&mut self) {
        let gap = self.gap;
        let kind = closer(self.frame().open);
        let span = Span::at(self.last_end());
        self.close(Token { kind, span });
        self.gap = gap;
    }

    // Single tokens

    fn inspect(&mut self, token: Token) {
        let text = token.text(self.text);
        match token.kind {
            Kind::Unknown => {
                self.problem(UnknownCharacter { span: token.span, text: text.into() });
                self.silent_from.get_or_insert(token.span.start());
            }
            Kind::UnclosedPattern => {
                self.problem(UnclosedPattern { open: Span::new(token.span.start(), token.span.start() + 1) });
                self.swallow(token);
                self.silent_from.get_or_insert(token.span.start());
            }
            Kind::Escape if literal::escape(text).is_none() => {
                self.problem(BadEscape { span: token.span, text: text.into() });
            }
            Kind::Quote => self.quotes.push(token.span),
            Kind::QuoteEnd => self.end_string(token),
            _ if !is_valid(token.kind, text) => {
                self.problem(BadLiteral { span: token.span, text: text.into(), kind: token.kind });
            }
            _ => {}
        }
    }

    fn swallow(&mut self, token: Token) {
        self.swallowed |= token.text(self.text).contains(['(', ')', '[', ']', '{', '}']);
    }

    /// Of strings in interpolations that all end with the same line, the outermost is the mistake.
    fn end_string(&mut self, token: Token) {
        let Some(open) = self.quotes.pop() else { return };
        if !token.span.is_empty() {
            return;
        }
        let span = open.cover(token.span);
        self.swallow(Token { kind: Kind::StringText, span });
        // When the first quote is missing rather than the last, the text before it was read as code.
        let line = self.text.get(..open.start() as usize).and_then(|before| before.rfind(['\n', '\r']));
        self.laid.silent.push(Span::new(line.map_or(0, |at| at as u32), open.start()));
        self.silent_from = Some(self.silent_from.unwrap_or(u32::MAX).min(open.start()));
        if let Some(SyntaxProblem::UnclosedString(last)) = self.laid.problems.last_mut()
            && last.end == token.span.start()
        {
            last.open = open;
            return;
        }
        self.problem(UnclosedString { open, end: token.span.start() });
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

/// Whether a literal has a value.
fn is_valid(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Int => literal::int(text).is_some(),
        Kind::Decimal => literal::decimal(text).is_some(),
        Kind::Percent => literal::percent(text).is_some(),
        Kind::Date => literal::date(text).is_some(),
        Kind::DateTime => literal::date_time(text).is_some(),
        Kind::Time => literal::time(text).is_some(),
        _ => true,
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
