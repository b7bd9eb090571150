//! Parts of a text, and what is left of one.

use unicode_segmentation::UnicodeSegmentation;

/// The first `n` characters of `text`, as people count them; all of it when it has fewer.
pub fn first(text: &str, n: usize) -> &str {
    let end = text.grapheme_indices(true).nth(n).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

/// The last `n` characters of `text`, as people count them; all of it when it has fewer.
pub fn last(text: &str, n: usize) -> &str {
    let Some(before) = n.checked_sub(1) else { return "" };
    let start = text.grapheme_indices(true).rev().nth(before).map_or(0, |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

/// `text` without white space, punctuation and case: equal for `Buy now!` and `BUY-NOW`.
///
/// Of text that has nothing else (`!!!`) only the white space around it goes, so that `!` and `?` still differ.
pub fn squashed(text: &str) -> String {
    let letters: String =
        text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if letters.is_empty() { text.trim().to_owned() } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_cut_between_characters() {
        assert_eq!(first("e\u{301}té", 1), "e\u{301}");
        assert_eq!(first("a👩‍👩‍👧b", 2), "a👩‍👩‍👧");
        assert_eq!((first("ab", 0), first("ab", 9), first("", 1)), ("", "ab", ""));
        assert_eq!(last("a👩‍👩‍👧b", 2), "👩‍👩‍👧b");
        assert_eq!((last("ab", 0), last("ab", 9), last("", 1)), ("", "ab", ""));
    }

    #[test]
    fn squashed_texts_are_equal_when_they_say_the_same() {
        assert_eq!(squashed("Buy now!"), squashed("BUY-NOW"));
        assert_ne!(squashed("Buy 1"), squashed("Buy 2"));
        assert_ne!(squashed("!"), squashed("?"));
    }
}
