//! Words whose full stop belongs to the word.

/// What the full stop behind a word can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The end of a sentence.
    Sentence,
    /// Part of an abbreviation that something always follows: `Dr.`, `e.g.`.
    Abbreviation,
    /// Part of an abbreviation that can also be the last word: `Inc.`, `p.m.`, `U.S.`.
    Either,
}

/// Titles and labels, always followed by a name or a number; only with a capital, since your rep. is not Rep. Lee.
/// Sorted, lower case.
#[rustfmt::skip]
static TITLES: &[&str] = &[
    "adm", "attn", "brig", "capt", "cmdr", "col", "dr", "fig", "figs", "fr", "gen", "gov", "hon", "lt", "maj",
    "messrs", "mlle", "mme", "mr", "mrs", "ms", "mt", "mx", "no", "nos", "prof", "pvt", "rep", "rev", "sen", "sgt",
    "st",
];

/// Always followed by what they introduce. Sorted, lower case.
#[rustfmt::skip]
static LEADING: &[&str] = &[
    "approx", "cf", "e.g", "eg", "excl", "i.e", "ie", "incl", "pp", "viz", "vol", "vs",
];

/// Can close a sentence as well. Sorted, lower case.
#[rustfmt::skip]
static CLOSING: &[&str] = &[
    "aug", "ave", "blvd", "bros", "co", "corp", "dec", "dept", "est", "etc", "ext", "feb", "ft", "hr", "hrs",
    "inc", "jan", "jr", "jul", "ltd", "max", "min", "mins", "nov", "oct", "ph.d", "plc", "rd", "sep", "sept", "sr",
];

/// Open a sentence so often, and a name so seldom, that a sentence ends before them. Sorted.
#[rustfmt::skip]
static OPENINGS: &[&str] = &[
    "A", "All", "An", "And", "But", "Every", "For", "Get", "He", "Here", "How", "I", "If", "In", "It", "It's",
    "Its", "My", "Now", "On", "Our", "Please", "She", "So", "That", "The", "Then", "There", "These", "They", "This",
    "Those", "To", "We", "We're", "What", "When", "Why", "You", "You're", "Your",
];

/// The longest word that is looked up, in bytes.
const LONGEST: usize = 12;

/// What a full stop right behind `text` can be.
pub(super) fn before(text: &[u8]) -> Stop {
    let word = last_word(text);
    if word.is_empty() {
        return Stop::Sentence;
    }
    let lower = word.to_ascii_lowercase();
    let listed = |list: &[&str]| list.binary_search_by(|entry| entry.as_bytes().cmp(&lower)).is_ok();
    if listed(LEADING) || word[0].is_ascii_uppercase() && listed(TITLES) {
        Stop::Abbreviation
    } else if listed(CLOSING) || is_initial(word) || is_dotted(word) {
        Stop::Either
    } else {
        Stop::Sentence
    }
}

/// The letters and full stops that `text` ends with; empty when they are too many to be an abbreviation, or when
/// a digit or a character beyond ASCII stands before them.
fn last_word(text: &[u8]) -> &[u8] {
    let is_part = |byte: u8| byte.is_ascii_alphabetic() || byte == b'.';
    let len = text.iter().rev().take(LONGEST + 1).take_while(|&&byte| is_part(byte)).count();
    let start = text.len() - len;
    let glued = start > 0 && (text[start - 1].is_ascii_digit() || !text[start - 1].is_ascii());
    if len > LONGEST || glued { &[] } else { &text[start..] }
}

/// `J` in `J. Smith`. The pronoun `I` ends sentences.
fn is_initial(word: &[u8]) -> bool {
    matches!(word, [letter] if letter.is_ascii_uppercase() && *letter != b'I')
}

/// `U.S`, `p.m`: single letters with full stops between.
fn is_dotted(word: &[u8]) -> bool {
    word.len() >= 3 && word.split(|&byte| byte == b'.').all(|part| part.len() == 1)
}

/// Whether `text` starts with a word that opens sentences.
pub(super) fn opens_sentence(text: &str) -> bool {
    let len = text.bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'\'').count();
    text.get(..len).is_some_and(|word| OPENINGS.binary_search(&word).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_short_enough() {
        for list in [TITLES, LEADING, CLOSING, OPENINGS] {
            assert!(list.is_sorted(), "{list:?}");
            assert!(list.iter().all(|word| word.len() <= LONGEST));
        }
    }

    #[test]
    fn a_no_in_a_sentence_is_a_word() {
        assert_eq!(before(b"I said no"), Stop::Sentence);
        assert_eq!(before(b"Item No"), Stop::Abbreviation);
    }
}
