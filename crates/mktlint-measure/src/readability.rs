//! How hard a text is to read, by the formulas that editors know.

mod syllable;

use std::ops::AddAssign;

use crate::length::{sentences, words};

pub use syllable::syllables;

/// What the formulas count. Counts of several paragraphs can be added.
///
/// The formulas were fitted on English prose of a hundred words or more; for a subject line they say little.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sentences, see [`sentences`].
    pub sentences: u32,
    /// Words, see [`words`].
    pub words: u32,
    /// Syllables of all words, see [`syllables`]. A number counts as one.
    pub syllables: u32,
    /// Words of three syllables or more that Gunning calls hard: not names, and not long by `-es`, `-ed` or `-ing`
    /// alone.
    pub hard_words: u32,
    /// Words of three syllables or more, as the SMOG grade counts them.
    pub polysyllables: u32,
    /// Words of more than six letters, as the LIX index counts them.
    pub long_words: u32,
    /// Letters of all words.
    pub letters: u32,
    /// Letters and digits of all words, as the automated readability index counts characters.
    pub characters: u32,
}

impl Counts {
    /// Counts `text`. Empty text has nothing of anything.
    pub fn of(text: &str) -> Self {
        let mut counts = Self::default();
        for sentence in sentences(text) {
            let sentence = &text[sentence];
            let before = counts.words;
            for word in words(sentence) {
                counts.add_word(&sentence[word], counts.words == before);
            }
            counts.sentences += u32::from(counts.words > before);
        }
        counts
    }

    fn add_word(&mut self, word: &str, is_first: bool) {
        let syllables = syllables(word);
        let is_name = !is_first && word.starts_with(char::is_uppercase);
        self.words += 1;
        self.syllables += syllables;
        self.hard_words += u32::from(!is_name && syllables >= 3 && syllable::without_ending(word) >= 3);
        self.polysyllables += u32::from(syllables >= 3);
        let letters = count(word, char::is_alphabetic);
        self.long_words += u32::from(letters > 6);
        self.letters += letters;
        self.characters += count(word, char::is_alphanumeric);
    }

    /// Flesch reading ease: 206.835 − 1.015 × words per sentence − 84.6 × syllables per word.
    ///
    /// About 90 is easy for a child of eleven, 60 to 70 plain English, below 30 academic; it can go below 0 and
    /// above 100. Rounded to one decimal, so that what is shown is what is compared. `None` without any word.
    ///
    /// Source: Flesch 1948, A new readability yardstick.
    pub fn reading_ease(self) -> Option<f64> {
        let ease = |words: f64, syllables: f64| 206.835 - 1.015 * words - 84.6 * syllables;
        self.ratios().map(|(words, syllables)| tenths(ease(words, syllables)))
    }

    /// Flesch-Kincaid grade: 0.39 × words per sentence + 11.8 × syllables per word − 15.59.
    ///
    /// In years of US schooling; can go below 0. Rounded to one decimal. `None` without any word.
    ///
    /// Source: Kincaid and others 1975, for the US Navy.
    pub fn grade(self) -> Option<f64> {
        let grade = |words: f64, syllables: f64| 0.39 * words + 11.8 * syllables - 15.59;
        self.ratios().map(|(words, syllables)| tenths(grade(words, syllables)))
    }

    /// Gunning fog index: 0.4 × (words per sentence + hard words per hundred words).
    ///
    /// In years of US schooling. Rounded to one decimal. `None` without any word.
    ///
    /// Source: Gunning 1952, The technique of clear writing.
    pub fn fog(self) -> Option<f64> {
        let hard = 100.0 * f64::from(self.hard_words) / f64::from(self.words.max(1));
        self.ratios().map(|(words, _)| tenths(0.4 * (words + hard)))
    }

    /// Words per sentence and syllables per word.
    fn ratios(self) -> Option<(f64, f64)> {
        let [sentences, words, syllables] = [self.sentences, self.words, self.syllables].map(f64::from);
        (self.words > 0).then(|| (words / sentences, syllables / words))
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.sentences += other.sentences;
        self.words += other.words;
        self.syllables += other.syllables;
        self.hard_words += other.hard_words;
        self.polysyllables += other.polysyllables;
        self.long_words += other.long_words;
        self.letters += other.letters;
        self.characters += other.characters;
    }
}

fn count(word: &str, is_counted: fn(char) -> bool) -> u32 {
    word.chars().filter(|it| is_counted(*it)).count() as u32
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_no_grade() {
        for text in ["", " \n", "... !"] {
            let counts = Counts::of(text);
            assert_eq!((counts.reading_ease(), counts.grade(), counts.fog()), (None, None, None), "{text:?}");
        }
    }

    #[test]
    fn values_by_hand() {
        // 206.835 - 1.015 * 5 - 84.6 = 117.16; 0.39 * 5 + 11.8 - 15.59 = -1.84; 0.4 * 5 = 2.
        let counts = Counts::of("The cat sat on it.");
        let expected =
            Counts { sentences: 1, words: 5, syllables: 5, letters: 13, characters: 13, ..Counts::default() };
        assert_eq!(counts, expected);
        assert_eq!(
            (counts.reading_ease(), counts.grade(), counts.fog()),
            (Some(117.2), Some(-1.8), Some(2.0))
        );
        let counts = Counts::of("This summer opportunity is wonderful. We help you.");
        // this 1, sum-mer 2, op-por-tu-ni-ty 5, is 1, won-der-ful 3; we 1, help 1, you 1: 15 in 8 words.
        // Long: opportunity, wonderful. 4 + 6 + 11 + 2 + 9, 2 + 4 + 3 letters.
        let expected = Counts {
            sentences: 2,
            words: 8,
            syllables: 15,
            hard_words: 2,
            polysyllables: 2,
            long_words: 2,
            letters: 41,
            characters: 41,
        };
        assert_eq!(counts, expected);
        // 206.835 - 1.015 * 4 - 84.6 * 1.875 = 44.15; 1.56 + 22.125 - 15.59 = 8.095; 0.4 * (4 + 25) = 11.6.
        assert_eq!((counts.grade(), counts.fog()), (Some(8.1), Some(11.6)));
        assert!((counts.reading_ease().expect("words") - 44.15).abs() < 0.06);
    }

    #[test]
    fn names_and_endings_are_not_hard() {
        assert_eq!(Counts::of("We saw Jennifer.").hard_words, 0);
        assert_eq!(Counts::of("She was exciting.").hard_words, 0);
        assert_eq!(Counts::of("Remarkable.").hard_words, 1);
        assert_eq!(Counts::of("We saw Jennifer, exciting.").polysyllables, 2);
    }

    #[test]
    fn digits_are_characters_and_no_letters() {
        let counts = Counts::of("Top 10: the 4K screens!");
        assert_eq!((counts.letters, counts.characters, counts.long_words), (14, 17, 1));
    }

    #[test]
    fn counts_add_up() {
        let mut sum = Counts::of("One two.");
        sum += Counts::of("Three four five.");
        assert_eq!(sum, Counts::of("One two. Three four five."));
    }
}
