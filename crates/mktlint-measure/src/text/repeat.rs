//! Words that are written twice.

use std::ops::Range;

use crate::length::words;

/// Returns each word that follows upon itself, in any case, with nothing but white space between: the second `the` of
/// `the the`. Numbers do not count, and neither does `no, no`.
pub fn repeated_words(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut before = 0..0;
    for word in words(text) {
        let gap = &text[before.end..word.start];
        let is_next = !gap.is_empty() && gap.chars().all(char::is_whitespace);
        if is_next && is_same_word(&text[before.clone()], &text[word.clone()]) {
            found.push(word.clone());
        }
        before = word;
    }
    found
}

fn is_same_word(one: &str, other: &str) -> bool {
    one.chars().any(char::is_alphabetic) && one.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_words_stand_side_by_side() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = repeated_words(text).into_iter().map(|it| &text[it]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("", &[]);
        check("The the cat sat on\non the mat", &["the", "on"]);
        check("no, no 10 10 well-well a ab", &[]);
        check("so so so", &["so", "so"]);
        check("Été été", &["été"]);
    }
}
