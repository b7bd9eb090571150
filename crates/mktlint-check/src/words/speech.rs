//! Verb or noun: `"signup" as verb`.

use mktlint_hir::model::item::PartOfSpeech;

/// Words after which a word is something one does: `to sign up`, `you can sign up`, `please sign up`.
static BEFORE_VERB: &[&str] = &[
    "to", "please", "i", "you", "we", "they", "who", "can", "can't", "cannot", "could", "will", "won't",
    "would", "shall", "should", "must", "may", "might", "do", "don't", "does", "did", "didn't", "let's",
    "let", "just", "simply", "now", "then", "not", "never", "help", "or",
];

/// Words after which a word is a thing: `the signup`, `your signup`, `after signup`.
static BEFORE_NOUN: &[&str] = &[
    "a", "an", "the", "this", "that", "these", "those", "my", "your", "our", "his", "her", "its", "their",
    "each", "every", "any", "no", "some", "one", "first", "new", "free", "easy", "quick", "simple", "online",
    "next", "of", "at", "on", "upon", "after", "before", "during", "since", "until", "per", "by", "with",
    "without", "from", "in", "for", "via",
];

/// Words before which a word is something one does: `sign up for`, `sign up now`.
static AFTER_VERB: &[&str] = &[
    "for", "now", "today", "here", "with", "a", "an", "the", "your", "our", "my", "this", "these", "it",
    "them", "us", "me", "you", "online", "to", "free", "early", "at", "by", "via", "before",
];

/// Words before which a word is a thing: `signup form`, `signup is open`.
static AFTER_NOUN: &[&str] = &[
    "form", "forms", "page", "pages", "button", "buttons", "link", "links", "process", "flow", "bonus",
    "fee", "fees", "box", "screen", "step", "steps", "rate", "rates", "list", "offer", "code", "is", "was",
    "are", "were", "takes", "took", "has", "and", "of",
];

/// Whether the words at `start..end` of `text` are used as `part`.
///
/// A heuristic for English, without a dictionary. The word before decides when it is a sign (`to`, `you`, `please`:
/// verb; `the`, `your`, `after`: noun), else the word after (`for`, `now`: verb; `form`, `is`: noun). Without a sign
/// the words are a verb where a sentence or line starts, as calls to action do, and a noun elsewhere.
pub fn is_used_as(part: PartOfSpeech, text: &str, start: u32, end: u32) -> bool {
    let before = text.get(..start as usize).unwrap_or_default();
    let after = text.get(end as usize..).unwrap_or_default();
    let found = sign(last_word(before), BEFORE_VERB, BEFORE_NOUN)
        .or_else(|| sign(first_word(after), AFTER_VERB, AFTER_NOUN))
        .unwrap_or(if starts_sentence(before) { PartOfSpeech::Verb } else { PartOfSpeech::Noun });
    found == part
}

fn sign(word: Option<&str>, verb: &[&str], noun: &[&str]) -> Option<PartOfSpeech> {
    let word = word?.to_lowercase().replace('’', "'");
    let in_verb = verb.contains(&word.as_str()).then_some(PartOfSpeech::Verb);
    in_verb.or_else(|| noun.contains(&word.as_str()).then_some(PartOfSpeech::Noun))
}

fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() || matches!(letter, '\'' | '’')
}

/// The word that ends `text`, with nothing but spaces after it. At most 32 bytes are looked at.
fn last_word(text: &str) -> Option<&str> {
    let trimmed = tail(text, 32).trim_end_matches([' ', '\u{A0}']);
    let word = trimmed.rsplit(|letter| !is_letter(letter)).next()?;
    Some(word).filter(|word| !word.is_empty())
}

/// The word that starts `text`, with nothing but spaces before it.
fn first_word(text: &str) -> Option<&str> {
    let trimmed = text.trim_start_matches([' ', '\u{A0}']);
    let word = trimmed.split(|letter| !is_letter(letter)).next()?;
    Some(word).filter(|word| !word.is_empty())
}

fn starts_sentence(before: &str) -> bool {
    let quotes = ['"', '“', '‘', '\'', '(', '[', '¡', '¿', ' ', '\u{A0}'];
    let trimmed = tail(before, 32).trim_end_matches(quotes);
    trimmed
        .chars()
        .next_back()
        .is_none_or(|letter| !letter.is_alphanumeric() && !matches!(letter, ',' | '-' | ')'))
}

/// At most the last `most` bytes of `text`, or a few less.
fn tail(text: &str, most: usize) -> &str {
    let from = text.len().saturating_sub(most);
    (from..text.len()).find_map(|at| text.get(at..)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use mktlint_hir::model::item::PartOfSpeech::{self, Noun, Verb};

    use super::is_used_as;

    fn check(text: &str, expected: PartOfSpeech) {
        let start = text.to_lowercase().find("signup").unwrap() as u32;
        assert!(is_used_as(expected, text, start, start + 6), "{text}");
        let other = if expected == Verb { Noun } else { Verb };
        assert!(!is_used_as(other, text, start, start + 6), "{text}");
    }

    #[test]
    fn the_word_before_decides() {
        check("It takes a minute to signup.", Verb);
        check("You can’t signup twice", Verb);
        check("the signup for members", Noun);
        check("your signup now", Noun);
        check("Thanks! After signup, you get mail", Noun);
    }

    #[test]
    fn else_the_word_after() {
        check("Signup form", Noun);
        check("Signup now", Verb);
        check("Hurry, signup for more", Verb);
    }

    #[test]
    fn without_a_sign_the_place_decides() {
        check("Signup", Verb);
        check("Be first. Signup!", Verb);
        check("Great offers, fast signup", Noun);
        check("“Signup”", Verb);
    }
}
