//! Whether a literal really is around the place where its anchor was seen.

use super::{Edge, Form, Literal, is_blank};
use crate::text::chars::{fold_case, is_invisible, is_spaceless, is_word, key, normalise};

impl Literal {
    /// The bytes that this literal covers in `text` when its anchor, or its
    /// first character if it has none, is at `at`. `None` when it does not match.
    ///
    /// Costs at most the length of the literal, apart from runs of white space
    /// and of invisible characters, which can be as long as they like.
    pub(crate) fn confirm(&self, pool: &str, text: &str, at: usize) -> Option<(usize, usize)> {
        self.confirm_from(self.anchor, pool, text, at)
    }

    /// The bytes that this literal covers in `text` when it starts at `at`.
    pub(crate) fn starts_at(&self, pool: &str, text: &str, at: usize) -> Option<(usize, usize)> {
        self.confirm_from(0, pool, text, at)
    }

    fn confirm_from(&self, anchor: u32, pool: &str, text: &str, at: usize) -> Option<(usize, usize)> {
        let literal = pool.get(self.start as usize..self.end as usize)?;
        let (head, tail) = literal.split_at_checked(anchor as usize)?;
        let (before, after) = text.split_at_checked(at)?;
        let (after, before) = match self.form {
            Form::RawExact => (after.strip_prefix(tail)?, before.strip_suffix(head)?),
            Form::RawAnyCase => {
                (skip_raw(after, tail.chars(), forward)?, skip_raw(before, head.chars().rev(), backward)?)
            }
            Form::PhraseAnyCase => read(before, after, head, tail, key)?,
            Form::PhraseExact => read(before, after, head, tail, normalise)?,
        };
        let holds = self.left.holds_before(before) && self.right.holds_after(after);
        holds.then_some((before.len(), text.len() - after.len()))
    }
}

/// [`forward`] or [`backward`]; generic, so that the loops are compiled for each.
trait Step: Fn(&str) -> Option<(char, &str)> + Copy {}
impl<F: Fn(&str) -> Option<(char, &str)> + Copy> Step for F {}

/// The first character and what follows it.
fn forward(text: &str) -> Option<(char, &str)> {
    let mut chars = text.chars();
    chars.next().map(|c| (c, chars.as_str()))
}

/// The last character and what precedes it.
fn backward(text: &str) -> Option<(char, &str)> {
    let mut chars = text.chars();
    chars.next_back().map(|c| (c, chars.as_str()))
}

/// Takes `wanted` off `text` in any case; gives what is left.
fn skip_raw(mut text: &str, wanted: impl Iterator<Item = char>, step: impl Step) -> Option<&str> {
    for want in wanted {
        let (c, next) = step(text)?;
        if fold_case(c) != want {
            return None;
        }
        text = next;
    }
    Some(text)
}

/// Reads a phrase in both directions from where it is anchored; gives what is
/// left on both sides, what follows first.
fn read<'t>(
    before: &'t str,
    after: &'t str,
    head: &str,
    tail: &str,
    form: impl Fn(char) -> char + Copy,
) -> Option<(&'t str, &'t str)> {
    // A match starts with what is seen.
    forward(after).filter(|&(c, _)| !is_invisible(c))?;
    let after = skip_read(after, tail.chars(), forward, form)?;
    Some((after, skip_read(before, head.chars().rev(), backward, form)?))
}

/// Takes `wanted` off `text` as a reader sees it; gives what is left.
fn skip_read(
    mut text: &str,
    wanted: impl Iterator<Item = char>,
    step: impl Step,
    form: impl Fn(char) -> char,
) -> Option<&str> {
    for want in wanted {
        if want == ' ' {
            text = skip_blanks(text, step)?;
            continue;
        }
        let (mut c, mut next) = step(text)?;
        while is_invisible(c) {
            (c, next) = step(next)?;
        }
        if form(c) != want {
            return None;
        }
        text = next;
    }
    Some(text)
}

/// Passes one run of white space, unless it holds a blank line: text on both
/// sides of that is not one sentence.
fn skip_blanks(mut text: &str, step: impl Step) -> Option<&str> {
    let mut blanks = 0;
    let mut line_feeds = 0;
    while let Some((c, next)) = step(text).filter(|&(c, _)| is_blank(c) || is_invisible(c)) {
        blanks += usize::from(is_blank(c));
        line_feeds += usize::from(c == '\n');
        text = next;
    }
    (blanks > 0 && line_feeds < 2).then_some(text)
}

impl Edge {
    fn holds_before(self, before: &str) -> bool {
        match self {
            Edge::Free => true,
            Edge::Break => is_break(before.chars().rev().find(|&c| !is_invisible(c))),
            Edge::Word => before.chars().next_back().is_some_and(is_word),
            Edge::NoWord => !before.chars().next_back().is_some_and(is_word),
            Edge::Text => before.is_empty(),
            Edge::Line => before.is_empty() || before.ends_with('\n'),
        }
    }

    fn holds_after(self, after: &str) -> bool {
        match self {
            Edge::Free => true,
            Edge::Break => is_break(after.chars().find(|&c| !is_invisible(c))),
            Edge::Word => after.chars().next().is_some_and(is_word),
            Edge::NoWord => !after.chars().next().is_some_and(is_word),
            Edge::Text => after.is_empty(),
            Edge::Line => after.is_empty() || after.starts_with('\n'),
        }
    }
}

fn is_break(neighbour: Option<char>) -> bool {
    neighbour.is_none_or(|c| !is_word(c) || is_spaceless(c))
}
