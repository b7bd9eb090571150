//! Pages for browsers that need nothing else: the rule book, the report.
//!
//! A page is whole without its script, which only filters and sorts. Its policy lets no other script run and nothing be
//! fetched, and every text that is not ours is escaped, so nothing in a rule or an asset can act.

use std::fmt::{self, Write as _};

/// Appends to a string, which cannot fail.
macro_rules! push {
    ($out:expr, $($arg:tt)*) => {{ use std::fmt::Write as _; let _ = write!($out, $($arg)*); }};
}
pub(crate) use push;

/// What all pages share: colours in light, dark and print, text, lists, forms.
pub const STYLE: &str = include_str!("style.css");

/// The start of a page up to its body. `script` is the SHA-256 of its script, as a content security policy names it;
/// `style` what it adds to [`STYLE`].
pub fn head(title: &str, style: &str, script: &str) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<meta name=\"color-scheme\" content=\"light dark\">\n");
    push!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src '{script}'; base-uri 'none'; form-action 'none'\">\n"
    );
    let title = Escaped(title);
    push!(out, "<title>{title}</title>\n<style>\n{STYLE}{style}</style>\n</head>\n<body>\n");
    out
}

/// A text that is nothing but text, also between the quotes of an attribute.
#[derive(Clone, Copy, Debug)]
pub struct Escaped<'t>(pub &'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in mktlint_report::safe_lines(self.0, false).chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                _ => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// A text where what stands between backticks is code.
#[derive(Clone, Copy, Debug)]
pub struct Prose<'t>(pub &'t str);

impl fmt::Display for Prose<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n_ticks = self.0.matches('`').count();
        if n_ticks % 2 == 1 {
            return Escaped(self.0).fmt(f);
        }
        for (index, part) in self.0.split('`').enumerate() {
            match index % 2 {
                0 => Escaped(part).fmt(f)?,
                _ => write!(f, "<code>{}</code>", Escaped(part))?,
            }
        }
        Ok(())
    }
}

/// What a content security policy calls `script`.
#[cfg(test)]
pub fn hash_of(script: &str) -> String {
    use sha2::{Digest as _, Sha256};

    format!("sha256-{}", base64(&Sha256::digest(script)))
}

/// RFC 4648, 4.
#[cfg(test)]
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let mut padded = [0; 4];
        padded[1..=chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes(padded);
        for index in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * index)) as usize & 63];
            out.push(if index <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_leave_their_place() {
        let hostile = "</style><script>alert('1')</script>\" onclick=\"x &amp;";
        let shown = Escaped(hostile).to_string();
        assert!(!shown.contains(['<', '>', '"', '\'']), "{shown}");
        assert_eq!(Prose("a `<b>` c").to_string(), "a <code>&lt;b&gt;</code> c");
        assert_eq!(Prose("odd ` <b>").to_string(), "odd ` &lt;b&gt;");
    }
}
