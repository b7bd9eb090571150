//! Something else should stand here.

use mktlint_diag::{Code, Diagnostic, Level};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::Origin;

pub(super) static CODE: Code = Code {
    id: "MKT0001",
    slug: "unexpected",
    level: Level::Error,
    page: include_str!("../../explain/MKT0001.md"),
};

/// Something else should stand here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unexpected {
    /// What stands there; when something is missing, the empty place behind the word before it.
    pub span: Span,
    /// What stands there, as written; `None` when a line, a bracket or the declaration ends.
    pub found: Option<SmolStr>,
    /// The token before it.
    pub after: Option<SmolStr>,
    /// What could stand there, the likeliest first; never empty.
    pub expected: Vec<Expected>,
}

/// What the grammar can ask for, in the order in which a list names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Expected {
    /// A value: `lapsed`, `7 days`, `age >= 18`.
    Expression,
    /// A name.
    Name,
    /// The word that says what is declared.
    Declaration,
    /// A word that starts a clause.
    Clause,
    /// `and`, `==`, ...
    Operator,
    /// `then`
    Then,
    /// `else`
    Else,
    /// `in`
    In,
    /// `where`
    Where,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `)`
    Paren,
    /// `]`
    Bracket,
    /// `}`
    Brace,
    /// `>`
    Angle,
    /// The end of the clause: a new line.
    End,
}

impl Expected {
    /// All of them, in order.
    pub const ALL: [Self; 16] = [
        Self::Expression,
        Self::Name,
        Self::Declaration,
        Self::Clause,
        Self::Operator,
        Self::Then,
        Self::Else,
        Self::In,
        Self::Where,
        Self::Comma,
        Self::Colon,
        Self::Paren,
        Self::Bracket,
        Self::Brace,
        Self::Angle,
        Self::End,
    ];

    /// As a message names it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Expression => "an expression",
            Self::Name => "a name",
            Self::Declaration => "a declaration",
            Self::Clause => "a clause",
            Self::Operator => "an operator",
            Self::Then => "`then`",
            Self::Else => "`else`",
            Self::In => "`in`",
            Self::Where => "`where`",
            Self::Comma => "`,`",
            Self::Colon => "`:`",
            Self::Paren => "`)`",
            Self::Bracket => "`]`",
            Self::Brace => "`}`",
            Self::Angle => "`>`",
            Self::End => "a new line",
        }
    }
}

impl Unexpected {
    pub(super) fn show(&self, origin: Origin<'_>) -> Diagnostic {
        let expected = list(&self.expected);
        let message = match (&self.found, &self.after) {
            (Some(found), _) => format!("expected {expected}, found `{found}`"),
            (None, Some(after)) => format!("expected {expected} after `{after}`"),
            (None, None) => format!("expected {expected}"),
        };
        let diagnostic = Diagnostic::new(&CODE, origin.place(self.span), message);
        match self.help() {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }

    /// What to type, for mistakes that the found word gives away.
    fn help(&self) -> Option<String> {
        let found = self.found.as_deref()?;
        match found {
            "==" | "!=" | "<" | "<=" | ">" | ">=" if self.expected.contains(&Expected::Operator) => {
                Some(format!("write two comparisons: `a {found} b and b {found} c`"))
            }
            _ if self.expected.contains(&Expected::End) && found.starts_with(char::is_alphabetic) => {
                Some("start a new clause on a new line, or put `;` before it".to_owned())
            }
            _ => None,
        }
    }
}

/// `a`, `a or b`, `a, b or c`; at most five.
fn list(expected: &[Expected]) -> String {
    let mut words: Vec<&str> = expected.iter().take(5).map(|it| it.words()).collect();
    let last = words.pop().unwrap_or("something else");
    if words.is_empty() { last.to_owned() } else { format!("{} or {last}", words.join(", ")) }
}
