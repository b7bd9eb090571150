//! Characters that could take over a terminal or deceive a reader, made visible.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether `c` must not be printed as it is: it moves the cursor, reorders what is around it, or shows nothing.
///
/// Joiners (U+200C, U+200D) are let through, since Persian and emoji need them and they cannot reorder anything.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{e0000}'..='\u{e007f}')
}

/// Appends `c`, or what stands for it: `␛` for an escape, `<U+202E>` for an override.
pub(crate) fn push(out: &mut String, c: char) {
    match c {
        '\u{0}'..='\u{1f}' => out.push(picture(c)),
        '\u{7f}' => out.push('␡'),
        _ if is_unsafe(c) => {
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        }
        _ => out.push(c),
    }
}

/// The control picture of a C0 control.
fn picture(c: char) -> char {
    char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')
}

/// `text` fit for one line: what is unsafe is made visible, a line break or tab becomes a space.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\t' => out.push(' '),
            _ => push(&mut out, c),
        }
    }
    Cow::Owned(out)
}

/// `text` cut to its first `limit` characters, with `…` where it was cut.
pub(crate) fn cut(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        Some((at, _)) => Cow::Owned(format!("{}…", &text[..at])),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_the_cursor_or_reorders_is_shown_instead() {
        assert_eq!(line("a\u{1b}[31mb\u{7f}"), "a␛[31mb␡");
        assert_eq!(line("x\u{202e}y\u{9b}z"), "x<U+202E>y<U+009B>z");
        assert_eq!(line("a\r\nb\tc"), "a b c");
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(line("naïve 日本 👩\u{200d}🔬"), Cow::Borrowed(_)));
    }

    #[test]
    fn cutting_counts_characters() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöü", 2), "äö…");
    }
}
