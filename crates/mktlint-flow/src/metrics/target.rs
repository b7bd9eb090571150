//! Whether targets were met.

use smol_str::SmolStr;

use super::Spread;
use super::input::{Input, Work, seconds};
use crate::pipeline::Target;

/// How a target fared.
#[derive(Clone, Debug)]
pub struct TargetOutcome {
    /// The target.
    pub target: Target,
    /// How long it took those that made the way in the window, in seconds.
    pub took: Option<Spread>,
    /// How many of them were in time.
    pub n_met: usize,
    /// Whether enough were.
    pub outcome: Outcome,
    /// Campaigns that are on the way longer than it may take, in order of id.
    pub late: Vec<SmolStr>,
}

/// Whether a target was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nine of ten campaigns were in time.
    Met,
    /// Fewer were.
    Missed,
    /// No campaign made the way in the window.
    NotKnown,
}

/// How each target of the pipeline fared.
pub(super) fn targets(input: &Input) -> Vec<TargetOutcome> {
    input.pipeline.targets.iter().map(|target| of(target, input)).collect()
}

fn of(target: &Target, input: &Input) -> TargetOutcome {
    let way = |work: &Work| Some((work.at(&target.from)?, work.at(&target.to)?));
    let ways = input.works.iter().filter_map(way).filter(|(_, to)| input.window.has(*to));
    let ways: Vec<_> = ways.filter(|(from, to)| from <= to).collect();
    let n_met = ways.iter().filter(|(from, to)| !target.within.is_over(*from, *to)).count();
    let outcome = match ways.len() {
        0 => Outcome::NotKnown,
        // As many as the 90th percentile by nearest rank needs to lie within the limit.
        n if n_met >= (n * 9).div_ceil(10) => Outcome::Met,
        _ => Outcome::Missed,
    };
    let took = Spread::of(ways.iter().filter_map(|(from, to)| seconds(*from, *to)).collect());
    TargetOutcome { target: target.clone(), took, n_met, outcome, late: late(target, input) }
}

fn late(target: &Target, input: &Input) -> Vec<SmolStr> {
    let until = input.window.until;
    let is_late = |work: &&Work| {
        let has_ended = work.at(&target.to).is_some_and(|to| to <= until);
        !has_ended && work.at(&target.from).is_some_and(|from| target.within.is_over(from, until))
    };
    input.works.iter().filter(is_late).map(|work| work.id.clone()).collect()
}
