//! Transfer encodings and charsets of email, decoded so that every character knows its bytes.

use encoding_rs::{Encoding, UTF_8};
use mktlint_text::{MappedText, Span};

/// How the bytes of a part are characters.
#[derive(Clone, Copy, Debug)]
pub(super) enum Charset {
    /// UTF-8, or one that is not known.
    Utf8,
    /// One byte is one character.
    Single(&'static Encoding),
    /// Anything else; such a part is decoded as a whole.
    Whole(&'static Encoding),
}

impl Charset {
    /// The charset that a header calls `label`.
    pub fn of(label: &str) -> Self {
        match Encoding::for_label(label.trim().as_bytes()) {
            None => Self::Utf8,
            Some(encoding) if encoding == UTF_8 => Self::Utf8,
            Some(encoding) if encoding.is_single_byte() => Self::Single(encoding),
            Some(encoding) => Self::Whole(encoding),
        }
    }
}

/// A decoded byte and the bytes of the file that it came from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Byte {
    value: u8,
    start: u32,
    end: u32,
}

/// The quoted-printable `source` at `span`, decoded. A `=` that encodes nothing stays.
pub(super) fn quoted_printable(source: &str, span: Span, charset: Charset) -> MappedText {
    let bytes = span.slice(source).as_bytes();
    if let Charset::Whole(_) = charset {
        return whole(&quoted_bytes(bytes, span.start()), charset);
    }
    let mut mapped = MappedText::new();
    let mut run: Vec<Byte> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if let Some(end) = soft_break(bytes, at) {
            at = end;
        } else if let Some(value) = escape(bytes, at) {
            let start = span.start() + at as u32;
            run.push(Byte { value, start, end: start + 3 });
            at += 3;
        } else {
            push_characters(&mut mapped, &run, charset);
            run.clear();
            let end = memchr::memchr(b'=', &bytes[at + 1..]).map_or(bytes.len(), |found| at + 1 + found);
            mapped.push_verbatim(source, Span::of(at..end).shift(span.start()));
            at = end;
        }
    }
    push_characters(&mut mapped, &run, charset);
    mapped
}

/// Just past a `=` that ends a line.
fn soft_break(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?.strip_prefix(b"=")?;
    let blanks = rest.iter().take(80).take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    match rest.get(blanks) {
        Some(b'\n') => Some(at + 1 + blanks + 1),
        None if blanks == rest.len() => Some(bytes.len()),
        _ => None,
    }
}

/// `=C3`.
fn escape(bytes: &[u8], at: usize) -> Option<u8> {
    let rest = bytes.get(at..)?.strip_prefix(b"=")?;
    let digit = |index: usize| rest.get(index).and_then(|byte| char::from(*byte).to_digit(16));
    Some((digit(0)? * 16 + digit(1)?) as u8)
}

fn quoted_bytes(bytes: &[u8], base: u32) -> Vec<Byte> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let Some(end) = soft_break(bytes, at) {
            at = end;
            continue;
        }
        let (value, length) = escape(bytes, at).map_or((byte, 1), |value| (value, 3));
        let start = base + at as u32;
        out.push(Byte { value, start, end: start + length });
        at += length as usize;
    }
    out
}

/// The base64 `source` at `span`, decoded. What is no base64 is skipped.
pub(super) fn base64(source: &str, span: Span, charset: Charset) -> MappedText {
    let bytes = base64_bytes(span.slice(source).as_bytes(), span.start());
    match charset {
        Charset::Whole(_) => whole(&bytes, charset),
        _ => {
            let mut mapped = MappedText::new();
            push_characters(&mut mapped, &bytes, charset);
            mapped
        }
    }
}

/// Decoded bytes; each covers the letters that hold its bits.
pub(super) fn base64_bytes(bytes: &[u8], base: u32) -> Vec<Byte> {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut bits, mut held, mut start) = (0_u32, 0_u32, 0_u32);
    for (at, byte) in bytes.iter().enumerate() {
        let Some(value) = sextet(*byte) else { continue };
        let place = base + at as u32;
        if held == 0 {
            start = place;
        }
        bits = (bits << 6) | value;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(Byte { value: (bits >> held) as u8, start, end: place + 1 });
            start = place;
        }
    }
    out
}

fn sextet(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    }))
}

/// Adds the characters that `bytes` are, each with its own place. Wrong bytes become U+FFFD.
pub(super) fn push_characters(mapped: &mut MappedText, bytes: &[Byte], charset: Charset) {
    let values: Vec<u8> = bytes.iter().map(|byte| byte.value).collect();
    let mut at = 0;
    while let Some(rest) = values.get(at..).filter(|rest| !rest.is_empty()) {
        let length = match charset {
            Charset::Single(_) => 1,
            Charset::Utf8 | Charset::Whole(_) => character_length(rest),
        };
        let piece = &rest[..length];
        let span = Span::new(bytes[at].start, bytes[at + length - 1].end);
        match charset {
            Charset::Single(encoding) => {
                mapped.push_replaced(&encoding.decode_without_bom_handling(piece).0, span);
            }
            Charset::Utf8 | Charset::Whole(_) => mapped.push_replaced(&String::from_utf8_lossy(piece), span),
        }
        at += length;
    }
}

/// How many of `bytes` are its first character, or the wrong bytes before the next.
fn character_length(bytes: &[u8]) -> usize {
    let length = match bytes[0] {
        0..0x80 => 1,
        0xC2..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0..0xF5 => 4,
        _ => 1,
    };
    let piece = bytes.get(..length).unwrap_or(bytes);
    match std::str::from_utf8(piece) {
        Ok(_) => piece.len(),
        Err(error) => error.error_len().unwrap_or(piece.len()).max(1),
    }
}

/// All of `bytes` as one piece.
fn whole(bytes: &[Byte], charset: Charset) -> MappedText {
    let values: Vec<u8> = bytes.iter().map(|byte| byte.value).collect();
    let mut mapped = MappedText::new();
    if let (Charset::Whole(encoding), Some(first), Some(last)) = (charset, bytes.first(), bytes.last()) {
        let decoded = encoding.decode_without_bom_handling(&values).0;
        mapped.push_replaced(&decoded, Span::new(first.start, last.end));
    }
    mapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_knows_its_bytes() {
        let source = "caf=C3=A9 =3D=\r\nok=zz";
        let mapped = quoted_printable(source, Span::of(0..source.len()), Charset::Utf8);
        assert_eq!(mapped.text(), "café =ok=zz");
        assert_eq!(mapped.source(3..5).slice(source), "=C3=A9");
        assert_eq!(mapped.source(7..9).slice(source), "ok");
    }

    #[test]
    fn a_character_may_be_cut_by_a_line() {
        let source = "=C3=\n=A9=FF=E2=82=AC";
        let mapped = quoted_printable(source, Span::of(0..source.len()), Charset::Utf8);
        assert_eq!(mapped.text(), "é\u{FFFD}€");
        assert_eq!(mapped.source(0..2).slice(source), "=C3=\n=A9");
    }

    #[test]
    fn base64_knows_its_letters() {
        let source = "SMOp\r\nbGxv";
        let mapped = base64(source, Span::of(0..source.len()), Charset::Utf8);
        assert_eq!(mapped.text(), "Héllo");
        assert_eq!(mapped.source(1..3).slice(source), "MOp");
        assert_eq!(mapped.source(3..4).slice(source), "bG");
    }

    #[test]
    fn other_charsets() {
        let latin = quoted_printable("=E9=80", Span::new(0, 6), Charset::of("iso-8859-1"));
        assert_eq!(latin.text(), "é€");
        let japanese = base64("g2WDWINn", Span::new(0, 8), Charset::of("Shift_JIS"));
        assert_eq!(japanese.text(), "テスト");
    }
}
