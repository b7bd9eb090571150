//! A character that means nothing here.

use mktlint_diag::{Code, Diagnostic, Level};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::Origin;

pub(super) static CODE: Code = Code {
    id: "MKT0007",
    slug: "unknown-character",
    level: Level::Error,
    page: include_str!("../../explain/MKT0007.md"),
};

/// Characters that mean nothing outside strings and comments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCharacter {
    /// All of them that stand side by side.
    pub span: Span,
    /// As written.
    pub text: SmolStr,
}

impl UnknownCharacter {
    pub(super) fn show(&self, origin: Origin<'_>) -> Diagnostic {
        let first = self.text.chars().next().unwrap_or_default();
        let message =
            if first.is_control() || matches!(first, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}') {
                format!("the invisible character U+{:04X} means nothing here", u32::from(first))
            } else {
                format!("`{first}` means nothing here")
            };
        Diagnostic::new(&CODE, origin.place(self.span), message).help(self.help(first))
    }

    fn help(&self, first: char) -> &'static str {
        match first {
            '$' | '€' | '£' => "write amounts of money as `EUR 20` or `USD 20`",
            '\'' | '“' | '”' | '‘' | '’' | '„' | '`' => {
                "put text in straight double quotes: `\"text\"`"
            }
            '%' => "write percentages without a space: `0.1%`",
            '&' => "write `and`",
            _ => "remove it, or put it in a string",
        }
    }
}
