//! Outcomes.

use serde::{Deserialize, Serialize};

use crate::{Outcome, RuleOutcome, Tally};

#[derive(Serialize, Deserialize)]
enum WireEnd {
    Fired,
    Held,
    NotApplicable(String),
    Undecided(String),
}

#[derive(Serialize, Deserialize)]
pub(super) struct WireOutcome {
    asset: u32,
    rule: String,
    end: WireEnd,
}

impl From<&RuleOutcome> for WireOutcome {
    fn from(outcome: &RuleOutcome) -> Self {
        let end = match &outcome.outcome {
            Outcome::Fired => WireEnd::Fired,
            Outcome::Held => WireEnd::Held,
            Outcome::NotApplicable(why) => WireEnd::NotApplicable(why.clone()),
            Outcome::Undecided(what) => WireEnd::Undecided(what.clone()),
        };
        Self { asset: outcome.asset, rule: outcome.rule.to_string(), end }
    }
}

impl From<WireOutcome> for RuleOutcome {
    fn from(wire: WireOutcome) -> Self {
        let outcome = match wire.end {
            WireEnd::Fired => Outcome::Fired,
            WireEnd::Held => Outcome::Held,
            WireEnd::NotApplicable(why) => Outcome::NotApplicable(why),
            WireEnd::Undecided(what) => Outcome::Undecided(what),
        };
        Self { asset: wire.asset, rule: wire.rule.into(), outcome }
    }
}

pub(super) fn tally_to_wire(tally: Tally) -> [u32; 4] {
    [tally.fired, tally.held, tally.not_applicable, tally.undecided]
}

pub(super) fn tally_from_wire([fired, held, not_applicable, undecided]: [u32; 4]) -> Tally {
    Tally { fired, held, not_applicable, undecided }
}
