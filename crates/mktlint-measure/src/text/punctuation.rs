//! Punctuation that shouts.

use std::ops::Range;

/// Returns how many exclamation marks are in `text`, those of other scripts and emoji included; `‼` is two.
pub fn exclamation_count(text: &str) -> u32 {
    text.chars()
        .map(|character| match character {
            '!' | '！' | '⁈' | '⁉' | '❗' | '❕' | '﹗' => 1,
            '‼' => 2,
            _ => 0,
        })
        .sum()
}

/// Returns the runs of punctuation that one mark would do for, in order: two or more of `!` and `?` mixed, two or
/// more of `$` or `,`, and full stops that are neither one nor an ellipsis of three.
pub fn repeated_punctuation(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(skipped) = bytes[at..].iter().position(|&byte| mark(byte).is_some()) {
            let start = at + skipped;
            let len = bytes[start..].iter().take_while(|&&byte| mark(byte) == mark(bytes[start])).count();
            at = start + len;
            if len > 1 && !(bytes[start] == b'.' && len == 3) {
                return Some(start..at);
            }
        }
        None
    })
}

/// The mark whose runs `byte` belongs to.
fn mark(byte: u8) -> Option<u8> {
    match byte {
        b'!' | b'?' => Some(b'!'),
        b'.' | b',' | b'$' => Some(byte),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exclamation_marks() {
        assert_eq!(exclamation_count("Wow! 哇！ ‼ ok."), 4);
        assert_eq!(exclamation_count(""), 0);
    }

    #[test]
    fn runs() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(
                repeated_punctuation(text).map(|range| &text[range]).collect::<Vec<_>>(),
                expected,
                "{text}"
            );
        };
        check("FREE!!! WIN $$$", &["!!!", "$$$"]);
        check("What?! Wait... no. Yes!", &["?!"]);
        check("hm.. hm....", &["..", "...."]);
        check("", &[]);
    }
}
