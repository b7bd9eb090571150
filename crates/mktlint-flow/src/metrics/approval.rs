//! How approval went: waits, rounds, first pass.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::figure::{Figure, Measure, Spread};
use super::input::{Input, Work, seconds};
use crate::campaign::{Verdict, VerdictKind, approved_at};
use crate::{Pipeline, StageKind};

/// The figures of approval.
pub(super) fn figures(input: &Input) -> Vec<Figure> {
    let reviews: Vec<Review<'_>> =
        input.works.iter().filter_map(|work| Review::of(work, &input.pipeline)).collect();
    let waits = |end: fn(&Review<'_>) -> Option<Timestamp>| {
        let wait = |review: &Review<'_>| {
            let end = end(review).filter(|end| input.window.has(*end))?;
            seconds(review.submitted?, end)
        };
        Measure::Spread(Spread::of(reviews.iter().filter_map(wait).collect()))
    };
    let is_approved = |review: &&Review<'_>| review.approved.is_some_and(|at| input.window.has(at));
    let approved: Vec<&Review<'_>> = reviews.iter().filter(is_approved).collect();
    let rounds = approved.iter().filter_map(|review| i64::try_from(review.rounds()).ok()).collect();
    let part = approved.iter().filter(|review| review.is_first_pass()).count();
    let figure = |name, measure| Figure { name, labels: Vec::new(), measure };
    vec![
        figure("first_verdict_wait", waits(|review| review.verdicts.first().map(|verdict| verdict.at))),
        figure("approval_wait", waits(|review| review.approved)),
        figure("review_rounds", Measure::Spread(Spread::of(rounds))),
        figure("first_pass_yield", Measure::Share { part, whole: approved.len() }),
    ]
}

/// What happened between handing work in and its going live.
struct Review<'w> {
    work: &'w Work,
    verdicts: Vec<&'w Verdict>,
    submitted: Option<Timestamp>,
    approved: Option<Timestamp>,
}

impl<'w> Review<'w> {
    /// `None` when nobody has decided anything.
    fn of(work: &'w Work, pipeline: &Pipeline) -> Option<Self> {
        let live = pipeline.live().and_then(|live| work.at(live));
        let all: Vec<&Verdict> = work.traces.verdicts.iter().collect();
        let n_before = all.partition_point(|verdict| live.is_none_or(|live| verdict.at <= live));
        // What is decided after it went live is about a later change, unless nobody decided before.
        let verdicts = if n_before > 0 { all.into_iter().take(n_before).collect() } else { all };
        let first = verdicts.first()?.at;
        let approved = approved_at(verdicts.iter().copied(), &work.needs);
        Some(Self { work, submitted: submitted(work, pipeline, first), approved, verdicts })
    }

    /// Verdicts with no change of content between them are one round.
    fn rounds(&self) -> usize {
        let edits = &self.work.traces.edits;
        let is_new = |pair: &&[&Verdict]| match pair {
            [one, next] => edits.iter().any(|edit| one.at < *edit && *edit < next.at),
            _ => false,
        };
        1 + self.verdicts.windows(2).filter(is_new).count()
    }

    /// Nobody said no, and nobody had to say yes twice, as somebody whose approval a change voided has to.
    fn is_first_pass(&self) -> bool {
        let mut approved = BTreeSet::new();
        self.verdicts.iter().all(|verdict| {
            verdict.kind == VerdictKind::Approved && approved.insert((&verdict.role, &verdict.person))
        })
    }
}

/// When work was handed in that somebody first decided on at `first`.
fn submitted(work: &Work, pipeline: &Pipeline, first: Timestamp) -> Option<Timestamp> {
    let check = pipeline.of_kind(StageKind::Qa);
    let stamp = work.reached.iter().find(|it| Some(&it.stage) == check && it.source.is_stamped());
    let stamped = stamp.map(|stamp| stamp.at).filter(|at| *at <= first);
    stamped.or_else(|| work.traces.edits.iter().copied().rfind(|edit| *edit <= first))
}
