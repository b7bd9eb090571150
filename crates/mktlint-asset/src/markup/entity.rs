//! Character references of HTML: `&amp;`, `&#8217;`, `&nbsp`.

use std::convert::Infallible;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use mktlint_text::{MappedText, Span};
use smol_str::SmolStr;

/// Where a reference stands; in an attribute `&copy=1` is no reference, since URLs are written that way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decode {
    /// References are not decoded.
    Never,
    /// Between tags.
    Text,
    /// In an attribute.
    Attribute,
}

/// What the reference at the start of `text` stands for and how many bytes it takes; `None` when it is just a `&`.
pub(crate) fn reference(text: &str, place: Decode) -> Option<(SmolStr, usize)> {
    let bytes = text.as_bytes();
    match bytes.get(1)? {
        b'#' => numeric(bytes),
        letter if letter.is_ascii_alphanumeric() => named(text, place),
        _ => None,
    }
}

/// Decodes the references of `source` at `span` and changes nothing else.
pub(crate) fn unescape(mapped: &mut MappedText, source: &str, span: Span, decode: Decode) {
    let text = span.slice(source);
    let place = |from: usize, to: usize| Span::of(from..to).shift(span.start());
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| memchr::memchr(b'&', rest.as_bytes())) {
        let mark = at + found;
        mapped.push_verbatim(source, place(at, mark));
        at = match reference(&text[mark..], decode) {
            Some((decoded, taken)) => {
                mapped.push_replaced(&decoded, place(mark, mark + taken));
                mark + taken
            }
            None => {
                mapped.push_verbatim(source, place(mark, mark + 1));
                mark + 1
            }
        };
    }
    mapped.push_verbatim(source, place(at, text.len()));
}

/// References that make up nearly all of those in real files.
const COMMON: [(&str, &str); 24] = [
    ("nbsp", "\u{a0}"),
    ("amp", "&"),
    ("zwnj", "\u{200c}"),
    ("quot", "\""),
    ("lt", "<"),
    ("gt", ">"),
    ("apos", "'"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("rsquo", "’"),
    ("lsquo", "‘"),
    ("rdquo", "”"),
    ("ldquo", "“"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("hellip", "…"),
    ("bull", "•"),
    ("middot", "·"),
    ("shy", "\u{ad}"),
    ("zwj", "\u{200d}"),
    ("euro", "€"),
    ("pound", "£"),
    ("rarr", "→"),
];

fn named(text: &str, place: Decode) -> Option<(SmolStr, usize)> {
    let bytes = text.as_bytes();
    // The longest name has 31 letters.
    let letters = bytes.iter().skip(1).take(40).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if bytes.get(letters + 1) == Some(&b';') {
        let name = text.get(1..=letters)?;
        if let Some((_, decoded)) = COMMON.iter().find(|(own, _)| *own == name) {
            return Some((SmolStr::new_static(decoded), letters + 2));
        }
    }
    let end = letters + 1 + usize::from(bytes.get(letters + 1) == Some(&b';'));
    let (decoded, taken) = tokenized(text.get(..end)?)?;
    let bare = bytes.get(taken - 1) != Some(&b';');
    let next = bytes.get(taken).copied().unwrap_or(0);
    let literal = place == Decode::Attribute && bare && (next == b'=' || next.is_ascii_alphanumeric());
    (!literal).then_some((decoded, taken))
}

/// What the tokenizer, which knows all 2,231 names, makes of `text`, and how much of it that is.
fn tokenized(text: &str) -> Option<(SmolStr, usize)> {
    let mut decoded = Vec::new();
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| {
        if let CallbackEvent::String { value } = event {
            decoded.extend_from_slice(value);
        }
        None::<Infallible>
    });
    let Ok(()) = Tokenizer::new_with_emitter(text, emitter).finish();
    let decoded = String::from_utf8(decoded).ok()?;
    if decoded == text {
        return None;
    }
    // A name stands for one character or two; what follows it comes through as it is.
    decoded.char_indices().skip(1).map(|(at, _)| at).chain([decoded.len()]).take(2).find_map(|at| {
        let (own, rest) = decoded.split_at(at);
        let taken = text.strip_suffix(rest)?.len();
        (taken > 1).then(|| (own.into(), taken))
    })
}

fn numeric(bytes: &[u8]) -> Option<(SmolStr, usize)> {
    let hex = matches!(bytes.get(2), Some(b'x' | b'X'));
    let start = if hex { 3 } else { 2 };
    let radix = if hex { 16 } else { 10 };
    let mut value = 0_u32;
    let mut end = start;
    while let Some(digit) = bytes.get(end).and_then(|byte| char::from(*byte).to_digit(radix)) {
        value = value.saturating_mul(radix).saturating_add(digit);
        end += 1;
    }
    if end == start {
        return None;
    }
    let taken = end + usize::from(bytes.get(end) == Some(&b';'));
    let mut buffer = [0; 4];
    Some(((*character(value).encode_utf8(&mut buffer)).into(), taken))
}

/// The character that browsers show for number `value`. 0x80 to 0x9F are read as Windows-1252, as the HTML standard
/// says.
fn character(value: u32) -> char {
    const WINDOWS_1252: [u16; 32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
        0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ];
    let mapped = value
        .checked_sub(0x80)
        .and_then(|index| WINDOWS_1252.get(index as usize))
        .map_or(value, |code| u32::from(*code));
    char::from_u32(mapped).filter(|letter| *letter != '\0').unwrap_or('\u{FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, place: Decode, expected: Option<(&str, usize)>) {
        let found = reference(text, place);
        assert_eq!(found.as_ref().map(|(decoded, taken)| (decoded.as_str(), *taken)), expected, "{text}");
    }

    #[test]
    fn names_numbers_and_neither() {
        check("&amp;x", Decode::Text, Some(("&", 5)));
        check("&ampx", Decode::Text, Some(("&", 4)));
        check("&ampere;", Decode::Text, Some(("&", 4)));
        check("&notin;", Decode::Text, Some(("∉", 7)));
        check("&notit;", Decode::Text, Some(("¬", 4)));
        check("&fjlig;", Decode::Text, Some(("fj", 7)));
        check("&NotEqualTilde;", Decode::Text, Some(("≂\u{338}", 15)));
        check("&copy=1", Decode::Text, Some(("©", 5)));
        check("&copy=1", Decode::Attribute, None);
        check("&copy;=1", Decode::Attribute, Some(("©", 6)));
        check("&#8217;s", Decode::Text, Some(("’", 7)));
        check("&#x92s", Decode::Text, Some(("’", 5)));
        check("&#0;", Decode::Text, Some(("\u{FFFD}", 4)));
        check("&#99999999999;", Decode::Text, Some(("\u{FFFD}", 14)));
        check("&#;", Decode::Text, None);
        check("&utm_source", Decode::Text, None);
        check("& ", Decode::Text, None);
    }
}
