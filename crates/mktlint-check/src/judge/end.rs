//! How declarations ended on one asset.

use std::collections::BTreeMap;

use crate::Outcome;
use crate::index::Decl;

/// How declarations ended on one asset, as far as anything is known of them.
#[derive(Debug, Default)]
pub struct Ends(BTreeMap<Decl, Outcome>);

impl Ends {
    /// Records `outcome`. The gravest of several for one declaration counts: fired, undecided, held, not applicable.
    pub fn record(&mut self, decl: Decl, outcome: Outcome) {
        match self.0.get_mut(&decl) {
            Some(known) if weight(known) < weight(&outcome) => *known = outcome,
            Some(_) => {}
            None => _ = self.0.insert(decl, outcome),
        }
    }

    /// What is recorded of `decl`.
    pub fn get(&self, decl: Decl) -> Option<&Outcome> {
        self.0.get(&decl)
    }

    /// All that is recorded, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Decl, &Outcome)> {
        self.0.iter().map(|(decl, outcome)| (*decl, outcome))
    }
}

fn weight(outcome: &Outcome) -> u8 {
    match outcome {
        Outcome::NotApplicable(_) => 0,
        Outcome::Held => 1,
        Outcome::Undecided(_) => 2,
        Outcome::Fired => 3,
    }
}
