//! What stays the same about a finding while its file is edited around it.

use mktlint_text::Span;
use sha2::{Digest, Sha256};

/// Words of a place that count: more than any claim has.
const N_WORDS: usize = 32;

/// Words from which on a place is all of a text, and its finding about the text as a whole: then none count, since it
/// should not change with the first or the last paragraph.
const N_WORDS_OF_TEXT: usize = 200;

/// Bytes of a place that are looked at.
const N_BYTES: u32 = 4096;

/// The words of `text` at `span` that make a finding there that finding: letters and digits in lower case, one space apart.
///
/// White space, markup signs and case do not count. Of more than 32 words the first 32 do. None do of more than 200, nor
/// of the first of several lines: that is where a finding about the text as a whole points.
pub fn words_at(text: &str, span: Span) -> String {
    if is_first_line(text, span) {
        return String::new();
    }
    let len = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let start = floor(text, span.start().min(len));
    let end = floor(text, span.end().min(start.saturating_add(N_BYTES)).min(len));
    let Some(text) = text.get(start as usize..end.max(start) as usize) else { return String::new() };
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first: Vec<String> = words.by_ref().take(N_WORDS).map(str::to_lowercase).collect();
    if words.nth(N_WORDS_OF_TEXT - N_WORDS).is_some() { String::new() } else { first.join(" ") }
}

/// Whether `span` is all of the first line of `text`, and not all of `text`.
fn is_first_line(text: &str, span: Span) -> bool {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let ends = [line.len(), line.trim_end_matches('\r').len()];
    span.start() == 0 && ends.contains(&(span.end() as usize)) && !rest.trim().is_empty()
}

/// The last start of a character at or before `at`.
fn floor(text: &str, mut at: u32) -> u32 {
    while !text.is_char_boundary(at as usize) {
        at -= 1;
    }
    at
}

/// The fingerprint of the `nth` finding, from 0, of the rule `code` at equal [`words_at`] in the file `path`: 64
/// hexadecimal digits.
///
/// Lines moved about, changed white space and changed wording of the message keep a fingerprint; a renamed rule or file
/// does not.
pub fn fingerprint(code: &str, path: &str, words: &str, nth: usize) -> String {
    let mut hasher = Sha256::new();
    for part in [code, path, words, &nth.to_string()] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        words_at(text, Span::new(0, u32::MAX))
    }

    #[test]
    fn only_the_words_count() {
        assert_eq!(words("Clinically\n  <b>proven</b>"), "clinically b proven b");
        assert_eq!(words_at("a free gift", Span::new(2, 6)), "free");
        assert_eq!(words_at("é free", Span::new(1, 99)), "é free");
    }

    #[test]
    fn of_a_block_its_start_counts_and_of_a_text_nothing() {
        let n_words = |n: usize| words(&"word ".repeat(n));
        assert_eq!(n_words(33), n_words(32));
        assert_eq!((n_words(200), n_words(201)), (n_words(32), String::new()));
    }

    #[test]
    fn a_text_as_a_whole_has_no_words() {
        let first = |text: &str| words_at(text, Span::new(0, 9));
        assert_eq!([first("Free gift\r\n\nMore."), first("Free gift\n\n")], ["", "free gift"]);
        assert_eq!(words_at("Free gift\nMore.", Span::new(0, 4)), "free");
    }

    #[test]
    fn the_parts_do_not_run_together() {
        assert_ne!(fingerprint("r", "ab", "c", 0), fingerprint("r", "a", "bc", 0));
    }

    #[test]
    fn it_never_changes() {
        // sha256sum of the length-prefixed parts `r`, `a.md`, `free`, `0`.
        assert_eq!(
            fingerprint("r", "a.md", &words("FREE!"), 0),
            "508d74e85e053e1b50117bfe0f767c991835c211a006f25f4d81033c32a943b3"
        );
    }
}
