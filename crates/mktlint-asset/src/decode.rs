//! Bytes to text and back.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memchr_iter;
use mktlint_diag::{Diagnostic, FilePath, Place};
use mktlint_text::Span;

use crate::codes;

/// How a file's text is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8; offsets in the text are offsets in the file.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252, guessed because the bytes are no UTF-8.
    Windows1252,
    /// Some bytes could not be read; the text cannot be written back.
    Damaged,
}

/// What is wrong with the bytes of a file. At most one of each kind is reported, at the first place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeProblem {
    /// A picture, an archive, a program. The text is then empty.
    NotText,
    /// Longer than the 4 GiB that a [`Span`] can address. The text is then empty.
    TooLarge,
    /// So many bytes are no UTF-8. In the text each is one U+001A, so offsets stay offsets in the file.
    InvalidUtf8 {
        /// How many bytes are wrong.
        bytes: usize,
    },
    /// An unpaired surrogate; U+FFFD in the text.
    InvalidUtf16,
    /// So many NUL bytes stand in the text, where they are kept.
    Nul {
        /// How many there are.
        bytes: usize,
    },
}

/// A file's text. A byte order mark is kept as its first character, so that offsets stay what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The text; extractors skip its byte order mark.
    pub text: Cow<'b, str>,
    /// How it was stored.
    pub encoding: Encoding,
    /// What is wrong, with the place in `text`.
    pub problems: Vec<(DecodeProblem, Span)>,
}

impl Decoded<'_> {
    /// The problems as diagnostics of `file`.
    pub fn diagnostics(&self, file: &FilePath) -> Vec<Diagnostic> {
        let place = |span: Span| Place::new(file.clone(), span);
        self.problems.iter().map(|(problem, span)| codes::encoding(*problem, place(*span))).collect()
    }
}

/// Reads `bytes` as UTF-8, or as UTF-16 when they start with its mark or every other byte is NUL.
///
/// Costs one pass; UTF-8 is borrowed. Use [`decode_legacy`] for CSV and `.eml` files.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    decode_or(bytes, lossy)
}

/// Like [`decode`], but bytes that are no UTF-8 are read as Windows-1252, as spreadsheets and old mail programs
/// write it.
pub fn decode_legacy(bytes: &[u8]) -> Decoded<'_> {
    decode_or(bytes, windows_1252)
}

fn decode_or(bytes: &[u8], fallback: fn(&[u8]) -> Decoded<'_>) -> Decoded<'_> {
    if u32::try_from(bytes.len()).is_err() {
        return nothing(DecodeProblem::TooLarge);
    }
    match utf16(bytes) {
        Some(encoding) => return decode_utf16(bytes, encoding),
        None if is_binary(bytes) => return nothing(DecodeProblem::NotText),
        None => {}
    }
    let mut decoded = match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.into(), encoding: Encoding::Utf8, problems: Vec::new() },
        Err(_) => fallback(bytes),
    };
    if let Some(first) = memchr::memchr(0, decoded.text.as_bytes()) {
        let count = memchr_iter(0, decoded.text.as_bytes()).count();
        decoded.problems.push((DecodeProblem::Nul { bytes: count }, Span::of(first..first + 1)));
    }
    decoded
}

fn nothing<'b>(problem: DecodeProblem) -> Decoded<'b> {
    Decoded { text: "".into(), encoding: Encoding::Damaged, problems: vec![(problem, Span::default())] }
}

/// The order of bytes when this is UTF-16: by its mark, or because nearly every second byte of the first kibibyte is
/// NUL, as in Latin text, and nearly none of the others.
fn utf16(bytes: &[u8]) -> Option<Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => return Some(Encoding::Utf16Be),
        _ => {}
    }
    let head = bytes.get(..1024).unwrap_or(bytes);
    let pairs = head.len() / 2;
    let nul = |odd: usize| head.chunks_exact(2).filter(|pair| pair[odd] == 0).count();
    let (even, odd) = (nul(0), nul(1));
    let most = |many: usize, few: usize| pairs >= 2 && many * 10 >= pairs * 6 && few * 20 <= pairs;
    match (most(odd, even), most(even, odd)) {
        (true, _) => Some(Encoding::Utf16Le),
        (_, true) => Some(Encoding::Utf16Be),
        _ => None,
    }
}

fn decode_utf16(bytes: &[u8], encoding: Encoding) -> Decoded<'_> {
    let reader = if encoding == Encoding::Utf16Be { UTF_16BE } else { UTF_16LE };
    let (text, damaged) = reader.decode_without_bom_handling(bytes);
    let text = Cow::Owned(text.into_owned());
    if !damaged {
        return Decoded { text, encoding, problems: Vec::new() };
    }
    let at = text.find('\u{FFFD}').unwrap_or(0);
    let problems = vec![(DecodeProblem::InvalidUtf16, Span::of(at..at + 3))];
    Decoded { text, encoding: Encoding::Damaged, problems }
}

/// Starts like a known binary format, or holds a NUL among the first 8 KiB of which more than one byte in ten is a
/// control character.
fn is_binary(bytes: &[u8]) -> bool {
    const MAGIC: [&[u8]; 7] =
        [b"%PDF-", b"\x89PNG", b"PK\x03\x04", b"GIF8", b"\xFF\xD8\xFF", b"\x1F\x8B", b"\x7FELF"];
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return true;
    }
    let head = bytes.get(..8192).unwrap_or(bytes);
    let control =
        |byte: &&u8| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1A | 0x1B);
    head.contains(&0) && head.iter().filter(control).count() * 10 > head.len()
}

fn lossy(bytes: &[u8]) -> Decoded<'_> {
    let mut text = String::with_capacity(bytes.len());
    let mut wrong = 0;
    let mut first = Span::default();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let bad = chunk.invalid().len();
        if bad > 0 && wrong == 0 {
            first = Span::of(text.len()..text.len() + bad);
        }
        wrong += bad;
        text.extend(std::iter::repeat_n('\u{1A}', bad));
    }
    let problems = vec![(DecodeProblem::InvalidUtf8 { bytes: wrong }, first)];
    Decoded { text: text.into(), encoding: Encoding::Damaged, problems }
}

fn windows_1252(bytes: &[u8]) -> Decoded<'_> {
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Decoded { text: Cow::Owned(text.into_owned()), encoding: Encoding::Windows1252, problems: Vec::new() }
}

/// Why text cannot be written in an encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecodeError {
    /// The file could not be read as a whole, so writing it would lose bytes.
    Damaged,
    /// The encoding has no such character.
    Unmappable(char),
}

impl fmt::Display for RecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged => f.write_str("the file holds bytes that are not text"),
            Self::Unmappable(letter) => write!(f, "the file's encoding, Windows-1252, has no `{letter}`"),
        }
    }
}

impl std::error::Error for RecodeError {}

/// Writes `text` as the file that [`decode`] would read it from.
///
/// # Errors
/// When the encoding lacks a character, or the file was damaged.
pub fn recode(text: &str, encoding: Encoding) -> Result<Vec<u8>, RecodeError> {
    match encoding {
        Encoding::Utf8 => Ok(text.as_bytes().to_vec()),
        Encoding::Utf16Le => Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf16Be => Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        Encoding::Windows1252 => encode_windows_1252(text),
        Encoding::Damaged => Err(RecodeError::Damaged),
    }
}

fn encode_windows_1252(text: &str) -> Result<Vec<u8>, RecodeError> {
    match WINDOWS_1252.encode(text) {
        (bytes, _, false) => Ok(bytes.into_owned()),
        _ => Err(RecodeError::Unmappable(text.chars().find(|letter| lacks(*letter)).unwrap_or('\u{FFFD}'))),
    }
}

fn lacks(letter: char) -> bool {
    WINDOWS_1252.encode(letter.encode_utf8(&mut [0; 4])).2
}

/// Where the text after a byte order mark starts: 0 or 3.
pub(crate) fn after_mark(text: &str) -> u32 {
    if text.starts_with('\u{FEFF}') { 3 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, encoding: Encoding) {
        let decoded = decode_legacy(bytes);
        assert_eq!((&*decoded.text, decoded.encoding), (text, encoding));
        assert!(decoded.problems.is_empty());
        assert_eq!(recode(&decoded.text, encoding).unwrap(), bytes);
    }

    #[test]
    fn encodings_are_told_apart_and_written_back() {
        check("plain é".as_bytes(), "plain é", Encoding::Utf8);
        check(b"\xEF\xBB\xBFa", "\u{FEFF}a", Encoding::Utf8);
        check(b"\xFF\xFEa\0\xE9\0", "\u{FEFF}aé", Encoding::Utf16Le);
        check(b"\xFE\xFF\0a\0\xE9", "\u{FEFF}aé", Encoding::Utf16Be);
        check(b"C\0a\0m\0p\0\t\0A\0d\0", "Camp\tAd", Encoding::Utf16Le);
        check(b"\0C\0a\0m\0p", "Camp", Encoding::Utf16Be);
        check(b"caf\xE9 \x80 5", "café € 5", Encoding::Windows1252);
        check(b"", "", Encoding::Utf8);
    }

    #[test]
    fn bad_bytes_keep_their_offsets() {
        let decoded = decode(b"ab\xFF\xFEcd\xC3");
        assert_eq!(decoded.text, "ab\u{1A}\u{1A}cd\u{1A}");
        assert_eq!(decoded.problems, [(DecodeProblem::InvalidUtf8 { bytes: 3 }, Span::new(2, 3))]);
        assert_eq!(recode(&decoded.text, decoded.encoding), Err(RecodeError::Damaged));
    }

    #[test]
    fn binary_is_not_text_and_a_lone_nul_is() {
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").problems[0].0, DecodeProblem::NotText);
        assert_eq!(decode(&[0, 1, 2, 3, 4, 5]).problems[0].0, DecodeProblem::NotText);
        let text = decode(b"Dear customer,\0 welcome to the club of people");
        assert_eq!(text.problems, [(DecodeProblem::Nul { bytes: 1 }, Span::new(14, 15))]);
    }

    #[test]
    fn what_an_encoding_lacks_is_named() {
        assert_eq!(recode("a→b", Encoding::Windows1252), Err(RecodeError::Unmappable('→')));
    }
}
