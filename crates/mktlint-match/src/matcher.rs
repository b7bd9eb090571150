//! The fused matcher.

use serde::{Deserialize, Serialize};

use crate::{Hit, NeedleId};

/// All needles of all rules, found in one pass over a text.
///
/// Flat arrays, so that a plan file can carry it and loading is a copy. After
/// deserialising call [`verify`](Self::verify) before anything else. Shared
/// between threads; each thread brings its own [`Scratch`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Matcher {}

/// Memory that scans reuse; one for each thread.
#[derive(Debug, Default)]
pub struct Scratch {}

impl Matcher {
    /// The number of different needles; their ids are `0..len`.
    pub fn len(&self) -> usize {
        0
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Finds every needle in `text` and replaces `hits` by what was found,
    /// sorted by start, end, needle.
    ///
    /// Each needle alone gives its leftmost matches without overlap, exactly as
    /// one regex would; hits of different needles may overlap. Takes time
    /// linear in the text. A text longer than 4 GiB is scanned up to there.
    pub fn scan(&self, _text: &str, _scratch: &mut Scratch, hits: &mut Vec<Hit>) {
        hits.clear();
    }

    /// Finds one needle in a (small) text; the same hits, in the same order, as
    /// [`scan`](Self::scan) gives for it. An id of another matcher finds nothing.
    pub fn find(&self, _needle: NeedleId, _text: &str) -> Vec<Hit> {
        Vec::new()
    }

    /// Whether `needle` is anywhere in `text`.
    pub fn is_match(&self, needle: NeedleId, text: &str) -> bool {
        !self.find(needle, text).is_empty()
    }

    /// Checks every index and size of a deserialised matcher, after which no
    /// method can panic.
    ///
    /// # Errors
    /// Names the part that does not hold together.
    pub fn verify(&self) -> Result<(), String> {
        Ok(())
    }
}
