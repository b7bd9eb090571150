//! Sequences that are nothing but a fixed text between known edges.

use regex_syntax::hir::Look;

use super::sequence::{Atom, cases};
use crate::literal::Edge;
use crate::text::chars::is_word;

/// What a sequence amounts to.
pub(crate) enum Meaning {
    /// Contradictory: no text matches.
    Never,
    /// A fixed text.
    Exact(Exact),
    /// Something that only a regex can confirm.
    Open,
}

/// A fixed text, not empty.
#[derive(Debug)]
pub(crate) struct Exact {
    /// Folded if `any_case`.
    pub text: String,
    pub any_case: bool,
    pub left: Edge,
    pub right: Edge,
}

/// Why a condition on a position does not lead to an edge.
enum Obstacle {
    Never,
    Open,
}

/// Reduces one sequence.
pub(crate) fn meaning(sequence: &[Atom]) -> Meaning {
    match exact(sequence) {
        Ok(exact) => Meaning::Exact(exact),
        Err(Obstacle::Never) => Meaning::Never,
        Err(Obstacle::Open) => Meaning::Open,
    }
}

fn exact(sequence: &[Atom]) -> Result<Exact, Obstacle> {
    let mut text = String::new();
    let mut looks = Vec::new();
    let (mut folded, mut as_written) = (false, false);
    for atom in sequence {
        match *atom {
            Atom::Char { c, any_case } => {
                text.push(c);
                folded |= any_case;
                as_written |= !any_case && has_case(c);
            }
            Atom::Look(look) => looks.push((text.len(), look)),
            Atom::Separators | Atom::Anything => return Err(Obstacle::Open),
        }
    }
    if text.is_empty() || folded && as_written {
        return Err(Obstacle::Open);
    }
    let (mut left, mut right) = (Edge::Free, Edge::Free);
    for (at, look) in looks {
        let (before, after) = text.split_at(at);
        match (before.chars().next_back(), after.chars().next()) {
            (None, Some(first)) => left = left.and(left_edge(look, first)?)?,
            (Some(last), None) => right = right.and(right_edge(look, last)?)?,
            (Some(before), Some(after)) => inner(look, before, after)?,
            (None, None) => return Err(Obstacle::Open),
        }
    }
    Ok(Exact { text, any_case: folded, left, right })
}

fn has_case(c: char) -> bool {
    c.is_ascii_alphabetic() || !c.is_ascii() && cases(c).len() > 1
}

fn left_edge(look: Look, first: char) -> Result<Edge, Obstacle> {
    match (look, is_word(first)) {
        (Look::WordUnicode | Look::WordStartUnicode, true) => Ok(Edge::NoWord),
        (Look::WordUnicode | Look::WordEndUnicode, false) => Ok(Edge::Word),
        (Look::WordUnicodeNegate, true) => Ok(Edge::Word),
        (Look::WordUnicodeNegate, false) | (Look::WordStartHalfUnicode, _) => Ok(Edge::NoWord),
        (Look::WordEndHalfUnicode, false) => Ok(Edge::Free),
        (Look::WordStartUnicode, false) | (Look::WordEndUnicode | Look::WordEndHalfUnicode, true) => {
            Err(Obstacle::Never)
        }
        (Look::Start, _) => Ok(Edge::Text),
        (Look::StartLF, _) => Ok(Edge::Line),
        (Look::End, _) => Err(Obstacle::Never),
        (Look::EndLF, _) if first == '\n' => Ok(Edge::Free),
        (Look::EndLF, _) => Err(Obstacle::Never),
        _ => Err(Obstacle::Open),
    }
}

fn right_edge(look: Look, last: char) -> Result<Edge, Obstacle> {
    match (look, is_word(last)) {
        (Look::WordUnicode | Look::WordEndUnicode, true) => Ok(Edge::NoWord),
        (Look::WordUnicode | Look::WordStartUnicode, false) => Ok(Edge::Word),
        (Look::WordUnicodeNegate, true) => Ok(Edge::Word),
        (Look::WordUnicodeNegate, false) | (Look::WordEndHalfUnicode, _) => Ok(Edge::NoWord),
        (Look::WordStartHalfUnicode, false) => Ok(Edge::Free),
        (Look::WordEndUnicode, false) | (Look::WordStartUnicode | Look::WordStartHalfUnicode, true) => {
            Err(Obstacle::Never)
        }
        (Look::End, _) => Ok(Edge::Text),
        (Look::EndLF, _) => Ok(Edge::Line),
        (Look::Start, _) => Err(Obstacle::Never),
        (Look::StartLF, _) if last == '\n' => Ok(Edge::Free),
        (Look::StartLF, _) => Err(Obstacle::Never),
        _ => Err(Obstacle::Open),
    }
}

/// Decides a condition between two known characters.
fn inner(look: Look, before: char, after: char) -> Result<(), Obstacle> {
    let (left, right) = (is_word(before), is_word(after));
    let holds = match look {
        Look::WordUnicode => left != right,
        Look::WordUnicodeNegate => left == right,
        Look::WordStartUnicode => !left && right,
        Look::WordEndUnicode => left && !right,
        Look::WordStartHalfUnicode => !left,
        Look::WordEndHalfUnicode => !right,
        Look::Start | Look::End => false,
        Look::StartLF => before == '\n',
        Look::EndLF => after == '\n',
        _ => return Err(Obstacle::Open),
    };
    if holds { Ok(()) } else { Err(Obstacle::Never) }
}

impl Edge {
    /// Both conditions at once. The end of a text is the end of a line, and
    /// neither is a word.
    fn and(self, other: Edge) -> Result<Edge, Obstacle> {
        let strength = |edge| match edge {
            Edge::Free | Edge::Break => 0,
            Edge::Word | Edge::NoWord => 1,
            Edge::Line => 2,
            Edge::Text => 3,
        };
        let (weak, strong) = if strength(self) <= strength(other) { (self, other) } else { (other, self) };
        match (weak, strong) {
            (Edge::Word, Edge::Word) | (Edge::Free | Edge::Break, _) => Ok(strong),
            (Edge::Word, _) | (_, Edge::Word) => Err(Obstacle::Never),
            _ => Ok(strong),
        }
    }
}
