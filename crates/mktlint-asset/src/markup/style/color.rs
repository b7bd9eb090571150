//! Colours, and how well one is read on another.

use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

/// A colour of sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Rgb(pub [u8; 3]);

/// A colour that lets what is behind it through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Color {
    /// The colour.
    pub rgb: Rgb,
    /// 0 lets all through, 255 nothing.
    pub alpha: u8,
}

impl Rgb {
    /// What pages are when nobody says otherwise.
    pub const WHITE: Self = Self([255; 3]);

    /// The relative luminance, 0 for black to 1 for white.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| LINEAR[channel as usize]);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// `#999999`
    pub fn hex(self) -> SmolStr {
        let [red, green, blue] = self.0;
        format_smolstr!("#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Color {
    /// Nothing that anyone sees.
    pub const TRANSPARENT: Self = Self { rgb: Rgb([0; 3]), alpha: 0 };

    const fn opaque(rgb: Rgb) -> Self {
        Self { rgb, alpha: 255 }
    }

    /// How it looks before `behind`.
    pub fn over(self, behind: Rgb) -> Rgb {
        let alpha = u32::from(self.alpha);
        let mix = |own: u8, other: u8| {
            ((u32::from(own) * alpha + u32::from(other) * (255 - alpha) + 127) / 255) as u8
        };
        let ([a, b, c], [x, y, z]) = (self.rgb.0, behind.0);
        Rgb([mix(a, x), mix(b, y), mix(c, z)])
    }

    /// The colour that CSS calls `value`: `#999`, `#99999980`, `rgb(153, 153, 153)`, `rgb(60% 60% 60% / .5)`, `gray`,
    /// `transparent`. `None` of what is none, and of notations that email does not use, as `hsl()`.
    pub fn parse(value: &[u8]) -> Option<Self> {
        let value = value.trim_ascii();
        match value.first()? {
            b'#' => hex(value.get(1..)?),
            _ if value.ends_with(b")") => function(value),
            _ => named(value),
        }
    }

    /// The colour that an attribute of HTML names: like CSS, and hexadecimal digits without their `#`.
    pub fn parse_attribute(value: &[u8]) -> Option<Self> {
        let bare = || hex(value.trim_ascii()).filter(|_| value.trim_ascii().len() == 6);
        Self::parse(value).or_else(bare)
    }
}

/// `999`, `999999`, and both with a last part for what shows through.
fn hex(digits: &[u8]) -> Option<Color> {
    let digit = |at: usize| char::from(*digits.get(at)?).to_digit(16).map(|digit| digit as u8);
    let short = |at: usize| digit(at).map(|digit| digit * 17);
    let long = |at: usize| Some(digit(at * 2)? * 16 + digit(at * 2 + 1)?);
    let channel = |at: usize| if digits.len() < 5 { short(at) } else { long(at) };
    let alpha = match digits.len() {
        3 | 6 => Some(255),
        4 | 8 => channel(3),
        _ => None,
    };
    Some(Color { rgb: Rgb([channel(0)?, channel(1)?, channel(2)?]), alpha: alpha? })
}

/// `rgb(…)`, `rgba(…)`
fn function(value: &[u8]) -> Option<Color> {
    let value = std::str::from_utf8(value).ok()?;
    let (name, rest) = value.split_once('(')?;
    if !(name.eq_ignore_ascii_case("rgb") || name.eq_ignore_ascii_case("rgba")) {
        return None;
    }
    let separators = |letter: char| letter == ',' || letter == '/' || letter.is_ascii_whitespace();
    let mut numbers = rest.strip_suffix(')')?.split(separators).filter(|number| !number.is_empty());
    let mut channel = || share(numbers.next()?, 255.0);
    let rgb = Rgb([channel()?, channel()?, channel()?]);
    let alpha = numbers.next().map_or(Some(255), |number| share(number, 1.0))?;
    numbers.next().is_none().then_some(Color { rgb, alpha })
}

/// `153` of 255, `.5` of 1 or `60%`, as a part of 255.
fn share(number: &str, whole: f64) -> Option<u8> {
    let (number, whole) = number.strip_suffix('%').map_or((number, whole), |number| (number, 100.0));
    let number: f64 = number.parse().ok().filter(|number: &f64| number.is_finite())?;
    Some((number / whole * 255.0).round().clamp(0.0, 255.0) as u8)
}

fn named(name: &[u8]) -> Option<Color> {
    const LONGEST: usize = "lightgoldenrodyellow".len();
    if name.len() > LONGEST {
        return None;
    }
    let name = name.to_ascii_lowercase();
    if name == b"transparent" {
        return Some(Color::TRANSPARENT);
    }
    let at = NAMED.binary_search_by(|(own, _)| own.as_bytes().cmp(&name)).ok()?;
    let [_, red, green, blue] = NAMED.get(at)?.1.to_be_bytes();
    Some(Color::opaque(Rgb([red, green, blue])))
}

/// The contrast of two colours, 1 to 21, with two decimals.
///
/// Rounded, but never up to one of the limits 3, 4.5 and 7 that it does not reach.
///
/// Source: WCAG 2.2, "contrast ratio" and "relative luminance".
pub(crate) fn contrast(one: Rgb, other: Rgb) -> Decimal {
    let (one, other) = (one.luminance() + 0.05, other.luminance() + 0.05);
    let ratio = one.max(other) / one.min(other);
    let hundredths = (ratio * 100.0).round();
    let reaches = |limit: f64| hundredths >= limit * 100.0 && ratio < limit;
    let lowered = if [3.0, 4.5, 7.0].into_iter().any(reaches) { 1.0 } else { 0.0 };
    Decimal::new((hundredths - lowered) as i64, 2).normalize()
}

/// The grey on white whose contrast is the lowest that reaches `ratio`: `#767676` for 4.5. White for 1 and less,
/// black for 21 and more.
pub fn grey_on_white(ratio: Decimal) -> String {
    let mut greys = (0..=255).rev().map(|level| Rgb([level; 3]));
    let reaches = |grey: &Rgb| contrast(*grey, Rgb::WHITE) >= ratio;
    greys.find(reaches).unwrap_or(Rgb([0; 3])).hex().into()
}

/// The light of each of the 256 levels of a channel. Made by the compiler, from multiplications and divisions alone, so
/// that it is the same on all machines.
static LINEAR: [f64; 256] = {
    let mut table = [0.0; 256];
    let mut level = 0;
    while level < 256 {
        let share = level as f64 / 255.0;
        table[level] = if share <= 0.04045 { share / 12.92 } else { power_2_4((share + 0.055) / 1.055) };
        level += 1;
    }
    table
};

/// `base` to the power of 2.4: the fifth root of the twelfth power, by Newton's method from above.
const fn power_2_4(base: f64) -> f64 {
    let square = base * base;
    let fourth = square * square;
    let power = fourth * fourth * fourth;
    let mut root = 1.0;
    let mut step = 0;
    while step < 60 {
        let fourth = root * root * root * root;
        root -= (root * fourth - power) / (5.0 * fourth);
        step += 1;
    }
    root
}

/// The names of colours, in order. Source: CSS Color Module Level 4, section 6.1.
#[rustfmt::skip]
static NAMED: [(&str, u32); 148] = [
    ("aliceblue", 0xF0F8FF), ("antiquewhite", 0xFAEBD7), ("aqua", 0x00FFFF), ("aquamarine", 0x7FFFD4),
    ("azure", 0xF0FFFF), ("beige", 0xF5F5DC), ("bisque", 0xFFE4C4), ("black", 0x000000),
    ("blanchedalmond", 0xFFEBCD), ("blue", 0x0000FF), ("blueviolet", 0x8A2BE2), ("brown", 0xA52A2A),
    ("burlywood", 0xDEB887), ("cadetblue", 0x5F9EA0), ("chartreuse", 0x7FFF00), ("chocolate", 0xD2691E),
    ("coral", 0xFF7F50), ("cornflowerblue", 0x6495ED), ("cornsilk", 0xFFF8DC), ("crimson", 0xDC143C),
    ("cyan", 0x00FFFF), ("darkblue", 0x00008B), ("darkcyan", 0x008B8B), ("darkgoldenrod", 0xB8860B),
    ("darkgray", 0xA9A9A9), ("darkgreen", 0x006400), ("darkgrey", 0xA9A9A9), ("darkkhaki", 0xBDB76B),
    ("darkmagenta", 0x8B008B), ("darkolivegreen", 0x556B2F), ("darkorange", 0xFF8C00),
    ("darkorchid", 0x9932CC), ("darkred", 0x8B0000), ("darksalmon", 0xE9967A), ("darkseagreen", 0x8FBC8F),
    ("darkslateblue", 0x483D8B), ("darkslategray", 0x2F4F4F), ("darkslategrey", 0x2F4F4F),
    ("darkturquoise", 0x00CED1), ("darkviolet", 0x9400D3), ("deeppink", 0xFF1493),
    ("deepskyblue", 0x00BFFF), ("dimgray", 0x696969), ("dimgrey", 0x696969), ("dodgerblue", 0x1E90FF),
    ("firebrick", 0xB22222), ("floralwhite", 0xFFFAF0), ("forestgreen", 0x228B22), ("fuchsia", 0xFF00FF),
    ("gainsboro", 0xDCDCDC), ("ghostwhite", 0xF8F8FF), ("gold", 0xFFD700), ("goldenrod", 0xDAA520),
    ("gray", 0x808080), ("green", 0x008000), ("greenyellow", 0xADFF2F), ("grey", 0x808080),
    ("honeydew", 0xF0FFF0), ("hotpink", 0xFF69B4), ("indianred", 0xCD5C5C), ("indigo", 0x4B0082),
    ("ivory", 0xFFFFF0), ("khaki", 0xF0E68C), ("lavender", 0xE6E6FA), ("lavenderblush", 0xFFF0F5),
    ("lawngreen", 0x7CFC00), ("lemonchiffon", 0xFFFACD), ("lightblue", 0xADD8E6), ("lightcoral", 0xF08080),
    ("lightcyan", 0xE0FFFF), ("lightgoldenrodyellow", 0xFAFAD2), ("lightgray", 0xD3D3D3),
    ("lightgreen", 0x90EE90), ("lightgrey", 0xD3D3D3), ("lightpink", 0xFFB6C1), ("lightsalmon", 0xFFA07A),
    ("lightseagreen", 0x20B2AA), ("lightskyblue", 0x87CEFA), ("lightslategray", 0x778899),
    ("lightslategrey", 0x778899), ("lightsteelblue", 0xB0C4DE), ("lightyellow", 0xFFFFE0),
    ("lime", 0x00FF00), ("limegreen", 0x32CD32), ("linen", 0xFAF0E6), ("magenta", 0xFF00FF),
    ("maroon", 0x800000), ("mediumaquamarine", 0x66CDAA), ("mediumblue", 0x0000CD),
    ("mediumorchid", 0xBA55D3), ("mediumpurple", 0x9370DB), ("mediumseagreen", 0x3CB371),
    ("mediumslateblue", 0x7B68EE), ("mediumspringgreen", 0x00FA9A), ("mediumturquoise", 0x48D1CC),
    ("mediumvioletred", 0xC71585), ("midnightblue", 0x191970), ("mintcream", 0xF5FFFA),
    ("mistyrose", 0xFFE4E1), ("moccasin", 0xFFE4B5), ("navajowhite", 0xFFDEAD), ("navy", 0x000080),
    ("oldlace", 0xFDF5E6), ("olive", 0x808000), ("olivedrab", 0x6B8E23), ("orange", 0xFFA500),
    ("orangered", 0xFF4500), ("orchid", 0xDA70D6), ("palegoldenrod", 0xEEE8AA), ("palegreen", 0x98FB98),
    ("paleturquoise", 0xAFEEEE), ("palevioletred", 0xDB7093), ("papayawhip", 0xFFEFD5),
    ("peachpuff", 0xFFDAB9), ("peru", 0xCD853F), ("pink", 0xFFC0CB), ("plum", 0xDDA0DD),
    ("powderblue", 0xB0E0E6), ("purple", 0x800080), ("rebeccapurple", 0x663399), ("red", 0xFF0000),
    ("rosybrown", 0xBC8F8F), ("royalblue", 0x4169E1), ("saddlebrown", 0x8B4513), ("salmon", 0xFA8072),
    ("sandybrown", 0xF4A460), ("seagreen", 0x2E8B57), ("seashell", 0xFFF5EE), ("sienna", 0xA0522D),
    ("silver", 0xC0C0C0), ("skyblue", 0x87CEEB), ("slateblue", 0x6A5ACD), ("slategray", 0x708090),
    ("slategrey", 0x708090), ("snow", 0xFFFAFA), ("springgreen", 0x00FF7F), ("steelblue", 0x4682B4),
    ("tan", 0xD2B48C), ("teal", 0x008080), ("thistle", 0xD8BFD8), ("tomato", 0xFF6347),
    ("turquoise", 0x40E0D0), ("violet", 0xEE82EE), ("wheat", 0xF5DEB3), ("white", 0xFFFFFF),
    ("whitesmoke", 0xF5F5F5), ("yellow", 0xFFFF00), ("yellowgreen", 0x9ACD32),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: Option<([u8; 3], u8)>) {
        let found = Color::parse(value.as_bytes()).map(|color| (color.rgb.0, color.alpha));
        assert_eq!(found, expected, "{value}");
    }

    #[test]
    fn notations() {
        check("#999", Some(([153; 3], 255)));
        check(" #1A2b3C ", Some(([26, 43, 60], 255)));
        check("#0008", Some(([0; 3], 136)));
        check("#ff000080", Some(([255, 0, 0], 128)));
        check("rgb(1, 2,3)", Some(([1, 2, 3], 255)));
        check("RGBA(0,0,0,.5)", Some(([0; 3], 128)));
        check("rgb(100% 0% 20% / 50%)", Some(([255, 0, 51], 128)));
        check("rgb(300,-4,0)", Some(([255, 0, 0], 255)));
        check("LightGoldenrodYellow", Some(([250, 250, 210], 255)));
        check("grey", Some(([128; 3], 255)));
        check("transparent", Some(([0; 3], 0)));
        for none in [
            "",
            "#",
            "#12",
            "#12345",
            "#xxxxxx",
            "red  blue",
            "rgb(1,2)",
            "rgb(1,2,3,1,1)",
            "rgb(a,b,c)",
            "hsl(0,0%,0%)",
            "xxxxxxxx",
            "#é",
            "rgb(NaN,0,0)",
        ] {
            check(none, None);
        }
        assert_eq!(Color::parse_attribute(b"FFF8DC"), Color::parse(b"cornsilk"));
        assert_eq!(Color::parse(b"FFF8DC"), None);
    }

    #[test]
    fn names_are_in_order() {
        assert!(NAMED.is_sorted());
    }

    /// Computed apart from this code, with the formula of WCAG in double precision.
    #[test]
    fn contrast_is_that_of_wcag() {
        let of = |one: &str, other: &str| {
            let rgb = |value: &str| Color::parse(value.as_bytes()).unwrap().rgb;
            assert_eq!(contrast(rgb(one), rgb(other)), contrast(rgb(other), rgb(one)));
            contrast(rgb(one), rgb(other)).to_string()
        };
        assert_eq!(of("#000", "#fff"), "21");
        assert_eq!(of("#fff", "#fff"), "1");
        assert_eq!(of("#999", "#fff"), "2.85");
        assert_eq!(of("#595959", "#fff"), "7");
        assert_eq!(of("#767676", "#fff"), "4.54");
        assert_eq!(of("#777", "#fff"), "4.48");
        assert_eq!(of("#949494", "#fff"), "3.03");
        assert_eq!(of("red", "#fff"), "4");
        assert_eq!(of("blue", "#fff"), "8.59");
        assert_eq!(of("#eee", "#fff"), "1.16");
    }

    #[test]
    fn what_shows_through_is_mixed() {
        let half = Color { rgb: Rgb([0; 3]), alpha: 128 };
        assert_eq!(half.over(Rgb::WHITE), Rgb([127; 3]));
        assert_eq!(Color::TRANSPARENT.over(Rgb([1, 2, 3])), Rgb([1, 2, 3]));
    }

    #[test]
    fn greys_of_a_contrast() {
        assert_eq!(grey_on_white(Decimal::new(45, 1)), "#767676");
        assert_eq!(grey_on_white(Decimal::ONE), "#ffffff");
        assert_eq!(grey_on_white(Decimal::from(30)), "#000000");
    }
}
