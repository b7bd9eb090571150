//! Links rewritten.

use std::ops::Range;

/// `link` without the pairs at `removed`, which are in order, and without the `?` or `&` that would be left over.
pub fn without(link: &str, removed: &[Range<usize>]) -> String {
    let (before, query, after) = cut(link);
    let start = before.len() + 1;
    let is_removed = |at: usize| {
        let found = removed.partition_point(|range| range.end <= at);
        removed.get(found).is_some_and(|range| range.contains(&at))
    };
    let mut at = start;
    let mut kept = Vec::new();
    for pair in query.split('&') {
        if !is_removed(at) && !pair.is_empty() {
            kept.push(pair);
        }
        at += pair.len() + 1;
    }
    join(before, &kept, after)
}

/// `link` with `pairs` behind its other parameters.
pub fn with(link: &str, pairs: &[String]) -> String {
    let (before, query, after) = cut(link);
    let old = query.split('&').filter(|pair| !pair.is_empty());
    let all: Vec<&str> = old.chain(pairs.iter().map(String::as_str)).collect();
    join(before, &all, after)
}

/// `link` with its pairs in the order of `rank`; those of equal rank stay as they are.
pub fn sorted(link: &str, rank: impl Fn(&str) -> usize) -> String {
    let (before, query, after) = cut(link);
    let mut pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    pairs.sort_by_key(|pair| rank(pair.split('=').next().unwrap_or_default()));
    join(before, &pairs, after)
}

/// A value as it stands in a query: everything but letters, digits and `-._~` escaped.
pub fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// What stands before the `?`, the query, and the fragment with its `#`.
fn cut(link: &str) -> (&str, &str, &str) {
    let at = link.find('#').unwrap_or(link.len());
    let (address, fragment) = link.split_at(at);
    let (before, query) = address.split_once('?').unwrap_or((address, ""));
    (before, query, fragment)
}

fn join(before: &str, pairs: &[&str], after: &str) -> String {
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("{before}{mark}{}{after}", pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_go_without_a_trace() {
        let link = "/p?utm_source=a&id=1&utm_medium=b#top";
        assert_eq!(without(link, &[3..15, 21..33]), "/p?id=1#top");
        assert_eq!(without("/p?utm_source=a", std::slice::from_ref(&(3..15))), "/p");
    }

    #[test]
    fn pairs_are_added_before_the_fragment() {
        assert_eq!(with("https://a.b/#top", &["x=1".into(), "y=2".into()]), "https://a.b/?x=1&y=2#top");
        assert_eq!(with("/p?id=1", &["x=1".into()]), "/p?id=1&x=1");
    }

    #[test]
    fn order_and_escapes() {
        let rank = |key: &str| ["a", "b"].iter().position(|it| *it == key).unwrap_or(9);
        assert_eq!(sorted("/p?c=3&b=2&a=1#x", rank), "/p?a=1&b=2&c=3#x");
        assert_eq!(escape("a b&é"), "a%20b%26%C3%A9");
    }
}
