//! `[a-z&&&]`: what stands between brackets means less to others than to patterns.

use super::escape::{escape, in_brackets};

/// The class that starts behind the `[` at the start of `source`, and how many bytes it takes with its `]`.
///
/// # Errors
///
/// Says what is wrong with it.
pub(super) fn class(source: &str) -> Result<(String, usize), String> {
    let unclosed = || "a `[` is not closed".to_owned();
    let mut out = "[".to_owned();
    let mut at = 0;
    if source.starts_with('^') {
        out.push('^');
        at = 1;
    }
    let first = at;
    loop {
        let rest = source.get(at..).unwrap_or_default();
        let letter = rest.chars().next().ok_or_else(unclosed)?;
        at += letter.len_utf8();
        let behind = source.get(at..).unwrap_or_default();
        match letter {
            ']' if at - 1 > first => {
                out.push(']');
                return Ok((out, at));
            }
            '\\' => {
                let escaped = behind.chars().next().ok_or_else(unclosed)?;
                let arguments = behind.get(escaped.len_utf8()..).unwrap_or_default();
                let (text, taken) = match escaped {
                    '-' | '^' | ']' => (format!("\\{escaped}"), 0),
                    _ => escape(escaped, arguments, true)?,
                };
                out.push_str(&text);
                at += escaped.len_utf8() + taken;
            }
            '[' => match named(rest) {
                Some(name) => {
                    out.push_str(name);
                    at += name.len() - 1;
                }
                None => out.push_str("\\["),
            },
            // `[a-z-[aeiou]]` takes away in .NET.
            '-' if behind.starts_with('[') && at - 1 > first && named(behind).is_none() => {
                let (inner, taken) = class(behind.get(1..).unwrap_or_default())?;
                out.push_str("--");
                out.push_str(&inner);
                at += 1 + taken;
            }
            '-' if at - 1 == first || behind.starts_with(']') => out.push_str("\\-"),
            // Two of them would be an operation on sets.
            '&' | '~' | '-' if out.ends_with(letter) => {
                out.push('\\');
                out.push(letter);
            }
            '-' => out.push('-'),
            ']' => out.push_str("\\]"),
            _ => out.push_str(&in_brackets(letter)),
        }
    }
}

/// `[:alpha:]`
fn named(rest: &str) -> Option<&str> {
    let end = rest.strip_prefix("[:")?.find(":]")?;
    let name = rest.get(2..2 + end)?;
    name.bytes().all(|it| it.is_ascii_lowercase() || it == b'^').then(|| rest.get(..end + 4)).flatten()
}
