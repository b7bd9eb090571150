//! The attributes of a tag that mean something to a reader.

use mktlint_text::Span;

use super::style::{Color, Declared, Known, Size, declare};
use crate::Context;

/// The bytes of an attribute's value, without its quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// The bytes; empty, after the name, when there is no value.
    pub span: Span,
    /// How it is quoted.
    pub quote: Option<char>,
}

impl Value {
    /// How a replacement must be written.
    pub fn context(self) -> Context {
        Context::HtmlAttribute(self.quote)
    }
}

/// What an attribute is called, if that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    /// `href`, of a link.
    Href,
    /// `src`.
    Src,
    /// `alt`.
    Alt,
    /// `title`.
    Title,
    /// `content`, of `meta`.
    Content,
    /// `value`, of `input`.
    Value,
    /// `lang`.
    Lang,
    /// `path`, of `mj-include`.
    Path,
    /// `style`.
    Style,
    /// `class`, `css-class`.
    Class,
    /// `role`.
    Role,
    /// `type`.
    Type,
    /// `rel`.
    Rel,
    /// `name`, `property`.
    Named,
    /// `width`.
    Width,
    /// `height`.
    Height,
    /// `hidden`.
    Hidden,
    /// `aria-hidden`.
    AriaHidden,
    /// `aria-label`.
    AriaLabel,
    /// `placeholder`.
    Placeholder,
    /// `checked`.
    Checked,
    /// `id`.
    Id,
    /// `for`, of a label.
    For,
    /// `colspan`.
    Colspan,
    /// `mj-class`.
    MjClass,
    /// `color`, of `font` and MJML.
    Color,
    /// `bgcolor`, `background-color` of MJML.
    BackgroundColor,
    /// `background`, `background-url` of MJML.
    Background,
    /// `size`, of `font`.
    Size,
    /// `font-size`, of MJML.
    FontSize,
    /// `font-weight`, of MJML.
    FontWeight,
}

impl Name {
    /// Its bit among all.
    const fn bit(self) -> u64 {
        1 << self as u32
    }

    /// The attribute called `name`, in lower case.
    pub fn known(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"href" => Self::Href,
            b"src" => Self::Src,
            b"alt" => Self::Alt,
            b"title" => Self::Title,
            b"content" => Self::Content,
            b"value" => Self::Value,
            b"lang" => Self::Lang,
            b"path" => Self::Path,
            b"style" => Self::Style,
            b"class" | b"css-class" => Self::Class,
            b"role" => Self::Role,
            b"type" => Self::Type,
            b"rel" => Self::Rel,
            b"name" | b"property" => Self::Named,
            b"width" => Self::Width,
            b"height" => Self::Height,
            b"hidden" => Self::Hidden,
            b"aria-hidden" => Self::AriaHidden,
            b"aria-label" => Self::AriaLabel,
            b"placeholder" => Self::Placeholder,
            b"checked" => Self::Checked,
            b"id" => Self::Id,
            b"for" => Self::For,
            b"colspan" => Self::Colspan,
            b"mj-class" => Self::MjClass,
            b"color" => Self::Color,
            b"bgcolor" | b"background-color" => Self::BackgroundColor,
            b"background" | b"background-url" => Self::Background,
            b"size" => Self::Size,
            b"font-size" => Self::FontSize,
            b"font-weight" => Self::FontWeight,
            _ => return None,
        })
    }
}

/// How many attributes matter.
const COUNT: usize = Name::FontWeight as usize + 1;

/// The attributes of one tag; of two with the same name the first counts. Reused from tag to tag: what is set for each
/// of the tags of a page is kept small.
#[derive(Debug)]
pub(crate) struct Attributes {
    /// The values, of which those in `given` are of this tag.
    values: [Value; COUNT],
    /// A bit for each attribute that has a value, and for each that is there.
    given: u64,
    seen: u64,
    current: Option<Name>,
    /// The `name` or `property`, in lower case.
    pub name: String,
    /// Pixels.
    pub width: Option<i64>,
    /// Pixels.
    pub height: Option<i64>,
    /// Over how many columns a cell goes; 0 when it does not say.
    pub colspan: u32,
    /// Not shown, whatever is in it.
    pub hidden: bool,
    /// Whether the font size is set, and is zero.
    pub zero_font: Option<bool>,
    /// What `style` says of the look of text.
    pub look: Declared,
    /// The same, of what is `!important`.
    pub important: Declared,
    /// What attributes say of it.
    pub hint: Declared,
    /// Looks like a button, by its class or role.
    pub button: bool,
    /// Marked as decoration.
    pub decoration: bool,
    /// `rel="canonical"`.
    pub canonical: bool,
    /// `rel="stylesheet"`.
    pub stylesheet: bool,
    /// `type="submit"` or `type="button"`.
    pub submits: bool,
}

impl Default for Attributes {
    fn default() -> Self {
        Self {
            values: [Value { span: Span::at(0), quote: None }; COUNT],
            given: 0,
            seen: 0,
            current: None,
            name: String::new(),
            width: None,
            height: None,
            colspan: 0,
            hidden: false,
            zero_font: None,
            look: Declared::default(),
            important: Declared::default(),
            hint: Declared::default(),
            button: false,
            decoration: false,
            canonical: false,
            stylesheet: false,
            submits: false,
        }
    }
}

impl Attributes {
    /// Forgets the tag before.
    pub fn clear(&mut self) {
        self.current = None;
        if self.seen == 0 {
            return;
        }
        if self.dress() {
            (self.look, self.important, self.hint) = Default::default();
        }
        (self.given, self.seen) = (0, 0);
        (self.width, self.height, self.colspan) = (None, None, 0);
        (self.hidden, self.zero_font) = (false, None);
        (self.button, self.decoration, self.submits) = (false, false, false);
        (self.canonical, self.stylesheet) = (false, false);
        self.name.clear();
    }

    /// The value of the attribute `name`: empty for `href`, `src` and `alt` without one.
    pub fn get(&self, name: Name) -> Option<Value> {
        (self.given & name.bit() != 0).then(|| self.values.get(name as usize).copied()).flatten()
    }

    fn set(&mut self, name: Name, value: Value) {
        if let Some(own) = self.values.get_mut(name as usize) {
            *own = value;
            self.given |= name.bit();
        }
    }

    /// Notes the attribute `name`, which ends at `end`.
    pub fn name(&mut self, name: &[u8], end: u32) {
        self.current = Name::known(name);
        let Some(name) = self.current else { return };
        if self.seen & name.bit() != 0 {
            self.current = None;
            return;
        }
        self.seen |= name.bit();
        match name {
            Name::Hidden => self.hidden = true,
            Name::Alt | Name::Href | Name::Src => self.set(name, Value { span: Span::at(end), quote: None }),
            _ => {}
        }
    }

    /// Notes the value of the attribute whose name came before: its bytes and what they say.
    pub fn value(&mut self, value: Value, decoded: &[u8]) {
        let Some(name) = self.current else { return };
        self.set(name, value);
        match name {
            Name::Style => self.style(decoded),
            Name::Class => self.button |= names_button(decoded),
            Name::Role => self.role(decoded),
            Name::Type => self.submits = is_word(decoded, "submit") || is_word(decoded, "button"),
            Name::Rel => {
                self.canonical = is_word(decoded, "canonical");
                self.stylesheet = is_word(decoded, "stylesheet");
            }
            // HTML knows no larger ones.
            Name::Colspan => {
                self.colspan = pixels(decoded).map_or(0, |columns| columns.clamp(0, 1000) as u32)
            }
            Name::Color => self.hint.color = known(Color::parse_attribute(decoded)),
            Name::BackgroundColor => self.hint.background = known(Color::parse_attribute(decoded)),
            Name::Background => self.hint.pictured = Some(!decoded.trim_ascii().is_empty()),
            Name::Size => self.hint.size = known(font_size(decoded)),
            Name::FontSize => declare(&mut self.hint, b"font-size", decoded.trim_ascii()),
            Name::FontWeight => declare(&mut self.hint, b"font-weight", decoded.trim_ascii()),
            Name::Named => {
                self.name.push_str(&String::from_utf8_lossy(decoded));
                self.name.make_ascii_lowercase();
            }
            Name::Width => self.width = pixels(decoded).or(self.width),
            Name::Height => self.height = pixels(decoded).or(self.height),
            Name::Hidden => self.hidden |= !is_word(decoded, "false"),
            Name::AriaHidden => self.decoration |= is_word(decoded, "true"),
            _ => {}
        }
    }

    /// Whether the tag has the attribute `name`, with or without a value.
    pub fn has(&self, name: Name) -> bool {
        self.seen & name.bit() != 0
    }

    /// Whether any of them may say how text looks.
    pub fn dress(&self) -> bool {
        const DRESSING: u64 = Name::Style.bit()
            | Name::Color.bit()
            | Name::BackgroundColor.bit()
            | Name::Background.bit()
            | Name::Size.bit()
            | Name::FontSize.bit()
            | Name::FontWeight.bit();
        self.seen & DRESSING != 0
    }

    fn role(&mut self, value: &[u8]) {
        self.button |= is_word(value, "button");
        self.decoration |= is_word(value, "presentation") || is_word(value, "none");
    }

    /// `mso-hide:all` alone does not count: it hides from Outlook only, and is how a button for everyone else is
    /// written beside a VML one.
    fn style(&mut self, value: &[u8]) {
        for declaration in value.split(|byte| *byte == b';') {
            let declaration = declaration.trim_ascii_start();
            // Most declarations of an email are skipped by their first letter.
            if !declaration.first().is_some_and(|byte| {
                matches!(byte | 0x20, b'd' | b'v' | b'm' | b'f' | b'w' | b'h' | b'b' | b'c' | b'o')
            }) {
                continue;
            }
            let Some(colon) = memchr::memchr(b':', declaration) else { continue };
            let (property, set) = declaration.split_at(colon);
            self.declaration(property.trim_ascii_end(), set.get(1..).unwrap_or_default().trim_ascii());
        }
    }

    fn declare(&mut self, property: &[u8], set: &[u8]) {
        let important = memchr::memchr(b'!', set).is_some();
        declare(if important { &mut self.important } else { &mut self.look }, property, set);
    }

    fn declaration(&mut self, property: &[u8], set: &[u8]) {
        if property.eq_ignore_ascii_case(b"display") {
            self.hidden |= starts_with(set, b"none");
        } else if property.eq_ignore_ascii_case(b"visibility") {
            self.hidden |= starts_with(set, b"hidden") || starts_with(set, b"collapse");
        } else if property.eq_ignore_ascii_case(b"max-height") {
            self.hidden |= is_zero(set);
        } else if property.eq_ignore_ascii_case(b"font-size") || property.eq_ignore_ascii_case(b"font") {
            self.declare(property, set);
            let size = self.look.then(self.important).size;
            let zero = matches!(size, Known::Is(Size::Pixels(0) | Size::Relative(0)));
            self.zero_font = Some(zero);
        } else if property.eq_ignore_ascii_case(b"opacity") && is_zero(set) {
            self.hidden = true;
        } else if property.eq_ignore_ascii_case(b"width") {
            self.width = self.width.or_else(|| pixels(set).filter(|_| set.ends_with(b"px")));
        } else if property.eq_ignore_ascii_case(b"height") {
            self.height = self.height.or_else(|| pixels(set).filter(|_| set.ends_with(b"px")));
        } else {
            self.declare(property, set);
        }
    }
}

fn known<T>(value: Option<T>) -> Known<T> {
    value.map_or(Known::Unknown, Known::Is)
}

/// The size that `<font size>` means, `1` to `7` and `+1`, in a text of medium size.
///
/// Source: HTML, section 15.3.4.
fn font_size(value: &[u8]) -> Option<Size> {
    const PIXELS: [u32; 7] = [10, 13, 16, 18, 24, 32, 48];
    let value = std::str::from_utf8(value.trim_ascii()).ok()?;
    let number: i32 = value.parse().ok()?;
    let level = if value.starts_with(['+', '-']) { number.saturating_add(3) } else { number };
    PIXELS.get(level.clamp(1, 7) as usize - 1).map(|pixels| Size::Pixels(pixels * 100))
}

fn is_word(value: &[u8], word: &str) -> bool {
    value.trim_ascii().eq_ignore_ascii_case(word.as_bytes())
}

fn starts_with(value: &[u8], word: &[u8]) -> bool {
    value.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Whether a class is called `btn`, `button`, or holds one of them: `btn-primary`, `email_button`.
fn names_button(value: &[u8]) -> bool {
    let starts = |at: usize| value.get(at + 1).is_some_and(|byte| matches!(byte | 0x20, b't' | b'u'));
    if !memchr::memchr2_iter(b'b', b'B', value).any(starts) {
        return false;
    }
    let lower = value.to_ascii_lowercase();
    let holds = |class: &[u8], word: &[u8]| {
        memchr::memmem::find(class, word).is_some_and(|at| {
            let before = at.checked_sub(1).and_then(|at| class.get(at));
            !before.is_some_and(u8::is_ascii_alphabetic)
        })
    };
    lower.split(u8::is_ascii_whitespace).any(|class| {
        (holds(class, b"btn") || holds(class, b"button"))
            && !["wrap", "container", "group", "row", "cell", "td", "icon"]
                .iter()
                .any(|part| memchr::memmem::find(class, part.as_bytes()).is_some())
    })
}

/// `0`, `0px`, `0.0em !important`.
fn is_zero(value: &[u8]) -> bool {
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    digits > 0 && value[..digits].iter().all(|byte| matches!(byte, b'0' | b'.'))
}

/// `600`, `600px`; not `100%`.
fn pixels(value: &[u8]) -> Option<i64> {
    let value = value.trim_ascii();
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let unit = value.get(digits..)?;
    if !(unit.is_empty() || unit.eq_ignore_ascii_case(b"px")) {
        return None;
    }
    std::str::from_utf8(value.get(..digits)?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styled(style: &str) -> (bool, Option<bool>) {
        let mut attributes = Attributes::default();
        attributes.style(style.as_bytes());
        (attributes.hidden, attributes.zero_font)
    }

    #[test]
    fn what_hides() {
        assert_eq!(styled("color:red; DISPLAY : none !important"), (true, None));
        assert_eq!(styled("visibility:hidden"), (true, None));
        assert_eq!(styled("max-height:0px"), (true, None));
        assert_eq!(styled("max-height:0.5em;mso-hide:all"), (false, None));
        assert_eq!(styled("font-size:0px"), (false, Some(true)));
        assert_eq!(styled("font-size:10px;display:block"), (false, Some(false)));
        assert_eq!(styled("font:14px Arial"), (false, Some(false)));
        assert_eq!(styled("opacity: 0"), (true, None));
        assert_eq!(styled("opacity: 0.5"), (false, None));
    }

    #[test]
    fn what_is_a_button() {
        for class in ["btn", "btn-primary large", "em-button", "Button"] {
            assert!(names_button(class.as_bytes()), "{class}");
        }
        for class in ["", "ebutton", "button-container", "tablet", "btn-group"] {
            assert!(!names_button(class.as_bytes()), "{class}");
        }
    }
}
