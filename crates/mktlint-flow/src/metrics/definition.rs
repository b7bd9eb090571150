//! What each figure means.

/// What a figure counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Lengths of time, in seconds.
    Seconds,
    /// Whole numbers of times.
    Times,
    /// A part of a whole.
    Share,
    /// How many in a week.
    PerWeek,
    /// How many.
    Count,
}

/// What a figure means.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// The name in CSV, JSON and OpenMetrics.
    pub name: &'static str,
    /// What people read: `time from first stage to live`.
    pub title: &'static str,
    /// What it counts in.
    pub unit: Unit,
    /// What it means, with its start and end.
    pub meaning: &'static str,
}

/// Every figure, in the order in which they are shown.
pub static DEFINITIONS: &[Definition] = &[
    Definition {
        name: "lead_time",
        title: "lead time",
        unit: Unit::Seconds,
        meaning: "from the first stage of the pipeline to the live stage; campaigns that went live in the window",
    },
    Definition {
        name: "stage_time",
        title: "time in stage",
        unit: Unit::Seconds,
        meaning: "from reaching a stage to the next stage that is known to be reached; campaigns that left it in the window",
    },
    Definition {
        name: "first_verdict_wait",
        title: "wait for the first verdict",
        unit: Unit::Seconds,
        meaning: "from the stamp of the check stage, else the last change of content before it, to the first verdict",
    },
    Definition {
        name: "approval_wait",
        title: "wait for the last approval",
        unit: Unit::Seconds,
        meaning: "from where the wait for the first verdict starts to the last approval that was needed",
    },
    Definition {
        name: "review_rounds",
        title: "rounds of review",
        unit: Unit::Times,
        meaning: "groups of verdicts with changes of content between them; campaigns approved in the window",
    },
    Definition {
        name: "first_pass_yield",
        title: "first-pass yield",
        unit: Unit::Share,
        meaning: "campaigns approved in the window that nobody rejected, took back or had to approve twice",
    },
    Definition {
        name: "rework_rate",
        title: "rework",
        unit: Unit::Share,
        meaning: "campaigns that went live in the window whose content changed after that",
    },
    Definition {
        name: "escape_rate",
        title: "escaped violations",
        unit: Unit::Share,
        meaning: "errors that stand today in campaigns that are live, of those in all campaigns",
    },
    Definition {
        name: "change_fail_rate",
        title: "failed releases",
        unit: Unit::Share,
        meaning: "campaigns that went live in the window and have a correction",
    },
    Definition {
        name: "time_to_correct",
        title: "time to correct",
        unit: Unit::Seconds,
        meaning: "from `detected_at` to `fixed_at` of corrections fixed in the window",
    },
    Definition {
        name: "open_corrections",
        title: "open corrections",
        unit: Unit::Count,
        meaning: "corrections noticed and not fixed at the end of the window",
    },
    Definition {
        name: "releases_per_week",
        title: "releases per week",
        unit: Unit::PerWeek,
        meaning: "campaigns that went live in the window, by channel; without a start of the window since the first of them, a week at least",
    },
    Definition {
        name: "tier_share",
        title: "releases by tier",
        unit: Unit::Share,
        meaning: "campaigns of a tier among those that went live in the window",
    },
    Definition {
        name: "work_in_stage",
        title: "work in stage",
        unit: Unit::Count,
        meaning: "campaigns whose furthest stage this is at the end of the window",
    },
    Definition {
        name: "stalled",
        title: "stalled work",
        unit: Unit::Count,
        meaning: "campaigns that are in a stage longer than its `stall` allows at the end of the window",
    },
    Definition {
        name: "target_met",
        title: "targets met",
        unit: Unit::Share,
        meaning: "campaigns that reached the end of a `target` in the window and were in time; missed below nine of ten",
    },
    Definition {
        name: "rule_hits",
        title: "findings of a rule",
        unit: Unit::Count,
        meaning: "findings that stand today, waived ones among them",
    },
    Definition {
        name: "rule_hit_rate",
        title: "files a rule fires in",
        unit: Unit::Share,
        meaning: "files with a finding of the rule today, of the assets that were judged",
    },
    Definition {
        name: "waiver_rate",
        title: "waived findings",
        unit: Unit::Share,
        meaning: "findings today that are waived, of all findings; by rule too",
    },
];

impl Definition {
    /// The definition of the figure `name`.
    pub fn of(name: &str) -> Option<&'static Self> {
        DEFINITIONS.iter().find(|definition| definition.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::StageKind;

    static PAGE: &str = include_str!("../../../../grammar/metrics.md");

    #[test]
    fn the_page_says_what_each_figure_means() {
        for definition in DEFINITIONS {
            let start = format!("| `{}` | ", definition.name);
            let end = format!(" | {} |", definition.meaning);
            assert!(
                PAGE.lines().any(|line| line.starts_with(&start) && line.ends_with(&end)),
                "{}",
                definition.name
            );
        }
    }

    #[test]
    fn the_page_names_every_stage_that_is_inferred() {
        for (kind, names) in StageKind::NAMES {
            if matches!(kind, StageKind::Insight | StageKind::Scheduled | StageKind::Learned) {
                continue;
            }
            let row = PAGE.lines().find(|line| names.iter().all(|name| line.contains(&format!("`{name}`"))));
            assert!(row.is_some(), "{kind:?}");
        }
    }
}
