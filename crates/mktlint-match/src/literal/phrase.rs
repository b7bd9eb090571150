//! What is left of a phrase when everything that a reader cannot see is gone.

use super::Edge;
use crate::needle::Case;
use crate::text::chars::{fold_case, is_invisible, is_spaceless, is_word, normalise};

/// Whether `c` is white space; one run of it is one space of a phrase.
pub(crate) fn is_blank(c: char) -> bool {
    normalise(c) == ' '
}

/// The characters to compare with, and the conditions at both edges. Empty
/// when the phrase has no visible character.
pub(crate) fn normalised(phrase: &str, case: Case) -> (String, Edge, Edge) {
    let mut text = String::with_capacity(phrase.len());
    for c in phrase.chars().filter(|&c| !is_invisible(c)).map(normalise) {
        if c == ' ' && (text.is_empty() || text.ends_with(' ')) {
            continue;
        }
        text.push(match case {
            Case::Any => fold_case(c),
            Case::Exact => c,
        });
    }
    text.truncate(text.trim_end_matches(' ').len());
    let (left, right) = (edge(text.chars().next()), edge(text.chars().next_back()));
    (text, left, right)
}

fn edge(outermost: Option<char>) -> Edge {
    match outermost {
        Some(c) if is_word(c) && !is_spaceless(c) => Edge::Break,
        _ => Edge::Free,
    }
}
