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

/// Hashes the word of `len` bytes that `bytes` starts with, in any case, as
/// [`hash_word`] hashes it folded. `None` when it is not ASCII, longer than 16
/// bytes, or so close to the end that eight bytes cannot be read at once.
#[inline]
pub(crate) fn hash_short(bytes: &[u8], len: usize) -> Option<u32> {
    const TOP_BITS: u64 = 0x8080_8080_8080_8080;
    let read = |at: usize| bytes.get(at..)?.first_chunk().map(|chunk| u64::from_le_bytes(*chunk));
    let first = read(0)?;
    if (1..=8).contains(&len) {
        let word = first & (u64::MAX >> (64 - 8 * len));
        return (word & TOP_BITS == 0).then(|| finish(mix(SEED, word)));
    }
    if !(9..=16).contains(&len) {
        return None;
    }
    let rest = read(8)? & (u64::MAX >> (128 - 8 * len));
    ((first | rest) & TOP_BITS == 0).then(|| finish(mix(mix(SEED, first), rest)))
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
