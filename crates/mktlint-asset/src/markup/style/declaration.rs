//! One declaration of CSS: a property and its value.

use super::{Color, Declared, Known, Size};

/// Notes in `declared` that `property` is set to `value`, white space around both cut; other properties than those of
/// the look of text are left alone. A value that says nothing new (`inherit`) sets nothing.
pub(in crate::markup) fn declare(declared: &mut Declared, property: &[u8], value: &[u8]) {
    let value = without_importance(value);
    // The first letter parts nearly all properties of an email from these.
    let is = |name: &str| property.eq_ignore_ascii_case(name.as_bytes());
    match property.first().map(u8::to_ascii_lowercase) {
        Some(b'c') if is("color") => {
            declared.inherits = is_word(value, "inherit");
            set(&mut declared.color, value, Color::parse);
        }
        Some(b'b') if is("background-color") => set(&mut declared.background, value, Color::parse),
        Some(b'b') if is("background") => background(declared, value),
        Some(b'b') if is("background-image") => declared.pictured = Some(!is_word(value, "none")),
        Some(b'f') if is("font-size") => set(&mut declared.size, value, size),
        Some(b'f') if is("font-weight") => declared.bold = bold(value).or(declared.bold),
        Some(b'f') if is("font") => font(declared, value),
        Some(b'o') if is("opacity") => declared.faded = Some(!matches!(number(value), Some((100.., b"")))),
        _ => {}
    }
}

/// Notes `value`, read by `parse`, in `property`.
pub(super) fn set<T>(property: &mut Known<T>, value: &[u8], parse: impl Fn(&[u8]) -> Option<T>) {
    if !is_word(value, "inherit") && !is_word(value, "currentcolor") && !value.is_empty() {
        *property = parse(value).map_or(Known::Unknown, Known::Is);
    }
}

/// `#fff url(a.png) no-repeat`
fn background(declared: &mut Declared, value: &[u8]) {
    declared.pictured = Some(has_picture(value));
    if is_word(value, "none") {
        declared.background = Known::Is(Color::TRANSPARENT);
        return;
    }
    let whole = Color::parse(value);
    let first = || value.split(u8::is_ascii_whitespace).find_map(Color::parse);
    match whole.or_else(first) {
        Some(color) => declared.background = Known::Is(color),
        None => set(&mut declared.background, value, |_| None),
    }
}

/// Whether a background holds `url(…)` or a gradient.
fn has_picture(value: &[u8]) -> bool {
    let before = memchr::memchr_iter(b'(', value).map(|at| value.get(..at).unwrap_or_default());
    let ends = |name: &[u8], word: &str| {
        name.len().checked_sub(word.len()).and_then(|at| name.get(at..)).is_some_and(|end| is_word(end, word))
    };
    before
        .into_iter()
        .any(|name| ["url", "gradient", "image-set", "element"].iter().any(|word| ends(name, word)))
}

/// `bold 13px/18px Arial`
fn font(declared: &mut Declared, value: &[u8]) {
    if is_word(value, "inherit") {
        return;
    }
    (declared.size, declared.bold) = (Known::Unknown, Some(false));
    for word in value.split(u8::is_ascii_whitespace) {
        // The height of a line follows the size.
        let word = word.split(|byte| *byte == b'/').next().unwrap_or_default();
        let is_size = !matches!(number(word), Some((_, [])));
        if let Some(size) = size(word).filter(|_| is_size) {
            // What follows is the name of the font.
            declared.size = Known::Is(size);
            return;
        }
        declared.bold = bold(word).or(declared.bold);
    }
}

/// `11px`, `1.2em`, `90%`, `small`. Numbers without a unit are pixels, as mail programs read them.
pub(in crate::markup) fn size(value: &[u8]) -> Option<Size> {
    let Some((hundredths, unit)) = number(value) else { return keyword(value) };
    let is = |name: &str| unit.eq_ignore_ascii_case(name.as_bytes());
    Some(match unit {
        [] => Size::Pixels(hundredths),
        _ if is("px") => Size::Pixels(hundredths),
        _ if is("pt") => Size::Pixels(hundredths.saturating_mul(4) / 3),
        _ if is("pc") => Size::Pixels(hundredths.saturating_mul(16)),
        _ if is("rem") => Size::Pixels(hundredths.saturating_mul(16)),
        _ if is("em") => Size::Relative(hundredths),
        _ if is("%") => Size::Relative(hundredths / 100),
        _ => return None,
    })
}

/// Source: CSS Fonts Level 4, section 2.5, as browsers with a medium size of 16 pixels have them.
fn keyword(value: &[u8]) -> Option<Size> {
    const SIZES: [(&str, Size); 10] = [
        ("xx-small", Size::Pixels(900)),
        ("x-small", Size::Pixels(1000)),
        ("small", Size::Pixels(1300)),
        ("medium", Size::Pixels(1600)),
        ("large", Size::Pixels(1800)),
        ("x-large", Size::Pixels(2400)),
        ("xx-large", Size::Pixels(3200)),
        ("xxx-large", Size::Pixels(4800)),
        ("smaller", Size::Relative(83)),
        ("larger", Size::Relative(120)),
    ];
    SIZES.into_iter().find(|(name, _)| is_word(value, name)).map(|(_, size)| size)
}

fn bold(value: &[u8]) -> Option<bool> {
    match number(value) {
        Some((hundredths, b"")) => Some(hundredths >= 60_000),
        Some(_) => None,
        None if is_word(value, "bold") || is_word(value, "bolder") => Some(true),
        None if is_word(value, "normal") || is_word(value, "lighter") => Some(false),
        None => None,
    }
}

/// The number at the start of `value`, in hundredths, and what follows it: `1.25em` is 125 and `em`.
fn number(value: &[u8]) -> Option<(u32, &[u8])> {
    if !value.first().is_some_and(|first| first.is_ascii_digit() || *first == b'.') {
        return None;
    }
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let (number, unit) = value.split_at_checked(digits)?;
    let mut parts = number.splitn(2, |byte| *byte == b'.');
    let (whole, fraction) = (parts.next()?, parts.next().unwrap_or_default());
    if (whole.is_empty() && fraction.is_empty()) || fraction.contains(&b'.') {
        return None;
    }
    let digit = |byte: u8| u32::from(byte - b'0');
    let add = |sum: u32, byte: &u8| sum.saturating_mul(10).saturating_add(digit(*byte));
    let whole = whole.iter().fold(0, add).saturating_mul(100);
    let tenth = |at: usize| fraction.get(at).map_or(0, |byte| digit(*byte));
    Some((whole.saturating_add(tenth(0) * 10 + tenth(1)), unit.trim_ascii()))
}

fn is_word(value: &[u8], word: &str) -> bool {
    value.eq_ignore_ascii_case(word.as_bytes())
}

/// `value` without `!important`.
fn without_importance(value: &[u8]) -> &[u8] {
    let Some(at) = memchr::memrchr(b'!', value) else { return value };
    value.get(..at).unwrap_or_default().trim_ascii_end()
}
