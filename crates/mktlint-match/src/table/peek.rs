//! A glance at the neighbouring word, which spares most confirmations.

use serde::{Deserialize, Serialize};

use crate::pattern::AnchorWord;

/// The letter that stands beyond the space next to an anchor.
///
/// Only ever turns away what cannot match: where the text has no plain space
/// or no ASCII letter at that place, it lets through. Offsets count from the
/// start of the anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Peek {
    space: i16,
    letter: i16,
    /// In lower case; 0 when there is nothing to look at.
    wanted: u8,
}

impl Peek {
    const NONE: Peek = Peek { space: 0, letter: 0, wanted: 0 };

    /// What stands next to `anchor` in `literal`.
    ///
    /// The anchor must be ASCII: then no way to write it is shorter, and what
    /// stands behind a longer one is not taken for its neighbour, because the
    /// place of the space falls into the word.
    pub(crate) fn new(literal: &str, anchor: &AnchorWord) -> Peek {
        let bytes = literal.as_bytes();
        let (start, end) = (anchor.at as usize, (anchor.at + anchor.len) as usize);
        let is_ascii = bytes.get(start..end).is_some_and(<[u8]>::is_ascii);
        let (Ok(len), true) = (i16::try_from(anchor.len), is_ascii) else { return Peek::NONE };
        let letter =
            |at: Option<usize>| at.and_then(|at| bytes.get(at)).filter(|byte| byte.is_ascii_alphanumeric());
        let is_space = |at: Option<usize>| at.and_then(|at| bytes.get(at)) == Some(&b' ');
        if let (true, Some(byte)) = (is_space(Some(end)), letter(Some(end + 1))) {
            return Peek { space: len, letter: len.saturating_add(1), wanted: byte.to_ascii_lowercase() };
        }
        if let (true, Some(byte)) = (is_space(start.checked_sub(1)), letter(start.checked_sub(2))) {
            return Peek { space: -1, letter: -2, wanted: byte.to_ascii_lowercase() };
        }
        Peek::NONE
    }

    /// Whether the neighbour of the anchor at `at` can be the right one.
    #[inline]
    pub(crate) fn allows(self, text: &[u8], at: usize) -> bool {
        let byte = |offset: i16| text.get(at.wrapping_add_signed(offset.into())).copied();
        match byte(self.letter) {
            Some(letter) if self.wanted != 0 && letter.is_ascii_alphanumeric() => {
                letter.to_ascii_lowercase() == self.wanted || byte(self.space) != Some(b' ')
            }
            _ => true,
        }
    }
}
