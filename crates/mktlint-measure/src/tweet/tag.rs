//! Hashtags, mentions and cashtags.

use std::ops::Range;

use super::class::{is_directional, is_hashtag_letter, is_hashtag_part, is_latin_accent};

/// An account, or a list of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// With the sign and the list: `@acme/team`.
    pub range: Range<usize>,
    /// The account, without the sign: `acme`.
    pub name: Range<usize>,
    /// The list with its slash: `/team`.
    pub list: Option<Range<usize>>,
}

/// The hashtags, also those inside of links.
pub fn hashtags(text: &str) -> Vec<Range<usize>> {
    let starts = text.match_indices(['#', '＃']);
    starts.filter_map(|(at, sign)| hashtag(text, at, sign.len())).collect()
}

fn hashtag(text: &str, at: usize, sign: usize) -> Option<Range<usize>> {
    let before = text[..at].chars().next_back();
    let is_glued = |it: char| it == '&' || is_hashtag_part(it);
    // Selectors of emoji are marks, and marks are parts of hashtags.
    if before.is_some_and(|it| !matches!(it, '\u{fe0e}' | '\u{fe0f}') && is_glued(it)) {
        return None;
    }
    let rest = &text[at + sign..];
    let tag = run(rest, is_hashtag_part);
    let after = &rest[tag.len()..];
    let is_keycap = tag.starts_with(['\u{fe0f}', '\u{20e3}']);
    let goes_on = after.starts_with(['#', '＃']) || after.starts_with("://");
    (!is_keycap && !goes_on && tag.chars().any(is_hashtag_letter)).then(|| at..at + sign + tag.len())
}

/// Returns the accounts and lists that are mentioned, also those inside of links.
pub fn mentions_and_lists(text: &str) -> Vec<Mention> {
    let starts = text.match_indices(['@', '＠']).filter(|(at, _)| may_precede_mention(&text[..*at]));
    starts.filter_map(|(at, sign)| mention(text, at, sign.len())).collect()
}

/// Returns the account that a post which starts with it answers: `@acme thanks!`, without the sign.
pub fn reply(text: &str) -> Option<Range<usize>> {
    let is_space = |it: char| it.is_whitespace() || it == '\u{180e}' || is_directional(it);
    let start = run(text, is_space).len();
    let sign = text[start..].chars().next().filter(|it| matches!(it, '@' | '＠'))?;
    mention(text, start, sign.len_utf8()).map(|found| found.name)
}

fn mention(text: &str, at: usize, sign: usize) -> Option<Mention> {
    let start = at + sign;
    let name = name_length(&text[start..], 20, |byte| byte == b'_' || byte.is_ascii_alphanumeric());
    let end = start + name;
    let slug = list_length(&text[end..]);
    let after = &text[end + slug..];
    let goes_on =
        after.starts_with(|it| matches!(it, '@' | '＠') || is_latin_accent(it)) || after.starts_with("://");
    (name > 0 && !goes_on).then(|| Mention {
        range: at..end + slug,
        name: start..end,
        list: (slug > 0).then_some(end..end + slug),
    })
}

/// Bytes of the `/list` that `rest` starts with: a letter and at most 24 more.
fn list_length(rest: &str) -> usize {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    match rest.as_bytes() {
        [b'/', first, ..] if first.is_ascii_alphabetic() => 1 + name_length(&rest[1..], 25, is_part),
        _ => 0,
    }
}

fn name_length(text: &str, most: usize, is_part: impl Fn(u8) -> bool) -> usize {
    text.bytes().take(most).take_while(|byte| is_part(*byte)).count()
}

/// Whether an account may be mentioned behind `before`: not in an email address, but in `RT@acme`.
fn may_precede_mention(before: &str) -> bool {
    let is_glue = |it: char| it.is_ascii_alphanumeric() || "_!#$%&*@＠".contains(it);
    !before.ends_with(is_glue) || is_retweet(before)
}

fn is_retweet(before: &str) -> bool {
    let Some((rest, sign)) = before.len().checked_sub(2).and_then(|at| before.split_at_checked(at)) else {
        return false;
    };
    let is_glue = |it: char| it.is_ascii_alphanumeric() || "_+~.-".contains(it);
    sign.eq_ignore_ascii_case("rt") && !rest.ends_with(is_glue)
}

/// The cashtags: up to six letters, perhaps with a class of shares (`$BRK.B`), behind white space or at the start.
pub fn cashtags(text: &str) -> Vec<Range<usize>> {
    let is_free =
        |at: usize| text[..at].chars().next_back().is_none_or(|it| it.is_whitespace() || is_directional(it));
    let starts = text.match_indices('$').filter(|(at, _)| is_free(*at));
    starts.filter_map(|(at, _)| Some(at..at + 1 + cashtag_length(&text[at + 1..])?)).collect()
}

fn cashtag_length(rest: &str) -> Option<usize> {
    let letters = |text: &str, most| name_length(text, most, |byte| byte.is_ascii_alphabetic());
    let ends_at = |at: usize| {
        rest[at..].chars().next().is_none_or(|it| it.is_whitespace() || it.is_ascii_punctuation())
    };
    let symbol = letters(rest, 6);
    let class = if rest[symbol..].starts_with(['.', '_']) { letters(&rest[symbol + 1..], 2) } else { 0 };
    let ends = [symbol + 1 + class, symbol];
    let ends = if class > 0 { &ends[..] } else { &ends[1..] };
    ends.iter().copied().find(|end| symbol > 0 && ends_at(*end))
}

/// The characters at the start of `text` that are of a kind.
pub fn run(text: &str, is_of_kind: impl Fn(char) -> bool) -> &str {
    let end = text.find(|it| !is_of_kind(it)).unwrap_or(text.len());
    &text[..end]
}
