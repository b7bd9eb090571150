//! Why a needle cannot be used.

use std::fmt;

use regex_syntax::ast::ErrorKind as Ast;
use regex_syntax::hir::ErrorKind as Meaning;

/// Why a phrase or a pattern cannot be searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// What is wrong: lower case, no full stop, no Rust names.
    pub message: String,
    /// What to type instead, when that is known.
    pub help: Option<String>,
    /// The bytes of the literal's text (without slashes or quotes) to point at.
    pub start: usize,
    /// The end of those bytes; may equal `start` at the end of the literal.
    pub end: usize,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PatternError {}

impl PatternError {
    pub(crate) fn empty_phrase(text: &str) -> PatternError {
        let message = "this phrase has no visible character".to_owned();
        PatternError { message, help: None, start: 0, end: text.len() }
    }

    pub(crate) fn too_large(source: &str) -> PatternError {
        PatternError {
            message: "this pattern is too large".to_owned(),
            help: Some("use smaller repeat counts, or split it into several patterns".to_owned()),
            start: 0,
            end: source.len(),
        }
    }

    pub(crate) fn from_syntax(error: &regex_syntax::Error, source: &str) -> PatternError {
        let (span, (message, help)) = match error {
            regex_syntax::Error::Parse(error) => (Some(error.span()), of_syntax(error.kind())),
            regex_syntax::Error::Translate(error) => (Some(error.span()), of_meaning(error.kind())),
            _ => (None, ("this pattern is not valid", "")),
        };
        let (start, end) = span.map_or((0, source.len()), |span| (span.start.offset, span.end.offset));
        let help = (!help.is_empty()).then(|| help.to_owned());
        PatternError { message: message.to_owned(), help, start, end }
    }
}

/// What is wrong and what to type (or nothing).
fn of_syntax(kind: &Ast) -> (&'static str, &'static str) {
    match kind {
        Ast::CaptureLimitExceeded => ("this pattern has too many groups", ""),
        Ast::ClassEscapeInvalid => ("this escape does not work inside `[]`", ""),
        Ast::ClassRangeInvalid => ("this range runs backwards", "write the smaller character first"),
        Ast::ClassRangeLiteral => {
            ("this range needs a single character on each side", "write `\\-` for a hyphen")
        }
        Ast::ClassUnclosed => ("this `[` is not closed", "add `]`, or write `\\[` for a bracket"),
        Ast::DecimalEmpty | Ast::RepetitionCountDecimalEmpty => ("a number is missing here", ""),
        Ast::DecimalInvalid => ("this number is too large", ""),
        Ast::EscapeHexEmpty | Ast::EscapeHexInvalid | Ast::EscapeHexInvalidDigit => {
            ("this is not the hexadecimal number of a character", "")
        }
        Ast::EscapeUnexpectedEof => ("nothing follows this `\\`", "write `\\\\` for a backslash"),
        Ast::EscapeUnrecognized => ("this escape means nothing", "leave out the `\\`"),
        Ast::FlagDanglingNegation | Ast::FlagRepeatedNegation { .. } => {
            ("this `-` among the flags is out of place", "")
        }
        Ast::FlagDuplicate { .. } => ("this flag is given twice", ""),
        Ast::FlagUnexpectedEof => ("these flags are not closed", "add `)`"),
        Ast::FlagUnrecognized => ("there is no such flag", "the flags are `i`, `m`, `s`, `x`"),
        Ast::GroupNameDuplicate { .. } => ("two groups have this name", ""),
        Ast::GroupNameEmpty | Ast::GroupNameInvalid | Ast::GroupNameUnexpectedEof => {
            ("this is not a name for a group", "")
        }
        Ast::GroupUnclosed => ("this `(` is not closed", "add `)`, or write `\\(` for a parenthesis"),
        Ast::GroupUnopened => ("this `)` closes nothing", "write `\\)` for a parenthesis"),
        Ast::NestLimitExceeded(_) => ("this pattern is nested too deeply", ""),
        Ast::RepetitionCountInvalid => ("the smaller count comes first", ""),
        Ast::RepetitionCountUnclosed => ("this `{` is not closed", "write `\\{` for a brace"),
        Ast::RepetitionMissing => {
            ("there is nothing to repeat here", "put `\\` before it to find the sign itself")
        }
        Ast::SpecialWordBoundaryUnclosed
        | Ast::SpecialWordBoundaryUnrecognized
        | Ast::SpecialWordOrRepetitionUnexpectedEof => {
            ("there is no such word boundary", "write `\\b{start}` or `\\b{end}`")
        }
        Ast::UnicodeClassInvalid => ("this is not a class of characters", ""),
        Ast::UnsupportedBackreference => {
            ("a pattern cannot refer back to a group: it could take forever", "write the text again")
        }
        Ast::UnsupportedLookAround => {
            ("a pattern cannot look ahead or behind: it could take forever", "match the text around it too")
        }
        _ => ("this pattern is not valid", ""),
    }
}

fn of_meaning(kind: &Meaning) -> (&'static str, &'static str) {
    match kind {
        Meaning::InvalidUtf8 | Meaning::UnicodeNotAllowed => {
            ("this could match a part of a character", "leave out the flag `-u`")
        }
        Meaning::UnicodePropertyNotFound | Meaning::UnicodePropertyValueNotFound => {
            ("there is no such class of characters", "")
        }
        _ => ("this pattern is not valid", ""),
    }
}
