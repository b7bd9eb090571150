//! Length in columns and in code points.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::{CodePoints, Columns};
use crate::text::is_emoji;

/// Returns how many columns `text` takes: characters as a reader counts them, where full-width East Asian ones and
/// emoji count two. Empty text takes 0.
///
/// So does Google Ads count: 30 in a headline are 30 Latin or 15 Japanese characters. What shows nothing (a zero-width
/// space) still counts one, since platforms count it.
///
/// Source: Unicode UAX 11, `East_Asian_Width` W and F; Google Ads Help 13676244.
pub fn display_width(text: &str) -> Columns {
    if text.is_ascii() {
        return Columns(super::graphemes(text).get());
    }
    Columns::of(text.graphemes(true).map(|grapheme| if is_wide(grapheme) { 2 } else { 1 }).sum())
}

fn is_wide(grapheme: &str) -> bool {
    grapheme.chars().next().and_then(char::width) == Some(2) || is_emoji(grapheme)
}

/// Returns how many Unicode code points `text` has. Empty text has 0.
pub fn code_points(text: &str) -> CodePoints {
    CodePoints::of(text.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn east_asian_characters_take_two_columns() {
        let check = |text, expected| assert_eq!(display_width(text).get(), expected, "{text}");
        check("", 0);
        check("Sale\r\n", 5);
        check("été e\u{301}", 5);
        check("セール", 6);
        check("ｾｰﾙ", 3);
        check("Ａ１", 4);
        check("한국", 4);
        check("👩‍👩‍👧 ❤️", 5);
    }

    #[test]
    fn code_points_are_neither_bytes_nor_characters() {
        assert_eq!(code_points("e\u{301}👍🏽").get(), 4);
        assert_eq!(code_points("").get(), 0);
    }
}
