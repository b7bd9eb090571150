//! How long a text is, in the units that limits are written in.

mod sentence;
mod unit;
mod width;
mod word;

use unicode_segmentation::UnicodeSegmentation;

pub use sentence::{Sentences, sentences};
pub use unit::{CodePoints, Columns, Graphemes, Segments, Septets, Utf8Bytes, Utf16Units, Weight};
pub use width::{code_points, display_width};
pub use word::{Words, words};

/// Returns how many characters a reader would count: extended grapheme clusters.
///
/// A family emoji, a flag and a letter with its accents are one each. Empty text has 0.
///
/// Source: Unicode UAX 29, extended grapheme clusters.
pub fn graphemes(text: &str) -> Graphemes {
    Graphemes::of(if text.is_ascii() {
        ascii_graphemes(text.as_bytes())
    } else {
        text.graphemes(true).count()
    })
}

/// `\r\n` is the only cluster of two ASCII characters.
fn ascii_graphemes(bytes: &[u8]) -> usize {
    bytes.len() - memchr::memmem::find_iter(bytes, b"\r\n").count()
}

/// Returns how many UTF-16 code units `text` takes, as JavaScript and most ad platforms count. Empty text has 0.
pub fn utf16_units(text: &str) -> Utf16Units {
    let units = text.bytes().map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0));
    Utf16Units::of(units.sum())
}

/// Returns how many bytes `text` takes in UTF-8, as push payloads and databases count. Empty text has 0.
pub fn utf8_bytes(text: &str) -> Utf8Bytes {
    Utf8Bytes::of(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: (u32, u32, u32)) {
        let found = (graphemes(text).get(), utf16_units(text).get(), utf8_bytes(text).get());
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn each_unit_counts_its_own_way() {
        check("", (0, 0, 0));
        check("Sale\r\n", (5, 6, 6));
        check("été", (3, 3, 5));
        check("e\u{301}", (1, 2, 3));
        check("👩‍👩‍👧", (1, 8, 18));
        check("🇩🇪 €", (3, 6, 12));
    }
}
