//! The hash that words are looked up by. It is part of the plan format: equal
//! on every machine, and changing it changes the plan's version.

/// How many bytes of a folded word count. Longer words that agree so far
/// collide, and are told apart when a match is confirmed.
pub(crate) const HASHED: usize = 64;

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const MULTIPLIER: u64 = 0xd6e8_feb8_6659_fd93;
const BIT_6: u64 = 0x4040_4040_4040_4040;

/// Hashes a word that is already folded, at most [`HASHED`] bytes.
#[inline]
pub(crate) fn hash_word(folded: &[u8]) -> u32 {
    let (chunks, rest) = folded.as_chunks::<8>();
    let mut state = SEED;
    for chunk in chunks {
        state = mix(state, u64::from_le_bytes(*chunk));
    }
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        state = mix(state, u64::from_le_bytes(last));
    }
    finish(state)
}

/// Hashes a word of at most eight ASCII bytes in any case, zeros behind it.
#[inline]
pub(crate) fn hash_short(word: u64) -> u32 {
    finish(mix(SEED, word))
}

/// Takes in eight bytes, blind to the case of ASCII letters.
///
/// In ASCII words bit 6 is set in letters and `_` alone, and setting bit 5 of
/// those makes capitals small; `_` becomes DEL, which is in no word. Bytes of
/// other characters are changed too, but always in the same way.
#[inline]
fn mix(state: u64, chunk: u64) -> u64 {
    let folded = chunk | ((chunk & BIT_6) >> 1);
    let product = u128::from(state ^ folded) * u128::from(MULTIPLIER);
    (product >> 64) as u64 ^ product as u64
}

#[inline]
fn finish(state: u64) -> u32 {
    (state >> 32) as u32
}
