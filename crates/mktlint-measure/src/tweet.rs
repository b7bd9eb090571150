//! Links, hashtags, mentions and cashtags in a post, and how long the post is, by the rules that X publishes.
//!
//! Other networks publish none; what they link differs little. Ranges are in bytes, in order and without overlap. Every
//! function finds nothing in empty text.
//!
//! Source: twitter-text 3.1 (`twitter/twitter-text` at `30e2430`, 2021-10-21): its rules, not its code.

mod class;
mod host;
mod punycode;
mod tag;
mod url;
mod weight;

use std::ops::Range;

pub use tag::{Mention, mentions_and_lists, reply};
pub use weight::{Weights, has_invalid_characters, weighted_length};

/// Returns the links, with and without `https://`: `https://acme.com/a?b`, `acme.com`, `t.co/abc`.
///
/// Without a scheme a link must end in a known top level, so `v1.2` and `end.Start` are none.
pub fn urls(text: &str) -> Vec<Range<usize>> {
    url::urls(text)
}

/// Returns the hashtags, each with its sign: `#sale`. One of digits alone is none, nor is a part of a link.
pub fn hashtags(text: &str) -> Vec<Range<usize>> {
    outside(&url::urls(text), tag::hashtags(text), |it| it)
}

/// Returns the accounts that are mentioned, each with its sign: `@acme`. A list (`@acme/team`) is none, nor is an email
/// address or a part of a link.
pub fn mentions(text: &str) -> Vec<Range<usize>> {
    let found = outside(&url::urls(text), mentions_and_lists(text), |it| &it.range);
    found.into_iter().filter(|it| it.list.is_none()).map(|it| it.range).collect()
}

/// Returns the cashtags, each with its sign: `$ACME`.
pub fn cashtags(text: &str) -> Vec<Range<usize>> {
    tag::cashtags(text)
}

/// Those of `found` that lie in none of `urls`, both in order.
fn outside<T>(urls: &[Range<usize>], found: Vec<T>, range: fn(&T) -> &Range<usize>) -> Vec<T> {
    let mut urls = urls.iter().peekable();
    let is_free = |it: &T| {
        while urls.next_if(|url| url.end <= range(it).start).is_some() {}
        urls.peek().is_none_or(|url| url.start > range(it).start)
    };
    found.into_iter().filter(is_free).collect()
}

#[cfg(test)]
mod tests;
