//! A declaration that does not exist.

use mktlint_diag::{Code, Diagnostic, Level, closest};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::Origin;
use crate::kinds::KINDS;

pub(super) static CODE: Code = Code {
    id: "MKT0012",
    slug: "unknown-declaration",
    level: Level::Error,
    page: include_str!("../../explain/MKT0012.md"),
};

/// A word that declares nothing stands where a declaration starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownDeclaration {
    /// The word.
    pub span: Span,
    /// As written.
    pub word: SmolStr,
    /// The kind that it is close to.
    pub meant: Option<&'static str>,
}

impl UnknownDeclaration {
    pub(crate) fn new(span: Span, word: &SmolStr) -> Self {
        Self { span, word: word.clone(), meant: closest(word, KINDS) }
    }

    pub(super) fn show(&self, origin: Origin<'_>) -> Diagnostic {
        let message = format!("there is no declaration `{}`", self.word);
        let diagnostic = Diagnostic::new(&CODE, origin.place(self.span), message);
        match self.meant {
            Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
            None => {
                diagnostic.note("a policy is made of declarations such as `rule`, `claim` and `audience`")
            }
        }
    }
}
