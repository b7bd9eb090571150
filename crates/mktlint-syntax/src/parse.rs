//! Tokens to tree.

mod clause;
mod expr;
mod problem;
mod value;

use chumsky::input::InputRef;
use chumsky::prelude::*;
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::ast::{Chunk, Declaration, Expr, ExprKind, Name};
use crate::chunks;
use crate::codes::{Expected, SyntaxProblem, UnknownDeclaration};
use crate::kinds::is_kind;
use crate::layout::{Laid, is_silent, lay_out};
use crate::lex::{COMMENTS, Kind, Kinds, Token, lex};
pub(crate) use expr::starts_operand;
use problem::Problem;

type Input<'t> = &'t [Token];
type Extra = extra::Err<Problem>;
type At<'t, 'p> = InputRef<'t, 'p, Input<'t>, Extra>;
/// What the grammar names is boxed, so that types stay short and the crate compiles in seconds instead of minutes.
type Rule<'t, O> = Boxed<'t, 't, Input<'t>, O, Extra>;

/// One declaration and what is wrong with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parse {
    /// The tree. `None` when there is no word to start with, or when it is nested too deeply to be read.
    pub declaration: Option<Declaration>,
    /// In order of position.
    pub problems: Vec<SyntaxProblem>,
}

/// A whole file, declaration by declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Each chunk with its parse, whose places count from the start of the chunk.
    pub declarations: Vec<(Chunk, Parse)>,
}

/// Parses every declaration of a file.
pub fn parse_file(text: &str) -> File {
    let parse = |chunk: Chunk| {
        let parse = parse_chunk(chunk.text(text));
        (chunk, parse)
    };
    File { declarations: chunks(text).into_iter().map(parse).collect() }
}

/// Parses the text of one chunk (see [`Chunk::text`]). Never fails: what cannot be read becomes
/// [`ExprKind::Error`], with a problem that says why.
pub fn parse_chunk(text: &str) -> Parse {
    parse_laid(text, lay_out(text, &lex(text)))
}

/// Parses tokens that are laid out.
pub(crate) fn parse_laid(text: &str, laid: Laid) -> Parse {
    let Laid { mut tokens, mut problems, silent, too_deep } = laid;
    tokens.retain(|token| !COMMENTS.has(token.kind));
    if too_deep || tokens.iter().all(|token| token.kind == Kind::Doc) {
        return Parse { declaration: None, problems };
    }
    let (declaration, found) = clause::declaration(text).parse(&tokens[..]).into_output_errors();
    let unknown = declaration.as_ref().map(|it| &it.kind).filter(|kind| !is_kind(&kind.text));
    match unknown {
        Some(kind) => problems.push(UnknownDeclaration::new(kind.span, &kind.text).into()),
        None => problems.extend(
            found
                .into_iter()
                .map(|problem| SyntaxProblem::from(problem.unexpected(text, &tokens)))
                .filter(|it| !is_silent(&silent, it)),
        ),
    }
    problems.sort_by_key(SyntaxProblem::span);
    // What follows the `where` of a quantifier is read again as a segment when it was no condition.
    problems.dedup();
    Parse { declaration, problems }
}

/// Takes the next token when it is one of `kinds`; otherwise `expected` says what could stand here.
fn take(at: &mut At<'_, '_>, kinds: Kinds, expected: &[Expected]) -> Result<Token, Problem> {
    match at.peek() {
        Some(token) if kinds.has(token.kind) => {
            at.skip();
            Ok(token)
        }
        found => Err(Problem::new(found, expected)),
    }
}

/// [`take`] as a rule.
fn one<'t>(kinds: Kinds, expected: &'static [Expected]) -> impl Parser<'t, Input<'t>, Token, Extra> + Clone {
    custom(move |at: &mut At<'t, '_>| take(at, kinds, expected))
}

/// Looks whether one of `kinds`, or the end of the declaration, comes next.
fn before<'t>(kinds: Kinds, expected: &'static [Expected]) -> impl Parser<'t, Input<'t>, (), Extra> + Clone {
    custom(move |at: &mut At<'t, '_>| match at.peek() {
        Some(token) if !kinds.has(token.kind) => Err(Problem::new(Some(token), expected)),
        _ => Ok(()),
    })
}

/// Skips to one of `stops`, over nested brackets. Fails when that is nothing, so recovery always moves on.
fn skip<'t>(stops: Kinds) -> impl Parser<'t, Input<'t>, Expr, Extra> + Clone {
    use crate::brackets::{CLOSERS, OPENERS};
    custom(move |at: &mut At<'t, '_>| {
        let mut depth = 0_u32;
        let mut span: Option<Span> = None;
        while let Some(token) = at.peek() {
            if depth == 0 && (stops.has(token.kind) || CLOSERS.has(token.kind)) {
                break;
            }
            if OPENERS.has(token.kind) {
                depth += 1;
            } else if CLOSERS.has(token.kind) {
                depth -= 1;
            }
            at.skip();
            span = Some(span.map_or(token.span, |span| span.cover(token.span)));
        }
        let span = span.ok_or_else(|| Problem::new(at.peek(), &[]))?;
        Ok(Expr { kind: ExprKind::Error, span })
    })
}

fn name(text: &str, token: Token) -> Name {
    Name { text: SmolStr::new(token.text(text)), span: token.span }
}
