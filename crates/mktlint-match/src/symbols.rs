//! Literals without any whole word, such as `!!!`, `→` or `?utm-`: looked for by how they start, since symbols are few
//! in a text.

use serde::{Deserialize, Serialize};

use crate::literal::Form;
use crate::text::chars::normalise;

/// The literals that start with a symbol and hold no whole word.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Symbols {
    /// Literals whose first two bytes say whether they can start somewhere: the two bytes, letters in lower case, and
    /// the literal; in order once [`Symbols::sort`] has run.
    pub(crate) pairs: Vec<(u16, u32)>,
    /// All others, tried wherever a byte can start one of them.
    pub(crate) loose: Vec<u32>,
    /// A bit for each byte that can start one of [`Symbols::pairs`].
    pair_bytes: [u64; 4],
    /// A bit for each byte that can start one of [`Symbols::loose`].
    loose_bytes: [u64; 4],
}

impl Symbols {
    pub(crate) fn add(&mut self, literal: u32, text: &str, form: Form) {
        if let Some(pair) = pair_of(text, form) {
            self.pairs.push((pair, literal));
            set(&mut self.pair_bytes, (pair >> 8) as u8);
            return;
        }
        self.loose.push(literal);
        let Some(first) = text.chars().next() else { return };
        let mut utf8 = [0; 4];
        set(&mut self.loose_bytes, first.encode_utf8(&mut utf8).as_bytes()[0]);
        // Full-width forms and the variants of quotes and hyphens; a literal of
        // a pattern then rejects them.
        for lead in ['\u{2018}', '\u{ff01}'] {
            if first.is_ascii() && normalise(first) == first {
                set(&mut self.loose_bytes, lead.encode_utf8(&mut utf8).as_bytes()[0]);
            }
        }
    }

    /// Puts the pairs in order, so that they can be looked up.
    pub(crate) fn sort(&mut self) {
        self.pairs.sort_unstable();
    }

    /// Calls `found` with each literal and each place of `text` where it may start.
    pub(crate) fn for_each(&self, text: &str, mut found: impl FnMut(u32, usize)) {
        if self.pairs.is_empty() && self.loose.is_empty() {
            return;
        }
        let bytes = text.as_bytes();
        for (at, &byte) in bytes.iter().enumerate() {
            if has(&self.pair_bytes, byte) {
                let next = bytes.get(at + 1).map_or(0, u8::to_ascii_lowercase);
                let pair = u16::from(byte) << 8 | u16::from(next);
                let from = self.pairs.partition_point(|&(own, _)| own < pair);
                let same = self.pairs[from..].iter().take_while(|&&(own, _)| own == pair);
                same.for_each(|&(_, literal)| found(literal, at));
            }
            if has(&self.loose_bytes, byte) {
                self.loose.iter().for_each(|&literal| found(literal, at));
            }
        }
    }
}

/// The first two bytes of a literal that is compared character by character; `None` when another character of the text
/// can stand for one of the first two: the variants that phrases allow, `ſ` for `s` and the Kelvin sign for `k`.
fn pair_of(text: &str, form: Form) -> Option<u16> {
    let &[first, second] = text.as_bytes().get(..2)? else { return None };
    let is_plain = first.is_ascii() && !first.is_ascii_alphabetic() && second.is_ascii();
    let can_fold = form == Form::RawAnyCase && matches!(second, b's' | b'k' | b'S' | b'K');
    let is_raw = matches!(form, Form::RawAnyCase | Form::RawExact);
    (is_raw && is_plain && !can_fold).then(|| u16::from(first) << 8 | u16::from(second.to_ascii_lowercase()))
}

fn set(bits: &mut [u64; 4], byte: u8) {
    bits[usize::from(byte / 64)] |= 1 << (byte % 64);
}

fn has(bits: &[u64; 4], byte: u8) -> bool {
    bits[usize::from(byte / 64)] >> (byte % 64) & 1 != 0
}
