//! Why there is no answer.

use mktlint_decide::{Origin, Undecided, UndecidedKind};

use super::Crowd;

/// Conditions that a reason names before it says how many more there are.
const MOST: usize = 3;

impl Crowd {
    /// What stands in the way, and where: to follow `cannot be decided: `.
    pub fn why(&self, undecided: &Undecided) -> String {
        let reason = match &undecided.kind {
            UndecidedKind::NotUnderstood(words) => {
                words.iter().map(smol_str::SmolStr::as_str).collect::<Vec<_>>().join("; ")
            }
            UndecidedKind::TooComplex => "it is too complex".to_owned(),
        };
        let mut places: Vec<String> =
            undecided.origins.iter().filter_map(|origin| self.condition(origin)).collect();
        places.dedup();
        let more = places.len().saturating_sub(MOST);
        places.truncate(MOST);
        if more > 0 {
            places.push(format!("{more} more"));
        }
        if places.is_empty() { reason } else { format!("{reason} ({})", places.join(", ")) }
    }

    /// A condition and where it is written: "`stage == lapsed` at policy/audiences.mkt:22".
    pub fn condition(&self, origin: &Origin) -> Option<String> {
        let place = self.plan.origin(origin)?;
        Some(format!("`{}` at {}", self.condition_words(origin)?, self.at(&place)))
    }

    /// A condition as its author wrote it, on one line.
    pub fn condition_words(&self, origin: &Origin) -> Option<String> {
        let place = self.plan.origin(origin)?;
        let words = place.span.slice(self.policies().text(&place.file));
        Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
