//! The inside of a string.

use logos::Logos;

/// A piece of a string's text. Line breaks are in none: the caller stops there.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(extras = u8)]
pub(super) enum Piece {
    /// Text that stands for itself.
    #[regex(r#"[^"\\{\r\n]+"#)]
    Text,
    /// `\n`, `\u{2019}`, and escapes that do not exist. A backslash at the end of the line is one, too.
    #[regex(r"\\u\{[0-9A-Fa-f]*\}", priority = 10)]
    #[regex(r"\\[^\r\n]?")]
    Escape,
    /// `{`
    #[token("{")]
    Open,
    /// `"`
    #[token("\"")]
    Quote,
}
