//! Capital letters in headings.

/// Whether `text` is written as a headline: `The Art of the Deal`.
///
/// Every word starts with a capital, but for articles, conjunctions and short prepositions between the first word and
/// the last, which may start either way since style guides differ. Holds when more than four in five words are so, and
/// for text without words. Words with a capital further in (`iPhone`), digits, and scripts without case fit always.
///
/// Source: the rules that AP and Chicago share; the share is Vale's.
pub fn is_title_case(text: &str) -> bool {
    let words: Vec<&str> = heading_words(text).collect();
    let last = words.len().saturating_sub(1);
    let fits = |(at, word): (usize, &&str)| {
        word.chars().any(char::is_uppercase)
            || !word.chars().any(char::is_lowercase)
            || word.starts_with(|it: char| it.is_numeric())
            || (at != 0 && at != last && SMALL_WORDS.contains(word))
    };
    are_most(words.iter().enumerate().map(fits))
}

/// Whether `text` is written as a sentence: `The art of the deal`.
///
/// The first word starts with a capital, and no other does, but for `I`, words behind `:`, `.`, `!` or `?`, and words
/// with another capital or a digit (`API`, `McCoy`, `4K`). Holds when the first word and more than four in five of all
/// are so, since names cannot be told apart, and for text without words.
///
/// Source: after Vale's `$sentence`.
pub fn is_sentence_case(text: &str) -> bool {
    let mut opens = true;
    let mut opens_well = None;
    let fitting = text.split_whitespace().filter_map(|token| {
        let word = bare(token);
        let ends = token.ends_with([':', '.', '!', '?']);
        if word.is_empty() {
            // An emoji or a dash opens no sentence; the word behind it does.
            opens |= ends;
            return None;
        }
        let fits = if std::mem::replace(&mut opens, ends) { is_opening(word) } else { is_inner(word) };
        Some(*opens_well.get_or_insert(fits) && fits)
    });
    are_most(fitting)
}

/// Whether more than four in five of `fits` are true, or there are none.
fn are_most(fits: impl Iterator<Item = bool>) -> bool {
    let (mut good, mut all) = (0_usize, 0_usize);
    for fits in fits {
        good += usize::from(fits);
        all += 1;
    }
    all == 0 || good * 5 > all * 4
}

fn heading_words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(bare).filter(|word| !word.is_empty())
}

/// `token` without the punctuation around it.
fn bare(token: &str) -> &str {
    token.trim_matches(|it: char| !it.is_alphanumeric())
}

/// Whether `word` may start a sentence.
fn is_opening(word: &str) -> bool {
    !word.starts_with(char::is_lowercase) || is_name(word)
}

/// Whether `word` may stand inside a sentence.
fn is_inner(word: &str) -> bool {
    let pronoun = word.strip_prefix('I').is_some_and(|rest| rest.is_empty() || rest.starts_with(['\'', '’']));
    !word.starts_with(char::is_uppercase) || pronoun || is_name(word)
}

/// Whether `word` has a capital behind its first letter, or a digit.
fn is_name(word: &str) -> bool {
    word.chars().skip(1).any(|it| it.is_uppercase() || it.is_numeric())
}

#[rustfmt::skip]
static SMALL_WORDS: &[&str] = &[
    "a", "about", "an", "and", "as", "at", "but", "by", "en", "for", "from", "if", "in", "into", "is", "like", "near",
    "nor", "of", "off", "on", "onto", "or", "out", "over", "per", "so", "than", "the", "till", "to", "up", "upon", "v",
    "vs", "via", "when", "with", "yet",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_case() {
        for text in [
            "",
            "The Art of the Deal",
            "The Art Of The Deal",
            "10 Ways to Use iPhone",
            "日本 2026",
            "Sale: Up to 50% Off",
        ] {
            assert!(is_title_case(text), "{text}");
        }
        for text in ["The art of the deal", "the Art of War", "Things to Look for", "buy now"] {
            assert!(!is_title_case(text), "{text}");
        }
    }

    #[test]
    fn sentence_case() {
        for text in [
            "",
            "The art of the deal",
            "What I'd do with the new API and 4K screens",
            "iPhone sale ends today",
            "How to get from here to Paris",
            "New: The sale starts",
            "2 for 1",
            "🎉 The sale starts",
            "Back! 🎉 The sale starts",
        ] {
            assert!(is_sentence_case(text), "{text}");
        }
        for text in ["The Art of the Deal", "the art of war", "— the art of war", "Buy Now"] {
            assert!(!is_sentence_case(text), "{text}");
        }
    }
}
