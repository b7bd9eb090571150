//! Upper and lower case.

use std::ops::Range;

use crate::length::words;

/// How many letters of a text are upper case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UpperCase {
    /// Letters that are upper case.
    pub upper: u32,
    /// Letters that have a case.
    pub letters: u32,
}

impl UpperCase {
    /// The share of upper-case letters, from 0 to 1; `None` without a letter that has a case.
    pub fn ratio(self) -> Option<f64> {
        (self.letters > 0).then(|| f64::from(self.upper) / f64::from(self.letters))
    }
}

/// Counts the upper-case letters of `text`. Digits, and scripts without case, count as nothing.
pub fn upper_case(text: &str) -> UpperCase {
    let mut counts = UpperCase::default();
    for character in text.chars() {
        counts.upper += u32::from(character.is_uppercase());
        counts.letters += u32::from(character.is_uppercase() || character.is_lowercase());
    }
    counts
}

/// Articles, conjunctions and short prepositions, which stay small inside a title. Sorted.
#[rustfmt::skip]
static SMALL_WORDS: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "if", "in", "nor", "of", "off", "on", "or", "per", "so", "the",
    "to", "up", "via", "vs", "yet",
];

/// Returns `text` with the words of an English title capitalised.
///
/// Every word but articles, conjunctions and prepositions of up to three letters; those too when they come first, last
/// or behind `:`, `.`, `!` or `?`. Words with a capital, a digit or a full stop inside (`iPhone`, `GA4`,
/// `acme.example`) stay as they are, so a title in capitals does too. Doing it twice changes nothing.
///
/// Source: the Associated Press and APA agree on this rule but for the length of prepositions; ours is AP's.
pub fn title_case(text: &str) -> String {
    let words: Vec<Range<usize>> = words(text).collect();
    let mut title = String::with_capacity(text.len());
    let mut at = 0;
    for (n, range) in words.iter().enumerate() {
        let gap = &text[at..range.start];
        let is_edge = n == 0 || n + 1 == words.len() || gap.contains([':', '.', '!', '?']);
        title.push_str(gap);
        title.push_str(&title_word(&text[range.clone()], is_edge));
        at = range.end;
    }
    title.push_str(&text[at..]);
    title
}

fn title_word(word: &str, is_edge: bool) -> String {
    let mut rest = word.chars();
    let Some(first) = rest.next() else { return String::new() };
    let has_own_case = rest.clone().any(|it| it.is_uppercase() || it.is_numeric() || it == '.');
    let lower = word.to_lowercase();
    if has_own_case {
        word.to_owned()
    } else if !is_edge && SMALL_WORDS.binary_search(&lower.as_str()).is_ok() {
        lower
    } else {
        first.to_uppercase().chain(rest).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn upper_case_counts_letters_with_case() {
        let check =
            |text, upper, letters| assert_eq!(upper_case(text), UpperCase { upper, letters }, "{text}");
        check("", 0, 0);
        check("FREE 20% now", 4, 7);
        check("ÉTÉ 日本", 3, 3);
        assert_eq!(upper_case("123").ratio(), None);
        assert_eq!(upper_case("Ab").ratio(), Some(0.5));
    }

    #[test]
    fn titles() {
        let check = |text, expected| assert_eq!(title_case(text), expected);
        check("how to sell on the web", "How to Sell on the Web");
        check("what to look for", "What to Look For");
        check("a state-of-the-art iPhone", "A State-of-the-Art iPhone");
        check("GA4: the end of UA", "GA4: The End of UA");
        check("don't panic at acme.example today", "Don't Panic at acme.example Today");
        check("", "");
    }

    proptest! {
        #[test]
        fn a_title_stays_as_it_is(text in "[a-cA-C .:é'ßo-]{0,30}") {
            let title = title_case(&text);
            prop_assert_eq!(title_case(&title), title);
        }
    }
}
