//! Web addresses in running text.

use std::ops::Range;

use memchr::memmem;

/// The addresses that GitHub's Markdown makes links: `https://…` and `www.…`.
pub(super) fn in_markdown(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    if memmem::find(bytes, b"://").is_none() && memmem::find(bytes, b"www.").is_none() {
        return Vec::new();
    }
    words(text).filter(|range| starts_like_one(&text[range.clone()])).collect()
}

/// The addresses that phones and mail programs make links: those, and `acme.com/sale`.
pub(super) fn in_text(text: &str) -> Vec<Range<usize>> {
    let found = |range: &Range<usize>| {
        let word = &text[range.clone()];
        starts_like_one(word) || is_domain(word)
    };
    words(text).filter(found).collect()
}

/// The words that hold a dot, without what surrounds them.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'>' | b'"');
    let mut last = 0;
    memchr::memchr_iter(b'.', bytes).filter_map(move |dot| {
        if dot < last {
            return None;
        }
        let start = bytes[last..dot].iter().rposition(ends).map_or(last, |at| last + at + 1);
        let end = bytes[dot..].iter().position(ends).map_or(bytes.len(), |at| dot + at);
        last = end;
        let word = text.get(start..end)?;
        let lead = word.len() - word.trim_start_matches(opens).len();
        Some(start + lead..start + lead + trimmed(&word[lead..]))
    })
}

fn opens(letter: char) -> bool {
    matches!(letter, '(' | '[' | '{' | '\'' | '“' | '‘' | '*' | '_' | '«' | '¿' | '¡' | '→' | ':' | '-')
}

/// The length of `word` without the punctuation that ends a sentence. A bracket stays when the word opened it.
fn trimmed(word: &str) -> usize {
    let mut rest = word;
    while let Some(letter) = rest.chars().next_back() {
        let drops = match letter {
            ')' => rest.matches('(').count() < rest.matches(')').count(),
            ']' => rest.matches('[').count() < rest.matches(']').count(),
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '}' | '”' | '’' | '»' | '…' => true,
            _ => false,
        };
        if !drops || word.len() - rest.len() > 64 {
            break;
        }
        rest = &rest[..rest.len() - letter.len_utf8()];
    }
    rest.len()
}

fn starts_like_one(word: &str) -> bool {
    let after = |start: &str| {
        word.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start)) && word.len() > start.len()
    };
    after("https://") || after("http://") || (after("www.") && word.matches('.').count() > 1)
}

/// Endings of domains that people write without `https://`. Short on purpose: a missing full stop between sentences
/// (`now.In`) must not become a link.
const ENDINGS: [&str; 44] = [
    "ai", "app", "at", "be", "biz", "blog", "ca", "cc", "ch", "club", "co", "com", "de", "dev", "edu", "es",
    "eu", "example", "fr", "gl", "gov", "gy", "ie", "info", "io", "it", "link", "ly", "me", "net", "nl",
    "online", "org", "page", "pl", "se", "shop", "site", "store", "to", "tv", "uk", "us", "xyz",
];

/// `acme.com`, `go.acme.co/x?y=1`.
fn is_domain(word: &str) -> bool {
    let end = word.find(['/', '?', '#', ':']).unwrap_or(word.len());
    let (host, path) = word.split_at(end);
    let Some((labels, ending)) = host.rsplit_once('.') else { return false };
    let ending = ending.to_ascii_lowercase();
    // `now.It`, `today.Shop`: an ending that is also a word needs a path.
    let plain = ["biz", "co", "com", "edu", "example", "gov", "info", "io", "ly", "net", "org"];
    let enough = path.starts_with('/') || plain.contains(&ending.as_str());
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    enough && ENDINGS.binary_search(&ending.as_str()).is_ok() && labels.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = in_text(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn endings_are_in_order() {
        assert!(ENDINGS.is_sorted());
    }

    #[test]
    fn addresses_in_messages() {
        check("Shop https://acme.com/a?b=1. Ends soon", &["https://acme.com/a?b=1"]);
        check("(see www.acme.com/x_(y)).", &["www.acme.com/x_(y)"]);
        check("acme.co/x, bit.ly/3xY!", &["acme.co/x", "bit.ly/3xY"]);
        check("Now at acme.example: go", &["acme.example"]);
        check("HTTPS://ACME.COM", &["HTTPS://ACME.COM"]);
        check("Ends today.Shop now. e.g. 5.99 a.b@acme.com node.js v1.2/x www. https://", &[]);
        check("it works.it does", &[]);
    }
}
