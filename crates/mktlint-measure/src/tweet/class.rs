//! Kinds of characters.

use unicode_normalization::char::is_combining_mark;

/// Whether `it` is a Latin letter with an accent, or an accent alone, as they count inside hosts and names.
pub fn is_latin_accent(it: char) -> bool {
    matches!(it,
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{253}' | '\u{254}' | '\u{256}' | '\u{257}'
        | '\u{259}' | '\u{25b}' | '\u{263}' | '\u{268}' | '\u{26f}' | '\u{272}' | '\u{289}' | '\u{28b}' | '\u{2bb}'
        | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}')
}

/// Whether `it` is a Cyrillic letter.
pub fn is_cyrillic(it: char) -> bool {
    matches!(it, '\u{400}'..='\u{4ff}')
}

/// Whether `it` sets the direction of writing and shows nothing.
pub fn is_directional(it: char) -> bool {
    matches!(it, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether `it` may not stand in a post.
pub fn is_invalid(it: char) -> bool {
    matches!(it, '\u{fffe}' | '\u{feff}' | '\u{ffff}')
}

/// Whether a hashtag with `it` has a letter.
pub fn is_hashtag_letter(it: char) -> bool {
    is_combining_mark(it) || (it.is_alphabetic() && !it.is_numeric() && !is_circled(it))
}

/// Whether `it` may stand in a hashtag.
pub fn is_hashtag_part(it: char) -> bool {
    is_hashtag_letter(it) || is_digit(it) || is_joiner(it)
}

/// Whether `it` joins the parts of a hashtag: the underscore and its relatives in other scripts.
fn is_joiner(it: char) -> bool {
    matches!(
        it,
        '_' | '\u{200c}'
            | '\u{200d}'
            | '\u{a67e}'
            | '\u{5be}'
            | '\u{5f3}'
            | '\u{5f4}'
            | '\u{ff5e}'
            | '\u{301c}'
            | '\u{309b}'
            | '\u{309c}'
            | '\u{30a0}'
            | '\u{30fb}'
            | '\u{3003}'
            | '\u{f0b}'
            | '\u{f0c}'
            | '\u{b7}'
    )
}

/// Letters in circles and squares, which are alphabetic but symbols.
fn is_circled(it: char) -> bool {
    matches!(it, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}')
}

/// Whether `it` is a decimal digit of any script.
fn is_digit(it: char) -> bool {
    let point = u32::from(it);
    match DIGIT_ZEROS.partition_point(|zero| *zero <= point).checked_sub(1).and_then(|at| DIGIT_ZEROS.get(at))
    {
        Some(0x1D7CE) => point < 0x1D800,
        Some(zero) => point < zero + 10,
        None => false,
    }
}

/// The zero of each script that has digits; the mathematical ones are five alphabets in a row. Source: general category
/// `Nd` of Unicode 14.
#[rustfmt::skip]
static DIGIT_ZEROS: &[u32] = &[
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
    0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,
    0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0,
    0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50,
    0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];
