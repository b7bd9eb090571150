//! Emoji.

use unicode_segmentation::UnicodeSegmentation;

/// Returns how many emoji a reader sees in `text`: see [`emojis`].
pub fn emoji_count(text: &str) -> u32 {
    emojis(text).count() as u32
}

/// Returns the emoji that a reader sees in `text`, in order: a family, a flag or a hand with a skin tone is one.
///
/// Characters that are text by default (`©`, `❤`, `1`) count when the emoji form is asked for (`❤️`, `1️⃣`).
///
/// Source: Unicode UTS 51, the property `Emoji_Presentation` of Unicode 16.
pub fn emojis(text: &str) -> impl Iterator<Item = &str> {
    // Finding graphemes is slow, and most text has no emoji.
    let makes_emoji =
        |it: char| matches!(it, '\u{fe0f}' | '\u{20e3}') || !it.is_ascii() && is_shown_as_emoji(it);
    let text = if text.is_ascii() || !text.contains(makes_emoji) { "" } else { text };
    text.graphemes(true).filter(|grapheme| is_emoji(grapheme))
}

/// Whether `grapheme`, an extended grapheme cluster, is shown as an emoji.
pub fn is_emoji(grapheme: &str) -> bool {
    let mut rest = grapheme.chars();
    match rest.next() {
        // A flag is two of these; one alone is shown as a letter.
        Some('\u{1f1e6}'..='\u{1f1ff}') => rest.next().is_some(),
        Some(first) if is_shown_as_emoji(first) => !grapheme.contains('\u{fe0e}'),
        Some(first) => grapheme.contains('\u{20e3}') || !first.is_ascii() && grapheme.contains('\u{fe0f}'),
        None => false,
    }
}

fn is_shown_as_emoji(character: char) -> bool {
    let point = u32::from(character);
    let after = EMOJI_PRESENTATION.partition_point(|range| range.0 <= point);
    after.checked_sub(1).and_then(|at| EMOJI_PRESENTATION.get(at)).is_some_and(|range| point <= range.1)
}

/// First and last code points of the characters that are emoji without being asked, in order.
#[rustfmt::skip]
static EMOJI_PRESENTATION: &[(u32, u32)] = &[
    (0x231A, 0x231B), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3), (0x25FD, 0x25FE), (0x2614, 0x2615),
    (0x2648, 0x2653), (0x267F, 0x267F), (0x2693, 0x2693), (0x26A1, 0x26A1), (0x26AA, 0x26AB), (0x26BD, 0x26BE),
    (0x26C4, 0x26C5), (0x26CE, 0x26CE), (0x26D4, 0x26D4), (0x26EA, 0x26EA), (0x26F2, 0x26F3), (0x26F5, 0x26F5),
    (0x26FA, 0x26FA), (0x26FD, 0x26FD), (0x2705, 0x2705), (0x270A, 0x270B), (0x2728, 0x2728), (0x274C, 0x274C),
    (0x274E, 0x274E), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797), (0x27B0, 0x27B0), (0x27BF, 0x27BF),
    (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x1F004, 0x1F004), (0x1F0CF, 0x1F0CF),
    (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F1E6, 0x1F1FF), (0x1F201, 0x1F201), (0x1F21A, 0x1F21A),
    (0x1F22F, 0x1F22F), (0x1F232, 0x1F236), (0x1F238, 0x1F23A), (0x1F250, 0x1F251), (0x1F300, 0x1F320),
    (0x1F32D, 0x1F335), (0x1F337, 0x1F37C), (0x1F37E, 0x1F393), (0x1F3A0, 0x1F3CA), (0x1F3CF, 0x1F3D3),
    (0x1F3E0, 0x1F3F0), (0x1F3F4, 0x1F3F4), (0x1F3F8, 0x1F43E), (0x1F440, 0x1F440), (0x1F442, 0x1F4FC),
    (0x1F4FF, 0x1F53D), (0x1F54B, 0x1F54E), (0x1F550, 0x1F567), (0x1F57A, 0x1F57A), (0x1F595, 0x1F596),
    (0x1F5A4, 0x1F5A4), (0x1F5FB, 0x1F64F), (0x1F680, 0x1F6C5), (0x1F6CC, 0x1F6CC), (0x1F6D0, 0x1F6D2),
    (0x1F6D5, 0x1F6D7), (0x1F6DC, 0x1F6DF), (0x1F6EB, 0x1F6EC), (0x1F6F4, 0x1F6FC), (0x1F7E0, 0x1F7EB),
    (0x1F7F0, 0x1F7F0), (0x1F90C, 0x1F93A), (0x1F93C, 0x1F945), (0x1F947, 0x1F9FF), (0x1FA70, 0x1FA7C),
    (0x1FA80, 0x1FA89), (0x1FA8F, 0x1FAC6), (0x1FACE, 0x1FADC), (0x1FADF, 0x1FAE9), (0x1FAF0, 0x1FAF8),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_are_what_a_reader_sees() {
        let check = |text, expected| assert_eq!(emoji_count(text), expected, "{text}");
        check("", 0);
        check("Sale #1 © 2026 – ★", 0);
        check("🎉 Sale 🎉", 2);
        check("👩‍👩‍👧 👍🏽 🇩🇪🇫🇷", 4);
        check("❤️ ❤ 1️⃣ ☎️", 3);
        check("🏴󠁧󠁢󠁥󠁮󠁧󠁿 ⌚︎", 1);
        check("🇩", 0);
        assert_eq!(emojis("a 👍🏽 b 🇩🇪!").collect::<Vec<_>>(), ["👍🏽", "🇩🇪"]);
    }

    #[test]
    fn ranges_are_in_order() {
        let bounds: Vec<u32> = EMOJI_PRESENTATION.iter().flat_map(|range| [range.0, range.1]).collect();
        assert!(bounds.is_sorted());
    }
}
