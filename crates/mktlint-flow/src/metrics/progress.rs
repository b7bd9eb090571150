//! Where each campaign stands.

use jiff::Timestamp;
use smol_str::SmolStr;

use super::input::{Input, Work, seconds};
use crate::Pipeline;
use crate::campaign::Reached;

/// Where a campaign stands at the end of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Its id.
    pub id: SmolStr,
    /// Its tier.
    pub tier: Option<SmolStr>,
    /// The stages that it had reached, in the order of the pipeline.
    pub reached: Vec<Reached>,
    /// The furthest of them; `None` when no time of it is known.
    pub stage: Option<SmolStr>,
    /// Seconds since it reached that.
    pub waits: i64,
    /// Whether that is longer than the stage's `stall` allows. Never of the last stage, behind which nothing comes.
    pub is_stalled: bool,
}

/// Where each campaign stands, in the order of the input.
pub(super) fn progress(input: &Input) -> Vec<Progress> {
    input.works.iter().map(|work| of(work, &input.pipeline, input.window.until)).collect()
}

fn of(work: &Work, pipeline: &Pipeline, until: Timestamp) -> Progress {
    let reached: Vec<Reached> = work.reached.iter().filter(|reached| reached.at <= until).cloned().collect();
    let furthest = reached.last();
    let is_last = |stage: &SmolStr| pipeline.stages.last() == Some(stage);
    let limit = furthest.filter(|reached| !is_last(&reached.stage)).and_then(|it| pipeline.stall(&it.stage));
    Progress {
        id: work.id.clone(),
        tier: work.tier.clone(),
        stage: furthest.map(|reached| reached.stage.clone()),
        waits: furthest.and_then(|reached| seconds(reached.at, until)).unwrap_or(0),
        is_stalled: furthest.zip(limit).is_some_and(|(reached, limit)| limit.is_over(reached.at, until)),
        reached,
    }
}
