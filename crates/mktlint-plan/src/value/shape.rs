//! Shapes of texts.

use mktlint_hir::model::expr::Shape;

/// Whether all of `text` has `shape`. Empty text has none but [`Shape::Lower`] and [`Shape::Upper`].
pub fn has_shape(text: &str, shape: Shape) -> bool {
    match shape {
        Shape::Kebab => is_joined(text, '-'),
        Shape::Snake => is_joined(text, '_'),
        Shape::Lower => !text.chars().any(char::is_uppercase),
        Shape::Upper => !text.chars().any(char::is_lowercase),
        Shape::Slug => is_slug(text),
        Shape::Email => is_email(text),
        Shape::Url => is_url(text),
        Shape::IsoDate => text.len() == 10 && super::parse::date(text).is_some(),
    }
}

/// Words of `a-z` and `0-9`, joined by one `joint` each.
fn is_joined(text: &str, joint: char) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.split(joint).all(is_word)
}

fn is_slug(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.bytes().next().is_some_and(plain) && text.bytes().all(|byte| plain(byte) || b"._~-".contains(&byte))
}

/// `name@host.tld`, loosely: what a person would call an email address.
fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let sound = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "@<>,;".contains(c));
    sound(name) && sound(host) && host.contains('.') && host.split('.').all(|label| !label.is_empty())
}

/// `scheme://something`.
fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let of_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(of_scheme)
        && !rest.is_empty()
        && !rest.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(shape: Shape, yes: &[&str], no: &[&str]) {
        for text in yes {
            assert!(has_shape(text, shape), "{text} is {shape:?}");
        }
        for text in no {
            assert!(!has_shape(text, shape), "{text} is not {shape:?}");
        }
    }

    #[test]
    fn shapes_by_example() {
        check(Shape::Kebab, &["spring-sale-2026", "a"], &["", "Spring", "a--b", "-a", "a-", "a_b", "é"]);
        check(Shape::Snake, &["spring_sale"], &["spring-sale", "a__b"]);
        check(Shape::Lower, &["ünder 5 %", ""], &["Ünder"]);
        check(Shape::Upper, &["ABC 1"], &["ABc"]);
        check(Shape::Slug, &["a.b_c~d-1", "1a"], &["", "-a", "a b", "A"]);
        check(Shape::Email, &["jo@acme.example"], &["jo", "@acme.example", "jo@acme", "jo@.example", "a b@c.d"]);
        check(Shape::Url, &["https://a", "mailto+x://b"], &["//a", "a.example", "https://", "https://a b"]);
        check(Shape::IsoDate, &["2026-11-22"], &["2026-13-22", "26-11-22", "2026-11-2", "+002026-11-22"]);
    }
}
