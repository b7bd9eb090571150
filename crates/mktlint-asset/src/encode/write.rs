//! Text in one context.

use std::fmt::Write;

use crate::Context;
use crate::data::plain;

/// `text` as it must be written inside `contexts`, innermost first.
///
/// `None` when a context cannot hold it at this place alone: a cell or value without quotes that would need them,
/// base64. Use [`crate::encode_edit`] to replace words of an asset; it can rewrite the whole cell or value.
pub fn encode(text: &str, contexts: &[Context]) -> Option<String> {
    contexts.iter().try_fold(text.to_owned(), |text, context| in_context(&text, *context))
}

fn in_context(text: &str, context: Context) -> Option<String> {
    match context {
        Context::Plain => Some(text.to_owned()),
        Context::Markdown => Some(markdown(text)),
        Context::HtmlText => Some(html(text, None)),
        Context::HtmlAttribute(Some(quote)) => Some(html(text, Some(quote))),
        Context::HtmlAttribute(None) => Some(bare_attribute(text)),
        Context::Csv { quoted: true, .. } => Some(text.replace('"', "\"\"")),
        Context::Csv { delimiter, quoted: false } => is_bare_cell(text, delimiter).then(|| text.to_owned()),
        Context::DoubleQuoted => Some(double_quoted(text)),
        Context::YamlSingle => (!text.contains(['\n', '\r'])).then(|| text.replace('\'', "''")),
        Context::YamlPlain => is_harmless(text).then(|| text.to_owned()),
        Context::YamlBlock { indent } => {
            Some(text.replace('\n', &format!("\n{}", " ".repeat(indent as usize))))
        }
        Context::TomlLiteral => is_literal(text).then(|| text.to_owned()),
        Context::QuotedPrintable => Some(quoted_printable(text)),
        Context::UrlQuery => Some(url_query(text)),
        Context::Opaque => None,
    }
}

/// Letters that could start markup stand behind a `\`.
fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let marks = match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' => true,
            '#' | '>' | '+' | '-' | '=' => at == 0,
            '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '#'),
            _ => false,
        };
        if marks {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

fn html(text: &str, quote: Option<char>) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{A0}' => out.push_str("&nbsp;"),
            '"' if quote == Some('"') => out.push_str("&quot;"),
            '\'' if quote == Some('\'') => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    out
}

/// An attribute value without quotes ends at white space, so that is written as a number.
fn bare_attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            ' ' | '\t' | '\n' | '\r' | '\u{C}' | '"' | '\'' | '=' | '<' | '>' | '`' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "&#{};", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out
}

/// What stands between double quotes in JSON, YAML and TOML alike.
pub(super) fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{FEFF}') => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out
}

/// UTF-8 bytes beyond ASCII, `=` and control characters as `=XX`.
fn quoted_printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\n' => out.push_str("\r\n"),
            ' '..='~' if letter != '=' => out.push(letter),
            _ => {
                for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(out, "={byte:02X}");
                }
            }
        }
    }
    out
}

fn url_query(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Whether `text` can stand in a CSV cell without quotes.
pub(super) fn is_bare_cell(text: &str, delimiter: char) -> bool {
    !text.contains(['"', '\n', '\r', delimiter])
}

/// Whether `text` can stand in a TOML string in single quotes.
pub(super) fn is_literal(text: &str) -> bool {
    !text.contains(|letter: char| letter == '\'' || letter.is_control() && letter != '\t')
}

/// Whether `text` changes nothing about a YAML value without quotes, wherever in it it stands.
pub(super) fn is_harmless(text: &str) -> bool {
    let plain_letter =
        |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '.' | '\'' | '(' | ')' | '/');
    !text.is_empty() && text.trim() == text && text.chars().all(plain_letter) && plain(text).is_none()
}

/// Whether `text` is read back as itself when it is a whole YAML value without quotes. `in_flow` when it may stand
/// between brackets.
pub(super) fn is_plain(text: &str, in_flow: bool) -> bool {
    const WORDS: [&str; 9] = ["yes", "no", "on", "off", "y", "n", "<<", "=", "---"];
    let starts_badly = |first: char| ",[]{}#&*!|>'\"%@`".contains(first);
    let marks = |letter: char| letter.is_control() || in_flow && ",[]{}".contains(letter);
    !text.is_empty()
        && text.trim() == text
        && !text.starts_with(starts_badly)
        && !["- ", "? ", ": ", "---", "..."].iter().any(|mark| text.starts_with(mark))
        && !matches!(text, "-" | "?" | ":")
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !(in_flow && (text.contains(':') || text.starts_with(['-', '?'])))
        && !text.contains(marks)
        && !text.contains(['\u{85}', '\u{2028}', '\u{2029}', '\u{FEFF}'])
        && !WORDS.contains(&text.to_lowercase().as_str())
        && plain(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_written_for_its_context() {
        let check = |context, text, expected| assert_eq!(encode(text, &[context]).as_deref(), expected);
        check(Context::Markdown, "a *b* & c_d &amp;", Some(r"a \*b\* & c\_d \&amp;"));
        check(Context::HtmlText, "a < b & \"c\"", Some("a &lt; b &amp; \"c\""));
        check(Context::HtmlAttribute(Some('"')), "\"x\" & 'y'", Some("&quot;x&quot; &amp; 'y'"));
        check(Context::HtmlAttribute(None), "a b", Some("a&#32;b"));
        check(Context::Csv { delimiter: ',', quoted: true }, "say \"hi\"", Some("say \"\"hi\"\""));
        check(Context::Csv { delimiter: ',', quoted: false }, "a, b", None);
        check(Context::Csv { delimiter: ';', quoted: false }, "a, b", Some("a, b"));
        check(Context::DoubleQuoted, "a\"\\\n\u{1}", Some(r#"a\"\\\n\u0001"#));
        check(Context::YamlSingle, "it's", Some("it''s"));
        check(Context::YamlPlain, "your order", Some("your order"));
        check(Context::YamlPlain, "a: b", None);
        check(Context::YamlBlock { indent: 2 }, "a\nb", Some("a\n  b"));
        check(Context::TomlLiteral, "it's", None);
        check(Context::QuotedPrintable, "é=", Some("=C3=A9=3D"));
        check(Context::UrlQuery, "spring sale/é", Some("spring%20sale%2F%C3%A9"));
        check(Context::Opaque, "a", None);
    }

    #[test]
    fn contexts_nest() {
        let contexts = [Context::HtmlAttribute(Some('"')), Context::Csv { delimiter: ',', quoted: true }];
        assert_eq!(encode("a \"b\"", &contexts).as_deref(), Some("a &quot;b&quot;"));
        assert_eq!(encode("a \"b\"", &contexts[1..]).as_deref(), Some("a \"\"b\"\""));
    }
}
