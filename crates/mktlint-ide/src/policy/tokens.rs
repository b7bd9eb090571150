//! What each word is, for colours.

use mktlint_hir::SourceFile;
use mktlint_hir::db::library::is_of_library;
use mktlint_hir::db::{Declaration, declarations};
use mktlint_hir::mention::{Meant, Mention, Role, mentions};
use mktlint_hir::model::item::{Item, ItemKind, Meaning};
use mktlint_hir::names::kind_of_word;
use mktlint_syntax::ast::{self, Clause, Entry, Expr, ExprKind, Lead, Segment};
use mktlint_syntax::lex::{Kind, Token as Lexed, WORDS, lex};
use mktlint_text::Span;

use super::walk::{Node, descend};
use crate::View;

/// What a word is. The words of editors, so that every colour scheme knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenKind {
    /// A module: `std.regions`.
    Namespace,
    /// A type that no policy declares, an `enum`, a `lifecycle`.
    Type,
    /// Who or what policies speak of: an audience, a suppression, a kind of asset, a part.
    Class,
    /// A parameter, the variable of a quantifier.
    Parameter,
    /// A `let`, a `fact`, a `region`, `it`.
    Variable,
    /// A field.
    Property,
    /// A member of an enum, a stage, a country.
    EnumMember,
    /// What judges: a rule, a claim, a term, a convention; a `fn`.
    Function,
    /// A word of the language.
    Keyword,
    /// A comment.
    Comment,
    /// A text.
    String,
    /// A number, a day, a time.
    Number,
    /// A pattern.
    Regexp,
    /// A sign.
    Operator,
    /// A role, a tier.
    Decorator,
}

impl TokenKind {
    /// Every kind, by number.
    pub const ALL: [Self; 15] = [
        Self::Namespace,
        Self::Type,
        Self::Class,
        Self::Parameter,
        Self::Variable,
        Self::Property,
        Self::EnumMember,
        Self::Function,
        Self::Keyword,
        Self::Comment,
        Self::String,
        Self::Number,
        Self::Regexp,
        Self::Operator,
        Self::Decorator,
    ];
}

/// What else is true of a word; several can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// It is introduced here.
    pub declaration: bool,
    /// Its value cannot differ.
    pub readonly: bool,
    /// It comes with the library.
    pub library: bool,
    /// It is past its last day.
    pub deprecated: bool,
    /// It documents something.
    pub documentation: bool,
}

/// A word and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes; comments can have several lines.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// What else is true of it.
    pub modifiers: Modifiers,
}

#[derive(Clone, Copy)]
struct Look {
    kind: TokenKind,
    modifiers: Modifiers,
}

const fn look(kind: TokenKind) -> Look {
    let modifiers = Modifiers {
        declaration: false,
        readonly: false,
        library: false,
        deprecated: false,
        documentation: false,
    };
    Look { kind, modifiers }
}

/// The words of a file, in order, without overlap; only those that touch `range` when there is one.
pub fn tokens(view: View<'_>, file: SourceFile, range: Option<Span>) -> Vec<Token> {
    let text = file.text(view.db);
    let range = range.unwrap_or(Span::new(0, u32::MAX));
    let mut looks = looks(view, file, range).into_iter().peekable();
    let mut found: Vec<Token> = Vec::new();
    let mut last_end = 0;
    for lexed in lex(text) {
        if lexed.span.is_empty() || lexed.span.end() < range.start() || lexed.span.start() > range.end() {
            continue;
        }
        while looks.peek().is_some_and(|(span, _)| span.start() < lexed.span.start()) {
            looks.next();
        }
        let named =
            looks.peek().filter(|(span, _)| span.start() == lexed.span.start() && WORDS.has(lexed.kind));
        let Some(look) = named.map(|(_, look)| *look).or_else(|| plain(lexed)) else { continue };
        let Look { kind, modifiers } = look;
        match found.last_mut() {
            Some(last)
                if kind == TokenKind::String && last.kind == kind && last_end == lexed.span.start() =>
            {
                last.span = last.span.cover(lexed.span);
            }
            _ => found.push(Token { span: lexed.span, kind, modifiers }),
        }
        last_end = lexed.span.end();
    }
    found
}

/// What a token is by itself.
fn plain(token: Lexed) -> Option<Look> {
    Some(match token.kind {
        Kind::LineComment | Kind::BlockComment | Kind::HashComment | Kind::UnclosedComment => {
            look(TokenKind::Comment)
        }
        Kind::Doc | Kind::ModuleDoc => {
            let mut docs = look(TokenKind::Comment);
            docs.modifiers.documentation = true;
            docs
        }
        Kind::Int | Kind::Decimal | Kind::Percent | Kind::Date | Kind::DateTime | Kind::Time => {
            look(TokenKind::Number)
        }
        Kind::Pattern | Kind::UnclosedPattern => look(TokenKind::Regexp),
        Kind::Quote
        | Kind::StringText
        | Kind::Escape
        | Kind::QuoteEnd
        | Kind::SingleQuoted
        | Kind::CurlyQuoted => look(TokenKind::String),
        Kind::Space
        | Kind::Word
        | Kind::LParen
        | Kind::RParen
        | Kind::LBracket
        | Kind::RBracket
        | Kind::LBrace
        | Kind::RBrace
        | Kind::Comma
        | Kind::Colon
        | Kind::Dot
        | Kind::Semicolon
        | Kind::CallOpen
        | Kind::SelectOpen
        | Kind::TypeOpen
        | Kind::TypeClose
        | Kind::BodyOpen
        | Kind::BodyClose
        | Kind::Unknown => return None,
        kind if WORDS.has(kind) => look(TokenKind::Keyword),
        _ => look(TokenKind::Operator),
    })
}

/// What the words of the declarations in `range` are, in order of place; the first of several at one word counts.
fn looks(view: View<'_>, file: SourceFile, range: Span) -> Vec<(Span, Look)> {
    let mut looks = Vec::new();
    for &declaration in declarations(view.db, file) {
        let base = declaration.offset(view.db);
        let own = Span::new(base, base.saturating_add(declaration.text(view.db).len() as u32));
        if own.end() < range.start() || own.start() > range.end() {
            continue;
        }
        let mut inner = named(view, declaration);
        if let Some(tree) = view.tree(declaration) {
            Painter { looks: &mut inner, kind: kind_of_word(&tree.kind.text) }.declaration(tree);
        }
        // Stable: what is known of a name goes before what its place suggests.
        inner.sort_by_key(|(span, _)| span.start());
        inner.dedup_by_key(|(span, _)| span.start());
        looks.extend(inner.into_iter().map(|(span, look)| (span.shift(base), look)));
    }
    looks
}

/// The words that name something.
fn named(view: View<'_>, declaration: Declaration<'_>) -> Vec<(Span, Look)> {
    let item = view.item(declaration);
    let is_library = is_of_library(declaration.file(view.db).module(view.db));
    let is_past = is_past(item, view.project.today(view.db));
    let mut looks = Vec::new();
    // What has no name of its own is introduced by the word of its kind, which stays one of the language.
    let head = view.tree(declaration).map(|tree| tree.kind.span);
    let mentions = mentions(view.db, view.project, declaration).iter();
    for mention in mentions.filter(|mention| Some(mention.span) != head) {
        let mut look = of_mention(mention);
        look.modifiers.library &= !is_library;
        let is_own = matches!(&mention.what, Meant::Declaration(_, path) if *path == item.path);
        look.modifiers.deprecated = is_past && is_own && mention.role == Role::Definition;
        looks.push((mention.span, look));
    }
    looks
}

fn of_mention(mention: &Mention) -> Look {
    let (kind, readonly, library) = match &mention.what {
        Meant::Declaration(kind, path) => (of_item(*kind), is_value(*kind), is_of_library(path.module())),
        Meant::Field(path, _) => (TokenKind::Property, false, is_of_library(path.module())),
        Meant::Member(path, _) => (TokenKind::EnumMember, true, is_of_library(path.module())),
        Meant::Local(_) => (TokenKind::Parameter, false, false),
        Meant::Function(_) => (TokenKind::Function, false, true),
        Meant::Module(path) => (TokenKind::Namespace, false, path == "std" || is_of_library(path)),
        Meant::Parts(_) => (TokenKind::Property, false, true),
        Meant::Country(_) | Meant::Language(_) | Meant::Shape(_) => (TokenKind::EnumMember, true, true),
        Meant::Type(_) => (TokenKind::Type, false, true),
        Meant::Special(_) => (TokenKind::Variable, true, true),
    };
    let declaration = matches!(mention.role, Role::Definition | Role::Alias);
    let modifiers = Modifiers { declaration, readonly, library, ..Modifiers::default() };
    Look { kind, modifiers }
}

const fn of_item(kind: ItemKind) -> TokenKind {
    match kind {
        ItemKind::Enum | ItemKind::Lifecycle | ItemKind::Pipeline => TokenKind::Type,
        ItemKind::Contact | ItemKind::Asset | ItemKind::Part | ItemKind::Audience | ItemKind::Suppress => {
            TokenKind::Class
        }
        ItemKind::Role | ItemKind::Tier => TokenKind::Decorator,
        ItemKind::Region
        | ItemKind::Let
        | ItemKind::Fact
        | ItemKind::Given
        | ItemKind::Evidence
        | ItemKind::Disclosure
        | ItemKind::Merge => TokenKind::Variable,
        _ => TokenKind::Function,
    }
}

const fn is_value(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Region | ItemKind::Let | ItemKind::Fact)
}

/// Whether the last day of a declaration is over.
fn is_past(item: &Item, today: jiff::civil::Date) -> bool {
    let last = match &item.meaning {
        Meaning::Evidence(evidence) => evidence.expires.map(|(day, _)| day),
        Meaning::Waive(waive) => waive.until,
        meaning => meaning.terms().and_then(|terms| terms.until),
    };
    last.is_some_and(|day| day < today)
}

/// Finds the words that their place alone explains.
struct Painter<'l> {
    looks: &'l mut Vec<(Span, Look)>,
    kind: Option<ItemKind>,
}

impl Painter<'_> {
    fn paint(&mut self, span: Span, kind: TokenKind) {
        self.looks.push((span, look(kind)));
    }

    fn declaration(&mut self, tree: &ast::Declaration) {
        self.looks.extend(tree.public.map(|span| (span, look(TokenKind::Keyword))));
        self.paint(tree.kind.span, TokenKind::Keyword);
        for (at, segment) in tree.segments.iter().enumerate() {
            self.segment(segment, at > 0 && segment.lead.is_none());
        }
        for entry in tree.body.iter().flat_map(|body| &body.entries) {
            match entry {
                Entry::Clause(clause) => self.clause(clause),
                Entry::Expr(expr) => self.expr(expr),
            }
        }
    }

    fn clause(&mut self, clause: &Clause) {
        let is_member = matches!(self.kind, Some(ItemKind::Enum | ItemKind::Lifecycle));
        self.paint(
            clause.head.span,
            match (is_member, clause.colon) {
                (true, _) => TokenKind::EnumMember,
                (false, Some(_)) => TokenKind::Property,
                (false, None) => TokenKind::Keyword,
            },
        );
        for segment in &clause.segments {
            self.segment(segment, !is_member && clause.colon.is_none());
        }
    }

    /// `is_prose`: a word by itself belongs to the language, as in `never waivable`.
    fn segment(&mut self, segment: &Segment, is_prose: bool) {
        let is_sign = |lead| matches!(lead, Lead::Assign | Lead::Comma | Lead::Arrow | Lead::Type);
        let lead = segment.lead.map(|(lead, _)| lead);
        if let Some((_, span)) = segment.lead.filter(|(lead, _)| !is_sign(*lead)) {
            self.paint(span, TokenKind::Keyword);
        }
        match segment.value.as_ref().map(|value| (value, &value.kind)) {
            Some((value, ExprKind::Word(_))) if lead == Some(Lead::As) || lead.is_none() && is_prose => {
                self.paint(value.span, TokenKind::Keyword);
            }
            Some((value, _)) => self.expr(value),
            None => {}
        }
    }

    fn expr(&mut self, expr: &Expr) {
        descend(Node::Expr(expr), &mut |node| match node {
            Node::Clause(clause) => self.paint(clause.head.span, TokenKind::Property),
            Node::Expr(expr) => self.words(expr),
            _ => {}
        });
    }

    fn words(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Word(name) => self.paint(name.span, TokenKind::EnumMember),
            ExprKind::Field { name, .. } => self.paint(name.span, TokenKind::Property),
            ExprKind::Quantifier { kind_span, variable, .. } => {
                self.paint(*kind_span, TokenKind::Keyword);
                if let Some(name) = variable {
                    self.paint(name.span, TokenKind::Parameter);
                }
            }
            ExprKind::Is { what, .. } => self.paint(what.span, TokenKind::Keyword),
            ExprKind::Call { args, .. } => {
                let names = args.iter().filter_map(|arg| arg.name.as_ref());
                names.for_each(|name| self.paint(name.span, TokenKind::Parameter));
            }
            ExprKind::Phrase(items) => {
                let words = items.iter().filter(|item| matches!(item.kind, ExprKind::Word(_)));
                words.for_each(|word| self.paint(word.span, TokenKind::Keyword));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    /// `word kind modifiers`, one for each line.
    fn shown(text: &str, range: Option<Span>) -> String {
        let fixture = Fixture::new(text);
        let text = fixture.text("policy/main.mkt");
        let mut out = String::new();
        for token in tokens(fixture.view(), fixture.policy(), range) {
            let Modifiers { declaration, readonly, library, deprecated, documentation } = token.modifiers;
            let modifiers = [
                (declaration, " declaration"),
                (readonly, " readonly"),
                (library, " library"),
                (deprecated, " deprecated"),
                (documentation, " documentation"),
            ];
            let modifiers: String = modifiers.iter().filter(|(on, _)| *on).map(|(_, word)| *word).collect();
            out.push_str(&format!("{} {:?}{modifiers}\n", token.span.slice(text), token.kind));
        }
        out
    }

    #[test]
    fn words_have_the_colour_of_what_they_name() {
        insta::assert_snapshot!(shown(
            "/// Docs.\nrule short on Email.subject {\n  require length(it) <= 60 and campaign.id is known // why\n  \
             warning \"of {length(it)}\\n\"\n  never waivable\n  until 2020-01-01\n}\n",
            None
        ));
    }

    #[test]
    fn people_and_places_are_told_apart() {
        insta::assert_snapshot!(shown(
            "use std.regions.{EU}\ncontact { country: Country  stage: Stage  last_order: Date? }\n\
             lifecycle Stage { lead -> customer }\nlet home = [DE]\n\
             pub audience a \"All\" = stage == lead and country in EU + home and last_order? older than 7 days\n\
             suppress s on email { who not a }\n",
            None
        ));
    }

    #[test]
    fn only_what_touches_the_range_is_told() {
        assert_eq!(
            shown("let a = 1\nlet b = 2\n", Some(Span::new(14, 15))),
            "b Variable declaration readonly\n"
        );
    }

    #[test]
    fn half_a_declaration_has_colours() {
        assert_eq!(
            shown("rule x on {\n  match /a\n  erro", None),
            "rule Keyword\nx Function declaration\non Keyword\nmatch Keyword\n/a Regexp\nerro Keyword\n"
        );
    }
}
