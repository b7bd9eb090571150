//! How a pattern can be searched for.

use regex_syntax::hir::Hir;

use super::anchor::{AnchorWord, anchor_words};
use super::exact::{Exact, Meaning, meaning};
use super::sequence::{Sequence, sequences};
use crate::text::chars::is_word;

/// How a pattern can be searched for, the cheapest way first.
#[derive(Debug)]
pub(crate) enum Shape {
    /// It matches these texts only, in order of preference; each has a word to
    /// look it up by or starts with a symbol. Empty: it matches nothing.
    Texts(Vec<(Exact, Vec<AnchorWord>)>),
    /// Every match contains, for at least one of these lists, all its words.
    Words(Vec<Vec<AnchorWord>>),
    /// It has to be tried everywhere.
    Anywhere,
}

/// Finds the cheapest way to search for `hir`.
pub(crate) fn shape(hir: &Hir) -> Shape {
    let possible: Vec<(Sequence, Meaning)> = possible(hir);
    let words: Vec<_> = possible.iter().map(|(sequence, _)| anchor_words(sequence)).collect();
    let mut texts = Vec::new();
    let mut anchored = true;
    for ((_, meaning), words) in possible.into_iter().zip(&words) {
        anchored &= !words.is_empty();
        if let Meaning::Exact(exact) = meaning
            && (!words.is_empty() || starts_with_symbol(&exact.text))
        {
            texts.push((exact, words.clone()));
        }
    }
    if texts.len() == words.len() {
        Shape::Texts(texts)
    } else if anchored {
        Shape::Words(words)
    } else {
        Shape::Anywhere
    }
}

/// The sequences of `hir` that do not contradict themselves.
pub(crate) fn possible(hir: &Hir) -> Vec<(Sequence, Meaning)> {
    let with_meaning = sequences(hir).into_iter().map(|sequence| {
        let meaning = meaning(&sequence);
        (sequence, meaning)
    });
    with_meaning.filter(|(_, meaning)| !matches!(meaning, Meaning::Never)).collect()
}

/// Symbols are few in a text, so a literal that starts with one needs no word.
fn starts_with_symbol(text: &str) -> bool {
    text.chars().next().is_some_and(|c| !is_word(c) && !c.is_whitespace())
}
