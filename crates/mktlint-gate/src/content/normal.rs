//! One spelling for texts that read the same.

use unicode_normalization::UnicodeNormalization;

/// `text` composed (NFC), with runs of white space as one space and none around it, typographic quotes, dashes and
/// ellipses as those of a typewriter, and without what nobody sees.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for letter in text.nfc() {
        match plain(letter, before) {
            Plain::Gone => continue,
            Plain::Space if out.ends_with(' ') => {}
            Plain::Space => out.push(' '),
            Plain::Ellipsis => out.push_str("..."),
            Plain::Letter(plain) => out.push(plain),
        }
        before = letter;
    }
    let trimmed = out.trim();
    if trimmed.len() == out.len() { out } else { trimmed.to_owned() }
}

enum Plain {
    Gone,
    Space,
    Ellipsis,
    Letter(char),
}

fn plain(letter: char, before: char) -> Plain {
    match letter {
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => Plain::Gone,
        // Between letters of Persian or Hindi, and in an emoji, joiners are part of the word.
        '\u{200C}' | '\u{200D}' if before.is_ascii() || before.is_whitespace() || is_joiner(before) => {
            Plain::Gone
        }
        _ if letter.is_whitespace() => Plain::Space,
        '‘' | '’' | '‚' | '‛' | '′' | '‹' | '›' => Plain::Letter('\''),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => Plain::Letter('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Plain::Letter('-'),
        '…' => Plain::Ellipsis,
        _ => Plain::Letter(letter),
    }
}

fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200C}' | '\u{200D}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_the_same_is_written_the_same() {
        for (written, expected) in [
            ("  Two\u{A0}drops\n a day ", "Two drops a day"),
            ("it’s “new” – now…", "it's \"new\" - now..."),
            ("re\u{AD}fill\u{200B}", "refill"),
            ("cafe\u{301}", "café"),
            ("night.\u{200C}\u{A0}\u{200C}\u{A0}", "night."),
            ("👩\u{200D}👧", "👩\u{200D}👧"),
            ("می\u{200C}خواهم", "می\u{200C}خواهم"),
            ("", ""),
        ] {
            assert_eq!(text(written), expected, "{written:?}");
        }
    }
}
