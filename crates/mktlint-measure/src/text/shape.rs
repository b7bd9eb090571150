//! Shapes of a text that policies call by name.

use std::fmt;

use crate::date::parse_date;
use crate::link::{Kind, Link, has_valid_host};
use crate::personal;

macro_rules! shapes {
    ($($(#[$doc:meta])* $variant:ident $name:literal,)*) => {
        /// A shape that a text can have, as in `content optional matches kebab`. The empty text has none of them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Shape {
            $($(#[$doc])* $variant,)*
        }

        impl Shape {
            /// Every shape, in the order in which a list shows them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in a policy: `kebab`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The shape of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

shapes! {
    /// `spring-sale-2026`: words of lower-case ASCII letters and digits, joined by single hyphens.
    Kebab "kebab",
    /// `spring_sale_2026`: the same, joined by single underscores.
    Snake "snake",
    /// `spring sale`: no upper-case letter.
    Lower "lower",
    /// `SPRING SALE`: no lower-case letter.
    Upper "upper",
    /// `spring-sale_v1.2`: lower-case ASCII letters, digits and `.`, `_`, `~`, `-`, the first a letter or a digit.
    /// Nothing of it is ever escaped in a link.
    Slug "slug",
    /// `jane@acme.example`.
    Email "email",
    /// `https://acme.example/sale`: an absolute link with `http` or `https` and a host, without white space and other
    /// characters that no link can hold.
    Url "url",
    /// `2026-11-22`: a day of the calendar.
    IsoDate "iso_date",
}

impl Shape {
    /// Whether `text` has the shape, all of it.
    pub fn matches(self, text: &str) -> bool {
        if text.is_empty() {
            return false;
        }
        match self {
            Self::Kebab => is_joined(text, b'-'),
            Self::Snake => is_joined(text, b'_'),
            Self::Lower => !text.chars().any(char::is_uppercase),
            Self::Upper => !text.chars().any(char::is_lowercase),
            Self::Slug => is_slug(text),
            Self::Email => personal::is_email(text),
            Self::Url => is_url(text),
            Self::IsoDate => parse_date(text).is_ok(),
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn is_small(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn is_joined(text: &str, joint: u8) -> bool {
    let is_word = |word: &[u8]| !word.is_empty() && word.iter().copied().all(is_small);
    text.as_bytes().split(|byte| *byte == joint).all(is_word)
}

fn is_slug(text: &str) -> bool {
    let is_part = |byte: u8| is_small(byte) || matches!(byte, b'.' | b'_' | b'~' | b'-');
    text.bytes().next().is_some_and(is_small) && text.bytes().all(is_part)
}

fn is_url(text: &str) -> bool {
    let link = Link::parse(text);
    let Some(host) = link.host.as_ref() else { return false };
    let user = &text[..host.range().start];
    let is_filled_in = |at: usize| {
        let before = link.placeholders.partition_point(|it| it.range.end <= at);
        link.placeholders.get(before).is_some_and(|it| it.range.start <= at)
    };
    let is_foreign = |it: char| it.is_whitespace() || "\"<>\\^`{}".contains(it);
    let is_written = text.char_indices().all(|(at, it)| !is_foreign(it) || is_filled_in(at));
    let is_web = link.kind == Kind::Web && link.scheme.is_some();
    is_web && has_valid_host(&link) && is_written && !user.trim_end_matches('[').contains(['[', ']'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(shape: &str, yes: &[&str], no: &[&str]) {
        let shape = Shape::from_name(shape).expect(shape);
        yes.iter().for_each(|text| assert!(shape.matches(text), "{shape} {text}"));
        no.iter().chain(&[""]).for_each(|text| assert!(!shape.matches(text), "{shape} {text}"));
    }

    #[test]
    fn shapes() {
        check("kebab", &["a", "spring-sale-2026"], &["Spring", "a--b", "-a", "a_b", "é"]);
        check("snake", &["a", "spring_sale"], &["a-b", "_a"]);
        check("lower", &["été 2026!"], &["Été"]);
        check("upper", &["ÉTÉ 2026!"], &["Été"]);
        check("slug", &["a.b_c~d-1"], &["-a", "A", "a b"]);
        check("email", &["jane@acme.example"], &["jane", "jane@acme.example "]);
        check(
            "url",
            &[
                "https://acme.example/a?b",
                "https://acme.example/{{ first name }}?f[x]=1|2",
                "http://[::1]:80/",
                "https://{{host}}/",
            ],
            &[
                "acme.example",
                "//acme.example",
                "https://",
                "mailto:a@b.co",
                "https://a b.example/",
                "https://a..b/",
            ],
        );
        check("iso_date", &["2026-11-22"], &["2026-11-31", "22.11.2026"]);
    }

    #[test]
    fn names_lead_back() {
        Shape::ALL.iter().for_each(|shape| assert_eq!(Shape::from_name(shape.name()), Some(*shape)));
    }
}
