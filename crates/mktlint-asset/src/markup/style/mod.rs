//! How text looks: what attributes and style sheets set, and what an element inherits.

pub(super) mod color;
mod declaration;
pub(super) mod sheet;

use rust_decimal::Decimal;

pub use self::color::grey_on_white;
pub(super) use self::color::{Color, Rgb};
pub(super) use self::declaration::declare;

/// What is known of a property.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Known<T> {
    /// Nobody sets it.
    #[default]
    Unset,
    /// Something sets it to what cannot be told.
    Unknown,
    /// Its value.
    Is(T),
}

/// A size of text as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// Hundredths of a pixel.
    Pixels(u32),
    /// Hundredths of the size outside.
    Relative(u32),
}

/// The size of text that nobody sets, in hundredths of a pixel.
const MEDIUM: u32 = 1600;

/// Larger sizes are no text; the limit keeps products small.
const LARGEST: u32 = 10_000_000;

/// What one tag, or one rule of a style sheet, says about the look of its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Declared {
    /// The colour of the words.
    pub color: Known<Color>,
    /// The colour behind them.
    pub background: Known<Color>,
    /// Whether a picture or a gradient is behind them.
    pub pictured: Option<bool>,
    /// The size of the words.
    pub size: Known<Size>,
    /// Whether they are bold.
    pub bold: Option<bool>,
    /// Whether they let through what is behind them.
    pub faded: Option<bool>,
    /// Whether they have the colour outside by its own wish.
    pub inherits: bool,
}

impl Declared {
    /// Says something that cannot be told.
    pub const UNKNOWN: Self = Self {
        color: Known::Unknown,
        background: Known::Unknown,
        size: Known::Unknown,
        pictured: None,
        bold: None,
        faded: None,
        inherits: false,
    };

    /// Whether it says anything.
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }

    /// What holds when `other` says something after this.
    pub fn then(self, other: Self) -> Self {
        Self {
            color: self.color.then(other.color),
            background: self.background.then(other.background),
            pictured: other.pictured.or(self.pictured),
            size: self.size.then(other.size),
            bold: other.bold.or(self.bold),
            faded: other.faded.or(self.faded),
            inherits: other.inherits || (self.inherits && matches!(other.color, Known::Unset)),
        }
    }

    /// What holds when `other` is said at the same time: nothing is known of what the two set differently.
    pub fn beside(self, other: Self) -> Self {
        Self {
            color: self.color.beside(other.color),
            background: self.background.beside(other.background),
            pictured: self.pictured.max(other.pictured),
            size: self.size.beside(other.size),
            bold: self.bold.max(other.bold),
            faded: self.faded.max(other.faded),
            inherits: self.inherits && other.inherits,
        }
    }

    /// The same when it may or may not apply.
    pub fn perhaps(self) -> Self {
        Self {
            color: self.color.perhaps(),
            background: self.background.perhaps(),
            pictured: self.pictured.filter(|pictured| *pictured),
            size: self.size.perhaps(),
            bold: None,
            faded: self.faded.filter(|faded| *faded),
            inherits: false,
        }
    }
}

impl<T> Known<T> {
    /// What holds when `other` says something after this.
    fn then(self, other: Self) -> Self {
        if matches!(other, Self::Unset) { self } else { other }
    }

    fn beside(self, other: Self) -> Self
    where
        T: PartialEq,
    {
        match (self, other) {
            (Self::Unset, known) | (known, Self::Unset) => known,
            (own, other) if own == other => own,
            _ => Self::Unknown,
        }
    }

    fn perhaps(self) -> Self {
        if matches!(self, Self::Unset) { self } else { Self::Unknown }
    }
}

/// How text at one place of a document looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Style {
    color: Known<Color>,
    background: Known<Rgb>,
    size: Known<u32>,
    /// Whether the words are bold.
    pub bold: bool,
    faded: bool,
}

impl Style {
    /// The style in an element that says `declared`.
    pub fn inherit(self, declared: &Declared) -> Self {
        let color = if declared.inherits { Known::Unset } else { declared.color };
        Self {
            color: self.color.then(color),
            background: self.behind(declared),
            size: self.sized(declared.size),
            bold: declared.bold.unwrap_or(self.bold),
            faded: self.faded || declared.faded == Some(true),
        }
    }

    /// The style in a link that says `declared`. Without a colour of its own it is for the mail program to choose one.
    pub fn in_link(self, declared: &Declared) -> Self {
        let inner = self.inherit(declared);
        let own = declared.inherits || !matches!(declared.color, Known::Unset);
        Self { color: if own { inner.color } else { Known::Unknown }, ..inner }
    }

    fn behind(self, declared: &Declared) -> Known<Rgb> {
        if declared.pictured == Some(true) {
            return Known::Unknown;
        }
        match (declared.background, self.background) {
            (Known::Unset, outside) => outside,
            (Known::Unknown, _) => Known::Unknown,
            (Known::Is(Color { alpha: 0, .. }), outside) => outside,
            (Known::Is(Color { alpha: 255, rgb }), _) => Known::Is(rgb),
            (Known::Is(_), Known::Unknown) => Known::Unknown,
            (Known::Is(color), Known::Unset) => Known::Is(color.over(Rgb::WHITE)),
            (Known::Is(color), Known::Is(outside)) => Known::Is(color.over(outside)),
        }
    }

    fn sized(self, size: Known<Size>) -> Known<u32> {
        match (size, self.size) {
            (Known::Unset, outside) => outside,
            (Known::Is(Size::Pixels(pixels)), _) => Known::Is(pixels.min(LARGEST)),
            (Known::Unknown, _) | (Known::Is(Size::Relative(_)), Known::Unknown) => Known::Unknown,
            (Known::Is(Size::Relative(share)), Known::Unset) => Known::Is(scaled(MEDIUM, share)),
            (Known::Is(Size::Relative(share)), Known::Is(outside)) => Known::Is(scaled(outside, share)),
        }
    }

    /// Whether nothing is known of the look, bold apart.
    pub fn is_plain(&self) -> bool {
        let Self { color, background, size, .. } = self;
        !(matches!(color, Known::Is(_)) || matches!(background, Known::Is(_)) || matches!(size, Known::Is(_)))
    }

    /// Whether anything sets the size.
    pub fn is_sized(&self) -> bool {
        !matches!(self.size, Known::Unset)
    }

    /// The colour of the words, as it looks.
    pub fn color(&self) -> Option<Rgb> {
        match self.color {
            Known::Is(Color { alpha: 255, rgb }) if !self.faded => Some(rgb),
            Known::Is(color) if !self.faded => Some(color.over(self.background()?)),
            _ => None,
        }
    }

    /// The colour behind the words; white when nobody says.
    pub fn background(&self) -> Option<Rgb> {
        match self.background {
            Known::Unset => Some(Rgb::WHITE),
            Known::Unknown => None,
            Known::Is(rgb) => Some(rgb),
        }
    }

    /// The contrast of the two; of words that nobody gives a colour that of black. `None` when nobody sets either.
    pub fn contrast(&self) -> Option<Decimal> {
        let color = match (self.color, self.background) {
            (Known::Unset, Known::Is(_)) if !self.faded => Rgb([0; 3]),
            _ => self.color()?,
        };
        Some(color::contrast(color, self.background()?))
    }

    /// The size of the words, in pixels.
    pub fn font_size(&self) -> Option<Decimal> {
        match self.size {
            Known::Is(hundredths) => Some(Decimal::new(i64::from(hundredths), 2).normalize()),
            _ => None,
        }
    }
}

fn scaled(size: u32, share: u32) -> u32 {
    let product = (u64::from(size) * u64::from(share) + 50) / 100;
    u32::try_from(product).unwrap_or(LARGEST).min(LARGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The look of text in elements with these styles, from the outside in.
    #[track_caller]
    fn check(styles: &[&str], expected: &str) {
        let inherit = |style: Style, own: &&str| {
            let mut declared = Declared::default();
            own.split(';').filter_map(|own| own.split_once(':')).for_each(|(property, value)| {
                declare(&mut declared, property.trim().as_bytes(), value.trim().as_bytes());
            });
            style.inherit(&declared)
        };
        let style = styles.iter().fold(Style::default(), inherit);
        let hex = |rgb: Option<Rgb>| rgb.map_or("?".into(), Rgb::hex);
        let number = |number: Option<Decimal>| number.map_or("?".into(), |number| number.to_string());
        let shown = format!(
            "{} on {}, {} px, {}:1{}",
            hex(style.color()),
            hex(style.background()),
            number(style.font_size()),
            number(style.contrast()),
            if style.bold { ", bold" } else { "" }
        );
        assert_eq!(shown, expected, "{styles:?}");
    }

    #[test]
    fn colours_are_inherited_and_mixed() {
        check(&[], "? on #ffffff, ? px, ?:1");
        check(&["color:#999"], "#999999 on #ffffff, ? px, 2.85:1");
        check(&["background:#000", "color:#fff"], "#ffffff on #000000, ? px, 21:1");
        check(&["background:#fff"], "? on #ffffff, ? px, 21:1");
        check(
            &["background-color:black;color:white", "background:transparent"],
            "#ffffff on #000000, ? px, 21:1",
        );
        check(&["background:#fff;color:rgba(0,0,0,.5)"], "#7f7f7f on #ffffff, ? px, 4:1");
        check(&["color:#999", "color:inherit"], "#999999 on #ffffff, ? px, 2.85:1");
    }

    #[test]
    fn what_cannot_be_told_is_missing() {
        check(&["background:url(a.png) #fff;color:#999"], "#999999 on ?, ? px, ?:1");
        check(
            &["background-color:#fff;background-image:linear-gradient(red,blue);color:#999"],
            "#999999 on ?, ? px, ?:1",
        );
        check(&["color:xxxxxxx;background:#fff"], "? on #ffffff, ? px, ?:1");
        check(&["color:#999;opacity:.5"], "? on #ffffff, ? px, ?:1");
        check(&["background:xxx", "background:#fff;color:#000"], "#000000 on #ffffff, ? px, 21:1");
        check(&["font-size:calc(1em + 2px)", "font-size:2em"], "? on #ffffff, ? px, ?:1");
    }

    #[test]
    fn sizes() {
        check(&["font-size:11px"], "? on #ffffff, 11 px, ?:1");
        check(&["font-size:12pt"], "? on #ffffff, 16 px, ?:1");
        check(&["font-size:11px", "font-size:1.2em"], "? on #ffffff, 13.2 px, ?:1");
        check(&["font-size:90%"], "? on #ffffff, 14.4 px, ?:1");
        check(&["font-size:20px", "font-size:1rem"], "? on #ffffff, 16 px, ?:1");
        check(&["font-size:x-small"], "? on #ffffff, 10 px, ?:1");
        check(&["font:bold 13px/18px Arial, sans-serif"], "? on #ffffff, 13 px, ?:1, bold");
        check(&["font-weight:700", "font-weight:normal"], "? on #ffffff, ? px, ?:1");
        check(&["font-size:99999999999px", "font-size:99999em"], "? on #ffffff, 100000 px, ?:1");
    }
}
