//! What earlier answers left for later ones.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Semantic tokens as they were sent last, by document.
#[derive(Debug, Default)]
pub struct Memory {
    tokens: Mutex<BTreeMap<String, (u64, Vec<u32>)>>,
}

impl Memory {
    /// Keeps the `tokens` of the document at `uri`, and returns the name of this result.
    pub fn keep_tokens(&self, uri: &str, tokens: Vec<u32>) -> String {
        let mut all = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        let number = all.get(uri).map_or(1, |(number, _)| number + 1);
        all.insert(uri.to_owned(), (number, tokens));
        number.to_string()
    }

    /// The tokens that were sent for `uri` under the name `result`.
    pub fn tokens(&self, uri: &str, result: &str) -> Option<Vec<u32>> {
        let all = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        let (number, tokens) = all.get(uri)?;
        (number.to_string() == result).then(|| tokens.clone())
    }

    /// Forgets the document at `uri`, which was closed.
    pub fn forget(&self, uri: &str) {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner).remove(uri);
    }
}
