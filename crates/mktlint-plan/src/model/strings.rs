//! All texts of a plan in one allocation.

use serde::{Deserialize, Serialize};

use super::ids::StrId;

/// Texts, end to end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// Adds a text. The caller makes sure that it is new.
    pub(crate) fn push(&mut self, text: &str) -> StrId {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        StrId(self.ends.len() as u32 - 1)
    }

    /// The text `id`; empty for an id of another plan.
    pub fn get(&self, id: StrId) -> &str {
        let Some(&end) = self.ends.get(id.index()) else { return "" };
        let start = id.index().checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// How many there are.
    #[allow(clippy::len_without_is_empty, reason = "nobody asks")]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether every text lies inside and on character boundaries.
    pub(crate) fn is_sound(&self) -> bool {
        let mut at = 0;
        self.ends.iter().all(|&end| {
            let sound = self.text.get(at..end as usize).is_some();
            at = end as usize;
            sound
        }) && at == self.text.len()
    }
}
