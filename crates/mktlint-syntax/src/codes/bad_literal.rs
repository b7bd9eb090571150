//! A number, date or time that does not exist.

use mktlint_diag::{Code, Diagnostic, Level};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::Origin;
use crate::lex::Kind;

pub(super) static CODE: Code = Code {
    id: "MKT0009",
    slug: "bad-literal",
    level: Level::Error,
    page: include_str!("../../explain/MKT0009.md"),
};

/// A number that is too large, or a date or time that no calendar or clock shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLiteral {
    /// The literal.
    pub span: Span,
    /// As written.
    pub text: SmolStr,
    /// What it looks like.
    pub kind: Kind,
}

impl BadLiteral {
    pub(super) fn show(&self, origin: Origin<'_>) -> Diagnostic {
        let text = &self.text;
        let (message, help) = match self.kind {
            Kind::Int => {
                (format!("`{text}` is too large"), "the largest number is 9_223_372_036_854_775_807")
            }
            Kind::Date if text.contains('.') => {
                (format!("`{text}` is not how a day is written"), "write year, month and day: `2027-01-31`")
            }
            Kind::Date => (format!("there is no day `{text}`"), "write a day of the calendar: `2027-01-31`"),
            Kind::DateTime => {
                (format!("there is no time `{text}`"), "write a day and a time: `2027-01-31T09:00+01:00`")
            }
            Kind::Time => (format!("there is no time `{text}`"), "write 00:00 to 23:59"),
            _ => (format!("`{text}` has too many digits"), "at most 28 digits can be kept"),
        };
        Diagnostic::new(&CODE, origin.place(self.span), message).help(help)
    }
}
