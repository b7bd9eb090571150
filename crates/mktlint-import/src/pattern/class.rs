//! `[a-z&&&]`: what stands between brackets means less to others than to patterns.

use super::escape::{escape, in_brackets};

/// How deep classes may be taken from each other; nobody takes away from what is taken away.
const MOST_DEPTH: usize = 8;

/// The class that starts behind the `[` at the start of `source`, and how many bytes it takes with its `]`.
///
/// # Errors
///
/// Says what is wrong with it.
pub(super) fn class(source: &str) -> Result<(String, usize), String> {
    nested(source, 0)
}

fn nested(source: &str, depth: usize) -> Result<(String, usize), String> {
    let mut scan = Scan { source, at: 0, first: 0, out: "[".to_owned(), depth };
    if source.starts_with('^') {
        scan.out.push('^');
        (scan.at, scan.first) = (1, 1);
    }
    while !scan.item()? {}
    Ok((scan.out, scan.at))
}

struct Scan<'s> {
    source: &'s str,
    at: usize,
    /// Where the first item is, which may be a `]`.
    first: usize,
    out: String,
    depth: usize,
}

impl Scan<'_> {
    /// Reads one item; whether that was the end.
    fn item(&mut self) -> Result<bool, String> {
        let rest = self.source.get(self.at..).unwrap_or_default();
        let letter = rest.chars().next().ok_or_else(unclosed)?;
        let is_first = self.at == self.first;
        self.at += letter.len_utf8();
        let behind = self.source.get(self.at..).unwrap_or_default();
        match letter {
            ']' if !is_first => {
                self.out.push(']');
                return Ok(true);
            }
            '\\' => self.escaped(behind)?,
            '[' => match named(rest) {
                Some(name) => {
                    self.out.push_str(name);
                    self.at += name.len() - 1;
                }
                None => self.out.push_str("\\["),
            },
            // `[a-z-[aeiou]]` takes away in .NET.
            '-' if behind.starts_with('[') && !is_first && named(behind).is_none() => {
                self.taken_away(behind)?
            }
            '-' if is_first || behind.starts_with(']') => self.out.push_str("\\-"),
            // Two of them would be an operation on sets.
            '&' | '~' | '-' if self.out.ends_with(letter) => self.out.extend(['\\', letter]),
            '-' => self.out.push('-'),
            _ => self.out.push_str(&in_brackets(letter)),
        }
        Ok(false)
    }

    fn escaped(&mut self, behind: &str) -> Result<(), String> {
        let escaped = behind.chars().next().ok_or_else(unclosed)?;
        let arguments = behind.get(escaped.len_utf8()..).unwrap_or_default();
        let (text, taken) = match escaped {
            '-' | '^' | ']' => (format!("\\{escaped}"), 0),
            _ => escape(escaped, arguments, true)?,
        };
        self.out.push_str(&text);
        self.at += escaped.len_utf8() + taken;
        Ok(())
    }

    fn taken_away(&mut self, behind: &str) -> Result<(), String> {
        if self.depth >= MOST_DEPTH {
            return Err(format!("its classes nest deeper than {MOST_DEPTH} levels"));
        }
        let (inner, taken) = nested(behind.get(1..).unwrap_or_default(), self.depth + 1)?;
        self.out.push_str("--");
        self.out.push_str(&inner);
        self.at += 1 + taken;
        Ok(())
    }
}

fn unclosed() -> String {
    "a `[` is not closed".to_owned()
}

/// `[:alpha:]`
fn named(rest: &str) -> Option<&str> {
    let end = rest.strip_prefix("[:")?.find(":]")?;
    let name = rest.get(2..2 + end)?;
    name.bytes().all(|it| it.is_ascii_lowercase() || it == b'^').then(|| rest.get(..end + 4)).flatten()
}
