//! What to remove so that no hole is left.

use mktlint_asset::TextRange;

/// `range` of `text` with the white space that would be left over without it: that after it when it starts a line or
/// follows white space, else that before it when a line ends or punctuation follows.
pub fn with_space(text: &str, range: TextRange) -> TextRange {
    let is_space = |letter: char| matches!(letter, ' ' | '\t' | '\u{A0}');
    let before = text.get(..range.start as usize).unwrap_or_default();
    let after = text.get(range.end as usize..).unwrap_or_default();
    let opens = before.chars().next_back().is_none_or(char::is_whitespace);
    let closes = after
        .chars()
        .next()
        .is_none_or(|next| next == '\n' || matches!(next, '.' | ',' | '!' | '?' | ';' | ':'));
    let n_after = after.len() - after.trim_start_matches(is_space).len();
    if opens && n_after > 0 {
        return TextRange { end: range.end + n_after as u32, ..range };
    }
    if closes {
        let n_before = before.len() - before.trim_end_matches(is_space).len();
        return TextRange { start: range.start - n_before as u32, ..range };
    }
    range
}

#[cfg(test)]
mod tests {
    use mktlint_asset::TextId;

    use super::*;

    fn check(text: &str, words: &str, left: &str) {
        let start = text.find(words).unwrap();
        let range = TextRange { text: TextId(0), start: start as u32, end: (start + words.len()) as u32 };
        let range = with_space(text, range);
        let mut rest = text.to_owned();
        rest.replace_range(range.start as usize..range.end as usize, "");
        assert_eq!(rest, left);
    }

    #[test]
    fn no_hole_is_left() {
        check("Re: your order", "Re:", "your order");
        check("your free order", "free", "your order");
        check("it is free.", "free", "it is.");
        check("free", "free", "");
        check("one free\n\ntwo", "free", "one\n\ntwo");
        check("(free)", "free", "()");
    }
}
