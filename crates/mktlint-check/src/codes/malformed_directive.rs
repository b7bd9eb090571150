//! A directive in an asset cannot be followed.

use mktlint_asset::DirectiveError;
use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A directive in an asset cannot be followed.
pub static CODE: Code = Code {
    id: "MKT0514",
    slug: "malformed-directive",
    level: Level::Error,
    page: include_str!("../../explain/MKT0514.md"),
};

/// `error` is wrong with the directive at `place`, so it waives nothing.
pub(crate) fn malformed_directive(place: Place, error: &DirectiveError) -> Diagnostic {
    let (message, help) = match error {
        DirectiveError::UnknownVerb(verb) if verb.is_empty() => {
            ("nothing follows `mktlint:`".to_owned(), SHAPE)
        }
        DirectiveError::UnknownVerb(verb) => (format!("`mktlint: {verb}` is no directive"), SHAPE),
        DirectiveError::NoColon => ("a directive starts with `mktlint:`".to_owned(), SHAPE),
        DirectiveError::NoRule => ("the directive names no rule".to_owned(), SHAPE),
        DirectiveError::BadDate(date) if date.is_empty() => ("no date follows `until`".to_owned(), DATE),
        DirectiveError::BadDate(date) => (format!("`{date}` is no date"), DATE),
        DirectiveError::NoReason => ("the directive gives no reason".to_owned(), "add `because \"…\"`"),
        DirectiveError::Trailing(words) => (format!("`{words}` means nothing in a directive"), SHAPE),
    };
    Diagnostic::new(&CODE, place, message).help(help).note("it waives nothing until it is mended")
}

const SHAPE: &str = "write `mktlint: waive RULE until 2027-01-31 because \"…\"`";
const DATE: &str = "write the date as `2027-01-31`";
