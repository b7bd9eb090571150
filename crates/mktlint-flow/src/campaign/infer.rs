//! Times that nobody stamped, from history.

use jiff::Timestamp;
use smol_str::SmolStr;

use super::{Manifest, Reached, Source};
use crate::{Pipeline, StageKind};

/// What history shows of a campaign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traces {
    /// The first commit with its manifest; `None` when nobody committed it, or before the history that is known.
    pub briefed: Option<Timestamp>,
    /// The first commit with another of its files.
    pub built: Option<Timestamp>,
    /// Commits that changed its files, its manifest aside, in order.
    pub edits: Vec<Timestamp>,
    /// Decisions about it, in order of time.
    pub verdicts: Vec<Verdict>,
    /// The first result that was measured.
    pub measured: Option<Timestamp>,
}

/// A decision about a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// When.
    pub at: Timestamp,
    /// In which role.
    pub role: SmolStr,
    /// By whom.
    pub person: SmolStr,
    /// What.
    pub kind: VerdictKind,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerdictKind {
    /// It may go out.
    Approved,
    /// It may not.
    Rejected,
    /// An earlier decision no longer holds.
    Withdrawn,
}

/// Whose approvals a campaign needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The role.
    pub role: SmolStr,
    /// How many of its members.
    pub count: usize,
}

/// The stages that a campaign has reached, in the order of the pipeline: what its manifest stamps, else what history
/// shows. A stage whose name says nothing about it is only ever stamped.
pub fn reached(
    manifest: &Manifest,
    traces: &Traces,
    needs: &[Need],
    pipeline: &Pipeline,
    now: Timestamp,
) -> Vec<Reached> {
    let stamped = |stage: &SmolStr| manifest.stages.iter().find(|reached| reached.stage == *stage).cloned();
    let inferred = |stage: &SmolStr| {
        let (at, from) = infer(stage, manifest, traces, needs, pipeline)?;
        (at <= now).then(|| Reached { stage: stage.clone(), at, source: Source::Inferred(from) })
    };
    pipeline.stages.iter().filter_map(|stage| stamped(stage).or_else(|| inferred(stage))).collect()
}

fn infer(
    stage: &SmolStr,
    manifest: &Manifest,
    traces: &Traces,
    needs: &[Need],
    pipeline: &Pipeline,
) -> Option<(Timestamp, &'static str)> {
    let briefed = || traces.briefed.map(|at| (at, "first commit with its manifest"));
    let live_at = live(manifest, pipeline).map(|(at, _)| at);
    // What is decided later is another round, not a stage on the way there.
    let is_before_live = |verdict: &Verdict| live_at.is_none_or(|live| verdict.at <= live);
    let kind = StageKind::of(stage);
    // Of two stages of one kind history shows the first.
    if kind.is_some_and(|kind| pipeline.of_kind(kind) != Some(stage)) {
        return None;
    }
    match kind {
        Some(StageKind::Brief) => briefed(),
        Some(StageKind::Build) => traces.built.map(|at| (at, "first commit with one of its files")),
        Some(StageKind::Qa) => {
            let first = traces.verdicts.first().filter(|verdict| is_before_live(verdict));
            first.map(|verdict| (verdict.at, "first verdict"))
        }
        Some(StageKind::Approved) => {
            let before = traces.verdicts.iter().filter(|verdict| is_before_live(verdict));
            approved_at(before, needs).map(|at| (at, "last approval it needed"))
        }
        Some(StageKind::Live) => live(manifest, pipeline),
        Some(StageKind::Measured) => traces.measured.map(|at| (at, "first result")),
        // An idea is in no repository before somebody writes it down.
        Some(StageKind::Insight | StageKind::Scheduled | StageKind::Learned) => None,
        None if pipeline.first() == Some(stage) && pipeline.of_kind(StageKind::Brief).is_none() => briefed(),
        None => None,
    }
}

/// When people could see it, and who says so.
fn live(manifest: &Manifest, pipeline: &Pipeline) -> Option<(Timestamp, &'static str)> {
    let stamp = manifest.stages.iter().find(|reached| Some(&reached.stage) == pipeline.live());
    let stamped = stamp.map(|reached| (reached.at, "stamped"));
    let live_at = || manifest.live_at.map(|at| (at, "`live_at`"));
    stamped.or_else(live_at).or_else(|| manifest.send_at.map(|at| (at, "send date")))
}

/// When everybody in `needs` had approved: the moment of the last approval that was needed. Without needs, the last
/// approval. A rejection, or a decision taken back, undoes what the same person approved before; who approves again had
/// to, because a change had voided the first approval.
pub fn approved_at<'v>(verdicts: impl IntoIterator<Item = &'v Verdict>, needs: &[Need]) -> Option<Timestamp> {
    let mut held: Vec<&Verdict> = Vec::new();
    let mut since = None;
    for verdict in verdicts {
        let is_same = |other: &&Verdict| other.person == verdict.person && other.role == verdict.role;
        let is_again = held.iter().any(is_same);
        if verdict.kind == VerdictKind::Approved {
            held.retain(|other| !is_same(other));
            held.push(verdict);
        } else {
            held.retain(|other| other.person != verdict.person);
        }
        since = match since {
            _ if held.is_empty() || !is_enough(&held, needs) => None,
            Some(at) if !is_again && !needs.is_empty() => Some(at),
            _ => held.last().map(|last| last.at),
        };
    }
    since
}

/// Whether `held` is all that `needs` ask for.
fn is_enough(held: &[&Verdict], needs: &[Need]) -> bool {
    needs.iter().all(|need| {
        let of_role = held.iter().filter(|verdict| verdict.role == need.role);
        let mut people: Vec<&SmolStr> = of_role.map(|verdict| &verdict.person).collect();
        people.sort_unstable();
        people.dedup();
        people.len() >= need.count
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i8) -> Timestamp {
        crate::moment(&format!("2026-11-{day:02}")).expect("a day")
    }

    fn verdict(day: i8, role: &str, person: &str, kind: VerdictKind) -> Verdict {
        Verdict { at: at(day), role: role.into(), person: person.into(), kind }
    }

    fn need(role: &str, count: usize) -> Need {
        Need { role: role.into(), count }
    }

    #[test]
    fn approved_is_when_the_last_needed_approval_came() {
        use VerdictKind::{Approved, Rejected};
        let verdicts = [
            verdict(3, "legal", "l", Approved),
            verdict(4, "brand", "b", Approved),
            verdict(6, "marketing", "m", Approved),
        ];
        assert_eq!(approved_at(&verdicts, &[need("legal", 1), need("brand", 1)]), Some(at(4)));
        assert_eq!(approved_at(&verdicts, &[need("brand", 2)]), None);
        assert_eq!(approved_at(&verdicts, &[]), Some(at(6)));
        let turned = [verdict(3, "legal", "l", Approved), verdict(5, "legal", "l", Rejected)];
        assert_eq!(approved_at(&turned, &[need("legal", 1)]), None);
        let again = [turned[0].clone(), turned[1].clone(), verdict(8, "legal", "l", Approved)];
        assert_eq!(approved_at(&again, &[need("legal", 1)]), Some(at(8)));
    }

    #[test]
    fn one_person_does_not_count_twice() {
        let twice = [3, 4].map(|day| verdict(day, "legal", "l", VerdictKind::Approved));
        assert_eq!(approved_at(&twice, &[need("legal", 2)]), None);
    }

    #[test]
    fn stamps_go_before_history_and_plans_are_no_history() {
        let stages = ["insight", "brief", "build", "qa", "live", "measured"].map(SmolStr::from).to_vec();
        let pipeline = Pipeline { stages, ..Pipeline::default() };
        let stamp = Reached {
            stage: "build".into(),
            at: at(7),
            source: Source::Stamped(mktlint_diag::Place::new(
                "campaign.yaml".into(),
                mktlint_text::Span::at(0),
            )),
        };
        let manifest = Manifest { stages: vec![stamp], send_at: Some(at(20)), ..Manifest::default() };
        let traces = Traces {
            briefed: Some(at(2)),
            built: Some(at(3)),
            verdicts: vec![verdict(8, "brand", "b", VerdictKind::Approved)],
            ..Traces::default()
        };
        let show = |now: i8| -> Vec<String> {
            let found = reached(&manifest, &traces, &[], &pipeline, at(now));
            found
                .iter()
                .map(|it| format!("{} {} {}", it.stage, crate::moment::day(it.at), it.source.words()))
                .collect()
        };
        let early = [
            "brief 2026-11-02 first commit with its manifest",
            "build 2026-11-07 stamped",
            "qa 2026-11-08 first verdict",
        ];
        assert_eq!(show(10), early);
        assert_eq!(show(21)[3], "live 2026-11-20 send date");
    }

    #[test]
    fn what_is_decided_after_live_is_no_stage_on_the_way() {
        let traces =
            Traces { verdicts: vec![verdict(21, "legal", "l", VerdictKind::Approved)], ..Traces::default() };
        let manifest = Manifest { send_at: Some(at(20)), ..Manifest::default() };
        let found = reached(&manifest, &traces, &[], &Pipeline::default(), at(25));
        assert_eq!(found.iter().map(|it| it.stage.as_str()).collect::<Vec<_>>(), ["live"]);
    }

    #[test]
    fn a_first_stage_of_any_name_starts_with_the_manifest() {
        let stages = ["kickoff", "live"].map(SmolStr::from).to_vec();
        let pipeline = Pipeline { stages, ..Pipeline::default() };
        let traces = Traces { briefed: Some(at(2)), ..Traces::default() };
        let found = reached(&Manifest::default(), &traces, &[], &pipeline, at(10));
        assert_eq!(found.iter().map(|it| it.stage.as_str()).collect::<Vec<_>>(), ["kickoff"]);
    }
}
