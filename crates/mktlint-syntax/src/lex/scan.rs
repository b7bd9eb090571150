//! Tokens that a regular expression cannot describe, or only at the price of large tables.

use logos::{FilterResult, Lexer};

use super::Kind;
use crate::kinds::starts_declaration;

/// White space; goes on over Unicode spaces.
pub(super) fn space(lexer: &mut Lexer<'_, Kind>) {
    let more: usize = lexer.remainder().chars().take_while(|it| is_space(*it)).map(char::len_utf8).sum();
    lexer.bump(more);
}

fn is_space(it: char) -> bool {
    it.is_whitespace() || it == '\u{FEFF}'
}

/// The rest of a name: `größe` starts in ASCII and goes on outside.
pub(super) fn word(lexer: &mut Lexer<'_, Kind>) -> Kind {
    let before = lexer.slice().len();
    let more: usize = lexer
        .remainder()
        .chars()
        .take_while(|it| unicode_ident::is_xid_continue(*it))
        .map(char::len_utf8)
        .sum();
    lexer.bump(more);
    if more > 0 && before > 0 { Kind::Word } else { keyword(lexer.slice()) }
}

fn keyword(word: &str) -> Kind {
    match word {
        "and" => Kind::And,
        "or" => Kind::Or,
        "not" => Kind::Not,
        "in" => Kind::In,
        "is" => Kind::Is,
        "true" => Kind::True,
        "false" => Kind::False,
        "if" => Kind::If,
        "then" => Kind::Then,
        "else" => Kind::Else,
        "where" => Kind::Where,
        "when" => Kind::When,
        "unless" => Kind::Unless,
        "until" => Kind::Until,
        "on" => Kind::On,
        "as" => Kind::As,
        "except" => Kind::Except,
        _ => Kind::Word,
    }
}

/// A token that starts outside ASCII: a name, a space, a curly quote, or nothing we know.
pub(super) fn foreign(lexer: &mut Lexer<'_, Kind>) -> FilterResult<Kind, ()> {
    let first = lexer.slice().chars().next().unwrap_or_default();
    match first {
        _ if unicode_ident::is_xid_start(first) => FilterResult::Emit(word(lexer)),
        _ if is_space(first) => {
            space(lexer);
            FilterResult::Emit(Kind::Space)
        }
        '“' | '”' | '„' | '‘' | '’' | '‚' => FilterResult::Emit(curly(lexer)),
        _ => FilterResult::Emit(Kind::Unknown),
    }
}

/// `“text”`, when the line has an end for it. Any curly quote ends it, so a line of them takes linear time.
fn curly(lexer: &mut Lexer<'_, Kind>) -> Kind {
    let ends = |it: char| matches!(it, '“' | '”' | '„' | '‘' | '’' | '‚' | '"' | '\r' | '\n');
    match lexer.remainder().char_indices().find(|(_, it)| ends(*it)) {
        Some((_, '\r' | '\n')) | None => Kind::Unknown,
        Some((at, close)) => {
            lexer.bump(at + close.len_utf8());
            Kind::CurlyQuoted
        }
    }
}

/// The rest of `/* … */`, over comments inside it.
pub(super) fn block_comment(lexer: &mut Lexer<'_, Kind>) -> Kind {
    let rest = lexer.remainder().as_bytes();
    let mut depth = 1_usize;
    let mut at = 0;
    while let Some(pair) = rest.get(at..at + 2) {
        match pair {
            b"/*" => depth += 1,
            b"*/" => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            lexer.bump(at);
            return Kind::BlockComment;
        }
    }
    let end = unclosed_end(lexer);
    lexer.bump(end);
    Kind::UnclosedComment
}

/// Where a comment without its end is taken to end: before the next line that starts with a declaration.
///
/// Looking for the missing end reads the whole file, so from the ninth such comment on it is taken to the end of the
/// file; otherwise a file full of `/*` would take quadratic time.
fn unclosed_end(lexer: &mut Lexer<'_, Kind>) -> usize {
    lexer.extras = lexer.extras.saturating_add(1);
    let rest = lexer.remainder();
    let declares = |at: &usize| {
        let line = rest.get(at + 1..).unwrap_or_default();
        starts_declaration(
            line.split(|it: char| !it.is_alphanumeric() && it != '_').next().unwrap_or_default(),
        )
    };
    let next = rest.match_indices('\n').map(|(at, _)| at).filter(|_| lexer.extras <= 8).find(declares);
    rest.get(..next.unwrap_or(rest.len())).unwrap_or_default().trim_end().len()
}

/// `/` divides, unless white space or one of `( [ { , | =` stands before it and no white space behind it.
pub(super) fn slash(lexer: &mut Lexer<'_, Kind>) -> Kind {
    let start = lexer.span().start;
    let before = lexer.source().get(..start).and_then(|before| before.chars().next_back());
    let opens = before.is_none_or(|it| is_space(it) || matches!(it, '(' | '[' | '{' | ',' | '|' | '='));
    let rest = lexer.remainder();
    if !opens || rest.chars().next().is_none_or(is_space) {
        return Kind::Slash;
    }
    let (end, kind) = match pattern_end(rest) {
        Ok(end) => (end, Kind::Pattern),
        Err(line) => (rest.get(..line).map_or(line, |line| line.trim_end().len()), Kind::UnclosedPattern),
    };
    lexer.bump(end);
    kind
}

/// Where `body/flags` ends; `\/` does not end it. Else where the line or the code on it does, for `  //` starts a
/// comment rather than ending a pattern.
fn pattern_end(rest: &str) -> Result<usize, usize> {
    let mut escaped = false;
    let comment = |at: usize| rest.get(..at + 2).is_some_and(|it| it.ends_with(" //"));
    for (at, it) in rest.bytes().enumerate() {
        match it {
            b'\r' | b'\n' => return Err(at),
            b'/' if comment(at) => return Err(at),
            b'/' if !escaped => {
                let flags = rest.bytes().skip(at + 1).take_while(u8::is_ascii_alphabetic).count();
                return Ok(at + 1 + flags);
            }
            _ => escaped = it == b'\\' && !escaped,
        }
    }
    Err(rest.len())
}
