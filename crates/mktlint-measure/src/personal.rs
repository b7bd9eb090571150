//! Data that leads to one person: email addresses and phone numbers.

use std::borrow::Cow;
use std::ops::Range;

/// What leads to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `jane@acme.example`.
    Email,
    /// `+1 212 555 0123`, `(212) 555-0123`.
    Phone,
}

/// A place in a text that leads to a person, or to a desk: `help@` and a hotline look the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// Returns the email addresses and phone numbers in `text`, in order and without overlap.
pub fn personal(text: &str) -> Vec<Personal> {
    let emails = emails(text).map(|range| Personal { kind: Kind::Email, range });
    let phones = phones(text).map(|range| Personal { kind: Kind::Phone, range });
    let mut found: Vec<Personal> = emails.chain(phones).collect();
    found.sort_by_key(|it| it.range.start);
    let mut end = 0;
    found.retain(|it| {
        let is_free = it.range.start >= end;
        end = end.max(it.range.end);
        is_free
    });
    found
}

/// Endings that make `logo@2x.png` a file and no address.
#[rustfmt::skip]
static FILE_ENDINGS: &[&str] = &["avif", "css", "gif", "htm", "html", "jpeg", "jpg", "js", "json", "png", "svg", "webp"];

/// The longest local part, in characters (RFC 5321, 4.5.3.1.1, where they are octets).
const LONGEST_LOCAL: usize = 64;

/// The longest domain, in characters (RFC 5321, 4.5.3.1.2, where they are octets).
const LONGEST_DOMAIN: usize = 255;

/// Returns the email addresses in `text`, in order.
///
/// Only what people write: letters and digits of any script and `._%+-` before the `@`, a domain with a full stop
/// and a top level of letters behind it. Quoted local parts and addresses in square brackets are not found.
pub fn emails(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    memchr::memchr_iter(b'@', text.as_bytes()).filter_map(|at| email_around(text, at))
}

/// Whether `text` is an email address and nothing else.
pub fn is_email(text: &str) -> bool {
    emails(text).next() == Some(0..text.len())
}

fn email_around(text: &str, at: usize) -> Option<Range<usize>> {
    let is_plain = |character: &char| character.is_alphanumeric() || "._%+-".contains(*character);
    let before = text[..at].chars().rev();
    let local: String = before.take(LONGEST_LOCAL + 1).take_while(is_plain).collect();
    let start = at - local.trim_end_matches('.').len();
    let is_whole = local.chars().count() <= LONGEST_LOCAL && !local.starts_with('.') && start < at;
    let after = text[at + 1..].chars().take(LONGEST_DOMAIN);
    let len: usize =
        after.take_while(|&it| it.is_alphanumeric() || it == '-' || it == '.').map(char::len_utf8).sum();
    let domain = text[at + 1..at + 1 + len].trim_end_matches(['.', '-']);
    (is_whole && is_domain(domain)).then(|| start..at + 1 + domain.len())
}

fn is_domain(domain: &str) -> bool {
    let Some((labels, top)) = domain.rsplit_once('.') else { return false };
    let is_label = |label: &str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    let is_top = top.chars().count() > 1 && top.chars().all(char::is_alphabetic) || top.starts_with("xn--");
    is_top && labels.split('.').all(is_label) && !FILE_ENDINGS.contains(&top.to_ascii_lowercase().as_str())
}

/// Returns the phone numbers in `text`, in order and without overlap.
///
/// Two forms: `+` and 8 to 15 digits with single separators between (after E.164, which allows 15), and the ten digits
/// of North America with separators: `(212) 555-0123`, `212-555-0123`, `1.212.555.0123`. A bare run of digits is none,
/// since order numbers look the same.
pub fn phones(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(skipped) =
            bytes[at..].iter().position(|it| matches!(it, b'+' | b'(') || it.is_ascii_digit())
        {
            let start = at + skipped;
            let is_glued = start > 0 && is_glue(bytes[start - 1]);
            let end = number_end(bytes, start);
            if !is_glued && is_phone(&bytes[start..end]) {
                at = end;
                return Some(start..end);
            }
            // Go on behind this run: what is glued to a digit is no number of its own.
            at = start + 1 + bytes[start + 1..].iter().take_while(|it| it.is_ascii_digit()).count();
        }
        None
    })
}

fn is_glue(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii() || matches!(byte, b'-' | b'.' | b'/' | b'_' | b'+')
}

/// The longest number with its separators that is looked at, in bytes.
const LONGEST_PHONE: usize = 32;

/// Where the digits and separators from `start` on end, at a digit.
fn number_end(bytes: &[u8], start: usize) -> usize {
    let is_part = |it: &u8| it.is_ascii_digit() || matches!(it, b'+' | b'(' | b')' | b' ' | b'-' | b'.');
    let ahead = &bytes[start..bytes.len().min(start + LONGEST_PHONE)];
    let len = ahead.iter().take_while(|it| is_part(it)).count();
    let digits = ahead[..len].iter().rposition(u8::is_ascii_digit).map_or(1, |last| last + 1);
    start + digits
}

fn is_phone(number: &[u8]) -> bool {
    let n_digits = number.iter().filter(|it| it.is_ascii_digit()).count();
    let has_gap = number.windows(3).any(|it| it.iter().all(|byte| matches!(byte, b' ' | b'.' | b'-')));
    match number {
        _ if has_gap => false,
        [b'+', first, ..] => {
            (8..=15).contains(&n_digits) && (b'1'..=b'9').contains(first) && !number[1..].contains(&b'+')
        }
        _ => is_north_american(number),
    }
}

/// `(212) 555-0123` and `1-212-555-0123`: neither area nor exchange starts with 0 or 1.
fn is_north_american(number: &[u8]) -> bool {
    let groups = number.split(|it| !it.is_ascii_digit()).filter(|group| !group.is_empty());
    let groups: Vec<&[u8]> = groups.collect();
    let is_open = |group: &[u8]| group.len() == 3 && group[0] >= b'2';
    match groups[..] {
        [area, exchange, line] | [b"1", area, exchange, line] => {
            is_open(area) && is_open(exchange) && line.len() == 4
        }
        _ => false,
    }
}

/// Returns `text` with its email addresses and phone numbers made unreadable, to be shown in a report.
///
/// Of an address the first letters and the top level stay (`j***@a***.com`), of a number the last two digits
/// (`***23`). Text without any comes back as it is.
pub fn mask(text: &str) -> Cow<'_, str> {
    let found = personal(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for it in found {
        masked.push_str(&text[at..it.range.start]);
        let original = &text[it.range.clone()];
        masked.push_str(&match it.kind {
            Kind::Email => mask_email(original),
            Kind::Phone => {
                format!("***{}", &original[original.len() - 2..].replace(|it: char| !it.is_ascii_digit(), ""))
            }
        });
        at = it.range.end;
    }
    masked.push_str(&text[at..]);
    Cow::Owned(masked)
}

fn mask_email(email: &str) -> String {
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
    format!("{}***@{}***.{top}", first(local), first(domain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = personal(text).into_iter().map(|it| &text[it.range]).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn email_addresses() {
        check("Write to jane.doe+x@mail.acme.example.", &["jane.doe+x@mail.acme.example"]);
        check("<jöhn@öl.example>, a@b.co", &["jöhn@öl.example", "a@b.co"]);
        check("@acme a@b, x@1.2 logo@2x.png pkg@1.2.3 @a.example", &[]);
    }

    #[test]
    fn phone_numbers() {
        check("Call +1 212 555 0123 or (212) 555-0123.", &["+1 212 555 0123", "(212) 555-0123"]);
        check("tel:+4915112345678", &["+4915112345678"]);
        check("1-800-555-0123", &["1-800-555-0123"]);
        check(
            "Order 2125550123, 100-200-3000, 2026-11-22, 10.000.000, +1 only, 212-555-0123-4567, v1.2.3",
            &[],
        );
        check("+12345678901234567", &[]);
    }

    #[test]
    fn masks_keep_too_little_to_write_to() {
        let check = |text, expected: &str| assert_eq!(mask(text), expected);
        check("to jane@acme.com!", "to j***@a***.com!");
        check("+1 212 555 0123", "***23");
        check("nothing here", "nothing here");
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        for unit in ["@", "a@", "a.", "+1", "(1", "1 ", "1-", "5"] {
            assert!(personal(&unit.repeat(200_000)).len() < 200_000, "{unit}");
        }
    }
}
