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

/// `text` of many lines, safe to print: what is unsafe is made visible, except line breaks, tabs and, when
/// `keep_colors`, the sequences that colour or embolden.
pub fn lines(text: &str, keep_colors: bool) -> Cow<'_, str> {
    let is_bad = |c: char| is_unsafe(c) && !matches!(c, '\n' | '\t');
    if !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(at) = rest.find(is_bad) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let n_kept = if keep_colors { color_sequence(from) } else { 0 };
        let mut chars = from.chars();
        if n_kept == 0
            && let Some(c) = chars.next()
        {
            push(&mut out, c);
        }
        out.push_str(&from[..n_kept]);
        rest = if n_kept == 0 { chars.as_str() } else { &from[n_kept..] };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The bytes of the sequence at the start of `text` that colours or emboldens; 0 for any other, also for one that
/// conceals.
fn color_sequence(text: &str) -> usize {
    let Some(codes) = text.strip_prefix("\u{1b}[") else { return 0 };
    let n_codes = codes.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
    let conceals = codes[..n_codes].split(';').any(|code| code.trim_start_matches('0') == "8");
    if !conceals && codes[n_codes..].starts_with('m') { n_codes + 3 } else { 0 }
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

    #[test]
    fn only_colours_pass() {
        let check = |text, kept: &str, plain: &str| {
            assert_eq!((&*lines(text, true), &*lines(text, false)), (kept, plain));
        };
        check("a\n\tb", "a\n\tb", "a\n\tb");
        check("\u{1b}[1;31ma\u{1b}[m", "\u{1b}[1;31ma\u{1b}[m", "␛[1;31ma␛[m");
        check("\u{1b}[2J\u{1b}]0;x\u{7}", "␛[2J␛]0;x␇", "␛[2J␛]0;x␇");
        check("\u{1b}[8mx", "␛[8mx", "␛[8mx");
        check("\u{1b}[1;08mx", "␛[1;08mx", "␛[1;08mx");
        check("a\u{202e}b\u{1b}", "a<U+202E>b␛", "a<U+202E>b␛");
    }
}
