//! Where the cursor is in a policy, whose text may be half typed.
//!
//! Only what stands before the cursor is read, laid out as the parser has it: which brackets are open there, which
//! clause it is in, and which words lead up to it. What follows may still be wrong in every way.

#[cfg(test)]
pub(super) mod bench;
#[cfg(test)]
mod laws;

use std::cell::OnceCell;
use std::ops::Range;

use mktlint_hir::db::declarations;
use mktlint_hir::infer::{Infer, Local};
use mktlint_hir::model::item::ItemKind;
use mktlint_hir::model::types::Type;
use mktlint_hir::{SourceFile, names};
use mktlint_syntax::ast::{Declaration, Expr, Lead};
use mktlint_syntax::lex::{COMMENTS, Kind, Kinds, Token, WORDS};
use mktlint_syntax::{CLOSERS, OPENERS, chunks, laid_out, parse_chunk};
use mktlint_text::Span;

use crate::view::View;

/// Stands for the word under the cursor while the text before it is read.
const MARK: &str = "x";

/// Tokens of an expression that are looked at to find its type. People write fewer than a hundred.
const LONGEST: usize = 2_000;

/// Variables of one clause that are looked at. Nobody nests as many.
const MOST_VARIABLES: usize = 64;

/// What ends an operand on its left.
const BOUNDARIES: Kinds = Kinds::of(&[
    Kind::And,
    Kind::Or,
    Kind::Not,
    Kind::Comma,
    Kind::Assign,
    Kind::Where,
    Kind::When,
    Kind::Unless,
    Kind::Until,
    Kind::On,
    Kind::As,
    Kind::Except,
    Kind::InLead,
    Kind::NotLead,
    Kind::In,
    Kind::NotIn,
    Kind::If,
    Kind::Then,
    Kind::Pipe,
    Kind::Sep,
    Kind::Quantifier,
    Kind::Colon,
    Kind::TypeColon,
    Kind::Arrow,
    Kind::EqEq,
    Kind::NotEq,
    Kind::Lt,
    Kind::Le,
    Kind::Gt,
    Kind::Ge,
]);

/// A place in a policy.
pub struct Context<'a> {
    /// What is known of the workspace.
    pub view: View<'a>,
    /// The file.
    pub file: SourceFile,
    /// The word that the cursor is in or at the end of, in the file; empty between words.
    pub word: Span,
    /// The letters of that word before the cursor.
    pub typed: &'a str,
    /// The kind of the declaration around; `None` outside of declarations.
    pub kind: Option<ItemKind>,
    /// The text of the declaration up to the word.
    text: String,
    /// Its tokens, comments left out.
    tokens: Vec<Token>,
    /// The brackets that are open, outermost first; the first is the declaration itself.
    frames: Vec<Frame>,
    /// The tree of the declaration as far as the word. Several questions need it, and some declarations are long.
    tree: OnceCell<Option<Declaration>>,
}

/// A bracket that is open before the cursor.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// The opener; [`Kind::Sep`] for the declaration itself.
    pub open: Kind,
    /// The first token of the clause that is being written.
    pub entry: usize,
    /// The opener among the tokens; 0 for the declaration itself.
    pub at: usize,
}

impl<'a> Context<'a> {
    /// The place of `offset`; `None` in comments, texts, patterns and numbers.
    pub fn at(view: View<'a>, file: SourceFile, offset: u32) -> Option<Self> {
        let text: &'a str = file.text(view.db);
        let word = word_at(text, offset)?;
        let typed = text.get(word.start() as usize..offset as usize)?;
        let start = start_of_declaration(view, file, word.start());
        let before = text.get(start as usize..word.start() as usize)?;
        let marked = format!("{before}{MARK}");
        let mut tokens = laid_out(&marked);
        let mark = Span::of(before.len()..marked.len());
        let end = tokens.iter().rposition(|token| token.span == mark && WORDS.has(token.kind))?;
        tokens.truncate(end);
        tokens.retain(|token| !COMMENTS.has(token.kind));
        let frames = frames(&tokens);
        let mut context = Self {
            view,
            file,
            word,
            typed,
            kind: None,
            text: before.to_owned(),
            tokens,
            frames,
            tree: OnceCell::new(),
        };
        context.kind = context.kind_word().and_then(names::kind_of_word);
        Some(context)
    }

    /// Whether the word starts a declaration, behind `pub` perhaps.
    pub fn is_top_level(&self) -> bool {
        self.kind_word().is_none()
    }

    /// Whether `pub` stands before the word.
    pub fn is_public(&self) -> bool {
        self.tokens.iter().any(|token| token.text(&self.text) == "pub")
    }

    fn kind_word(&self) -> Option<&str> {
        let at = self.kind_token()?;
        self.tokens.get(at).map(|token| token.text(&self.text))
    }

    fn kind_token(&self) -> Option<usize> {
        let is_kind = |token: &Token| token.kind != Kind::Doc && token.text(&self.text) != "pub";
        self.tokens.iter().position(is_kind)
    }

    /// The innermost bracket that is open.
    pub fn frame(&self) -> Frame {
        self.frames.last().copied().unwrap_or(Frame { open: Kind::Sep, entry: 0, at: 0 })
    }

    /// The brackets that are open, outermost first.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// The last token before the word.
    pub fn last(&self) -> Option<Token> {
        self.tokens.last().copied()
    }

    /// Whether `word` and an opening sign stand before the word.
    pub fn is_behind(&self, word: &str) -> bool {
        let before = self.tokens.len().checked_sub(2).and_then(|at| self.tokens.get(at));
        before.is_some_and(|token| token.text(&self.text) == word)
    }

    /// The text of a token.
    pub fn str(&self, token: Token) -> &str {
        token.text(&self.text)
    }

    /// The tokens in `range`.
    pub fn tokens(&self, range: Range<usize>) -> &[Token] {
        self.tokens.get(range).unwrap_or_default()
    }

    /// How many tokens there are.
    pub fn n_tokens(&self) -> usize {
        self.tokens.len()
    }

    /// The tokens of a bracket's current clause, as far as the next open bracket or the word. Of a body and of the
    /// declaration itself without the word that they start with.
    pub fn entry(&self, depth: usize) -> Range<usize> {
        let Some(frame) = self.frames.get(depth) else { return 0..0 };
        let end = self.frames.get(depth + 1).map_or(self.tokens.len(), |inner| inner.at);
        let start = match frame.open {
            Kind::BodyOpen => (frame.entry + 1).min(end),
            Kind::Sep => self.kind_token().map_or(end, |at| at + 1).min(end),
            _ => frame.entry.min(end),
        };
        start..end
    }

    /// Whether a clause of the body starts with the word.
    pub fn is_head(&self) -> bool {
        self.frame().open == Kind::BodyOpen && self.frame().entry >= self.tokens.len()
    }

    /// The word that the clause of the body starts with; `None` in a header.
    pub fn head(&self) -> Option<&str> {
        let body = self.frames.iter().find(|frame| frame.open == Kind::BodyOpen)?;
        self.tokens.get(body.entry).map(|token| token.text(&self.text))
    }

    /// The words of a bracket's current clause: brackets as `()`, `[]` or `{}`, texts as `""`.
    pub fn words(&self, depth: usize) -> Vec<&str> {
        let range = self.entry(depth);
        let mut words = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let Some(token) = self.tokens.get(at).copied() else { break };
            let next = self.behind(at);
            words.push(match token.kind {
                Kind::Quote => "\"\"",
                Kind::LParen | Kind::CallOpen => "()",
                Kind::LBracket => "[]",
                kind if OPENERS.has(kind) => "{}",
                _ => token.text(&self.text),
            });
            at = next;
        }
        words
    }

    /// The token behind the one at `at`, and behind its closer where it opens something.
    pub fn behind(&self, at: usize) -> usize {
        let mut depth = 0_u32;
        for (n, token) in self.tokens.iter().enumerate().skip(at) {
            let opens = OPENERS.has(token.kind) || token.kind == Kind::Quote;
            let closes = CLOSERS.has(token.kind) || token.kind == Kind::QuoteEnd;
            depth = if opens { depth + 1 } else { depth.saturating_sub(u32::from(closes)) };
            if depth == 0 {
                return n + 1;
            }
        }
        self.tokens.len()
    }

    /// The heads of the clauses that the body has already, and of those behind the cursor.
    pub fn heads(&self) -> Vec<String> {
        let Some((declaration, _)) = self.view.declaration_at(self.file, self.word.start()) else {
            return Vec::new();
        };
        let body = self.view.tree(declaration).and_then(|tree| tree.body.as_ref());
        let entries = body.iter().flat_map(|body| &body.entries);
        let own = self.word.start().saturating_sub(declaration.offset(self.view.db));
        entries
            .filter_map(|entry| match entry {
                mktlint_syntax::ast::Entry::Clause(clause) => Some(clause),
                mktlint_syntax::ast::Entry::Expr(_) => None,
            })
            .filter(|clause| clause.head.span.start() != own)
            .map(|clause| clause.head.text.to_string())
            .collect()
    }

    /// The operand that ends before the token `end`, up to what it is joined to.
    pub fn operand(&self, depth: usize, end: usize) -> Range<usize> {
        let start = self.entry(depth).start.min(end);
        let mut from = end;
        let mut closed = 0_u32;
        while from > start {
            let Some(token) = self.tokens.get(from - 1) else { break };
            let closes = CLOSERS.has(token.kind) || token.kind == Kind::QuoteEnd;
            let opens = OPENERS.has(token.kind) || token.kind == Kind::Quote;
            if closed == 0 && (opens || self.is_boundary(from - 1)) {
                break;
            }
            closed = if closes { closed + 1 } else { closed.saturating_sub(u32::from(opens)) };
            from -= 1;
        }
        from..end
    }

    fn is_boundary(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return true };
        let of_or_else = |before: &Token| matches!(before.kind, Kind::OrElse | Kind::Or);
        match token.kind {
            Kind::Else => !at.checked_sub(1).and_then(|at| self.tokens.get(at)).is_some_and(of_or_else),
            kind => BOUNDARIES.has(kind),
        }
    }

    /// The words of some tokens as they are written.
    pub fn source(&self, range: Range<usize>) -> &str {
        let tokens = self.tokens(range);
        let span = tokens.first().zip(tokens.last()).map(|(first, last)| first.span.cover(last.span));
        span.map_or("", |span| span.slice(&self.text))
    }

    /// What types expressions here: the names of the declaration, and the variables of quantifiers around.
    pub fn infer(&self) -> Option<Infer<'a>> {
        let parse = || parse_chunk(&format!("{}{MARK}", self.text)).declaration;
        let tree = self.tree.get_or_init(parse).as_ref()?;
        let (db, project) = (self.view.db, self.view.project);
        let mut infer = mktlint_hir::infer_at(db, project, self.file, tree, self.kind?, self.head());
        infer.scene.matched |=
            self.kind == Some(ItemKind::Rule) && self.heads().iter().any(|head| head == "match");
        self.narrow_to_record(&mut infer);
        for depth in 0..self.frames.len() {
            self.variables(depth, &mut infer);
        }
        Some(infer)
    }

    /// In a condition on contacts, `audience could include { … }`, their attributes are what names mean.
    fn narrow_to_record(&self, infer: &mut Infer<'_>) {
        let asks = |depth: usize| self.words(depth).ends_with(&["audience", "could", "include"]);
        if (0..self.frames.len().saturating_sub(1)).any(asks) {
            let (db, project) = (self.view.db, self.view.project);
            let contacts = mktlint_hir::signature::contacts_for(db, project, self.file);
            infer.scene = mktlint_hir::infer::Scene::of_contacts(&contacts);
        }
    }

    /// The variables of `any link in links where`.
    fn variables(&self, depth: usize, infer: &mut Infer<'_>) {
        let range = self.entry(depth);
        let is_quantifier =
            |at: &usize| self.tokens.get(*at).is_some_and(|token| token.kind == Kind::Quantifier);
        for at in range.clone().filter(is_quantifier).take(MOST_VARIABLES) {
            let binds = self.tokens.get(at + 2).is_some_and(|token| token.kind == Kind::In);
            let from = if binds { at + 3 } else { at + 1 };
            let rest = self.tokens(from..range.end);
            let Some(len) = rest.iter().position(|token| token.kind == Kind::Where) else { continue };
            let item = type_of(infer, self.source(from..from + len)).present().item().cloned();
            let name = self.tokens.get(at + 1).filter(|_| binds).map_or("it", |name| self.str(*name));
            infer.locals.push(Local { name: name.into(), ty: item.unwrap_or(Type::Error), span: None });
        }
    }

    /// The type of what stands in `range`.
    pub fn type_of(&self, range: Range<usize>) -> Type {
        if range.len() > LONGEST {
            return Type::Error;
        }
        let Some(mut infer) = self.infer() else { return Type::Error };
        type_of(&mut infer, self.source(range))
    }
}

/// The type of the expression `text`; [`Type::Error`] when it is none.
pub fn type_of(infer: &mut Infer<'_>, text: &str) -> Type {
    let Some(tree) = expression(text) else { return Type::Error };
    let id = infer.infer(&tree, None);
    infer.ty(id)
}

/// `text` as the tree of an expression.
fn expression(text: &str) -> Option<Expr> {
    let tree = parse_chunk(&format!("let it = {text}")).declaration?;
    let is_value = |lead: Option<(Lead, Span)>| matches!(lead, Some((Lead::Assign, _)));
    tree.segments.into_iter().find(|segment| is_value(segment.lead))?.value
}

/// The word around `offset`; empty where there is none, `None` in a number and at no boundary of characters.
pub fn word_at(text: &str, offset: u32) -> Option<Span> {
    let at = offset as usize;
    let (before, behind) = (text.get(..at)?, text.get(at..)?);
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let start = before.trim_end_matches(is_letter).len();
    let end = at + (behind.len() - behind.trim_start_matches(is_letter).len());
    let first = text.get(start..)?.chars().next();
    let is_number = start < at && first.is_some_and(|first| first.is_ascii_digit());
    let glued = text.get(..start)?.chars().next_back().is_some_and(|c| !c.is_ascii() && c.is_alphabetic());
    (!is_number && !glued).then(|| Span::of(start..end))
}

/// Where the declaration starts that a word at `offset` belongs to; `offset` itself when it starts one of its own.
fn start_of_declaration(view: View<'_>, file: SourceFile, offset: u32) -> u32 {
    let all = declarations(view.db, file);
    let after = all.partition_point(|own| own.offset(view.db) <= offset);
    let last = after.checked_sub(1).and_then(|at| all.get(at));
    let Some(last) = last else { return 0 };
    let start = last.offset(view.db);
    let len = last.text(view.db).len();
    if (offset - start) as usize <= len {
        return start;
    }
    // Behind the last word of a declaration: does it go on?
    let text: &str = file.text(view.db);
    let before = text.get(start as usize..offset as usize).unwrap_or_default();
    let marked = format!("{before}{MARK}");
    chunks(&marked).last().map_or(start, |chunk| start + chunk.offset)
}

fn frames(tokens: &[Token]) -> Vec<Frame> {
    let mut frames = vec![Frame { open: Kind::Sep, entry: 0, at: 0 }];
    for (at, token) in tokens.iter().enumerate() {
        if OPENERS.has(token.kind) {
            frames.push(Frame { open: token.kind, entry: at + 1, at });
        } else if CLOSERS.has(token.kind) && frames.len() > 1 {
            frames.pop();
        }
        let Some(frame) = frames.last_mut() else { continue };
        let ends = match token.kind {
            Kind::Sep | Kind::Doc => matches!(frame.open, Kind::BodyOpen | Kind::LBrace),
            Kind::Comma => {
                matches!(frame.open, Kind::LBrace | Kind::LBracket | Kind::CallOpen | Kind::SelectOpen)
            }
            _ => false,
        };
        if ends {
            frame.entry = at + 1;
        }
    }
    frames
}
