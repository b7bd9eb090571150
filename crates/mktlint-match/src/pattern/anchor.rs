//! The words that a match of a pattern must contain.

use regex_syntax::hir::Look;

use super::sequence::Atom;
use crate::text::chars::{is_spaceless, is_word};
use crate::text::words::Word;

/// A word that every match of a sequence contains.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AnchorWord {
    /// How much of it is known.
    pub extent: Extent,
    pub hash: u32,
    /// Bytes of fixed text before it; of use when the sequence is all fixed.
    pub at: u32,
    /// Bytes, as a guess of how rare it is.
    pub len: u32,
}

/// How much of a word is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Extent {
    /// All of it.
    Whole,
    /// How it starts; `hash` is that of the stem.
    Stem,
}

/// The whole words of `sequence` from left to right, or for want of any the
/// words of which it has the start (`\bguarante` of `/\bguarante\w+/`).
pub(crate) fn anchor_words(sequence: &[Atom]) -> Vec<AnchorWord> {
    let mut finder = Finder::default();
    for atom in sequence {
        match *atom {
            Atom::Char { c, .. } => finder.character(c),
            Atom::Separators => finder.boundary(),
            Atom::Look(look) if is_boundary(look) => finder.boundary(),
            Atom::Look(_) => {}
            Atom::Anything => finder.unknown(),
        }
    }
    finder.unknown();
    if finder.words.is_empty() { finder.stems } else { finder.words }
}

/// Whether a word character on one side of `look` means none on the other.
/// The ASCII conditions do not say so: `é` is none to them.
fn is_boundary(look: Look) -> bool {
    !matches!(
        look,
        Look::WordUnicodeNegate
            | Look::WordAscii
            | Look::WordAsciiNegate
            | Look::WordStartAscii
            | Look::WordEndAscii
            | Look::WordStartHalfAscii
            | Look::WordEndHalfAscii
    )
}

/// Follows a sequence and keeps the words that are whole.
#[derive(Default)]
struct Finder {
    words: Vec<AnchorWord>,
    stems: Vec<AnchorWord>,
    word: Word,
    /// Where `word` starts and whether nothing can come before it.
    open: Option<(usize, bool)>,
    /// Whether a word character here would start a word.
    at_boundary: bool,
    at: usize,
}

impl Finder {
    fn character(&mut self, c: char) {
        if !is_word(c) {
            self.boundary();
        } else if is_spaceless(c) {
            self.boundary();
            self.push(c);
            self.boundary();
        } else {
            self.push(c);
        }
        self.at += if is_word(c) { 0 } else { c.len_utf8() };
    }

    fn push(&mut self, c: char) {
        self.open.get_or_insert((self.at, self.at_boundary));
        self.word.push(c, self.at);
        self.at_boundary = false;
        self.at += c.len_utf8();
    }

    fn boundary(&mut self) {
        self.at_boundary = true;
        let Some((start, complete)) = self.open.take() else { return };
        let (at, len) = (start as u32, (self.at - start) as u32);
        self.word.end(&mut |hash, _| {
            if complete {
                self.words.push(AnchorWord { extent: Extent::Whole, hash, at, len });
            }
        });
    }

    fn unknown(&mut self) {
        self.at_boundary = false;
        let Some((start, complete)) = self.open.take() else { return };
        let (at, len) = (start as u32, (self.at - start) as u32);
        if let (Some(hash), true) = (self.word.cut_off(), complete) {
            self.stems.push(AnchorWord { extent: Extent::Stem, hash, at, len });
        }
    }
}
