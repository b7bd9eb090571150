//! Literals without any word, such as `!!!` or `→`: looked for by their first
//! byte, since symbols are few in a text.

use serde::{Deserialize, Serialize};

use crate::text::chars::normalise;

/// The literals that start with a symbol and hold no word.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Symbols {
    pub(crate) literals: Vec<u32>,
    /// A bit for each byte that can start one of them.
    first_bytes: [u64; 4],
}

impl Symbols {
    pub(crate) fn add(&mut self, literal: u32, text: &str) {
        self.literals.push(literal);
        let Some(first) = text.chars().next() else { return };
        let mut utf8 = [0; 4];
        self.add_byte(first.encode_utf8(&mut utf8).as_bytes()[0]);
        // Full-width forms and the variants of quotes and hyphens; a literal of
        // a pattern then rejects them.
        for lead in ['\u{2018}', '\u{ff01}'] {
            if first.is_ascii() && normalise(first) == first {
                self.add_byte(lead.encode_utf8(&mut utf8).as_bytes()[0]);
            }
        }
    }

    fn add_byte(&mut self, byte: u8) {
        self.first_bytes[usize::from(byte / 64)] |= 1 << (byte % 64);
    }

    /// Calls `found` with each literal and each place of `text` where it may start.
    pub(crate) fn for_each(&self, text: &str, mut found: impl FnMut(u32, usize)) {
        if self.literals.is_empty() {
            return;
        }
        for (at, &byte) in text.as_bytes().iter().enumerate() {
            if self.first_bytes[usize::from(byte / 64)] >> (byte % 64) & 1 != 0 {
                self.literals.iter().for_each(|&literal| found(literal, at));
            }
        }
    }
}
