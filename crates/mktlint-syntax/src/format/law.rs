//! What formatting must keep.

use crate::layout::lay_out;
use crate::lex::{COMMENTS, Kind, Token, WORDS, lex};
use crate::parse::parse_laid;

/// Whether `new` says the same as `old`, whose laid out tokens are `tokens`: the same tokens in the same roles, apart
/// from separators and commas, and the same comments.
pub(super) fn same(old: &str, tokens: &[Token], new: &str) -> bool {
    let laid = lay_out(new, &lex(new));
    let new_tokens = laid.tokens.clone();
    words(old, tokens).eq(words(new, &new_tokens))
        && comments(old, tokens) == comments(new, &new_tokens)
        && parse_laid(new, laid).problems.is_empty()
}

fn words<'t>(text: &'t str, tokens: &'t [Token]) -> impl Iterator<Item = (Kind, &'t str)> {
    let mut behind_dot = false;
    tokens.iter().filter(|it| !is_comment(it.kind) && !matches!(it.kind, Kind::Sep | Kind::Comma)).map(
        move |it| {
            // Behind a full stop every word is a name, with a space between too: `a. in`.
            let is_name = behind_dot && WORDS.has(it.kind);
            behind_dot = it.kind == Kind::Dot;
            (if is_name { Kind::Word } else { it.kind }, it.text(text))
        },
    )
}

fn comments<'t>(text: &'t str, tokens: &'t [Token]) -> Vec<&'t str> {
    let mut comments: Vec<&str> =
        tokens.iter().filter(|it| is_comment(it.kind)).map(|it| it.text(text).trim_end()).collect();
    comments.sort_unstable();
    comments
}

fn is_comment(kind: Kind) -> bool {
    COMMENTS.has(kind) || kind == Kind::Doc
}
