//! Written strings to the text they stand for, with the way back.

use memchr::{memchr2, memchr3};
use mktlint_text::{MappedText, Span};

/// How a string is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// JSON, and TOML on one line: escapes.
    Escaped,
    /// TOML's `"""`: escapes; `\` at the end of a line joins it with the next text.
    EscapedLines,
    /// YAML's `"`: escapes; lines are folded.
    EscapedFolded,
    /// YAML's `'`: two quotes stand for one; lines are folded.
    SingleFolded,
    /// YAML without quotes: lines are folded.
    Folded,
}

impl Style {
    const fn escapes(self) -> bool {
        matches!(self, Self::Escaped | Self::EscapedLines | Self::EscapedFolded)
    }

    const fn folds(self) -> bool {
        matches!(self, Self::EscapedFolded | Self::SingleFolded | Self::Folded)
    }
}

/// The text that the bytes of `source` at `inner`, the quotes not included, stand for. Never fails: an escape that
/// means nothing stands for itself.
pub(crate) fn decode(source: &str, inner: Span, style: Style) -> MappedText {
    let mut decoder =
        Decoder { source, at: inner.start(), end: inner.end(), style, mapped: MappedText::new() };
    decoder.run();
    decoder.mapped
}

struct Decoder<'s> {
    source: &'s str,
    at: u32,
    end: u32,
    style: Style,
    mapped: MappedText,
}

impl<'s> Decoder<'s> {
    fn run(&mut self) {
        while self.at < self.end {
            let next = self.next_special().map_or(self.end, |offset| self.at + offset);
            let plain = Span::new(self.at, next);
            self.at = next;
            match self.rest().as_bytes().first() {
                Some(b'\n' | b'\r') if self.style.folds() => self.fold(plain),
                _ => {
                    self.mapped.push_verbatim(self.source, plain);
                    self.special();
                }
            }
        }
    }

    /// The offset of the next byte that does not stand for itself.
    fn next_special(&self) -> Option<u32> {
        let bytes = self.rest().as_bytes();
        let found = match self.style {
            Style::Escaped | Style::EscapedLines => memchr::memchr(b'\\', bytes),
            Style::EscapedFolded => memchr3(b'\\', b'\n', b'\r', bytes),
            Style::SingleFolded => memchr3(b'\'', b'\n', b'\r', bytes),
            Style::Folded => memchr2(b'\n', b'\r', bytes),
        };
        found.and_then(|at| u32::try_from(at).ok())
    }

    fn special(&mut self) {
        match self.rest().as_bytes() {
            [] => {}
            [b'\\', ..] if self.style.escapes() => self.escape(),
            [b'\'', b'\'', ..] => self.replace("'", 2),
            _ => self.replace_by_itself(),
        }
    }

    /// A line break with the white space around it, and the empty lines after it: one space, or a line feed for each
    /// empty line. `line` is the text before it.
    fn fold(&mut self, line: Span) {
        let trimmed = line.slice(self.source).trim_end_matches([' ', '\t']).len();
        let kept = Span::new(line.start(), line.start() + trimmed as u32);
        self.mapped.push_verbatim(self.source, kept);
        let breaks = self.skip_breaks();
        let gap = Span::new(kept.end(), self.at);
        match breaks {
            0 | 1 => self.mapped.push_replaced(" ", gap),
            _ => self.mapped.push_replaced(&"\n".repeat(breaks - 1), gap),
        }
    }

    /// Goes past white space and returns how many line breaks were in it.
    fn skip_breaks(&mut self) -> usize {
        let rest = self.rest();
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        self.at += blank as u32;
        let gap = &rest[..blank];
        gap.matches('\n').count() + gap.matches('\r').count() - gap.matches("\r\n").count()
    }

    fn escape(&mut self) {
        let rest = self.rest();
        let mut letters = rest.chars().skip(1);
        let Some(letter) = letters.next() else { return self.replace_by_itself() };
        let digits = match letter {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            '\n' | '\r' => return self.escaped_break(),
            ' ' | '\t' if self.style == Style::EscapedLines && starts_with_break(&rest[1..]) => {
                return self.escaped_break();
            }
            _ => return self.letter_escape(letter),
        };
        match hex(rest, 2, digits) {
            Some(unit @ 0xD800..=0xDBFF) => self.surrogates(unit),
            Some(code) => {
                let letter = char::from_u32(code).unwrap_or('\u{FFFD}');
                self.replace(letter.encode_utf8(&mut [0; 4]), 2 + digits);
            }
            None => self.replace_by_itself(),
        }
    }

    /// A pair of UTF-16 escapes stands for one character.
    fn surrogates(&mut self, high: u32) {
        let low =
            self.rest().get(6..).filter(|rest| rest.starts_with("\\u")).and_then(|rest| hex(rest, 2, 4));
        match low {
            Some(low @ 0xDC00..=0xDFFF) => {
                let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                let letter = char::from_u32(code).unwrap_or('\u{FFFD}');
                self.replace(letter.encode_utf8(&mut [0; 4]), 12);
            }
            _ => self.replace("\u{FFFD}", 6),
        }
    }

    fn letter_escape(&mut self, letter: char) {
        let stands_for = match letter {
            '0' => "\0",
            'a' => "\u{7}",
            'b' => "\u{8}",
            't' | '\t' => "\t",
            'n' => "\n",
            'v' => "\u{B}",
            'f' => "\u{C}",
            'r' => "\r",
            'e' => "\u{1B}",
            ' ' => " ",
            '"' => "\"",
            '/' => "/",
            '\\' => "\\",
            '\'' => "'",
            'N' => "\u{85}",
            '_' => "\u{A0}",
            'L' => "\u{2028}",
            'P' => "\u{2029}",
            _ => return self.replace_by_itself(),
        };
        self.replace(stands_for, 2);
    }

    /// `\` before a line break: nothing, or in YAML a line feed for each empty line that follows.
    fn escaped_break(&mut self) {
        let start = self.at;
        self.at += 1;
        let breaks = self.skip_breaks();
        if self.style == Style::EscapedFolded && breaks > 1 {
            self.mapped.push_replaced(&"\n".repeat(breaks - 1), Span::new(start, self.at));
        }
    }

    fn replace(&mut self, decoded: &str, len: u32) {
        let end = (self.at + len).min(self.end);
        self.mapped.push_replaced(decoded, Span::new(self.at, end));
        self.at = end;
    }

    fn replace_by_itself(&mut self) {
        let len = self.rest().chars().next().map_or(1, char::len_utf8) as u32;
        self.mapped.push_verbatim(self.source, Span::new(self.at, self.at + len));
        self.at += len;
    }

    fn rest(&self) -> &'s str {
        Span::new(self.at, self.end).slice(self.source)
    }
}

fn starts_with_break(text: &str) -> bool {
    text.trim_start_matches([' ', '\t']).starts_with(['\n', '\r'])
}

fn hex(text: &str, from: usize, digits: u32) -> Option<u32> {
    let digits = text.get(from..from + digits as usize)?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(digits, 16).ok())
        .flatten()
}

/// The text of a YAML block scalar whose content stands at `content` of `source`. `value` is what it stands for, which
/// settles the rules of folding and of the end; `None` when the two cannot be brought together.
pub(crate) fn block(source: &str, content: Span, value: &str) -> Option<(MappedText, u32)> {
    let before = source.get(..content.range().start)?;
    let column = before.rsplit(['\n', '\r']).next()?.len();
    let start = first_line(source, before.len() - column);
    let whole = Span::of(start..content.range().end);
    let lines = whole.slice(source).lines().filter(|line| !line.trim().is_empty());
    let least = lines.map(indent_of).min().unwrap_or(column);
    [column, least].into_iter().find_map(|indent| {
        let mapped = align(source, whole, value, indent)?;
        Some((mapped, u32::try_from(indent).ok()?))
    })
}

/// The start of the first of the empty lines that end at `line`, the start of a line.
fn first_line(source: &str, line: usize) -> usize {
    let before = source.get(..line).unwrap_or_default();
    let blank = before.len() - before.trim_end().len();
    let breaks = before.get(before.len() - blank..).unwrap_or_default();
    // The first of these line breaks ends the header.
    breaks.find('\n').map_or(line, |at| before.len() - blank + at + 1)
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Walks the lines of `content` and `value` together. Line breaks with the indentation after them are one replaced
/// piece, so that a word that is deleted across lines takes the indentation along.
fn align(source: &str, content: Span, value: &str, indent: usize) -> Option<MappedText> {
    let mut mapped = MappedText::new();
    let mut rest = value;
    let end = content.end() as usize;
    let mut line_start = content.start() as usize;
    // Where the last line with text ended.
    let mut gap = line_start;
    loop {
        let tail = source.get(line_start..end)?;
        let at = line_start + indent_of(tail).min(indent);
        let line_end = memchr2(b'\n', b'\r', tail.as_bytes()).map_or(end, |offset| line_start + offset);
        let line = source.get(at.min(line_end)..line_end)?;
        if !line.is_empty() {
            let breaks = rest.len() - rest.trim_start_matches('\n').len();
            let folded = breaks == 0 && !mapped.is_empty();
            let (between, after) = rest.split_at_checked(breaks.max(usize::from(folded)))?;
            mapped.push_replaced(between, Span::of(gap..at));
            rest = after.strip_prefix(line)?;
            mapped.push_verbatim(source, Span::of(at..line_end));
            gap = line_end;
        }
        if line_end >= end {
            break;
        }
        line_start = line_end + if source.get(line_end..)?.starts_with("\r\n") { 2 } else { 1 };
    }
    match gap == end {
        true => mapped.push_inserted(rest, content.end()),
        false => mapped.push_replaced(rest, Span::of(gap..end)),
    }
    (mapped.text() == value && rest.bytes().all(|byte| byte == b'\n')).then_some(mapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, style: Style, expected: &str) {
        let mapped = decode(written, Span::of(0..written.len()), style);
        assert_eq!(mapped.text(), expected);
    }

    #[test]
    fn escapes_are_read() {
        check(r#"a\n\"\u00e9\\\/"#, Style::Escaped, "a\n\"é\\/");
        check(r"\ud83d\ude00 \ud83d x", Style::Escaped, "😀 \u{FFFD} x");
        check(r"\q \u12", Style::Escaped, r"\q \u12");
        check("a \\\n   b", Style::EscapedLines, "a b");
    }

    #[test]
    fn lines_are_folded() {
        check("a  \n   b\n\n  c", Style::Folded, "a b\nc");
        check("it''s\n x", Style::SingleFolded, "it's x");
        check("q\\\n   w\n   e", Style::EscapedFolded, "qw e");
    }

    #[test]
    fn an_escape_maps_to_its_bytes() {
        let mapped = decode(r"a\u00e9b", Span::new(0, 8), Style::Escaped);
        assert_eq!(mapped.source(1..3), Span::new(1, 7));
        assert_eq!(mapped.source(3..4), Span::new(7, 8));
    }
}
