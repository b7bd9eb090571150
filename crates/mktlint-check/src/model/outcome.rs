//! How a rule ended on an asset.

use smol_str::SmolStr;

/// How a rule ended on one asset. Undecided is never a pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It has a finding.
    Fired,
    /// It was judged and holds.
    Held,
    /// It does not speak of this asset; the condition that excluded it, in the words of the policy:
    /// `on Sms`, `from 2026-09-27`, `where not decorative`.
    NotApplicable(String),
    /// It could not be judged; the input that is missing: `price_history`.
    Undecided(String),
}

/// The outcome of one rule on one asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleOutcome {
    /// The number of the asset in its file.
    pub asset: u32,
    /// The full name of the rule.
    pub rule: SmolStr,
    /// How it ended.
    pub outcome: Outcome,
}

/// How many rules ended how, summed over the assets of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// With a finding.
    pub fired: u32,
    /// Judged, and nothing found.
    pub held: u32,
    /// Did not speak of the asset.
    pub not_applicable: u32,
    /// An input was missing.
    pub undecided: u32,
}

impl Tally {
    /// Counts one more outcome.
    pub fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Fired => self.fired += 1,
            Outcome::Held => self.held += 1,
            Outcome::NotApplicable(_) => self.not_applicable += 1,
            Outcome::Undecided(_) => self.undecided += 1,
        }
    }

    /// Adds the counts of another file.
    pub fn merge(&mut self, other: Self) {
        self.fired += other.fired;
        self.held += other.held;
        self.not_applicable += other.not_applicable;
        self.undecided += other.undecided;
    }
}
