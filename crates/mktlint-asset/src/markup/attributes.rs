//! The attributes of a tag that mean something to a reader.

use mktlint_text::Span;

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
}

impl Name {
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
            _ => return None,
        })
    }
}

/// The attributes of one tag; of two with the same name the first counts. Reused from tag to tag.
#[derive(Debug, Default)]
pub(crate) struct Attributes {
    /// Where it leads.
    pub href: Option<Value>,
    /// Where it is loaded from.
    pub src: Option<Value>,
    /// The alternative text.
    pub alt: Option<Value>,
    /// The tooltip.
    pub title: Option<Value>,
    /// The value of a `meta`.
    pub content: Option<Value>,
    /// The words of a button.
    pub value: Option<Value>,
    /// The language.
    pub lang: Option<Value>,
    /// The file to include.
    pub path: Option<Value>,
    /// The `name` or `property`, in lower case.
    pub name: String,
    /// Pixels.
    pub width: Option<i64>,
    /// Pixels.
    pub height: Option<i64>,
    /// Not shown, whatever is in it.
    pub hidden: bool,
    /// Whether the font size is set, and is zero.
    pub zero_font: Option<bool>,
    /// Looks like a button, by its class or role.
    pub button: bool,
    /// Marked as decoration.
    pub decoration: bool,
    /// `rel="canonical"`.
    pub canonical: bool,
    /// `type="submit"` or `type="button"`.
    pub submits: bool,
    seen: u32,
    current: Option<Name>,
}

impl Attributes {
    /// Forgets the tag before.
    pub fn clear(&mut self) {
        let mut name = std::mem::take(&mut self.name);
        name.clear();
        *self = Self { name, ..Self::default() };
    }

    /// Notes the attribute `name`, which ends at `end`.
    pub fn name(&mut self, name: &[u8], end: u32) {
        self.current = Name::known(name);
        let Some(name) = self.current else { return };
        let bit = 1 << name as u32;
        if self.seen & bit != 0 {
            self.current = None;
            return;
        }
        self.seen |= bit;
        let empty = Some(Value { span: Span::at(end), quote: None });
        match name {
            Name::Hidden => self.hidden = true,
            Name::Alt => self.alt = empty,
            Name::Href => self.href = empty,
            Name::Src => self.src = empty,
            _ => {}
        }
    }

    /// Notes the value of the attribute whose name came before: its bytes and what they say.
    pub fn value(&mut self, value: Value, decoded: &[u8]) {
        let Some(name) = self.current else { return };
        match name {
            Name::Href => self.href = Some(value),
            Name::Src => self.src = Some(value),
            Name::Alt => self.alt = Some(value),
            Name::Title => self.title = Some(value),
            Name::Content => self.content = Some(value),
            Name::Value => self.value = Some(value),
            Name::Lang => self.lang = Some(value),
            Name::Path => self.path = Some(value),
            Name::Style => self.style(decoded),
            Name::Class => self.button |= names_button(decoded),
            Name::Role => self.role(decoded),
            Name::Type => self.submits = is_word(decoded, "submit") || is_word(decoded, "button"),
            Name::Rel => self.canonical = is_word(decoded, "canonical"),
            Name::Named => {
                self.name.push_str(&String::from_utf8_lossy(decoded));
                self.name.make_ascii_lowercase();
            }
            Name::Width => self.width = pixels(decoded).or(self.width),
            Name::Height => self.height = pixels(decoded).or(self.height),
            Name::Hidden => self.hidden |= !is_word(decoded, "false"),
            Name::AriaHidden => self.decoration |= is_word(decoded, "true"),
        }
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
            if !declaration
                .first()
                .is_some_and(|byte| matches!(byte | 0x20, b'd' | b'v' | b'm' | b'f' | b'w' | b'h'))
            {
                continue;
            }
            let Some(colon) = memchr::memchr(b':', declaration) else { continue };
            let (property, set) = declaration.split_at(colon);
            self.declaration(property.trim_ascii_end(), set.get(1..).unwrap_or_default().trim_ascii());
        }
    }

    fn declaration(&mut self, property: &[u8], set: &[u8]) {
        if property.eq_ignore_ascii_case(b"display") {
            self.hidden |= starts_with(set, b"none");
        } else if property.eq_ignore_ascii_case(b"visibility") {
            self.hidden |= starts_with(set, b"hidden") || starts_with(set, b"collapse");
        } else if property.eq_ignore_ascii_case(b"max-height") {
            self.hidden |= is_zero(set);
        } else if property.eq_ignore_ascii_case(b"font-size") {
            self.zero_font = Some(is_zero(set));
        } else if property.eq_ignore_ascii_case(b"width") {
            self.width = self.width.or_else(|| pixels(set).filter(|_| set.ends_with(b"px")));
        } else if property.eq_ignore_ascii_case(b"height") {
            self.height = self.height.or_else(|| pixels(set).filter(|_| set.ends_with(b"px")));
        }
    }
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
