//! What figures are computed from.

use jiff::Timestamp;
use smol_str::SmolStr;

use crate::Pipeline;
use crate::campaign::{Correction, Need, Reached, Traces};

/// Everything that figures depend on.
#[derive(Clone, Debug)]
pub struct Input {
    /// Which events count.
    pub window: Window,
    /// The stages.
    pub pipeline: Pipeline,
    /// The campaigns, in order of id.
    pub works: Vec<Work>,
    /// What the rules found, in order of rule.
    pub rules: Vec<RuleHits>,
    /// How many assets were judged.
    pub n_assets: usize,
}

/// From when to when; both moments belong to it. What stands "now" stands at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its start; `None` for as far back as anything is known.
    pub since: Option<Timestamp>,
    /// Its end.
    pub until: Timestamp,
}

/// One campaign.
#[derive(Clone, Debug, Default)]
pub struct Work {
    /// Its id.
    pub id: SmolStr,
    /// Its tier; `None` when it has none.
    pub tier: Option<SmolStr>,
    /// Its channels; may be empty.
    pub channels: Vec<SmolStr>,
    /// The stages that it reached, in the order of the pipeline.
    pub reached: Vec<Reached>,
    /// What history shows of it.
    pub traces: Traces,
    /// Whose approvals it needs.
    pub needs: Vec<Need>,
    /// What was wrong after it went live.
    pub corrections: Vec<Correction>,
    /// Findings that stand in its files and fail a run.
    pub violations: usize,
}

/// What one rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleHits {
    /// Its full name.
    pub rule: SmolStr,
    /// Findings, waived ones among them.
    pub findings: usize,
    /// Those that are waived.
    pub waived: usize,
    /// Files with one.
    pub files: usize,
}

impl Window {
    /// Whether `at` belongs to it.
    pub fn has(&self, at: Timestamp) -> bool {
        self.since.is_none_or(|since| since <= at) && at <= self.until
    }
}

impl Work {
    /// When it reached `stage`.
    pub fn at(&self, stage: &str) -> Option<Timestamp> {
        self.reached.iter().find(|reached| reached.stage == stage).map(|reached| reached.at)
    }

    /// When people could see it, if that was in `window`.
    pub(super) fn live_in(&self, pipeline: &Pipeline, window: &Window) -> Option<Timestamp> {
        self.at(pipeline.live()?).filter(|at| window.has(*at))
    }
}

/// The seconds from `from` to `to`; `None` when that is before it: two sources do not agree, so nothing is known.
pub(super) fn seconds(from: Timestamp, to: Timestamp) -> Option<i64> {
    Some(to.as_second() - from.as_second()).filter(|seconds| *seconds >= 0)
}
