//! Events to figures.

use std::collections::BTreeMap;

use jiff::Timestamp;
use smol_str::SmolStr;

use super::approval;
use super::figure::{Figure, Measure, Spread};
use super::input::{Input, Window, Work, seconds};
use super::progress::{Progress, progress};
use super::target::{TargetOutcome, targets};
use crate::Pipeline;

/// How work flowed in a window.
#[derive(Clone, Debug)]
pub struct Metrics {
    /// Which events count.
    pub window: Window,
    /// The stages.
    pub pipeline: Pipeline,
    /// In the order of [`super::DEFINITIONS`]; of one name that of everything first.
    pub figures: Vec<Figure>,
    /// How each target fared.
    pub targets: Vec<TargetOutcome>,
    /// Where each campaign stands, in order of id.
    pub progress: Vec<Progress>,
}

impl Metrics {
    /// The figure `name` of everything.
    pub fn figure(&self, name: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.name == name && figure.labels.is_empty())
    }

    /// The figures `name` by label.
    pub fn by_label<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m Figure> {
        self.figures.iter().filter(move |figure| figure.name == name && !figure.labels.is_empty())
    }
}

const WEEK: i64 = 7 * 24 * 3600;

/// The figures of `input`.
pub fn compute(input: &Input) -> Metrics {
    let progress = progress(input);
    let targets = targets(input);
    let live = Live::of(input);
    let mut figures = live.lead_times();
    figures.extend(stage_times(input));
    figures.extend(approval::figures(input));
    figures.extend(live.quality());
    figures.extend(corrections(input));
    figures.extend(live.releases());
    figures.extend(live.tiers());
    figures.extend(standing(input, &progress));
    figures.extend(targets.iter().map(target));
    figures.extend(rules(input));
    Metrics { window: input.window, pipeline: input.pipeline.clone(), figures, targets, progress }
}

fn of_all(name: &'static str, measure: Measure) -> Figure {
    Figure { name, labels: Vec::new(), measure }
}

fn labelled(name: &'static str, label: &'static str, value: &str, measure: Measure) -> Figure {
    Figure { name, labels: vec![(label, value.into())], measure }
}

/// What a campaign without a tier is counted under.
const NO_TIER: &str = "none";

/// The campaigns that went live in the window, with when.
struct Live<'i> {
    input: &'i Input,
    works: Vec<(&'i Work, Timestamp)>,
}

impl<'i> Live<'i> {
    fn of(input: &'i Input) -> Self {
        let live = |work: &'i Work| Some((work, work.live_in(&input.pipeline, &input.window)?));
        Self { input, works: input.works.iter().filter_map(live).collect() }
    }

    /// The campaigns by tier.
    fn by_tier(&self) -> BTreeMap<&str, Vec<(&'i Work, Timestamp)>> {
        let mut tiers: BTreeMap<&str, Vec<(&Work, Timestamp)>> = BTreeMap::new();
        for (work, at) in &self.works {
            tiers.entry(work.tier.as_deref().unwrap_or(NO_TIER)).or_default().push((work, *at));
        }
        tiers
    }

    fn lead_times(&self) -> Vec<Figure> {
        let lead = |(work, live): &(&Work, Timestamp)| seconds(work.at(self.input.pipeline.first()?)?, *live);
        let spread = |works: &[(&Work, Timestamp)]| {
            Measure::Spread(Spread::of(works.iter().filter_map(lead).collect()))
        };
        let mut figures = vec![of_all("lead_time", spread(&self.works))];
        let tiers = self.by_tier();
        figures.extend(tiers.iter().map(|(tier, works)| labelled("lead_time", "tier", tier, spread(works))));
        figures
    }

    fn share(&self, is_one: impl Fn(&Work, Timestamp) -> bool) -> Measure {
        let part = self.works.iter().filter(|(work, live)| is_one(work, *live)).count();
        Measure::Share { part, whole: self.works.len() }
    }

    /// Rework, escapes and failed releases.
    fn quality(&self) -> Vec<Figure> {
        let until = self.input.window.until;
        let is_reworked =
            |work: &Work, live| work.traces.edits.iter().any(|edit| live < *edit && *edit <= until);
        let live_ever = self.input.pipeline.live();
        let is_live = |work: &&Work| live_ever.and_then(|live| work.at(live)).is_some_and(|at| at <= until);
        let works = &self.input.works;
        let escaped = Measure::Share {
            part: works.iter().filter(is_live).map(|work| work.violations).sum(),
            whole: works.iter().map(|work| work.violations).sum(),
        };
        vec![
            of_all("rework_rate", self.share(is_reworked)),
            of_all("escape_rate", escaped),
            of_all("change_fail_rate", self.share(|work, _| !work.corrections.is_empty())),
        ]
    }

    /// Releases per week: all campaigns, then by channel.
    fn releases(&self) -> Vec<Figure> {
        let window = self.input.window;
        let first = window.since.or_else(|| self.works.iter().map(|(_, at)| *at).min());
        let span = first.and_then(|first| seconds(first, window.until)).map_or(0, |span| span.max(WEEK));
        let rate = |count| Measure::Rate { count, seconds: span };
        let mut channels: BTreeMap<&SmolStr, usize> = BTreeMap::new();
        for channel in self.works.iter().flat_map(|(work, _)| &work.channels) {
            *channels.entry(channel).or_default() += 1;
        }
        let mut figures = vec![of_all("releases_per_week", rate(self.works.len()))];
        figures.extend(
            channels.iter().map(|(channel, n)| labelled("releases_per_week", "channel", channel, rate(*n))),
        );
        figures
    }

    fn tiers(&self) -> Vec<Figure> {
        let whole = self.works.len();
        let tiers = self.by_tier();
        let share = |(tier, works): (&&str, &Vec<_>)| {
            labelled("tier_share", "tier", tier, Measure::Share { part: works.len(), whole })
        };
        tiers.iter().map(share).collect()
    }
}

/// How long each stage took, but the last, which nothing ends.
fn stage_times(input: &Input) -> Vec<Figure> {
    let mut times: BTreeMap<&SmolStr, Vec<i64>> = BTreeMap::new();
    for pair in input.works.iter().flat_map(|work| work.reached.windows(2)) {
        if let [from, to] = pair
            && input.window.has(to.at)
            && let Some(took) = seconds(from.at, to.at)
        {
            times.entry(&from.stage).or_default().push(took);
        }
    }
    let stages = input.pipeline.stages.iter().take(input.pipeline.stages.len().saturating_sub(1));
    let figure = |stage: &SmolStr| {
        let spread = Spread::of(times.remove(stage).unwrap_or_default());
        labelled("stage_time", "stage", stage, Measure::Spread(spread))
    };
    stages.map(figure).collect()
}

fn corrections(input: &Input) -> Vec<Figure> {
    let until = input.window.until;
    let all = || input.works.iter().flat_map(|work| &work.corrections);
    let ended = all().filter_map(|it| Some((it.detected, it.fixed.filter(|at| input.window.has(*at))?)));
    let took = ended.filter_map(|(detected, fixed)| seconds(detected, fixed)).collect();
    let open = all().filter(|it| it.detected <= until && it.fixed.is_none_or(|at| at > until)).count();
    vec![
        of_all("time_to_correct", Measure::Spread(Spread::of(took))),
        of_all("open_corrections", Measure::Count(open)),
    ]
}

/// How much work is in each stage, and how much of it longer than it should be.
fn standing(input: &Input, progress: &[Progress]) -> Vec<Figure> {
    let count =
        |is_one: &dyn Fn(&Progress) -> bool| Measure::Count(progress.iter().filter(|it| is_one(it)).count());
    let in_stage = |stage: &SmolStr| {
        labelled("work_in_stage", "stage", stage, count(&|it| it.stage.as_ref() == Some(stage)))
    };
    let stalled = |stage: &SmolStr| {
        let is_stalled = |it: &Progress| it.is_stalled && it.stage.as_ref() == Some(stage);
        labelled("stalled", "stage", stage, count(&is_stalled))
    };
    let stages = &input.pipeline.stages;
    let limited = stages.iter().filter(|stage| input.pipeline.stall(stage).is_some());
    stages.iter().map(in_stage).chain(limited.map(stalled)).collect()
}

fn target(outcome: &TargetOutcome) -> Figure {
    let labels = vec![("from", outcome.target.from.clone()), ("to", outcome.target.to.clone())];
    let whole = outcome.took.map_or(0, |took| took.n);
    Figure { name: "target_met", labels, measure: Measure::Share { part: outcome.n_met, whole } }
}

fn rules(input: &Input) -> Vec<Figure> {
    let share = |part, whole| Measure::Share { part, whole };
    let rules = &input.rules;
    let by_rule = |name, measure: &dyn Fn(&super::RuleHits) -> Measure| -> Vec<Figure> {
        rules.iter().map(|hits| labelled(name, "rule", &hits.rule, measure(hits))).collect()
    };
    let waived = rules.iter().map(|hits| hits.waived).sum();
    let findings = rules.iter().map(|hits| hits.findings).sum();
    let mut figures = by_rule("rule_hits", &|hits| Measure::Count(hits.findings));
    figures.extend(by_rule("rule_hit_rate", &|hits| share(hits.files, input.n_assets)));
    figures.push(of_all("waiver_rate", share(waived, findings)));
    figures.extend(by_rule("waiver_rate", &|hits| share(hits.waived, hits.findings)));
    figures
}

#[cfg(test)]
mod tests;
