//! What the parser knows when it fails.

use chumsky::error::{Error, LabelError};
use chumsky::util::MaybeRef;
use mktlint_text::Span;
use smol_str::SmolStr;

use super::Input;
use crate::codes::{Expected, Unexpected};
use crate::lex::{Kind, Token};

/// What the parser knows when it fails. Failing alternatives cost two `|=`: no strings, no allocation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Problem {
    /// The token that does not fit; `None` at the end of the declaration.
    found: Option<Token>,
    /// What could stand there: one bit for each [`Expected`].
    expected: u32,
}

impl Problem {
    pub(super) fn new(found: Option<Token>, expected: &[Expected]) -> Self {
        Self { found, expected: expected.iter().fold(0, |bits, it| bits | 1 << *it as u8) }
    }

    fn place(&self) -> u32 {
        self.found.map_or(u32::MAX, |token| token.span.start())
    }

    /// The facts of a diagnostic. `tokens` are those that were parsed.
    pub(super) fn unexpected(self, text: &str, tokens: &[Token]) -> Unexpected {
        let at = tokens.partition_point(|token| token.span.start() < self.place());
        let at = at + tokens.iter().skip(at).take_while(|it| Some(**it) != self.found).count();
        let last = at.checked_sub(1).and_then(|at| tokens.get(at)).copied();
        let expected = Expected::ALL.into_iter().filter(|it| self.expected & (1 << *it as u8) != 0).collect();
        let after = last.map(|last| SmolStr::new(last.text(text)));
        match (self.found.filter(|found| stands(*found, last, text)), last) {
            (Some(found), _) => {
                Unexpected { span: found.span, found: Some(found.text(text).into()), after, expected }
            }
            (None, Some(last)) => {
                Unexpected { span: Span::at(last.span.end()), found: None, after, expected }
            }
            (None, None) => Unexpected { span: Span::at(0), found: None, after, expected },
        }
    }
}

/// Whether `found` is what is wrong, rather than that something is missing behind `last`: the line ends there, or the
/// bracket does.
fn stands(found: Token, last: Option<Token>, text: &str) -> bool {
    let closes = matches!(
        found.kind,
        Kind::Sep
            | Kind::RParen
            | Kind::RBracket
            | Kind::RBrace
            | Kind::BodyClose
            | Kind::InterpClose
            | Kind::BodyOpen
    );
    let gap = last.map_or("", |last| Span::new(last.span.end(), found.span.start()).slice(text));
    !closes && !found.span.is_empty() && !gap.contains(['\n', '\r'])
}

impl<'t> Error<'t, Input<'t>> for Problem {
    /// The one that got further says more.
    fn merge(self, other: Self) -> Self {
        match self.place().cmp(&other.place()) {
            std::cmp::Ordering::Less => other,
            std::cmp::Ordering::Greater => self,
            std::cmp::Ordering::Equal => Self { expected: self.expected | other.expected, ..self },
        }
    }
}

impl<'t, L> LabelError<'t, Input<'t>, L> for Problem {
    fn expected_found<E: IntoIterator<Item = L>>(
        _: E,
        found: Option<MaybeRef<'t, Token>>,
        _: SimpleSpan,
    ) -> Self {
        Self { found: found.map(|token| *token), expected: 0 }
    }
}

type SimpleSpan = chumsky::span::SimpleSpan<usize>;
